import { pointerToken } from '../json/json-text.ts'
import { MAX_DEPTH } from './walker.ts'

/*
 * A reader of JSON text as Newtonsoft.Json reads it, which is more liberal than RFC 8259: comments, single quotes, names
 * without quotes, commas before a closing bracket, control characters in strings, and anything after the end. Of two
 * properties of the same name the last counts, in the place of the first.
 */

/** A value and where it stands. Offsets count UTF-16 code units from the start of the text; ends are exclusive. */
export interface SourceNode {
  readonly kind: 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null'
  readonly start: number
  readonly end: number
  /** Of a string without quotes and escapes; of a number or boolean as it is written. */
  readonly text: string
  /** Of an object, in the order of the text, duplicates included. */
  readonly members: readonly SourceMember[]
  /** Of an array. */
  readonly items: readonly SourceNode[]
}

/** A property of an object. */
export interface SourceMember {
  readonly key: string
  readonly keyStart: number
  readonly keyEnd: number
  readonly value: SourceNode
}

/** What Newtonsoft.Json lets pass and RFC 8259 does not, with the place. */
export interface Liberty {
  readonly what: 'comment' | 'quotes' | 'comma' | 'control-character' | 'text-after-end' | 'byte-order-mark'
  readonly start: number
  readonly end: number
}

/** Why a text cannot be read, in Newtonsoft.Json's words as far as they are known. */
export interface JsonFault {
  readonly offset: number
  readonly message: string
}

export type SourceTree =
  | { readonly root: SourceNode; readonly liberties: readonly Liberty[]; readonly fault?: never }
  | { readonly root?: never; readonly fault: JsonFault }

/** Reads a whole text whose root is an object. Never throws. */
export function readSource(text: string): SourceTree {
  const reader = new Reader(text)
  try {
    return { root: reader.document(), liberties: reader.liberties }
  } catch (error) {
    if (error instanceof Stop) return { fault: error.fault }
    throw error
  }
}

class Stop extends Error {
  readonly fault: JsonFault

  constructor(fault: JsonFault) {
    super(fault.message)
    this.fault = fault
  }
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![\w.+-])/y
const WORD = /(?:true|false|null|undefined)(?![\w$])/y
const NAME = /[\p{L}\p{Nd}_$]+/uy
const SPACE = /[\s\u0085]*/y
const COMMENT = /\/\/[^\r\n]*|\/\*[\s\S]*?\*\//y
const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

class Reader {
  readonly liberties: Liberty[] = []
  private position = 0
  private depth = 0
  /** Names and indexes of where the reader is, as Newtonsoft.Json prints them. */
  private readonly path: string[] = []
  private readonly text: string

  constructor(text: string) {
    this.text = text
  }

  document(): SourceNode {
    if (this.text.startsWith('\uFEFF')) this.liberty('byte-order-mark', 0, ++this.position)
    this.skipComments()
    if (this.atEnd()) this.fail('Error reading JObject from JsonReader.')
    const root = this.value()
    if (root.kind !== 'object') {
      const token = root.kind === 'array' ? 'StartArray' : root.kind[0]?.toUpperCase() + root.kind.slice(1)
      this.fail(
        `Error reading JObject from JsonReader. Current JsonReader item is not an object: ${token}.`,
        root.start,
      )
    }
    const end = this.position
    this.skipSpace()
    if (!this.atEnd()) this.liberty('text-after-end', end, this.text.length)
    return root
  }

  private value(): SourceNode {
    const start = this.position
    const first = this.text[start] ?? ''
    if (first === '{') return this.nested('object')
    if (first === '[') return this.nested('array')
    if (first === '"' || first === "'") return this.leaf('string', start, this.string())
    // A comma where a value should be is read as a value that is undefined.
    if (first === ',') return this.leaf('null', start, '')
    const number = this.match(NUMBER)
    if (number !== undefined) return this.number(start, number)
    const word = this.match(WORD)
    if (word === undefined) this.failAtValue(first)
    return this.leaf(word === 'true' || word === 'false' ? 'boolean' : 'null', start, word)
  }

  /** Numbers with a fraction or an exponent are read as `decimal` of .NET. */
  private number(start: number, text: string): SourceNode {
    if (/[.eE]/.test(text) && Math.abs(Number(text)) > 2 ** 96) {
      this.fail(`Input string '${text}' is not a valid decimal.`, start)
    }
    return this.leaf('number', start, text)
  }

  private failAtValue(first: string): never {
    if (first === '') this.failAtEnd()
    if (first === 't' || first === 'f') this.fail('Error parsing boolean value.')
    if (first === 'n') this.fail('Error parsing null value.')
    this.fail(`Unexpected character encountered while parsing value: ${first}.`)
  }

  private leaf(kind: SourceNode['kind'], start: number, text: string): SourceNode {
    return { kind, start, end: this.position, text, members: [], items: [] }
  }

  private nested(kind: 'object' | 'array'): SourceNode {
    const start = this.position++
    if (++this.depth > MAX_DEPTH) this.fail(`The reader's MaxDepth of ${MAX_DEPTH} has been exceeded.`, start)
    const members = kind === 'object' ? this.children('}', () => this.member()) : []
    const items = kind === 'array' ? this.children(']', (index) => this.item(index)) : []
    this.depth--
    return { kind, start, end: this.position, text: '', members, items }
  }

  private children<T>(bracket: '}' | ']', read: (index: number) => T): readonly T[] {
    const children: T[] = []
    for (let comma = -1; ; ) {
      this.skipComments()
      if (this.text[this.position] === bracket) {
        if (comma >= 0) this.liberty('comma', comma, comma + 1)
        this.position++
        return children
      }
      children.push(read(children.length))
      this.skipComments()
      const next = this.text[this.position] ?? ''
      if (next === ',') comma = this.position++
      else if (next === '') this.failAtEnd()
      else if (next !== bracket) this.failAfterValue(next, bracket)
      else comma = -1
    }
  }

  private failAfterValue(found: string, bracket: '}' | ']'): never {
    const closing = { '}': 'EndObject', ']': 'EndArray' }[found]
    if (closing === undefined)
      this.fail(`After parsing a value an unexpected character was encountered: ${shown(found)}.`)
    this.fail(`JsonToken ${closing} is not valid for closing JsonType ${bracket === '}' ? 'Object' : 'Array'}.`)
  }

  private item(index: number): SourceNode {
    this.path.push(`[${index}]`)
    const item = this.value()
    this.path.pop()
    return item
  }

  private member(): SourceMember {
    const keyStart = this.position
    const key = this.name()
    const keyEnd = this.position
    this.skipSpace()
    const colon = this.text[this.position] ?? ''
    if (colon !== ':')
      this.fail(`Invalid character after parsing property name. Expected ':' but got: ${shown(colon)}.`)
    this.position++
    this.skipComments()
    this.path.push(this.path.length === 0 ? key : `.${key}`)
    const value = this.value()
    this.path.pop()
    return { key, keyStart, keyEnd, value }
  }

  private name(): string {
    const start = this.position
    const first = this.text[start] ?? ''
    if (first === '"' || first === "'") return this.string()
    const name = this.match(NAME)
    if (first === '') this.failAtEnd()
    if (name === undefined) this.fail(`Invalid property identifier character: ${shown(first)}.`)
    this.liberty('quotes', start, this.position)
    return name
  }

  private string(): string {
    const start = this.position++
    const quote = this.text[start]
    const pieces: string[] = []
    let from = this.position
    for (;;) {
      const character = this.text[this.position]
      if (character === undefined) this.fail(`Unterminated string. Expected delimiter: ${quote}.`)
      if (character === quote) break
      if (character < ' ') this.liberty('control-character', this.position, this.position + 1)
      if (character === '\\') {
        pieces.push(this.text.slice(from, this.position), this.escape())
        from = this.position
      } else this.position++
    }
    pieces.push(this.text.slice(from, this.position++))
    if (quote === "'") this.liberty('quotes', start, this.position)
    return pieces.join('')
  }

  private escape(): string {
    const character = this.text[this.position + 1] ?? ''
    this.position += 2
    if (character === 'u') {
      const digits = this.text.slice(this.position, this.position + 4)
      if (!/^[0-9a-fA-F]{4}$/.test(digits)) this.fail(`Invalid Unicode escape sequence: \\u${shown(digits)}.`)
      this.position += 4
      return String.fromCharCode(Number.parseInt(digits, 16))
    }
    const meant = ESCAPES[character] ?? ('"\'\\/'.includes(character) ? character : undefined)
    if (meant === undefined) this.fail(`Bad JSON escape sequence: \\${shown(character)}.`)
    if (character === "'") this.liberty('quotes', this.position - 2, this.position)
    return meant
  }

  private skipSpace(): void {
    const start = this.position
    const space = this.match(SPACE) ?? ''
    if (/[^ \t\r\n]/.test(space)) this.liberty('control-character', start, this.position)
  }

  private skipComments(): void {
    for (;;) {
      this.skipSpace()
      const start = this.position
      if (this.text[start] !== '/') return
      if (this.match(COMMENT) === undefined) this.fail('Error parsing comment.')
      this.liberty('comment', start, this.position)
    }
  }

  private liberty(what: Liberty['what'], start: number, end: number): void {
    this.liberties.push({ what, start, end })
  }

  /** What the pattern finds here, which is then read. */
  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position
    const found = pattern.exec(this.text)?.[0]
    if (found !== undefined) this.position += found.length
    return found
  }

  private atEnd(): boolean {
    return this.position >= this.text.length
  }

  private failAtEnd(): never {
    this.fail('Unexpected end of content while loading JObject.')
  }

  private fail(message: string, offset = this.position): never {
    const lines = this.text.slice(0, offset).split('\n')
    const position = offset === 0 ? 'line 0, position 0' : `line ${lines.length}, position ${lines.at(-1)?.length}`
    throw new Stop({ offset, message: `${message} Path '${this.path.join('')}', ${position}.` })
  }
}

/** Characters as a message shows them: on one line. */
function shown(found: string): string {
  return found.replace(/[^\x20-\x7e]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** The value as RFC 8259 writes it, indented by two blanks: without comments and earlier duplicates, numbers unchanged. */
export function writeSource(node: SourceNode, indent = ''): string {
  const inner = `${indent}  `
  switch (node.kind) {
    case 'object': {
      const members = effectiveMembers(node).map(
        ({ key, value }) => `${inner}${JSON.stringify(key)}: ${writeSource(value, inner)}`,
      )
      return members.length === 0 ? '{}' : `{\n${members.join(',\n')}\n${indent}}`
    }
    case 'array': {
      const items = node.items.map((item) => inner + writeSource(item, inner))
      return items.length === 0 ? '[]' : `[\n${items.join(',\n')}\n${indent}]`
    }
    case 'string':
      return JSON.stringify(node.text)
    default:
      return node.kind === 'null' ? 'null' : node.text
  }
}

/** The members that count: of those with the same name the last, where the first stands. */
export function effectiveMembers({ members }: SourceNode): readonly SourceMember[] {
  const byKey = new Map<string, SourceMember>()
  for (const member of members) byKey.set(member.key, member)
  return byKey.size === members.length ? members : [...byKey.values()]
}

/** The pointer of a child (RFC 6901). */
export function childPointer(pointer: string, key: string | number): string {
  return `${pointer}/${typeof key === 'number' ? key : pointerToken(key)}`
}

/** The JSON value, as JSON.parse would give it. */
export function jsonValue(node: SourceNode): unknown {
  switch (node.kind) {
    case 'object':
      return Object.fromEntries(effectiveMembers(node).map(({ key, value }) => [key, jsonValue(value)]))
    case 'array':
      return node.items.map(jsonValue)
    case 'number':
      return Number(node.text)
    case 'string':
      return node.text
    default:
      return node.kind === 'null' ? null : node.text === 'true'
  }
}
