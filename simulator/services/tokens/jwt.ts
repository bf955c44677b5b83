import { base64url, type CryptoKey, calculateJwkThumbprint, compactVerify, importJWK } from 'jose'
import type { Jwk } from '../../ground/keys.ts'
import { isMembers, type Members } from '../../rules/finding.ts'
import { weaknessOf } from '../../rules/token/key.ts'
import { ownVerdict } from './own-es256.ts'

/** The two readable parts of a signed JWT in compact form. Nothing is verified. */
export interface Jwt {
  readonly header: Members
  readonly payload: Members
}

const TEXT = new TextDecoder('utf-8', { fatal: true })

/** Reads a JWT in compact form; `undefined` when it is none. */
export function parseJwt(text: string): Jwt | undefined {
  const [header, payload, signature, ...rest] = text
    .split('.')
    .map((part, index) => (index < 2 ? readPart(part) : part))
  if (!isMembers(header) || !isMembers(payload) || typeof signature !== 'string' || rest.length > 0) return undefined
  return { header, payload }
}

function readPart(part: string): unknown {
  try {
    return JSON.parse(TEXT.decode(base64url.decode(part)))
  } catch {
    return undefined
  }
}

/** A public key for one algorithm, or why it is none for it. */
export type Verifier = { readonly key: CryptoKey } | { readonly fault: string }

/** The key that a client named or registered, for the algorithm that it signs with. */
export async function verifierOf(alg: string, jwk: Members): Promise<Verifier> {
  const misfit = weaknessOf(jwk) ?? misfitOf(alg, jwk)
  if (misfit !== undefined) return { fault: `the key is ${misfit}` }
  const key = await publicKey(jwk, alg)
  return key === undefined ? { fault: 'the key cannot be read: its numbers are not a public key' } : { key }
}

/** Why a key did not make the signature of a JWT; `undefined`: it did. */
export async function signatureFault(text: string, alg: string, verifier: Verifier): Promise<string | undefined> {
  if ('fault' in verifier) return verifier.fault
  if (await isSignedBy(text, verifier.key)) return undefined
  return lengthFault(text, alg) ?? 'it was made by another key, or the text was changed'
}

/** The curve of each elliptic algorithm, and the bytes of its signatures (RFC 7518, section 3.4). */
const CURVES: Readonly<Record<string, { readonly curve: string; readonly bytes: number }>> = {
  ES256: { curve: 'P-256', bytes: 64 },
  ES384: { curve: 'P-384', bytes: 96 },
  ES512: { curve: 'P-521', bytes: 132 },
}

function misfitOf(alg: string, { kty, crv }: Members): string | undefined {
  const wanted = CURVES[alg]
  if (wanted === undefined) return kty === 'RSA' ? undefined : `of type ${kty}; ${alg} needs an RSA key`
  if (kty !== 'EC') return `of type ${kty}; ${alg} needs an EC key on ${wanted.curve}`
  return crv === wanted.curve ? undefined : `on curve ${crv}; ${alg} needs ${wanted.curve}`
}

function lengthFault(text: string, alg: string): string | undefined {
  const bytes = Math.floor(((text.split('.').at(-1) ?? '').length * 3) / 4)
  const wanted = CURVES[alg]
  if (wanted === undefined || bytes === wanted.bytes) return undefined
  return `it has ${bytes} bytes; ${alg} has ${wanted.bytes}, r and s one after the other and not in DER`
}

/** Whether `key` made the signature of a JWT in compact form. */
export async function isSignedBy(text: string, key: CryptoKey | undefined): Promise<boolean> {
  if (key === undefined) return false
  const verdict = ownVerdict(text, parseJwt(text)?.header ?? {}, key)
  if (verdict !== undefined) return verdict
  return compactVerify(text, key).then(
    () => true,
    () => false,
  )
}

/** The public members of a key, without private ones and without what a client adds, such as `alg` or `key_ops`. */
export function publicMembers({ kty, n, e, crv, x, y }: Members): Jwk {
  return kty === 'RSA' ? { kty, n, e } : { kty, crv, x, y }
}

/** A public key for one algorithm; `undefined` when the key is none for it. */
export async function publicKey(jwk: Members, alg: unknown): Promise<CryptoKey | undefined> {
  if (typeof alg !== 'string' || (jwk.kty !== 'RSA' && jwk.kty !== 'EC')) return undefined
  const key = await importJWK(publicMembers(jwk), alg).catch(() => undefined)
  return key instanceof Uint8Array ? undefined : key
}

/** The RFC 7638 thumbprint of a public key; `undefined` when it is not an RSA or EC key. */
export async function thumbprintOf(jwk: unknown): Promise<string | undefined> {
  if (!isMembers(jwk) || (jwk.kty !== 'RSA' && jwk.kty !== 'EC')) return undefined
  return calculateJwkThumbprint(publicMembers(jwk)).catch(() => undefined)
}

/** base64url(SHA-256(text)), the form of `ath`. */
export async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return base64url.encode(new Uint8Array(digest))
}
