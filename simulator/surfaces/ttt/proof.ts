import { base64url, type CryptoKey, exportJWK, generateKeyPair, importJWK } from 'jose'
import type { Jwk, SigningKeys } from '../../ground/keys.ts'
import { Rejection } from '../../http/rejection.ts'
import { finding, type Members } from '../../rules/finding.ts'
import { publicMembers, thumbprintOf } from '../../services/tokens/jwt.ts'
import type { ProofDefect, TestTokenRequest } from './request.ts'

/** The key of a test proof. */
export interface TestProofKey {
  readonly jwk: Jwk
  readonly alg: string
  readonly privateKey: CryptoKey
  readonly thumbprint: string
}

/** The key to make a proof with: the one that was sent, or the service's own. Throws a `Rejection` 400. */
export async function proofKey(
  keys: SigningKeys,
  { dPoPProofParameters = {} }: TestTokenRequest,
): Promise<TestProofKey> {
  const jwk: Jwk = dPoPProofParameters.privateKeyForProofCreation ?? (await keys.get('ttt-proof', generateEcJwk))
  const alg = typeof jwk.alg === 'string' ? jwk.alg : algorithmOf(jwk)
  const { key_ops: _operations, use: _use, ...members } = jwk
  const privateKey = await importJWK(members, alg).catch(() => undefined)
  const thumbprint = await thumbprintOf(jwk)
  if (privateKey && !(privateKey instanceof Uint8Array) && privateKey.type === 'private' && thumbprint !== undefined) {
    return { jwk, alg, privateKey, thumbprint }
  }
  const message = 'dPoPProofParameters.privateKeyForProofCreation is not a private RSA or EC key as a JSON Web Key.'
  throw new Rejection(400, [finding('ttt-request', message, 'a private JWK', jwk.kty)])
}

/** What a proof says, before it is signed. */
interface Parts {
  readonly header: Members
  readonly payload: Members
}

/** Seconds by which `iat` is moved, far enough for any window. */
const FAR = 3_600

const withoutHeader = (name: string) => (parts: Parts) => ({ ...parts, header: { ...parts.header, [name]: undefined } })
const withoutClaim = (name: string) => (parts: Parts) => ({
  ...parts,
  payload: { ...parts.payload, [name]: undefined },
})
const withHeader = (members: Members) => (parts: Parts) => ({ ...parts, header: { ...parts.header, ...members } })
const movedIat = (seconds: number) => (parts: Parts) => ({
  ...parts,
  payload: { ...parts.payload, iat: Number(parts.payload.iat) + seconds },
})
const unchanged = (parts: Parts) => parts

const DEFECTS: Readonly<Record<ProofDefect, (parts: Parts, key: TestProofKey) => Parts>> = {
  None: unchanged,
  DontSetHtuClaimValue: withoutClaim('htu'),
  DontSetHtmClaimValue: withoutClaim('htm'),
  SetIatValueInThePast: movedIat(-FAR),
  SetIatValueInTheFuture: movedIat(FAR),
  DontSetAthClaimValue: withoutClaim('ath'),
  DontSetAlgHeader: withoutHeader('alg'),
  DontSetJwkHeader: withoutHeader('jwk'),
  DontSetJtiClaim: withoutClaim('jti'),
  SetAlgHeaderToASymmetricAlgorithm: withHeader({ alg: 'HS256' }),
  SetPrivateKeyInJwkHeader: (parts, { jwk }) => withHeader({ jwk })(parts),
  SetInvalidTypHeaderValue: withHeader({ typ: 'invalid' }),
  SetAnInvalidSignature: unchanged,
  SetAnInvalidJktValueInToken: unchanged,
}

/** A proof for `htm` and `htu` with the defect that was asked for. Signed by hand: no library leaves `alg` out. */
export async function makeProof(key: TestProofKey, claims: Members, defect: ProofDefect): Promise<string> {
  const header = { typ: 'dpop+jwt', alg: key.alg, jwk: publicMembers(key.jwk) }
  const parts = DEFECTS[defect]({ header, payload: claims }, key)
  const text = `${encode(parts.header)}.${encode(parts.payload)}`
  const signed = defect === 'SetAnInvalidSignature' ? `${text}.` : text
  const signature = await crypto.subtle.sign(parametersOf(key), key.privateKey, new TextEncoder().encode(signed))
  return `${text}.${base64url.encode(new Uint8Array(signature))}`
}

function encode(members: Members): string {
  return base64url.encode(JSON.stringify(members))
}

/** What Web Crypto needs besides the key (RFC 7518, sections 3.3 to 3.5). */
function parametersOf({ alg, privateKey }: TestProofKey) {
  const bits = Number(alg.slice(2))
  return { name: privateKey.algorithm.name, hash: `SHA-${bits}`, saltLength: bits / 8 }
}

function algorithmOf({ kty, crv }: Jwk): string {
  if (kty === 'RSA') return 'PS256'
  return crv === 'P-384' ? 'ES384' : crv === 'P-521' ? 'ES512' : 'ES256'
}

async function generateEcJwk(): Promise<Jwk> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  return { ...(await exportJWK(privateKey)) }
}
