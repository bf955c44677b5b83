/*
 * JSON text as a table of tokens, which is read in one go and is much smaller than a tree. Linear in the text.
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

export type TokenCode = (typeof TOKEN)[keyof typeof TOKEN]

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y
const ESCAPE = /["\\/bfnrt]|u[0-9a-fA-F]{4}/y

/** Tokens that there is room for at first, and characters of a text for each. */
const LEAST_ROOM = 256
const CHARACTERS = 8

/** The text that was read last: it is read again for the places of what was found in it, and for how to fix that. */
let latest: { readonly text: string; readonly maxDepth: number; readonly tokens: Tokens } | undefined

/** The tokens of a text; nobody changes them. */
export function tokensOf(text: string, maxDepth: number): Tokens {
  if (latest?.text !== text || latest.maxDepth !== maxDepth) {
    latest = { text, maxDepth, tokens: new Tokens(text, maxDepth) }
  }
  return latest.tokens
}

/** The tokens of a text up to its end or its first syntax error; one array for each thing that is known of them. */
export class Tokens {
  count = 0
  kinds: Uint8Array
  starts: Int32Array
  /** Offset after the token: after the colon of a property's name. */
  ends: Int32Array
  /** Of the start of an object or an array: the index of the token that ends it, or -1 where none does. */
  closings: Int32Array
  depths: Uint8Array
  faulty = false
  /** How many of the tokens are names of properties. */
  names = 0
  private offset = 0
  private readonly open: number[] = []
  private readonly text: string
  private readonly maxDepth: number

  constructor(text: string, maxDepth: number) {
    this.text = text
    this.maxDepth = maxDepth
    const room = Math.max(LEAST_ROOM, text.length / CHARACTERS)
    this.kinds = new Uint8Array(room)
    this.starts = new Int32Array(room)
    this.ends = new Int32Array(room)
    this.closings = new Int32Array(room)
    this.depths = new Uint8Array(room)
    this.faulty = !this.document()
  }

  /** The token as it stands in the text; the name of a property in its quotes. */
  raw(index: number): string {
    const start = this.starts[index] ?? 0
    const end = this.ends[index] ?? 0
    if (this.kinds[index] !== TOKEN.PropertyName) return this.text.slice(start, end)
    return this.text.slice(start, this.text.lastIndexOf('"', end - 2) + 1)
  }

  /** What a name or a string says, where it has no escape. */
  plain(index: number): string | undefined {
    const end = (this.ends[index] ?? 0) - 1
    const quote = this.kinds[index] === TOKEN.PropertyName ? this.text.lastIndexOf('"', end - 1) : end
    const text = this.text.slice((this.starts[index] ?? 0) + 1, quote)
    return text.includes('\\') ? undefined : text
  }

  /** The index of the token after the value that begins at `index`. */
  after(index: number): number {
    const closing = this.closings[index] ?? -1
    return (closing < 0 ? index : closing) + 1
  }

  /** How many items the array has that begins at `index`. */
  countItems(index: number): number {
    const end = this.closings[index] ?? -1
    let count = 0
    for (let item = index + 1; item < end; item = this.after(item)) count++
    return count
  }

  /** The tokens that begin the items of the array that begins at `index`. */
  items(index: number): Int32Array {
    const items = new Int32Array(this.countItems(index))
    let item = index + 1
    for (let at = 0; at < items.length; at++) {
      items[at] = item
      item = this.after(item)
    }
    return items
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

  private push(kind: TokenCode, end: number): boolean {
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

  private start(kind: TokenCode): boolean {
    if (this.open.length >= this.maxDepth) return false
    const container = this.count
    this.push(kind, this.offset + 1)
    this.open.push(container)
    return true
  }

  private word(word: string, kind: TokenCode): boolean {
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
