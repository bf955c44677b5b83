import { CompactSign, type CryptoKey, exportJWK, generateKeyPair, importJWK } from 'jose'
import type { Jwk, SigningKeys } from '../../ground/keys.ts'
import type { Members } from '../../rules/finding.ts'
import { publicMembers } from './jwt.ts'
import { createMemo } from './memo.ts'
import { generateRsaJwk } from './signing-key.ts'

/** A private key and its algorithm. */
export interface SigningPair {
  readonly alg: string
  readonly privateKey: CryptoKey
}

/** A key with which a part of the simulator acts as a client. */
export interface OwnKey extends SigningPair {
  readonly alg: 'RS256' | 'ES256'
  readonly publicJwk: Jwk
}

/** By the key itself: a row that is read again is the same key. */
const imported = createMemo<Promise<OwnKey>>(100)

/** The key of that name, made on first use. */
export async function ownKey(keys: SigningKeys, name: string, alg: OwnKey['alg']): Promise<OwnKey> {
  const jwk = await keys.get(name, alg === 'RS256' ? generateRsaJwk : generateEcJwk)
  const id = `${alg} ${jwk.n ?? jwk.x}`
  const known = imported.get(id) ?? importKey(jwk, alg)
  imported.put(id, known)
  return known
}

/** Signs a JWT. Undefined claims are left out. */
export function signJwt(key: SigningPair, header: Members, payload: Members): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(payload))
  return new CompactSign(bytes).setProtectedHeader({ ...header, alg: key.alg }).sign(key.privateKey)
}

async function importKey(jwk: Jwk, alg: OwnKey['alg']): Promise<OwnKey> {
  const privateKey = await importJWK(jwk, alg)
  if (privateKey instanceof Uint8Array) throw new TypeError('a client key is an RSA or EC key')
  return { alg, privateKey, publicJwk: publicMembers(jwk) }
}

async function generateEcJwk(): Promise<Jwk> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  return { ...(await exportJWK(privateKey)) }
}
