import { base64url, type CryptoKey, exportJWK, generateKeyPair, importJWK } from 'jose'
import type { Jwk, SigningKeys } from '../../ground/keys.ts'
import type { State } from '../../state/ports.ts'
import { publicKey, publicMembers } from './jwt.ts'
import { createMemo } from './memo.ts'

/** A key that signs access tokens. */
export interface SigningKey {
  /** 20 bytes in upper-case hex, as HelseID's (a SHA-1 of the certificate there, of the modulus here). */
  readonly kid: string
  /** The bytes of `kid` in base64url. */
  readonly x5t: string
  readonly privateKey: CryptoKey
  readonly publicKey: CryptoKey
  /** As the JWKS shows it. */
  readonly publicJwk: Jwk
}

/** What tokens are signed with: the keys, and which of them is the newest. */
export type Keys = Pick<State, 'keys' | 'faults'>

/** By the key itself: a row that is read again is the same key. */
const imported = createMemo<Promise<SigningKey>>(100)

/** The key that the issuer signs with: RS256, made on first use. `foreign` is a key that is never in the JWKS. */
export async function signingKey({ keys, faults }: Keys, name: 'helseid' | 'foreign' = 'helseid'): Promise<SigningKey> {
  return keyNamed(keys, name === 'helseid' ? issuerKey((await faults.keys()).current) : name)
}

/** The keys of the JWKS, newest first: one, unless a fault rotated them and kept the older ones. */
export async function publishedKeys({ keys, faults }: Keys): Promise<readonly SigningKey[]> {
  const { oldest, current } = await faults.keys()
  const numbers = Array.from({ length: current - oldest + 1 }, (_, index) => current - index)
  return Promise.all(numbers.map((number) => keyNamed(keys, issuerKey(number))))
}

function issuerKey(number: number): string {
  return number === 0 ? 'helseid' : `helseid-${number}`
}

async function keyNamed(keys: SigningKeys, name: string): Promise<SigningKey> {
  const jwk = await keys.get(name, generateRsaJwk)
  const id = String(jwk.n)
  const known = imported.get(id) ?? importSigningKey(jwk)
  imported.put(id, known)
  return known
}

/** A new private RSA key of 2048 bits as a JWK, for RS256. */
export async function generateRsaJwk(): Promise<Jwk> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true, modulusLength: 2048 })
  return { ...(await exportJWK(privateKey)), alg: 'RS256' }
}

async function importSigningKey(jwk: Jwk): Promise<SigningKey> {
  const modulus = base64url.decode(String(jwk.n))
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-1', Uint8Array.from(modulus)))
  const kid = Array.from(hash, (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase()
  const x5t = base64url.encode(hash)
  const [privateKey, verifier] = await Promise.all([importJWK(jwk, 'RS256'), publicKey(jwk, 'RS256')])
  if (privateKey instanceof Uint8Array || verifier === undefined)
    throw new TypeError('the signing key is not an RSA key')
  const publicJwk = { kty: 'RSA', use: 'sig', kid, x5t, ...publicMembers(jwk), alg: 'RS256' }
  return { kid, x5t, privateKey, publicKey: verifier, publicJwk }
}
