import { finding, isMembers, type Members, numericDate, quote } from '../finding.ts'
import type { Issue } from '../issue.ts'
import { ALGORITHMS } from './claims.ts'
import { extensionOf, privateMembersIn, weaknessOf } from './key.ts'
import { isoTime } from './lifetime.ts'

/** A DPoP proof (RFC 9449, section 4.2) that was read, with what needs cryptography done. */
export interface Proof {
  readonly header: Members
  readonly payload: Members
  /** `unchecked`: the header names no key or algorithm to check it with. */
  readonly signature: 'good' | 'bad' | 'unchecked'
  /** Why it is bad. */
  readonly fault?: string | undefined
  /** RFC 7638 thumbprint of the header's `jwk`, where there is one. */
  readonly thumbprint?: string | undefined
}

/** What a proof is used for. */
export interface ProofUse {
  readonly method: string
  /** The URLs of the request that `htu` may name; messages show the first. */
  readonly urls: readonly string[]
  /** Milliseconds since the epoch. */
  readonly now: number
  /** Seconds that `iat` may lie before and after `now`. */
  readonly window: { readonly past: number; readonly future: number }
  /** At an API: base64url(SHA-256(access token)). */
  readonly ath?: string | undefined
  /** At an API: the thumbprint that the access token is bound to. */
  readonly jkt?: string | undefined
}

type Check = (proof: Proof, use: ProofUse) => Issue | undefined

/** Everything that is wrong with a proof, in the order of NHN's own validator. Nonce and replay are not checked here. */
export function checkProof(proof: Proof, use: ProofUse): Issue[] {
  return CHECKS.flatMap((check) => check(proof, use) ?? [])
}

const type: Check = ({ header }) => {
  if (header.typ === 'dpop+jwt') return undefined
  return finding('dpop-typ', `The proof's typ is ${quote(header.typ)}; it must be dpop+jwt.`, 'dpop+jwt', header.typ)
}

const algorithm: Check = ({ header }) => {
  if (ALGORITHMS.some((known) => known === header.alg)) return undefined
  const message = `The proof's alg is ${quote(header.alg)}; it must be one of ${ALGORITHMS.join(', ')}.`
  return finding('dpop-alg', message, ALGORITHMS, header.alg)
}

const extension: Check = ({ header }) => {
  const found = extensionOf(header)
  return found === undefined ? undefined : finding('dpop-malformed', `The proof has ${found}.`, 'no extension')
}

const key: Check = ({ header, thumbprint }) => {
  const weakness = isMembers(header.jwk) ? weaknessOf(header.jwk) : undefined
  if (thumbprint !== undefined && weakness === undefined) return undefined
  const wrong = weakness === undefined ? 'has a jwk that is not a public RSA or EC key' : `has as jwk ${weakness}`
  const found = header.jwk === undefined ? 'has no jwk' : wrong
  return finding('dpop-jwk', `The proof's header ${found}.`, 'the public key as a JSON Web Key', typeof header.jwk)
}

const privateKey: Check = ({ header: { jwk } }) => {
  const found = isMembers(jwk) ? privateMembersIn(jwk) : []
  if (found.length === 0) return undefined
  const message = `The proof's jwk has the private members ${found.join(', ')}. That key is known to others now; make a new one.`
  return finding('dpop-private-key', message, 'public members only', found)
}

const thumbprint: Check = ({ thumbprint: found }, { jkt }) => {
  if (found === undefined || jkt === undefined || found === jkt) return undefined
  const message = `The proof is signed with key ${found}; the access token is bound to key ${jkt} (cnf.jkt).`
  return finding('dpop-thumbprint', message, jkt, found)
}

const signature: Check = ({ signature: result, fault = 'it was made by another key, or the proof was changed' }) => {
  if (result !== 'bad') return undefined
  return finding(
    'dpop-signature',
    `The proof's signature does not fit the jwk in its header: ${fault}.`,
    'a signature by jwk',
    'another',
  )
}

const accessTokenHash: Check = ({ payload }, { ath }) => {
  if (ath === undefined || payload.ath === ath) return undefined
  const message = `The proof's ath is ${quote(payload.ath)}; for this access token it is "${ath}".`
  return finding('dpop-ath', message, ath, payload.ath)
}

const identifier: Check = ({ payload }) => {
  if (typeof payload.jti === 'string' && payload.jti !== '') return undefined
  return finding(
    'dpop-jti',
    `The proof's jti is ${quote(payload.jti)}; it must be a new string in each proof.`,
    'a string',
    payload.jti,
  )
}

const method: Check = ({ payload }, { method: expected }) => {
  if (payload.htm === expected) return undefined
  return finding(
    'dpop-htm',
    `The proof's htm is ${quote(payload.htm)}; the request is ${expected}.`,
    expected,
    payload.htm,
  )
}

const url: Check = ({ payload }, { urls }) => {
  const { htu } = payload
  if (typeof htu === 'string' && urls.some((one) => plainDollar(one) === plainDollar(htu))) return undefined
  const [expected = ''] = urls
  const message = `The proof's htu is ${quote(htu)}; the request is to "${expected}".${explain(htu, expected)}`
  return finding('dpop-htu', message, expected, htu)
}

/** `$` in a path may be sent as `%24`; both name the same resource (RFC 3986, section 6.2.2.2). */
function plainDollar(text: string): string {
  return text.replaceAll('%24', '$')
}

/** What the two URLs differ in, where that is one of the usual mistakes. */
function explain(htu: unknown, expected: string): string {
  if (typeof htu !== 'string' || htu === '') return ''
  const [bare = ''] = htu.split(/[?#]/)
  if (bare !== htu && plainDollar(bare) === plainDollar(expected)) {
    return ' They differ by the query or fragment only: htu has neither (RFC 9449, section 4.2).'
  }
  if (bare.replace(/\/$/, '') === expected) return ' They differ by the slash at the end only.'
  if (bare.toLowerCase() === expected.toLowerCase()) return ' They differ in upper and lower case only.'
  return explainHost(bare, expected)
}

function explainHost(htu: string, expected: string): string {
  const made = hostOf(htu)
  const called = hostOf(expected)
  if (made === undefined || called === undefined) return ' htu is not an absolute URL.'
  if (made === called)
    return /^http:/.test(htu) === /^http:/.test(expected) ? '' : ' They differ by http and https only.'
  const real = (host: string) => host.endsWith('.nhn.no')
  if (real(made) && !real(called)) return ' The proof is made for the real host, the request came to the simulator.'
  if (real(called) && !real(made)) return ' The proof is made for another host than the real one that was called.'
  return ` The proof is made for host ${made}, the request came to ${called}.`
}

function hostOf(text: string): string | undefined {
  return /^https?:\/\/([^/]+)/i.exec(text)?.[1]?.toLowerCase()
}

const issuedAt: Check = ({ payload }, { now, window }) => {
  const iat = numericDate(payload.iat)
  const age = iat === undefined ? Number.NaN : now / 1000 - iat
  if (age <= window.past && age >= -window.future) return undefined
  const found =
    iat === undefined
      ? `${quote(payload.iat)}, which is not a number`
      : `${isoTime(iat)}, ${Math.round(Math.abs(age))} seconds ${age > 0 ? 'ago' : 'ahead'}`
  const message = `The proof's iat is ${found}; it may be ${window.past} seconds old and ${window.future} seconds ahead. It is ${isoTime(now / 1000)}.`
  return finding('dpop-iat', message, Math.floor(now / 1000), payload.iat)
}

/** What is right by the RFC, and refused by NHN's own validator all the same. */
export function adviseOnProof({ payload: { iat } }: Proof): Issue[] {
  if (numericDate(iat) === undefined || Number.isInteger(iat)) return []
  const message = `The proof's iat is ${quote(iat)}: NHN's validator reads whole seconds only, and says that iat is missing.`
  return [{ ...finding('dpop-iat', message, 'whole seconds', iat), severity: 'warning' }]
}

const CHECKS: readonly Check[] = [
  extension,
  type,
  algorithm,
  key,
  privateKey,
  thumbprint,
  signature,
  accessTokenHash,
  identifier,
  method,
  url,
  issuedAt,
]
