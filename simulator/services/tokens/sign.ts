import { CompactSign } from 'jose'
import type { Members } from '../../rules/finding.ts'
import { type Keys, signingKey } from './signing-key.ts'

/** How a token may differ from HelseID's own. */
export interface SignOptions {
  readonly typ?: string
  /** Signs with a key that is not in the JWKS. */
  readonly key?: 'helseid' | 'foreign'
}

/** Signs claims as HelseID does: RS256, typ at+jwt, with the kid and x5t of the key. Undefined claims are left out. */
export async function signToken(
  keys: Keys,
  claims: Members,
  { typ = 'at+jwt', key = 'helseid' }: SignOptions = {},
): Promise<string> {
  const { kid, x5t, privateKey } = await signingKey(keys, key)
  const payload = new TextEncoder().encode(JSON.stringify(claims))
  return new CompactSign(payload).setProtectedHeader({ alg: 'RS256', kid, x5t, typ }).sign(privateKey)
}
