/** HMAC-SHA-256 over a text with a secret; both sides in base64url. */
export type HmacSha256 = (secret: string, text: string) => string

let own: HmacSha256 | undefined

/** Seals from now on, in all simulators of the process, by a primitive of the platform that costs less than Web Crypto. */
export function setHmac(hmac: HmacSha256 | undefined): void {
  own = hmac
}

/** The primitive of the platform, where it has given one. */
export function ownHmac(): HmacSha256 | undefined {
  return own
}
