import { TOKEN, type TokenCode, type Tokens, tokensOf } from '../json/json-tokens.ts'

/*
 * JSON text as a stream of tokens, read forward the way `Utf8JsonReader` of System.Text.Json reads it: what stands before a
 * syntax error is read, and the error is met when the reader comes to it. Linear in the text.
 */

export { TOKEN, type TokenCode } from '../json/json-tokens.ts'

const NAMES = new Map(Object.entries(TOKEN).map(([name, number]) => [number, name]))

/** What the library calls a token. */
export function tokenName(token: TokenCode): string {
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

const LONE_SURROGATE = /\p{Surrogate}/u

/** A reader that stands on one token. */
export class TokenReader {
  /** Whether it was asked to read on behind the last token. */
  isBehind = false
  private at = -1
  private readonly tokens: Tokens

  constructor(text: string) {
    this.tokens = tokensOf(text, MAX_DEPTH)
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
  get token(): TokenCode {
    return this.kind(this.at)
  }

  kind(index: number): TokenCode {
    const kind = index < this.tokens.count ? this.tokens.kinds[index] : undefined
    return (kind ?? TOKEN.Null) as TokenCode
  }

  is(token: TokenCode): boolean {
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
    return this.tokens.after(index)
  }

  /** A property's name or a string, escapes resolved. Throws `Unreadable` where one half of a surrogate pair is missing. */
  string(): string {
    const plain = this.tokens.plain(this.at)
    if (plain !== undefined) return plain
    const value = String(JSON.parse(this.raw()))
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
    return this.tokens.raw(index)
  }

  /** How many items the array has that begins here. */
  countItems(index = this.at): number {
    return this.tokens.countItems(index)
  }

  /** The index of the token that begins an item of the array that begins here; undefined where it has fewer. */
  tokenOfItem(index: number): number | undefined {
    const end = this.tokens.closings[this.index] ?? -1
    let item = this.index + 1
    for (let count = 0; count < index && item < end; count++) item = this.after(item)
    return item < end ? item : undefined
  }
}
