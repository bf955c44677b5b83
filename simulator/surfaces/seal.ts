import { type Cursor, cursorPayload } from '../rules/cursor.ts'
import type { World } from '../world.ts'

/** A key of Web Crypto; the type has no global name in Node's typings. */
type SealingKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>

const imported = new WeakMap<object, Promise<SealingKey>>()

/** HMAC-SHA-256 over a cursor, in base64url: shows that the cursor was given by this simulator and not changed. */
export async function sealCursor(world: World, cursor: Cursor): Promise<string> {
  const key = await sealingKey(world)
  const mac = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(cursorPayload(cursor)))
  return base64url(new Uint8Array(mac))
}

/** The bytes in base64url without padding (RFC 4648, section 5). */
export function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}

async function sealingKey(world: World): Promise<SealingKey> {
  const known = imported.get(world.keys)
  if (known) return known
  const made = world.keys.get('cursor', makeKey).then(importKey)
  imported.set(world.keys, made)
  return made
}

async function makeKey() {
  return { kty: 'oct', k: base64url(crypto.getRandomValues(new Uint8Array(32))) }
}

function importKey(jwk: Readonly<Record<string, unknown>>): Promise<SealingKey> {
  return crypto.subtle.importKey('jwk', { ...jwk }, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
}
