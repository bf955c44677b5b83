import { type Members, quote } from '../finding.ts'

/** The members of a JWK that only its owner may know (RFC 7518, sections 6.2.2, 6.3.2 and 6.4.1). */
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

/** The private members that a JWK has. */
export function privateMembersIn(jwk: Members): string[] {
  return PRIVATE_MEMBERS.filter((name) => name in jwk)
}

/**
 * What makes a header one that nobody here can follow; `undefined`: nothing. No extension is known (RFC 7515, section 4.1.11),
 * and `b64` is not for JWTs (RFC 7797, section 7).
 */
export function extensionOf(header: Members): string | undefined {
  const found = ['crit', 'b64'].filter((name) => header[name] !== undefined)
  if (found.length === 0) return undefined
  return `a header with ${found.map((name) => `${name} ${quote(header[name])}`).join(' and ')}: an extension that nobody here knows`
}

/** Bits that an RSA key has at least for any of its algorithms (RFC 7518, sections 3.3 and 3.5). */
const RSA_BITS = 2048

/** What is wrong with a public key whatever it is used for; `undefined`: nothing that can be seen. */
export function weaknessOf({ kty, n }: Members): string | undefined {
  if (kty !== 'RSA' || typeof n !== 'string') return undefined
  const bits = bitsOf(n)
  return bits < RSA_BITS
    ? `an RSA key of ${bits} bits; it must have ${RSA_BITS} at least (RFC 7518, section 3.3)`
    : undefined
}

/** The length of a number in base64url; 0 where it is none. */
function bitsOf(base64url: string): number {
  try {
    const bytes = atob(base64url.replaceAll('-', '+').replaceAll('_', '/')).replace(/^\0+/, '')
    return bytes === '' ? 0 : bytes.length * 8 - (Math.clz32(bytes.charCodeAt(0)) - 24)
  } catch {
    return 0
  }
}
