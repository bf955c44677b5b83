/*
 * A strict reader of JSON text (RFC 8259) that keeps what JSON.parse throws away: where every value and key stands, keys
 * that occur twice, and the exact place and cause of a syntax error. Slower than JSON.parse: for texts with a fault.
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
  const reader = new Reader(text, maxDepth)
  try {
    return { root: reader.document() }
  } catch (error) {
    if (error instanceof Stop) return { fault: error.fault }
    throw error
  }
}

class Stop extends Error {
  readonly fault: SyntaxFault

  constructor(fault: SyntaxFault) {
    super(fault.message)
    this.fault = fault
  }
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

class Reader {
  private position = 0
  private depth = 0
  private readonly text: string
  private readonly maxDepth: number

  constructor(text: string, maxDepth: number) {
    this.text = text
    this.maxDepth = maxDepth
  }

  document(): JsonNode {
    if (this.text.startsWith('\uFEFF')) this.fail('The text begins with a byte order mark (U+FEFF); JSON must not.')
    this.skipSpace()
    if (this.atEnd()) this.fail('The body is empty; expected a JSON object.')
    const root = this.value(AT_ROOT)
    this.skipSpace()
    if (!this.atEnd()) this.fail(`Found ${this.found()} after the end of the JSON value.`)
    return root
  }

  private value(expected: Expected): JsonNode {
    const start = this.position
    switch (this.text[start]) {
      case '{':
        return this.nested('object', start)
      case '[':
        return this.nested('array', start)
      case '"':
        this.string()
        return this.leaf('string', start)
      case 't':
      case 'f':
      case 'n':
        return this.word(expected)
      default:
        return this.number(expected)
    }
  }

  private leaf(kind: JsonNode['kind'], start: number): JsonNode {
    return { kind, start, end: this.position, members: NO_MEMBERS, items: NO_ITEMS }
  }

  private nested(kind: 'object' | 'array', start: number): JsonNode {
    if (++this.depth > this.maxDepth) {
      this.fail(`Objects and arrays are nested deeper than ${this.maxDepth} levels.`, start, 'too-deep')
    }
    this.position++
    const members = kind === 'object' ? this.members() : NO_MEMBERS
    const items = kind === 'array' ? this.items() : NO_ITEMS
    this.depth--
    return { kind, start, end: this.position, members, items }
  }

  private members(): readonly JsonMember[] {
    const members: JsonMember[] = []
    if (this.closes('}')) return members
    do {
      this.refuseTrailingComma('}')
      members.push(this.member())
    } while (this.continues('}', 'property'))
    return members
  }

  private member(): JsonMember {
    const keyStart = this.position
    if (this.text[keyStart] !== '"') this.failAtName()
    const key = this.string()
    this.skipSpace()
    if (this.text[this.position] !== ':') {
      this.fail(`Expected a colon after the property name ${shown(key)}, but found ${this.found()}.`)
    }
    this.position++
    this.skipSpace()
    return { key, keyStart, value: this.value(() => `a value for the property ${shown(key)}`) }
  }

  private items(): readonly JsonNode[] {
    const items: JsonNode[] = []
    if (this.closes(']')) return items
    do {
      this.refuseTrailingComma(']')
      items.push(this.value(IN_ARRAY))
    } while (this.continues(']', 'item'))
    return items
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

  private word(expected: Expected): JsonNode {
    const start = this.position
    const word = this.match(WORD)
    if (word !== 'true' && word !== 'false' && word !== 'null') this.failAtValue(expected)
    this.position += word.length
    return this.leaf(word === 'null' ? 'null' : 'boolean', start)
  }

  private number(expected: Expected): JsonNode {
    const start = this.position
    NUMBER.lastIndex = start
    if (!NUMBER.test(this.text)) this.failAtValue(expected)
    this.position = NUMBER.lastIndex
    if (goesOn(this.text.charCodeAt(this.position))) this.fail('This is not a JSON number.', start)
    return this.leaf('number', start)
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

/** Whether a number goes on in a way that numbers of JSON do not: a digit, a letter, a full stop or a sign. */
function goesOn(code: number): boolean {
  const isDigit = code >= 0x30 && code <= 0x39
  const isLetter = (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a)
  return isDigit || isLetter || code === 0x2e || code === 0x2b || code === 0x2d
}

const hex = (code: number): string => `U+${code.toString(16).toUpperCase().padStart(4, '0')}`

const LONGEST_NAME = 60

function shown(key: string): string {
  return `"${key.length > LONGEST_NAME ? `${key.slice(0, LONGEST_NAME)}…` : key}"`
}
