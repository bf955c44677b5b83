import { issueOf } from '../catalogue.ts'
import { advise } from '../fixes/advice.ts'
import type { Issue } from '../issue.ts'

/** The text of bytes that are UTF-8, or what is wrong with them. */
export type Decoded =
  | { readonly text: string; readonly hasByteOrderMark: boolean; readonly issue?: never }
  | { readonly issue: Issue; readonly text?: never }

/**
 * Decodes bytes as a service that reads a stream of JSON does: they are UTF-8 (RFC 8259, section 8.1), and a byte order mark
 * before them is skipped. Never throws; linear in the bytes.
 */
export function decodeJson(bytes: Uint8Array): Decoded {
  const other = otherUnicode(bytes)
  if (other !== undefined) return { issue: encodingIssue(`The text is ${other}, not UTF-8.`, bytes, 0, other) }
  const fault = firstFault(bytes)
  if (fault !== undefined) return { issue: faultIssue(bytes, fault) }
  return { text: new TextDecoder().decode(bytes), hasByteOrderMark: startsWith(bytes, BYTE_ORDER_MARK) }
}

/** The text of bytes that are not UTF-8, for a person to look at: what cannot be decoded is U+FFFD. */
export function decodeAnyway(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf]

const startsWith = (bytes: Uint8Array, mark: readonly number[]): boolean => mark.every((byte, at) => bytes[at] === byte)

/** UTF-16 and UTF-32 by their byte order mark, or by the zeros that they have around ASCII. */
function otherUnicode(bytes: Uint8Array): string | undefined {
  const [one, two, three, four] = bytes
  if (startsWith(bytes, [0xff, 0xfe, 0, 0]) || (one && two === 0 && three === 0 && four === 0)) return 'UTF-32'
  if (startsWith(bytes, [0, 0, 0xfe, 0xff]) || (one === 0 && two === 0 && three === 0 && four)) return 'UTF-32'
  if (startsWith(bytes, [0xff, 0xfe]) || (one && two === 0 && three)) return 'UTF-16 (little endian)'
  if (startsWith(bytes, [0xfe, 0xff]) || (one === 0 && two && three === 0)) return 'UTF-16 (big endian)'
  return undefined
}

/** The offset of the first byte that begins no character of UTF-8 (The Unicode Standard, table 3-7). */
function firstFault(bytes: Uint8Array): number | undefined {
  let at = 0
  while (at < bytes.length) {
    const length = lengthAt(bytes, at)
    if (length === 0) return at
    at += length
  }
  return undefined
}

function lengthAt(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0
  if (lead < 0x80) return 1
  const length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0
  const second = bytes[at + 1] ?? 0
  const least = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80
  const most = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf
  if (length === 0 || second < least || second > most) return 0
  for (let next = 2; next < length; next++) if (((bytes[at + next] ?? 0) & 0xc0) !== 0x80) return 0
  return length
}

/** Bytes of ISO 8859-1 and Windows-1252 that are letters of Norwegian and its neighbours. */
const LETTERS: ReadonlyMap<number, string> = new Map(
  Array.from('ÅÆØåæøÄÖäöÉéÈèÜü', (letter) => [letter.charCodeAt(0), letter]),
)

function faultIssue(bytes: Uint8Array, offset: number): Issue {
  const byte = bytes[offset] ?? 0
  const letter = LETTERS.get(byte)
  const looksLike = letter === undefined ? undefined : 'Windows-1252'
  const guess = letter === undefined ? '' : ` It looks like Windows-1252, where that byte is ${letter}.`
  const message = `The byte 0x${byte.toString(16).toUpperCase()} at offset ${offset} is not UTF-8.${guess}`
  return encodingIssue(message, bytes, offset, looksLike)
}

function encodingIssue(message: string, bytes: Uint8Array, offset: number, looksLike: string | undefined): Issue {
  const advice = looksLike === undefined ? advise('encode') : advise('encode-from', { from: looksLike })
  const evidence = { expected: 'UTF-8', found: looksLike ?? 'other bytes', offset }
  return issueOf('http-encoding', message, { ...placeOf(bytes, offset), evidence, advice, patch: null })
}

/** Line and column of an offset before which all is UTF-8; the column in UTF-16 code units, as everywhere. */
function placeOf(bytes: Uint8Array, offset: number): { readonly line: number; readonly column: number } {
  const before = new TextDecoder().decode(bytes.subarray(0, offset))
  const lineStart = before.lastIndexOf('\n') + 1
  return { line: before.split('\n').length, column: before.length - lineStart + 1 }
}
