/** A JSON Web Key (RFC 7517). */
export type Jwk = Readonly<Record<string, unknown>>

/** The key pair of a client. The private one signs the client's assertions, and stays with whoever has the client. */
export interface KeyPair {
  readonly publicKey: Jwk
  readonly privateKey: Jwk
}

/** Browsers make keys on https and on localhost only. */
export function canMakeKeys(): boolean {
  return globalThis.crypto?.subtle !== undefined
}

/** An RSA key pair of 2048 bits for RS256, made in the browser. */
export async function makeKeyPair(): Promise<KeyPair> {
  const algorithm = {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
  }
  const pair = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  // What WebCrypto adds is for WebCrypto.
  const {
    key_ops: _operations,
    ext: _extractable,
    ...privateKey
  } = await crypto.subtle.exportKey('jwk', pair.privateKey)
  return { privateKey, publicKey: publicMembers(privateKey) }
}

/** The public members of RSA and EC keys, and those that name the key and its use (RFC 7517, 4; RFC 7518, 6). */
const PUBLIC = ['kty', 'use', 'alg', 'kid', 'n', 'e', 'crv', 'x', 'y']

/** A key without what only its owner may know. */
export function publicMembers(key: Jwk): Jwk {
  return Object.fromEntries(Object.entries(key).filter(([name]) => PUBLIC.includes(name)))
}
