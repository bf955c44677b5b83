/** A name as a reference token of a JSON Pointer (RFC 6901, section 3). */
export function pointerToken(name: string): string {
  return /[~/]/.test(name) ? name.replaceAll('~', '~0').replaceAll('/', '~1') : name
}

/** The name that a reference token stands for (RFC 6901, section 4). */
export function nameOfToken(token: string): string {
  return token.includes('~') ? token.replaceAll('~1', '/').replaceAll('~0', '~') : token
}
