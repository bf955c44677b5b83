import { base64url } from 'jose'
import { type Cursor, cursorPayload } from '../../rules/jft/cursor.ts'
import type { World } from '../../state/world.ts'
import { sha256 } from '../tokens/jwt.ts'

/** A key of Web Crypto; the type has no global name in Node's typings. */
type SealingKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>

const imported = new WeakMap<object, Promise<SealingKey>>()

/** HMAC-SHA-256 over a cursor, in base64url: shows that the cursor was given by this simulator and not changed. */
export async function sealCursor(world: World, cursor: Cursor): Promise<string> {
  const key = await sealingKey(world)
  const mac = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(cursorPayload(cursor)))
  return base64url.encode(new Uint8Array(mac))
}

async function sealingKey(world: World): Promise<SealingKey> {
  const known = imported.get(world)
  if (known) return known
  const made = (world.seed === undefined ? world.keys.get('cursor', makeKey) : keyOf(world.seed)).then(importKey)
  imported.set(world, made)
  return made
}

/** A seeded sandbox seals alike in every process, so that the same requests give the same cursors. */
async function keyOf(seed: string) {
  return { kty: 'oct', k: await sha256(`cursor ${seed}`) }
}

async function makeKey() {
  return { kty: 'oct', k: base64url.encode(crypto.getRandomValues(new Uint8Array(32))) }
}

function importKey(jwk: Readonly<Record<string, unknown>>): Promise<SealingKey> {
  return crypto.subtle.importKey('jwk', { ...jwk }, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
}
