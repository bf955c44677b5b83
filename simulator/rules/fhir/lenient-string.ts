import type { TextCursor } from './lenient-cursor.ts'

const LINE_FEED = 0x0a
const RETURN = 0x0d
const SPACE = 0x20
const DOUBLE_QUOTE = 0x22
const BACKSLASH = 0x5c

const ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  '\\': '\\',
  '"': '"',
  "'": "'",
  '/': '/',
}

/** Reads the string whose quote is here, and resolves its escapes as Newtonsoft.Json 13 does. */
export function readString(cursor: TextCursor): string {
  const { text } = cursor
  const start = cursor.at
  const quote = cursor.code
  let at = start + 1
  let from = at
  let read = ''
  cursor.isPlain = quote === DOUBLE_QUOTE
  for (;;) {
    const code = text.charCodeAt(at)
    if (code === quote) break
    if (code >= SPACE && code !== BACKSLASH) {
      at++
      continue
    }
    cursor.at = at
    cursor.isPlain = false
    if (code === BACKSLASH) {
      read += text.slice(from, at) + readEscape(cursor, quote)
      from = cursor.at
    } else passControl(cursor, quote)
    at = cursor.at
  }
  cursor.at = at + 1
  if (quote !== DOUBLE_QUOTE) cursor.liberty('quotes', start, cursor.at)
  return read === '' ? text.slice(from, at) : read + text.slice(from, at)
}

/** Control characters may stand in strings; only the end of the text may not. */
function passControl(cursor: TextCursor, quote: number): void {
  if (cursor.isAtEnd) failUnterminated(cursor, quote)
  cursor.liberty('control-character', cursor.at, cursor.at + 1)
  if (cursor.code === LINE_FEED || cursor.code === RETURN) cursor.passLineEnd()
  else cursor.at++
}

function failUnterminated(cursor: TextCursor, quote: number): never {
  cursor.fail(`Unterminated string. Expected delimiter: ${String.fromCharCode(quote)}.`)
}

function readEscape(cursor: TextCursor, quote: number): string {
  cursor.at++
  if (cursor.isAtEnd) failUnterminated(cursor, quote)
  const { character } = cursor
  cursor.at++
  if (character === 'u') return readUnicode(cursor)
  const meant = ESCAPES[character]
  if (meant === undefined) cursor.fail(`Bad JSON escape sequence: \\${character}.`)
  if (character === "'") cursor.liberty('quotes', cursor.at - 2, cursor.at)
  return meant
}

const REPLACEMENT = '\ufffd'

function replacement(cursor: TextCursor): string {
  cursor.replaced.push(cursor.at)
  return REPLACEMENT
}

/** Half of a surrogate pair becomes U+FFFD; both halves must be escapes. */
function readUnicode(cursor: TextCursor): string {
  let read = ''
  let unit = readHex(cursor)
  while (isHigh(unit)) {
    const isFollowed = cursor.text.startsWith('\\u', cursor.at) && cursor.at + 2 < cursor.text.length
    if (!isFollowed) return read + replacement(cursor)
    cursor.at += 2
    const next = readHex(cursor)
    if (isLow(next)) return read + String.fromCharCode(unit, next)
    read += replacement(cursor)
    unit = next
  }
  return read + (isLow(unit) ? replacement(cursor) : String.fromCharCode(unit))
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff

function readHex(cursor: TextCursor): number {
  const { text, at } = cursor
  if (at + 4 >= text.length) cursor.fail('Unexpected end while parsing Unicode escape sequence.')
  const digits = text.slice(at, at + 4)
  if (!/^[\da-fA-F]{4}$/.test(digits)) {
    cursor.fail(`Invalid Unicode escape sequence: \\u${digits.replace(/[\ud800-\udfff]/g, REPLACEMENT)}.`)
  }
  cursor.at += 4
  return Number.parseInt(digits, 16)
}
