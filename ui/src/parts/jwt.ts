/** A JSON Web Token (RFC 7519) whose parts can be read. The journal keeps no signature, so nothing is verified here. */
export interface DecodedToken {
  readonly header: Readonly<Record<string, unknown>>
  readonly claims: Readonly<Record<string, unknown>>
}

/** Reads the header and the claims of a token in a header's value; `undefined` when there is none that can be read. */
export function decodeToken(value: string): DecodedToken | undefined {
  const [, header, claims] = /\b([\w-]+)\.([\w-]+)\.(?:[\w-]+|\[)/.exec(value) ?? []
  if (header === undefined || claims === undefined) return undefined
  const parts = [header, claims].map(membersOf)
  const [decodedHeader, decodedClaims] = parts
  return decodedHeader && decodedClaims ? { header: decodedHeader, claims: decodedClaims } : undefined
}

function membersOf(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const bytes = Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0))
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes))
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
