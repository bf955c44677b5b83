import { REMOVED } from './keys.ts'
import type { Span } from './span.ts'

/**
 * Three parts of base64url, or the five of an encrypted token (RFC 7515 and 7516, section 7.1). The first is JSON: it begins as a
 * brace does in base64url, or white space.
 */
const COMPACT = /(?<![\w.-])((?:e[wy3]|[ICD][\w-])[\w-]{6,})\.([\w-]*)\.([\w-]*)((?:\.[\w-]*){0,2})/g

/** What a token is after `redact` was applied to its header and its payload. */
type Redact = (text: string) => string

/**
 * A text in which every token has lost its signature: it can be read, and used by nobody. A token is told by its header, which
 * decodes to JSON. What `redact` takes out of its parts is taken out of the token too.
 */
export function cutTokens(text: string, redact: Redact): string {
  if (!text.includes('.')) return text
  return text.replace(COMPACT, (whole, ...parts: string[]) => cutToken(parts, redact) ?? whole)
}

function cutToken([header = '', payload = '', signature = '', more = '']: readonly string[], redact: Redact) {
  const read = objectIn(header)
  if (read === undefined) return undefined
  const head = redactedPart(header, read, redact)
  if (more !== '') return `${head}.${REMOVED}`
  const claims = objectIn(payload)
  const body = claims === undefined ? payload : redactedPart(payload, claims, redact)
  return `${head}.${body}.${signature === '' ? '' : '[signature removed]'}`
}

/** The tokens of a text whose header or payload is another text after `change`, and what they become then. */
export function changedTokens(text: string, change: Redact): readonly (Span & { readonly by: string })[] {
  if (!text.includes('.')) return []
  return Array.from(text.matchAll(COMPACT)).flatMap(({ index, 0: whole, 1: header = '', 2: payload = '' }) => {
    const read = objectIn(header)
    if (read === undefined) return []
    const claims = objectIn(payload)
    const body = claims === undefined ? payload : redactedPart(payload, claims, change)
    const by = `${redactedPart(header, read, change)}.${body}`
    const end = index + header.length + 1 + payload.length
    return whole.startsWith(by) ? [] : [{ start: index, end, by }]
  })
}

/** Whether a text is a token and nothing else, or what was left of one. */
export function isToken(text: string): boolean {
  const [, header = ''] = /^([\w-]{8,})\.[\w.-]*(?:\[(?:signature )?removed\]|\[signature)?$/.exec(text) ?? []
  return header !== '' && objectIn(header) !== undefined
}

/** The JSON object that a part has, as text. */
function objectIn(part: string): string | undefined {
  if (!/^\s*(?:\{|$)/.test(textOf(part.slice(0, 8)) ?? '')) return undefined
  const text = textOf(part) ?? ''
  return isObject(text) ? text : undefined
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null
  } catch {
    return false
  }
}

function redactedPart(part: string, text: string, redact: Redact): string {
  const redacted = redact(text)
  return redacted === text ? part : base64url(redacted)
}

/** Undefined where it is not base64url. */
function textOf(part: string): string | undefined {
  let bytes: string
  try {
    bytes = atob(part.replaceAll('-', '+').replaceAll('_', '/'))
  } catch {
    return undefined
  }
  // Nearly every token is ASCII, and tokens are looked at wherever something is written down.
  for (let at = 0; at < bytes.length; at++) if (bytes.charCodeAt(at) > 0x7f) return decoded(bytes)
  return bytes
}

function decoded(bytes: string): string {
  return new TextDecoder().decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)))
}

function base64url(text: string): string {
  const bytes = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte))
  return btoa(bytes.join('')).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
