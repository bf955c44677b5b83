/** What a piece of JSON text is, for colouring. `other` is what JSON has no place for. */
export type TokenKind = 'key' | 'string' | 'literal' | 'punctuation' | 'space' | 'other'

/** A piece of the text, from `start` up to `end`: UTF-16 code units from the beginning of the whole text. */
export interface JsonToken {
  readonly kind: TokenKind
  readonly text: string
  readonly start: number
  readonly end: number
}

/** A line to draw: `indent` spaces, then the tokens. `start` is where it begins in the whole text. */
export interface Line {
  readonly start: number
  readonly indent: number
  readonly tokens: readonly JsonToken[]
}

const TOKEN = /("(?:\\.|[^"\\\n])*"?)(\s*:)?|[{}[\],:]|[^\S\n]+|[^\s{}[\],:"]+/g
const LITERAL = /^(?:true|false|null|-?\d[\d.eE+-]*)$/

/** The text's own lines. Any text will do: what is not JSON is shown all the same. */
export function linesAsSent(text: string): Line[] {
  let start = 0
  return text.split('\n').map((line) => {
    const drawn = { start, indent: 0, tokens: tokenize(line, start) }
    start += line.length + 1
    return drawn
  })
}

/**
 * Laid out again where it is JSON. What is not JSON is shown as it was sent, where it has lines: the place of its error is of them.
 */
export function layoutFor(text: string): (text: string) => Line[] {
  return text.includes('\n') && !isJson(text) ? linesAsSent : linesFormatted
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** The same tokens laid out again, two spaces to a level. No value is read, so none is changed. */
export function linesFormatted(text: string): Line[] {
  const tokens = linesAsSent(text).flatMap((line) => apart(line.tokens).filter((token) => token.kind !== 'space'))
  const lines: { start: number; indent: number; tokens: JsonToken[] }[] = []
  let depth = 0
  let fresh = true
  for (const [index, token] of tokens.entries()) {
    const before = tokens[index - 1]?.text ?? ''
    const closes = token.text === '}' || token.text === ']'
    const empty = closes && (before === '{' || before === '[')
    if (closes) depth = Math.max(0, depth - 1)
    if ((fresh || closes) && !empty) lines.push({ start: token.start, indent: depth * 2, tokens: [] })
    lines.at(-1)?.tokens.push(spaced(token, before))
    const opens = token.text === '{' || token.text === '['
    if (opens) depth += 1
    fresh = opens || token.text === ','
  }
  return lines
}

/** What is not JSON, such as XML, keeps the spaces between its words. */
function apart(tokens: readonly JsonToken[]): readonly JsonToken[] {
  return tokens.map((token, index) => {
    const [word, space] = [tokens[index - 2], tokens[index - 1]]
    return token.kind === 'other' && space?.kind === 'space' && word?.kind === 'other' ? shifted(token) : token
  })
}

function shifted(token: JsonToken): JsonToken {
  return { ...token, text: ` ${token.text}` }
}

function spaced(token: JsonToken, before: string): JsonToken {
  return before === ':' ? { ...token, text: ` ${token.text}` } : token
}

/** For each line that opens something and does not close it: the line that closes it. Both count from 0. */
export function foldsOf(lines: readonly Line[]): ReadonlyMap<number, number> {
  const folds = new Map<number, number>()
  const open: number[] = []
  for (const [line, { tokens }] of lines.entries()) {
    for (const { text } of tokens) {
      if (/^\s*[{[]$/.test(text)) open.push(line)
      if (text !== '}' && text !== ']') continue
      const from = open.pop()
      if (from !== undefined && line - from > 1 && !folds.has(from)) folds.set(from, line)
    }
  }
  return folds
}

/** Where a place in the text is, given its 1-based line and column. */
export function offsetOf(text: string, line: number, column: number): number {
  const before = text.split('\n').slice(0, line - 1)
  return before.reduce((sum, one) => sum + one.length + 1, 0) + column - 1
}

/** The line that shows a place of the text, and the token there; the last line when the place is behind the end. */
export function findPlace(lines: readonly Line[], offset: number): { line: number; token: JsonToken | undefined } {
  for (const [line, { tokens }] of lines.entries()) {
    const token = tokens.find(({ kind, end }) => kind !== 'space' && offset < end)
    if (token) return { line, token }
  }
  return { line: Math.max(0, lines.length - 1), token: undefined }
}

function tokenize(line: string, start: number): JsonToken[] {
  return [...line.matchAll(TOKEN)].flatMap((match) => {
    const [text, string, colon] = match
    const at = start + match.index
    if (string === undefined) return [tokenOf(kindOf(text), text, at)]
    if (colon === undefined) return [tokenOf('string', string, at)]
    const space = colon.slice(0, -1)
    const end = at + string.length
    return [
      tokenOf('key', string, at),
      ...(space === '' ? [] : [tokenOf('space', space, end)]),
      tokenOf('punctuation', ':', end + space.length),
    ]
  })
}

function tokenOf(kind: TokenKind, text: string, start: number): JsonToken {
  return { kind, text, start, end: start + text.length }
}

function kindOf(text: string): TokenKind {
  if (/^\s+$/.test(text)) return 'space'
  if (/^[{}[\],:]$/.test(text)) return 'punctuation'
  return LITERAL.test(text) ? 'literal' : 'other'
}
