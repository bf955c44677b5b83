import type { AccessToken } from '../../rules/token/claims.ts'
import type { World } from '../../state/world.ts'
import { isSignedBy, parseJwt, sha256 } from './jwt.ts'
import { createMemo, type Memo } from './memo.ts'
import { type Keys, publishedKeys } from './signing-key.ts'

/** An access token whose signature was checked. */
export interface ReadToken extends AccessToken {
  /** base64url(SHA-256(token)), as a proof must repeat it. */
  readonly ath: string
}

/** Tokens with a good signature, by their text. What depends on the time is checked on each use. */
const verified = new WeakMap<Keys, Memo<ReadToken>>()

/** Reads an access token and checks its signature; `undefined` when it is not a compact JWT. */
export async function readAccessToken(state: Keys, text: string): Promise<ReadToken | undefined> {
  const kept = verified.get(state) ?? createMemo<ReadToken>(1_000)
  verified.set(state, kept)
  // A key that was withdrawn signs no longer, whatever was verified before.
  const { oldest } = await state.faults.keys()
  const key = `${oldest} ${text}`
  const known = kept.get(key)
  if (known) return known
  const token = await verify(state, text)
  if (token?.signature === 'good') kept.put(key, token)
  return token
}

async function verify(state: Keys, text: string): Promise<ReadToken | undefined> {
  const jwt = parseJwt(text)
  if (!jwt) return undefined
  const keys = await publishedKeys(state)
  const key = keys.find(({ kid }) => kid === jwt.header.kid) ?? keys[0]
  const good = jwt.header.alg === 'RS256' && (await isSignedBy(text, key?.publicKey))
  return { ...jwt, signature: good ? 'good' : 'bad', ath: await sha256(text) }
}

/** What the simulator's HelseID and its APIs ask of every access token. */
export async function accessTokenUse({ state, net }: Pick<World, 'state' | 'net'>, now: number) {
  const kids = (await publishedKeys(state)).map(({ kid }) => kid)
  return { issuers: net.origins.issuers, kids, now }
}
