import { base64url } from 'jose'
import { issueOf } from '../rules/catalogue.ts'
import type { Issue } from '../rules/issue.ts'
import {
  type Cursor,
  type CursorUse,
  checkCursor,
  cursorPayload,
  decodeCursor,
  encodeCursor,
} from '../rules/search/cursor.ts'
import type { State } from '../state/ports.ts'
import type { Settings } from '../state/world.ts'
import { ownHmac } from './own-hmac.ts'
import { sha256 } from './tokens/jwt.ts'
import { createMemo } from './tokens/memo.ts'

/** A key of Web Crypto; the type has no global name in Node's typings. */
type SealingKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>

/** By the secret itself: a row that is read again is the same key. */
const imported = createMemo<Promise<SealingKey>>(100)

/** What seals: the keys, or the seed of a sandbox that has one. */
export interface Sealing {
  readonly state: Pick<State, 'keys'>
  readonly settings: Pick<Settings, 'seed'>
}

/** The text of a cursor, sealed. */
export async function writeCursor(sealing: Sealing, cursor: Cursor): Promise<string> {
  return encodeCursor(cursor, await sealCursor(sealing, cursor))
}

/** The cursor in a text, where this simulator gave it; and what is wrong with it, or with using it so. */
export async function openCursor(
  sealing: Sealing,
  text: string,
  use: CursorUse,
): Promise<{ readonly cursor?: Cursor; readonly issues: readonly Issue[] }> {
  const opened = decodeCursor(text)
  if (!opened || (await sealCursor(sealing, opened.cursor)) !== opened.seal) return { issues: [FOREIGN] }
  return { cursor: opened.cursor, issues: checkCursor(opened.cursor, use) }
}

const FOREIGN = issueOf('search-cursor', 'The cursor is not one that this service gave, or was changed.')

/** HMAC-SHA-256 over a cursor, in base64url: shows that the cursor was given by this simulator and not changed. */
async function sealCursor(sealing: Sealing, cursor: Cursor): Promise<string> {
  const secret = await secretOf(sealing)
  const payload = cursorPayload(cursor)
  const own = ownHmac()
  if (own !== undefined) return own(secret, payload)
  const mac = await crypto.subtle.sign('HMAC', await sealingKey(secret), new TextEncoder().encode(payload))
  return base64url.encode(new Uint8Array(mac))
}

async function secretOf({ state, settings: { seed } }: Sealing): Promise<string> {
  const { k } = await (seed === undefined ? state.keys.get('cursor', makeKey) : keyOf(seed))
  return String(k)
}

function sealingKey(secret: string): Promise<SealingKey> {
  const known = imported.get(secret) ?? importKey({ kty: 'oct', k: secret })
  imported.put(secret, known)
  return known
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
