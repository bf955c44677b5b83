/**
 * A text with the escapes of JSON, URLs and HTML resolved, digits of every script as 0 to 9, and without characters that
 * have no width; and where each of its characters stood.
 */
export interface DecodedText {
  readonly text: string
  /** The offset in the source at which the character at this offset begins. */
  readonly startOf: (offset: number) => number
  /** The offset in the source at which the character before this offset ends. */
  readonly endOf: (offset: number) => number
}

/** Where an escape may begin, a character without width or a digit of another script; æ, ø and å are none of these. */
const MARK = /[\\%&\u00ad\u0660-\uffff]/g

/** A run of backslashes is one escape: JSON within JSON doubles them. */
const ESCAPES: Readonly<Record<string, RegExp>> = {
  '\\': /\\+(?:u([0-9a-fA-F]{4})|([nrtbfv"'/]))/y,
  '%': /%(?:[0-7][0-9a-fA-F]|[cdCD][0-9a-fA-F]%[89abAB][0-9a-fA-F]|[eE][0-9a-fA-F](?:%[89abAB][0-9a-fA-F]){2}|[fF][0-7](?:%[89abAB][0-9a-fA-F]){3})/y,
  '&': /&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{2,8}));/y,
}

const WIDTHLESS = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/

/** A text in a URL in JSON in HTML: as deep as anything is put into something. */
const DEPTH = 4

/** The text decoded once, twice, as often as it takes: nobody says which of these is what was meant. */
export function decodings(text: string): readonly DecodedText[] {
  const views: DecodedText[] = []
  while (views.length < DEPTH) {
    const last = views.at(-1)
    const next = decodedOnce(last?.text ?? text)
    if (!next) break
    views.push(last ? through(last, next) : next)
  }
  return views
}

function through(outer: DecodedText, inner: DecodedText): DecodedText {
  return {
    text: inner.text,
    startOf: (offset) => outer.startOf(inner.startOf(offset)),
    endOf: (offset) => outer.endOf(inner.endOf(offset)),
  }
}

function decodedOnce(text: string): DecodedText | undefined {
  const pieces: Piece[] = []
  const parts: string[] = []
  let length = 0
  let kept = 0
  MARK.lastIndex = 0
  for (let mark = MARK.exec(text); mark; mark = MARK.exec(text)) {
    const start = mark.index
    const { end, plain } = readAt(text, start)
    MARK.lastIndex = end
    if (plain === undefined) continue
    if (start > kept) parts.push(text.slice(kept, start))
    parts.push(plain)
    length += start - kept + plain.length
    pieces.push({ start, end, until: length, from: length - plain.length })
    kept = end
  }
  if (pieces.length === 0) return undefined
  parts.push(text.slice(kept))
  return mapped(parts.join(''), pieces)
}

/** What begins at an offset: where it ends, and what it stands for where that is something else. */
function readAt(text: string, start: number): { readonly end: number; readonly plain?: string | undefined } {
  const character = text[start] ?? ''
  const form = ESCAPES[character]
  if (form === undefined) return readCharacter(text, start)
  form.lastIndex = start
  const found = form.exec(text)
  if (found) return { end: start + found[0].length, plain: plainOf(character, found) }
  return { end: character === '\\' ? endOfRun(text, start) : start + 1 }
}

/** After backslashes that escape nothing: none of them is tried again. */
function endOfRun(text: string, start: number): number {
  let end = start + 1
  while (text.charCodeAt(end) === 0x5c) end += 1
  return end
}

function readCharacter(text: string, start: number): { readonly end: number; readonly plain?: string } {
  const character = String.fromCodePoint(text.codePointAt(start) ?? 0)
  const end = start + character.length
  if (WIDTHLESS.test(character)) return { end, plain: '' }
  const digit = digitOf(character)
  return digit === undefined ? { end } : { end, plain: digit }
}

/** Where a character comes from: the pieces that changed, in their order. */
interface Piece {
  readonly start: number
  readonly end: number
  readonly from: number
  readonly until: number
}

function mapped(text: string, pieces: readonly Piece[]): DecodedText {
  return {
    text,
    startOf(offset) {
      const piece = lastUntil(pieces, offset)
      if (!piece) return offset
      return offset < piece.until ? piece.start : piece.end + offset - piece.until
    },
    endOf(offset) {
      const piece = lastUntil(pieces, offset - 1)
      if (!piece) return offset
      return offset <= piece.until ? piece.end : piece.end + offset - piece.until
    },
  }
}

/** The last piece that begins at or before an offset of the result. */
function lastUntil(pieces: readonly Piece[], offset: number): Piece | undefined {
  let low = 0
  let high = pieces.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((pieces[middle]?.from ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  return pieces[low - 1]
}

const CONTROLS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: ' ', f: '\f', v: '\v' }

/** Entities that stand between digits, and those that escape others. */
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ensp: ' ',
  emsp: ' ',
  thinsp: ' ',
  hairsp: ' ',
  numsp: ' ',
  puncsp: ' ',
  shy: '',
  zwj: '',
  zwnj: '',
  lrm: '',
  rlm: '',
  ndash: '-',
  mdash: '-',
  minus: '-',
  hyphen: '-',
  dash: '-',
  period: '.',
  plus: '+',
  sol: '/',
  lowbar: '_',
  middot: '.',
  Tab: ' ',
  NewLine: ' ',
}

function plainOf(kind: string, [whole, first, second, entity]: RegExpExecArray): string | undefined {
  if (kind === '%') return utf8(whole)
  if (kind === '&' && entity !== undefined) return ENTITIES[entity]
  if (kind === '&') return character(first === undefined ? Number.parseInt(second ?? '', 16) : Number(first))
  return first === undefined ? (CONTROLS[second ?? ''] ?? second) : character(Number.parseInt(first, 16))
}

function character(code: number): string | undefined {
  return code > 0x10ffff ? undefined : String.fromCodePoint(code)
}

function utf8(bytes: string): string | undefined {
  if (bytes.length === 3) return character(Number.parseInt(bytes.slice(1), 16))
  try {
    return decodeURIComponent(bytes)
  } catch {
    return undefined
  }
}

const DIGITS = new Map<string, string | undefined>()

/** A digit of another script as one of ASCII; anything else is none. */
function digitOf(character: string): string | undefined {
  if (!DIGITS.has(character)) DIGITS.set(character, readDigit(character))
  return DIGITS.get(character)
}

/** Decimal digits of a script are ten in a row, and scripts begin with their zero (Unicode, section 4.6). */
function readDigit(digit: string): string | undefined {
  const isDecimal = (code: number) => /\p{Nd}/u.test(String.fromCodePoint(code))
  const code = digit.codePointAt(0) ?? 0
  if (!isDecimal(code)) return undefined
  let first = code
  while (isDecimal(first - 1)) first -= 1
  return String((code - first) % 10)
}
