import type { JsonFault, Liberty } from './lenient-json.ts'
import type { SourceMember, SourceNode } from './lenient-nodes.ts'
import { type Container, JsonPath } from './lenient-path.ts'

/** Ends reading: Newtonsoft.Json does not take the text. */
export class JsonStop extends Error {
  readonly fault: JsonFault

  constructor(fault: JsonFault) {
    super(fault.message)
    this.fault = fault
  }
}

const TAB = 0x09
const LINE_FEED = 0x0a
const RETURN = 0x0d
const SPACE = 0x20

/** What .NET's `char.IsWhiteSpace` takes, beyond tab, line feed, return and space. */
const OTHER_SPACE = /[\v\f\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/

/** Whether .NET's `char.IsWhiteSpace` is true of the code unit. */
export function isWhiteSpace(code: number): boolean {
  if (code <= SPACE) return code === SPACE || (code >= TAB && code <= RETURN)
  return code >= 0x85 && OTHER_SPACE.test(String.fromCharCode(code))
}

/** Parts of what is open, of which the last are taken together. */
class Pile<Part> {
  private readonly parts: Part[] = []
  count = 0

  add(part: Part): void {
    this.parts[this.count++] = part
  }

  /** Takes all but the first `from`. */
  take(from: number): readonly Part[] {
    const taken = this.parts.slice(from, this.count)
    this.count = from
    return taken
  }
}

/** How many names are kept; R4 has fewer. */
const MOST_NAMES = 4000

/** The place in a text, counted as Newtonsoft.Json counts it, and what was met on the way. */
export class TextCursor {
  readonly text: string
  readonly path = new JsonPath()
  readonly liberties: Liberty[] = []
  /** Members and items of the containers that are open: their own arrays are made in one piece. */
  readonly members = new Pile<SourceMember>()
  readonly items = new Pile<SourceNode>()
  /** Offsets behind escapes for which U+FFFD is read. */
  readonly replaced: number[] = []
  /** The container that is being read. */
  container: Container | undefined
  at = 0
  /** Whether the string that was read last stands in the text as it is. */
  isPlain = false
  /** Whether the library has come upon anything but white space: until then it counts no lines. */
  hasBegun = false
  private readonly names = new Map<string, string>()
  private line = 1
  private lineStart = 0

  constructor(text: string) {
    this.text = text
  }

  /** The code unit here, NaN at the end. */
  get code(): number {
    return this.text.charCodeAt(this.at)
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length
  }

  /** The code unit here as a text, as a message shows it: half of a pair is not a character. */
  get character(): string {
    if (this.isAtEnd) return '\0'
    const character = this.text.charAt(this.at)
    return /[\ud800-\udfff]/.test(character) ? '\ufffd' : character
  }

  /** The same name for the same name: it is looked up again and again. */
  known(name: string): string {
    const before = this.names.get(name)
    if (before !== undefined) return before
    if (this.names.size < MOST_NAMES) this.names.set(name, name)
    return name
  }

  /** A text begins here that is not counted: a byte order mark. */
  startLine(): void {
    this.lineStart = this.at
  }

  /** Passes a line feed, or a return and the line feed behind it, unless that ends the text. */
  passLineEnd(): void {
    const isReturn = this.code === RETURN
    this.at++
    if (isReturn && this.text[this.at] === '\n' && this.at + 1 < this.text.length) this.at++
    this.line++
    this.lineStart = this.at
  }

  /** Passes white space, and NULs, which count as such. */
  skipSpace(): void {
    const { text } = this
    let code = text.charCodeAt(this.at)
    while (code === SPACE || code === TAB) code = text.charCodeAt(++this.at)
    if (code > SPACE && code < 0x85) return
    this.skipOtherSpace()
  }

  private skipOtherSpace(): void {
    for (let { code } = this; !Number.isNaN(code); code = this.code) {
      if (code === LINE_FEED || code === RETURN) this.passLineEnd()
      else if (code === SPACE || code === TAB) this.at++
      else if (code === 0 || isWhiteSpace(code)) this.liberty('control-character', this.at, ++this.at)
      else return
    }
  }

  liberty(what: Liberty['what'], start: number, end: number): void {
    this.liberties.push({ what, start, end })
  }

  /** Passes a comment, whose `/` is here. */
  skipComment(): void {
    this.hasBegun = true
    const start = this.at++
    if (this.at + 1 >= this.text.length) this.fail('Unexpected end while parsing comment.')
    const kind = this.text[this.at]
    if (kind !== '*' && kind !== '/') this.fail(`Error parsing comment. Expected: *, got ${this.character}.`)
    this.at++
    const isLine = kind === '/'
    while (!this.isAtEnd && !(isLine && (this.code === LINE_FEED || this.code === RETURN))) {
      if (!isLine && this.text.startsWith('*/', this.at)) break
      if (this.code === LINE_FEED || this.code === RETURN) this.passLineEnd()
      else this.at++
    }
    if (!isLine && this.isAtEnd) this.fail('Unexpected end while parsing comment.')
    if (!isLine) this.at += 2
    this.liberty('comment', start, this.at)
  }

  /** Ends reading with a message of Newtonsoft.Json's. */
  fail(message: string): never {
    this.failIn(message, this.container?.isStarted ?? false)
  }

  /** The same; with `isInside` the path goes into the innermost container. */
  failIn(message: string, isInside: boolean): never {
    const trimmed = message.trim()
    const sentence = trimmed.endsWith('.') ? trimmed : `${trimmed}.`
    const position = this.at - this.lineStart
    const line = position === 0 && !this.hasBegun ? 0 : this.line
    const place = `Path '${this.path.print(isInside)}', line ${line}, position ${position}`
    throw new JsonStop({ offset: this.at, message: `Invalid Json encountered. Details: ${sentence} ${place}.` })
  }

  /** Ends reading with an exception of .NET's own, which Firely's parser lets through as it is. */
  failOutside(message: string): never {
    throw new JsonStop({ offset: this.at, message })
  }
}
