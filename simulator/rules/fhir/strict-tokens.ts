/*
 * JSON text as a stream of tokens, read forward the way `Utf8JsonReader` of System.Text.Json reads it: what stands before a
 * syntax error is read, and the error is met when the reader comes to it. Linear in the text.
 */

/** Names and numbers of System.Text.Json's `JsonTokenType`; messages of the library print the names. */
export const TOKEN = {
  StartObject: 1,
  EndObject: 2,
  StartArray: 3,
  EndArray: 4,
  PropertyName: 5,
  String: 7,
  Number: 8,
  True: 9,
  False: 10,
  Null: 11,
} as const

export type Token = (typeof TOKEN)[keyof typeof TOKEN]

const NAMES = new Map(Object.entries(TOKEN).map(([name, number]) => [number, name]))

/** What the library calls a token. */
export function tokenName(token: Token): string {
  return NAMES.get(token) ?? ''
}

/** Nesting that System.Text.Json allows. */
export const MAX_DEPTH = 64

/** The reader came to a place where the text is not JSON, or to a string that is not a text. */
export class Unreadable extends Error {
  readonly kind: 'syntax' | 'surrogate'
  /** Of the string with half of a surrogate pair; of a syntax error the text itself has to be asked. */
  readonly offset: number

  constructor(kind: Unreadable['kind'], offset: number) {
    super(kind)
    this.kind = kind
    this.offset = offset
  }
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y
const ESCAPE = /["\\/bfnrt]|u[0-9a-fA-F]{4}/y
const LONE_SURROGATE = /\p{Surrogate}/u

/** Tokens that there is room for at first. */
const FIRST_ROOM = 256

/** The tokens of a text up to its end or its first syntax error; one array for each thing that is known of them. */
class Scanner {
  count = 0
  kinds = new Uint8Array(FIRST_ROOM)
  starts = new Int32Array(FIRST_ROOM)
  /** Offset after the token: after the colon of a property's name. */
  ends = new Int32Array(FIRST_ROOM)
  /** Of the start of an object or an array: the index of the token that ends it, or -1 where none does. */
  closings = new Int32Array(FIRST_ROOM)
  depths = new Uint8Array(FIRST_ROOM)
  faulty = false
  /** How many of the tokens are names of properties. */
  names = 0
  private offset = 0
  private readonly open: number[] = []
  private readonly text: string

  constructor(text: string) {
    this.text = text
    this.faulty = !this.document()
  }

  private document(): boolean {
    this.space()
    if (!this.value()) return false
    while (this.open.length > 0) if (!this.next()) return false
    this.space()
    return this.offset === this.text.length
  }

  /** Reads on inside an object or an array, up to the end of one more value, or of the object or array. */
  private next(): boolean {
    const container = this.open.at(-1) ?? 0
    const isObject = this.kinds[container] === TOKEN.StartObject
    const isFirst = this.count === container + 1
    this.space()
    const code = this.text.charCodeAt(this.offset)
    if (code === (isObject ? 0x7d : 0x5d)) return this.close(container, isObject)
    if (!isFirst) {
      if (code !== COMMA) return false
      this.offset++
      this.space()
    }
    return isObject ? this.name() && this.value() : this.value()
  }

  private close(container: number, isObject: boolean): boolean {
    this.open.pop()
    this.closings[container] = this.count
    return this.push(isObject ? TOKEN.EndObject : TOKEN.EndArray, this.offset + 1)
  }

  private push(kind: Token, end: number): boolean {
    const index = this.count++
    if (index === this.kinds.length) this.grow()
    this.kinds[index] = kind
    this.starts[index] = this.offset
    this.ends[index] = end
    this.closings[index] = -1
    this.depths[index] = this.open.length
    this.offset = end
    return true
  }

  private grow(): void {
    const room = this.count * 2
    this.kinds = grown(this.kinds, new Uint8Array(room))
    this.starts = grown(this.starts, new Int32Array(room))
    this.ends = grown(this.ends, new Int32Array(room))
    this.closings = grown(this.closings, new Int32Array(room))
    this.depths = grown(this.depths, new Uint8Array(room))
  }

  private name(): boolean {
    const end = this.text.charCodeAt(this.offset) === QUOTE ? this.endOfString(this.offset) : -1
    if (end < 0) return false
    let colon = end
    while (isSpace(this.text.charCodeAt(colon))) colon++
    if (this.text[colon] !== ':') return false
    this.names++
    this.push(TOKEN.PropertyName, colon + 1)
    this.space()
    return true
  }

  private value(): boolean {
    switch (this.text[this.offset]) {
      case '{':
        return this.start(TOKEN.StartObject)
      case '[':
        return this.start(TOKEN.StartArray)
      case '"': {
        const end = this.endOfString(this.offset)
        return end >= 0 && this.push(TOKEN.String, end)
      }
      case 't':
        return this.word('true', TOKEN.True)
      case 'f':
        return this.word('false', TOKEN.False)
      case 'n':
        return this.word('null', TOKEN.Null)
      default:
        return this.number()
    }
  }

  private start(kind: Token): boolean {
    if (this.open.length >= MAX_DEPTH) return false
    const container = this.count
    this.push(kind, this.offset + 1)
    this.open.push(container)
    return true
  }

  private word(word: string, kind: Token): boolean {
    return this.text.startsWith(word, this.offset) && this.push(kind, this.offset + word.length)
  }

  private number(): boolean {
    NUMBER.lastIndex = this.offset
    if (!NUMBER.test(this.text)) return false
    const end = NUMBER.lastIndex
    return this.isDelimiter(end) && this.push(TOKEN.Number, end)
  }

  private isDelimiter(offset: number): boolean {
    const code = this.text.charCodeAt(offset)
    return code === COMMA || code === 0x7d || code === 0x5d || isSpace(code) || offset >= this.text.length
  }

  /** The offset after the string that starts at `start`, or -1 where it is not well-formed. */
  private endOfString(start: number): number {
    for (let offset = start + 1; offset < this.text.length; offset++) {
      const code = this.text.charCodeAt(offset)
      if (code === QUOTE) return offset + 1
      if (code < 0x20) return -1
      if (code !== BACKSLASH) continue
      ESCAPE.lastIndex = offset + 1
      if (!ESCAPE.test(this.text)) return -1
      offset = ESCAPE.lastIndex - 1
    }
    return -1
  }

  private space(): void {
    while (isSpace(this.text.charCodeAt(this.offset))) this.offset++
  }
}

function grown<A extends Uint8Array | Int32Array>(before: A, after: A): A {
  after.set(before)
  return after
}

const isSpace = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09

/** A reader that stands on one token. */
export class TokenReader {
  /** Whether it was asked to read on behind the last token. */
  isBehind = false
  private at = -1
  private readonly tokens: Scanner
  private readonly text: string

  constructor(text: string) {
    this.text = text
    this.tokens = new Scanner(text)
  }

  /** How many names of properties the text has; undefined where not all of it is JSON. */
  get names(): number | undefined {
    return this.tokens.faulty ? undefined : this.tokens.names
  }

  /** Moves from the start of an object to its end. */
  skipObject(): void {
    this.skipValue()
  }

  /** Of the present token; -1 before the first. */
  get index(): number {
    return this.at
  }

  /** Moves back to a token that was read. */
  moveTo(index: number): void {
    this.at = index
    this.isBehind = false
  }

  /** The present token. */
  get token(): Token {
    return this.kind(this.at)
  }

  kind(index: number): Token {
    const kind = index < this.tokens.count ? this.tokens.kinds[index] : undefined
    return (kind ?? TOKEN.Null) as Token
  }

  is(token: Token): boolean {
    return this.at < this.tokens.count && this.tokens.kinds[this.at] === token
  }

  /** How many objects and arrays are open around the present token. */
  get depth(): number {
    return this.tokens.depths[this.index] ?? 0
  }

  /** Offset at which a token begins. */
  start(index = this.index): number {
    return this.tokens.starts[index] ?? 0
  }

  /** Offset after a token, which is where the library says that it is. */
  end(index = this.index): number {
    return this.tokens.ends[index] ?? 0
  }

  /** Moves to the next token; false, and no move, at the end. Throws `Unreadable` where the text is not JSON. */
  read(): boolean {
    if (this.index + 1 < this.tokens.count) {
      this.at++
      return true
    }
    if (this.tokens.faulty) throw new Unreadable('syntax', this.end())
    this.isBehind = true
    return false
  }

  /** Moves from the start of an object or array to its end, from a property's name to the next name or the end of its object. */
  skip(): void {
    if (this.token === TOKEN.PropertyName) {
      this.read()
      this.skipValue()
      this.read()
    } else this.skipValue()
  }

  /** Moves to the last token of the value that begins here. */
  private skipValue(): void {
    if (this.token !== TOKEN.StartObject && this.token !== TOKEN.StartArray) return
    const closing = this.tokens.closings[this.index] ?? -1
    if (closing < 0) throw new Unreadable('syntax', this.end())
    this.at = closing
  }

  /** The index of the token after the value that begins at `index`. */
  after(index: number): number {
    const closing = this.tokens.closings[index] ?? -1
    return (closing < 0 ? index : closing) + 1
  }

  /** A property's name or a string, escapes resolved. Throws `Unreadable` where one half of a surrogate pair is missing. */
  string(): string {
    const raw = this.raw()
    if (!raw.includes('\\')) return raw.slice(1, -1)
    const value = String(JSON.parse(raw))
    if (LONE_SURROGATE.test(value)) throw new Unreadable('surrogate', this.start())
    return value
  }

  /** How many characters a string has. */
  lengthOfString(index = this.at): number {
    const raw = this.raw(index)
    return raw.includes('\\') ? String(JSON.parse(raw)).length : raw.length - 2
  }

  /** The token as it stands in the text. */
  raw(index = this.at): string {
    const start = this.start(index)
    const end = this.end(index)
    if (this.kind(index) !== TOKEN.PropertyName) return this.text.slice(start, end)
    return this.text.slice(start, this.text.lastIndexOf('"', end - 2) + 1)
  }

  /** How many items the array has that begins here. */
  countItems(index = this.at): number {
    const end = this.tokens.closings[index] ?? -1
    let count = 0
    for (let item = index + 1; item < end; item = this.after(item)) count++
    return count
  }

  /** The index of the token that begins an item of the array that begins here; undefined where it has fewer. */
  tokenOfItem(index: number): number | undefined {
    const end = this.tokens.closings[this.index] ?? -1
    let item = this.index + 1
    for (let count = 0; count < index && item < end; count++) item = this.after(item)
    return item < end ? item : undefined
  }
}
