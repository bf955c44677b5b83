import type { AccessToken } from '../../rules/claims.ts'
import type { World } from '../../world.ts'
import { isSignedBy, parseJwt, sha256 } from './jwt.ts'
import { createMemo, type Memo } from './memo.ts'
import { signingKey } from './signing-key.ts'

/** An access token whose signature was checked. */
export interface ReadToken extends AccessToken {
  /** base64url(SHA-256(token)), as a proof must repeat it. */
  readonly ath: string
}

/** Tokens with a good signature, by their text. What depends on the time is checked on each use. */
const verified = new WeakMap<World, Memo<ReadToken>>()

/** Reads an access token and checks its signature; `undefined` when it is no JWT in compact form. */
export async function readAccessToken(world: World, text: string): Promise<ReadToken | undefined> {
  const kept = verified.get(world) ?? createMemo<ReadToken>(1_000)
  verified.set(world, kept)
  const known = kept.get(text)
  if (known) return known
  const token = await verify(world, text)
  if (token?.signature === 'good') kept.put(text, token)
  return token
}

async function verify(world: World, text: string): Promise<ReadToken | undefined> {
  const jwt = parseJwt(text)
  if (!jwt) return undefined
  const { publicKey } = await signingKey(world)
  const good = jwt.header.alg === 'RS256' && (await isSignedBy(text, publicKey))
  return { ...jwt, signature: good ? 'good' : 'bad', ath: await sha256(text) }
}

/** What the simulator's HelseID and its APIs ask of every access token. */
export async function accessTokenUse(world: World) {
  const { kid } = await signingKey(world)
  return { issuers: world.origins.issuers, kid, now: world.clock.now() }
}
