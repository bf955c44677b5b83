/**
 * Header values are bytes; `fetch` shows each as a character up to U+00FF (Fetch standard, "isomorphic decode"). Text in them
 * is UTF-8 here, as Kestrel reads it: ASP.NET services do.
 */

/** The text of a header value, as whoever wrote it meant it: UTF-8 where the bytes are that, otherwise Latin-1. */
export function textOfHeader(value: string): string {
  if (!/[\x80-\xff]/.test(value)) return value
  const bytes = Uint8Array.from(value, (character) => character.charCodeAt(0))
  try {
    return UTF_8.decode(bytes)
  } catch {
    return value
  }
}

const UTF_8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The text of a request's header; `null` when there is none. */
export function headerTextOf(headers: Headers, name: string): string | null {
  const value = headers.get(name)
  return value === null ? null : textOfHeader(value)
}

/** A text as a header value: in UTF-8, and without what no header can have (RFC 9110, section 5.5). */
export function headerOfText(text: string): string {
  return inUtf8(replaceControls(text))
}

/** A text in UTF-8, a character for each byte. */
export function inUtf8(text: string): string {
  if (!/[\u0080-\uffff]/.test(text)) return text
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('')
}

/** Values as they can be sent: what came as bytes stays so, what cannot stand in a header is written in UTF-8. */
export function wireHeaders(headers: Readonly<Record<string, string | number>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, wireValue(String(value))]))
}

function wireValue(value: string): string {
  return /[\u0100-\uffff]/.test(value) ? headerOfText(value) : replaceControls(value)
}

function replaceControls(text: string): string {
  return text.replace(/[^\t\x20-\x7e\u0080-\uffff]+/g, '?')
}
