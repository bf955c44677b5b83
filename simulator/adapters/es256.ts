import { KeyObject, verify } from 'node:crypto'
import type { VerifyEs256 } from '../index.ts'

type CryptoKey = Parameters<VerifyEs256>[2]

const keys = new WeakMap<CryptoKey, KeyObject>()

/** ES256 by OpenSSL at once: Web Crypto hands each signature to another thread, which costs as much as verifying it. */
export const verifyEs256: VerifyEs256 = (signed, signature, key) => {
  const known = keys.get(key) ?? KeyObject.from(key as Parameters<typeof KeyObject.from>[0])
  keys.set(key, known)
  const bytes = Buffer.from(signature, 'base64url')
  return verify('sha256', Buffer.from(signed), { key: known, dsaEncoding: 'ieee-p1363' }, bytes)
}
