import { base64url } from 'jose'
import type { Jwk, SigningKeys } from '../../ground/keys.ts'

/** Milliseconds for which a nonce is good; it may be used more than once (Duende's default). */
export const NONCE_LIFETIME = 60_000

/** Who gave a nonce out: HelseID and the APIs each take only their own (RFC 9449, section 8.2). */
export type NonceGiver = 'helseid' | 'api'

/** A nonce that tells on its own when it was made: the time, and a MAC over it. */
export async function makeNonce(keys: SigningKeys, giver: NonceGiver, now: number): Promise<string> {
  const time = Math.floor(now).toString(36)
  return `${time}.${await mac(keys, `${giver} ${time}`)}`
}

/** Whether `giver` gave out `nonce` in the last minute. */
export async function isGoodNonce(keys: SigningKeys, giver: NonceGiver, nonce: string, now: number): Promise<boolean> {
  const [time = ''] = nonce.split('.')
  const age = now - Number.parseInt(time, 36)
  return age >= 0 && age <= NONCE_LIFETIME && nonce === `${time}.${await mac(keys, `${giver} ${time}`)}`
}

async function mac(keys: SigningKeys, text: string): Promise<string> {
  const jwk = await keys.get('nonce', generateSecret)
  const secret = Uint8Array.from(base64url.decode(String(jwk.k)))
  const key = await crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  return base64url.encode(new Uint8Array(await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(text))))
}

async function generateSecret(): Promise<Jwk> {
  return { kty: 'oct', k: base64url.encode(crypto.getRandomValues(new Uint8Array(32))) }
}
