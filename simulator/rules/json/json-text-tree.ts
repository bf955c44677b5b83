import { cutText } from '../../ground/text/mask/cut.ts'
import { TOKEN, type Tokens, tokensOf } from './json-tokens.ts'

/*
 * A strict reader of JSON text (RFC 8259) that keeps what JSON.parse throws away: where every value and key stands, keys
 * that occur twice, and the exact place and cause of a syntax error. Nodes are made as somebody
 * looks at them: of a large text with few faults that are few.
 */

/** Offsets are of UTF-16 code units from the start of the text; ends are exclusive. */
export interface JsonNode {
  readonly kind: 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null'
  readonly start: number
  readonly end: number
  /** Of an object, in the order of the text, duplicates included. */
  readonly members: readonly JsonMember[]
  /** Of an array. */
  readonly items: readonly JsonNode[]
  /** How many items an array has. */
  readonly length: number
  /** An item of an array; the others are not made for it. */
  at(index: number): JsonNode | undefined
}

export interface JsonMember {
  /** With escapes resolved. */
  readonly key: string
  readonly keyStart: number
  readonly value: JsonNode
}

/** Why a text is not JSON. */
export interface SyntaxFault {
  readonly kind: 'syntax' | 'too-deep'
  readonly offset: number
  /** A sentence for people. */
  readonly message: string
}

export type JsonTree =
  | { readonly root: JsonNode; readonly fault?: never }
  | { readonly root?: never; readonly fault: SyntaxFault }

/** Reads a whole text. Never throws; `maxDepth` is how many objects and arrays may lie in each other. */
export function readTree(text: string, maxDepth: number): JsonTree {
  const tokens = tokensOf(text, maxDepth)
  return tokens.faulty ? { fault: faultIn(text, maxDepth) } : { root: new TokenNode(tokens, 0) }
}

/** What is wrong with a text that is not JSON. */
function faultIn(text: string, maxDepth: number): SyntaxFault {
  try {
    new FaultFinder(text, maxDepth).document()
  } catch (error) {
    if (error instanceof Stop) return error.fault
    throw error
  }
  return { kind: 'syntax', offset: 0, message: 'The text is not JSON.' }
}

class Stop extends Error {
  readonly fault: SyntaxFault

  constructor(fault: SyntaxFault) {
    super(fault.message)
    this.fault = fault
  }
}

/** A value of a text that is JSON, by its tokens. */
class TokenNode implements JsonNode {
  readonly #tokens: Tokens
  readonly #index: number
  #members: readonly JsonMember[] | undefined
  #items: readonly JsonNode[] | undefined
  /** The tokens that begin the items, and the items that were asked for. */
  #starts: Int32Array | undefined
  #made: JsonNode[] | undefined

  constructor(tokens: Tokens, index: number) {
    this.#tokens = tokens
    this.#index = index
  }

  get kind(): JsonNode['kind'] {
    return KINDS[this.#tokens.kinds[this.#index] ?? 0] ?? 'null'
  }

  get start(): number {
    return this.#tokens.starts[this.#index] ?? 0
  }

  get end(): number {
    return this.#tokens.ends[this.#closing] ?? 0
  }

  get members(): readonly JsonMember[] {
    this.#members ??= this.kind === 'object' ? this.#readMembers() : NO_MEMBERS
    return this.#members
  }

  get items(): readonly JsonNode[] {
    this.#items ??=
      this.length === 0 ? NO_ITEMS : Array.from(this.#itemTokens, (token, index) => this.#itemOf(token, index))
    return this.#items
  }

  get length(): number {
    return this.kind === 'array' ? this.#itemTokens.length : 0
  }

  at(index: number): JsonNode | undefined {
    if (this.#items !== undefined || this.kind !== 'array') return this.items[index]
    const token = this.#itemTokens[index]
    return token === undefined ? undefined : this.#itemOf(token, index)
  }

  #itemOf(token: number, index: number): JsonNode {
    this.#made ??= []
    const item = this.#made[index] ?? new TokenNode(this.#tokens, token)
    this.#made[index] = item
    return item
  }

  get #itemTokens(): Int32Array {
    this.#starts ??= this.#tokens.items(this.#index)
    return this.#starts
  }

  /** The token that ends the value. */
  get #closing(): number {
    return this.#tokens.after(this.#index) - 1
  }

  #readMembers(): readonly JsonMember[] {
    const tokens = this.#tokens
    const members: JsonMember[] = []
    const closing = this.#closing
    for (let name = this.#index + 1; name < closing; name = tokens.after(name + 1)) {
      const raw = tokens.raw(name)
      const key = raw.includes('\\') ? String(JSON.parse(raw)) : raw.slice(1, -1)
      members.push(new TokenMember(tokens, name, key))
    }
    return members
  }
}

/** A property, by the token of its name. */
class TokenMember implements JsonMember {
  readonly key: string
  readonly #tokens: Tokens
  readonly #name: number
  #value: JsonNode | undefined

  constructor(tokens: Tokens, name: number, key: string) {
    this.#tokens = tokens
    this.#name = name
    this.key = key
  }

  get keyStart(): number {
    return this.#tokens.starts[this.#name] ?? 0
  }

  get value(): JsonNode {
    this.#value ??= new TokenNode(this.#tokens, this.#name + 1)
    return this.#value
  }
}

const KINDS: Readonly<Record<number, JsonNode['kind']>> = {
  [TOKEN.StartObject]: 'object',
  [TOKEN.StartArray]: 'array',
  [TOKEN.String]: 'string',
  [TOKEN.Number]: 'number',
  [TOKEN.True]: 'boolean',
  [TOKEN.False]: 'boolean',
  [TOKEN.Null]: 'null',
}

const NO_MEMBERS: readonly JsonMember[] = []
const NO_ITEMS: readonly JsonNode[] = []

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y
const WORD = /[A-Za-z_$][A-Za-z0-9_$]*/y
const SLASH = 0x2f
const HEX4 = /[0-9a-fA-F]{4}/y

/** What should stand there, in words; a name is put into words only where it does not. */
type Expected = () => string

const AT_ROOT: Expected = () => 'a JSON value'
const IN_ARRAY: Expected = () => 'a value in the array'

/** Reads a text as far as it is JSON, to say what stands there instead. */
class FaultFinder {
  private position = 0
  private depth = 0
  private readonly text: string
  private readonly maxDepth: number

  constructor(text: string, maxDepth: number) {
    this.text = text
    this.maxDepth = maxDepth
  }

  document(): void {
    if (this.text.startsWith('\uFEFF')) this.fail('The text begins with a byte order mark (U+FEFF); JSON must not.')
    this.skipSpace()
    if (this.atEnd()) this.fail('The body is empty; expected a JSON object.')
    this.value(AT_ROOT)
    this.skipSpace()
    if (!this.atEnd()) this.fail(`Found ${this.found()} after the end of the JSON value.`)
  }

  private value(expected: Expected): void {
    const first = this.text[this.position]
    if (first === '{') this.nested(() => this.members())
    else if (first === '[') this.nested(() => this.items())
    else if (first === '"') this.string()
    else if (first === 't' || first === 'f' || first === 'n') this.word(expected)
    else this.number(expected)
  }

  private nested(children: () => void): void {
    if (++this.depth > this.maxDepth) {
      this.fail(`Objects and arrays are nested deeper than ${this.maxDepth} levels.`, this.position, 'too-deep')
    }
    this.position++
    children()
    this.depth--
  }

  private members(): void {
    if (this.closes('}')) return
    do {
      this.refuseTrailingComma('}')
      this.member()
    } while (this.continues('}', 'property'))
  }

  private member(): void {
    if (this.text[this.position] !== '"') this.failAtName()
    const key = this.string()
    this.skipSpace()
    if (this.text[this.position] !== ':') {
      this.fail(`Expected a colon after the property name ${shown(key)}, but found ${this.found()}.`)
    }
    this.position++
    this.skipSpace()
    this.value(() => `a value for the property ${shown(key)}`)
  }

  private items(): void {
    if (this.closes(']')) return
    do {
      this.refuseTrailingComma(']')
      this.value(IN_ARRAY)
    } while (this.continues(']', 'item'))
  }

  private closes(bracket: '}' | ']'): boolean {
    this.skipSpace()
    if (this.text[this.position] !== bracket) return false
    this.position++
    return true
  }

  private continues(bracket: '}' | ']', part: 'property' | 'item'): boolean {
    if (this.closes(bracket)) return false
    const character = this.text[this.position]
    if (character !== ',') {
      if (this.atEnd()) this.fail(`The text ends before the closing ${bracket}.`)
      if (character === '}' || character === ']') this.fail(`Expected ${bracket}, but found ${character}.`)
      this.fail(`Expected a comma or ${bracket} after this ${part}, but found ${this.found()}.`)
    }
    this.position++
    this.skipSpace()
    return true
  }

  private refuseTrailingComma(bracket: '}' | ']'): void {
    if (this.text[this.position] !== bracket) return
    const comma = this.text.lastIndexOf(',', this.position)
    this.fail(`A comma must not stand before ${bracket}.`, comma)
  }

  private failAtName(): never {
    const word = this.match(WORD)
    if (word !== undefined) this.fail(`The property name ${word} must be in double quotes.`)
    if (this.text[this.position] === "'") this.fail('A property name must be in double quotes, not in single quotes.')
    if (this.atEnd()) this.fail('The text ends before the closing }.')
    this.fail(`Expected a property name in double quotes, but found ${this.found()}.`)
  }

  private word(expected: Expected): void {
    const word = this.match(WORD)
    if (word !== 'true' && word !== 'false' && word !== 'null') this.failAtValue(expected)
    this.position += word.length
  }

  private number(expected: Expected): void {
    const start = this.position
    NUMBER.lastIndex = start
    if (!NUMBER.test(this.text)) this.failAtValue(expected)
    this.position = NUMBER.lastIndex
    if (goesOn(this.text.charCodeAt(this.position))) this.fail('This is not a JSON number.', start)
  }

  private failAtValue(expectation: Expected): never {
    const expected = expectation()
    if (this.atEnd()) this.fail(`The text ends where ${expected} should be.`)
    if (this.text[this.position] === "'") this.fail('Text must be in double quotes, not in single quotes.')
    const word = this.match(WORD)
    if (word !== undefined) this.fail(`Expected ${expected}, but found ${word}; text must be in double quotes.`)
    this.fail(`Expected ${expected}, but found ${this.found()}.`)
  }

  /** Reads a string and resolves its escapes. */
  private string(): string {
    const start = this.position++
    let escaped = false
    for (;;) {
      const code = this.text.charCodeAt(this.position)
      if (Number.isNaN(code)) this.fail('The text ends inside a string.', start)
      if (code < 0x20) this.fail(`A string must not contain the control character ${hex(code)}; write it as an escape.`)
      this.position++
      if (code === 0x22) break
      if (code !== 0x5c) continue
      escaped = true
      this.escape()
    }
    const raw = this.text.slice(start, this.position)
    return escaped ? String(JSON.parse(raw)) : raw.slice(1, -1)
  }

  private escape(): void {
    const character = this.text[this.position] ?? ''
    if (character === 'u') {
      HEX4.lastIndex = this.position + 1
      if (!HEX4.test(this.text)) this.fail('An escape \\u needs four hexadecimal digits.', this.position - 1)
      this.position += 5
    } else if (character !== '' && '"\\/bfnrt'.includes(character)) this.position++
    else if (character !== '') this.fail(`The escape \\${character} does not exist in JSON.`, this.position - 1)
  }

  private skipSpace(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.position)
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) break
      this.position++
    }
    if (this.text.charCodeAt(this.position) !== SLASH) return
    const next = this.text[this.position + 1]
    if (next === '/' || next === '*') this.fail('JSON has no comments.')
  }

  private atEnd(): boolean {
    return this.position >= this.text.length
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position
    return pattern.exec(this.text)?.[0]
  }

  private found(): string {
    if (this.atEnd()) return 'the end of the text'
    const code = this.text.codePointAt(this.position) ?? 0
    if (code === 0x22) return 'a string'
    return code < 0x20 || code === 0x7f || (code >= 0xd800 && code < 0xe000) || code === 0xa0 || code === 0xfeff
      ? `the character ${hex(code)}`
      : String.fromCodePoint(code)
  }

  private fail(message: string, offset = this.position, kind: SyntaxFault['kind'] = 'syntax'): never {
    throw new Stop({ kind, offset, message })
  }
}

/** Whether a number continues in a way that numbers of JSON do not: a digit, a letter, a full stop or a sign. */
function goesOn(code: number): boolean {
  const isDigit = code >= 0x30 && code <= 0x39
  const isLetter = (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a)
  return isDigit || isLetter || code === 0x2e || code === 0x2b || code === 0x2d
}

const hex = (code: number): string => `U+${code.toString(16).toUpperCase().padStart(4, '0')}`

const LONGEST_NAME = 60

function shown(key: string): string {
  return `"${cutText(key, LONGEST_NAME)}"`
}
