import type { CryptoKey } from 'jose'

/** Whether a key on P-256 made a signature, 64 bytes in base64url, over an ASCII text with SHA-256 (RFC 7518, section 3.4). */
export type VerifyEs256 = (signed: string, signature: string, key: CryptoKey) => boolean

let own: VerifyEs256 | undefined

/** Verifies ES256 from now on, in all simulators of the process, by a primitive of the platform that costs less than Web Crypto. */
export function setEs256(verify: VerifyEs256 | undefined): void {
  own = verify
}

/** A JWT in compact form whose signature has the length of ES256. */
const COMPACT = /^([\w-]+\.[\w-]+)\.([\w-]{86})$/

/**
 * Whether `key` made the signature of a JWT whose header has these members; `undefined` where the platform has no primitive
 * of its own for it, or the JWT is anything but plain ES256.
 */
export function ownVerdict(text: string, header: Readonly<Record<string, unknown>>, key: CryptoKey) {
  if (own === undefined || header.alg !== 'ES256' || 'crit' in header || 'b64' in header) return undefined
  const { name, namedCurve } = key.algorithm as { readonly name: string; readonly namedCurve?: string }
  if (name !== 'ECDSA' || namedCurve !== 'P-256' || key.type !== 'public') return undefined
  const [, signed, signature] = COMPACT.exec(text) ?? []
  return signed === undefined || signature === undefined ? undefined : own(signed, signature, key)
}
