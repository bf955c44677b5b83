import { base64url, type CryptoKey, exportJWK, generateKeyPair, importJWK } from 'jose'
import type { Jwk } from '../../state/memory/clients.ts'
import type { World } from '../../state/world.ts'
import { publicKey, publicMembers } from './jwt.ts'

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

const imported = new WeakMap<Jwk, Promise<SigningKey>>()

/** The key that the issuer signs with: RS256, made on first use. `foreign` is a key that is never in the JWKS. */
export function signingKey(world: World, name: 'helseid' | 'foreign' = 'helseid'): Promise<SigningKey> {
  return keyNamed(world, name === 'helseid' ? issuerKey(world.faults.keys.current) : name)
}

/** The keys of the JWKS, newest first: one, unless a fault rotated them and kept the older ones. */
export function publishedKeys(world: World): Promise<readonly SigningKey[]> {
  const { oldest, current } = world.faults.keys
  const numbers = Array.from({ length: current - oldest + 1 }, (_, index) => current - index)
  return Promise.all(numbers.map((number) => keyNamed(world, issuerKey(number))))
}

function issuerKey(number: number): string {
  return number === 0 ? 'helseid' : `helseid-${number}`
}

async function keyNamed(world: World, name: string): Promise<SigningKey> {
  const jwk = await world.keys.get(name, generateRsaJwk)
  const known = imported.get(jwk) ?? importSigningKey(jwk)
  imported.set(jwk, known)
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
  if (privateKey instanceof Uint8Array || verifier === undefined) throw new TypeError('the signing key is no RSA key')
  const publicJwk = { kty: 'RSA', use: 'sig', kid, x5t, ...publicMembers(jwk), alg: 'RS256' }
  return { kid, x5t, privateKey, publicKey: verifier, publicJwk }
}
