import { isWhiteSpace, type TextCursor } from './lenient-cursor.ts'
import { SourceList, type SourceMember, SourceNode, SourceObject } from './lenient-nodes.ts'
import { readNumber } from './lenient-number.ts'
import type { Container, ContainerType } from './lenient-path.ts'
import { readString } from './lenient-string.ts'

/*
 * The structure of a JSON text, as JsonTextReader and JObject.Load of Newtonsoft.Json 13 read it. Where it fails, it does so
 * at the same place, with the same words and the same path.
 */

const MAX_DEPTH = 64
const LOAD = 'Error reading JObject from JsonReader.'
const NO_OBJECT = `${LOAD} Current JsonReader item is not an object:`

/** Reads the object at the beginning of the text; what stands behind it is not looked at. */
export function readDocument(cursor: TextCursor): SourceNode {
  skipToValue(cursor)
  const [start, first] = [cursor.at, cursor.text[cursor.at]]
  if (first === '{') return readObject(cursor, true)
  cursor.fail(`${NO_OBJECT} ${tokenAt(cursor, start, first)}`)
}

function skipToValue(cursor: TextCursor): void {
  for (;;) {
    cursor.skipSpace()
    if (cursor.isAtEnd) cursor.fail(cursor.hasBegun ? `${NO_OBJECT} Comment` : LOAD)
    if (cursor.text[cursor.at] !== '/') return
    cursor.skipComment()
  }
}

const TOKENS = { string: 'String', integer: 'Integer', float: 'Float', boolean: 'Boolean', null: 'Null' } as const

/** Reads the token that stands where the object should, and names it. */
function tokenAt(cursor: TextCursor, start: number, first: string | undefined): string {
  if (first === '[') {
    cursor.at = start + 1
    return 'StartArray'
  }
  if (first === ',') {
    cursor.hasBegun = true
    return 'Undefined'
  }
  if (first === ']' || first === ')') failAtClosing(cursor, first, 'None')
  const { kind } = readValue(cursor, undefined) ?? {}
  if (kind === 'constructor') return 'StartConstructor'
  return kind !== undefined && kind in TOKENS ? TOKENS[kind as keyof typeof TOKENS] : 'Undefined'
}

/** Reads an object whose `{` is here. The root's first token is read by another call of the library. */
function readObject(cursor: TextCursor, isRoot: boolean): SourceNode {
  const start = cursor.at
  const outer = enter(cursor, 'Object')
  const container = cursor.container
  const { members } = cursor
  const from = members.count
  for (let comma = -1; ; ) {
    cursor.skipSpace()
    const next = cursor.text[cursor.at]
    if (next === undefined) failAtEnd(cursor, isRoot && members.count === from)
    if (next === '/') {
      cursor.skipComment()
      isRoot = false
      continue
    }
    if (next === '}') {
      if (comma >= 0) cursor.liberty('comma', comma, comma + 1)
      cursor.at++
      break
    }
    members.add(readMember(cursor, container))
    comma = passComma(cursor, '}', 'Object')
    if (comma < 0) break
  }
  leave(cursor, outer)
  return new SourceObject(start, cursor.at, members.take(from))
}

function failAtEnd(cursor: TextCursor, isFirst: boolean): never {
  cursor.fail(isFirst ? LOAD : 'Unexpected end of content while loading JObject.')
}

/** Enters an array, object or constructor whose first character is here; gives the container around it. */
function enter(cursor: TextCursor, type: ContainerType): Container | undefined {
  cursor.at++
  cursor.hasBegun = true
  const outer = cursor.container
  if (outer !== undefined) finishValue(outer)
  cursor.container = cursor.path.enter(type)
  if (cursor.path.depth > MAX_DEPTH) cursor.fail(`The reader's MaxDepth of ${MAX_DEPTH} has been exceeded.`)
  return outer
}

function leave(cursor: TextCursor, outer: Container | undefined): void {
  cursor.path.leave()
  cursor.container = outer
}

function finishValue(container: Container): void {
  container.index++
  container.isStarted = true
}

/** Passes what follows a value: the comma, whose place it gives, or the closing bracket, which is -1. */
function passComma(cursor: TextCursor, bracket: '}' | ']' | ')', type: ContainerType): number {
  for (;;) {
    cursor.skipSpace()
    const next = cursor.text[cursor.at]
    if (next === ',') return cursor.at++
    if (next === bracket) {
      cursor.at++
      return -1
    }
    if (next === '/') cursor.skipComment()
    else if (next === undefined) failAtEnd(cursor, false)
    else if (next === '}' || next === ']' || next === ')') failAtClosing(cursor, next, type)
    else cursor.fail(`After parsing a value an unexpected character was encountered: ${cursor.character}.`)
  }
}

const CLOSING = { '}': 'EndObject', ']': 'EndArray', ')': 'EndConstructor' } as const

/** A bracket that closes another container than the one that is open, which the library has left by then. */
function failAtClosing(cursor: TextCursor, bracket: '}' | ']' | ')', type: ContainerType | 'None'): never {
  cursor.at++
  const isInside = cursor.container?.isStarted ?? false
  cursor.path.leave()
  cursor.failIn(`JsonToken ${CLOSING[bracket]} is not valid for closing JsonType ${type}.`, isInside)
}

function readMember(cursor: TextCursor, container: Container | undefined): SourceMember {
  const keyStart = cursor.at
  const key = readName(cursor)
  const keyEnd = cursor.at
  cursor.skipSpace()
  if (cursor.text[cursor.at] !== ':') {
    cursor.fail(`Invalid character after parsing property name. Expected ':' but got: ${cursor.character}.`)
  }
  cursor.at++
  if (container !== undefined) {
    container.name = key
    container.isStarted = true
  }
  const value = readNext(cursor, container)
  if (value === undefined) failAtClosing(cursor, cursor.text[cursor.at] as ']' | ')', 'Object')
  return value.named(key, keyStart, keyEnd)
}

const NAME_CHARACTER = /[\p{L}\p{Nd}_$]/u

function readName(cursor: TextCursor): string {
  const first = cursor.text[cursor.at] ?? ''
  if (first === '"' || first === "'") return cursor.known(readString(cursor))
  if (!NAME_CHARACTER.test(first)) cursor.fail(`Invalid property identifier character: ${cursor.character}.`)
  const start = cursor.at
  while (NAME_CHARACTER.test(cursor.text[cursor.at] ?? '')) cursor.at++
  const { code } = cursor
  if (Number.isNaN(code)) cursor.fail('Unexpected end while parsing unquoted property name.')
  if (code !== 0 && code !== COLON && !isWhiteSpace(code)) {
    cursor.fail(`Invalid JavaScript property identifier character: ${cursor.character}.`)
  }
  cursor.liberty('quotes', start, cursor.at)
  return cursor.text.slice(start, cursor.at)
}

const COLON = 0x3a

/** The next value, after white space and comments; undefined where a closing bracket `]` or `)` stands in its place. */
function readNext(cursor: TextCursor, container: Container | undefined): SourceNode | undefined {
  for (;;) {
    cursor.skipSpace()
    const next = cursor.text[cursor.at]
    if (next === undefined) failAtEnd(cursor, false)
    if (next === ']' || next === ')') return undefined
    if (next !== '/') return readValue(cursor, container)
    cursor.skipComment()
  }
}

function readValue(cursor: TextCursor, container: Container | undefined): SourceNode | undefined {
  const start = cursor.at
  const first = cursor.text.charAt(start)
  switch (first) {
    case '"':
    case "'":
      return leaf(cursor, container, 'string', start, readString(cursor))
    case '{':
      return readObject(cursor, false)
    case '[':
      return readList(cursor, start, ']', 'Array')
    case ',':
      cursor.liberty('comma', start, start + 1)
      return leaf(cursor, container, 'undefined', start, '')
    case 't':
      return readWord(cursor, container, 'true', 'boolean')
    case 'f':
      return readWord(cursor, container, 'false', 'boolean')
    case 'u':
      cursor.liberty('word', start, start + 'undefined'.length)
      return readWord(cursor, container, 'undefined', 'undefined')
    case 'n':
      return readN(cursor, container)
    case 'N':
    case 'I':
      failAtWord(cursor, first === 'N' ? 'NaN' : 'Infinity')
      break
    default:
      return readDigits(cursor, container, start, first)
  }
}

function leaf(
  cursor: TextCursor,
  container: Container | undefined,
  kind: SourceNode['kind'],
  start: number,
  text: string,
): SourceNode {
  if (container !== undefined) finishValue(container)
  return new SourceNode(kind, start, cursor.at, text, kind === 'string' && cursor.isPlain)
}

/** Reads the values of an array or constructor whose opening bracket is here. */
function readList(cursor: TextCursor, start: number, bracket: ']' | ')', type: 'Array' | 'Constructor'): SourceNode {
  const outer = enter(cursor, type)
  const { container } = cursor
  const { items } = cursor
  const from = items.count
  for (let comma = -1; ; ) {
    const item = readNext(cursor, container)
    if (item === undefined) {
      const closing = cursor.text[cursor.at] as ']' | ')'
      if (closing !== bracket) failAtClosing(cursor, closing, type)
      if (comma >= 0) cursor.liberty('comma', comma, comma + 1)
      cursor.at++
      break
    }
    items.add(item)
    comma = passComma(cursor, bracket, type)
    if (comma < 0) break
  }
  leave(cursor, outer)
  const kind = type === 'Array' ? 'array' : 'constructor'
  return new SourceList(kind, start, cursor.at, items.take(from))
}

const IN_NUMBER = /[-+a-fA-FxX.0-9]/
const NUMBER_CHARACTER = /\p{N}/u

function readDigits(cursor: TextCursor, container: Container | undefined, start: number, first: string): SourceNode {
  if (first === '-' && cursor.text[start + 1] === 'I') failAtWord(cursor, '-Infinity')
  if (first !== '-' && first !== '.' && !NUMBER_CHARACTER.test(first)) {
    cursor.fail(`Unexpected character encountered while parsing value: ${cursor.character}.`)
  }
  while (IN_NUMBER.test(cursor.text.charAt(cursor.at))) cursor.at++
  const { code } = cursor
  const isEnded = Number.isNaN(code) || code === 0 || isWhiteSpace(code) || ',}])/'.includes(cursor.character)
  if (!isEnded) cursor.fail(`Unexpected character encountered while parsing number: ${cursor.character}.`)
  if (container !== undefined) finishValue(container)
  const written = cursor.text.slice(start, cursor.at)
  const number = readNumber(written)
  if ('message' in number && number.isOwnFault) cursor.failOutside(number.message)
  if ('message' in number) cursor.fail(number.message)
  if (!JSON_NUMBER.test(written)) cursor.liberty('number', start, cursor.at)
  return new SourceNode(number.kind, start, cursor.at, number.text, false)
}

/** RFC 8259, section 6. */
const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/** Words begin with `n`: null, and the constructor that `new` makes. */
function readN(cursor: TextCursor, container: Container | undefined): SourceNode {
  const next = cursor.text[cursor.at + 1]
  if (next === 'u') return readWord(cursor, container, 'null', 'null')
  if (next === 'e') return readConstructor(cursor)
  if (next !== undefined) cursor.fail('Unexpected character encountered while parsing value: n.')
  cursor.at++
  cursor.fail('Unexpected end when reading JSON.')
}

const FAILURES: Readonly<Record<string, string>> = {
  true: 'Error parsing boolean value.',
  false: 'Error parsing boolean value.',
  null: 'Error parsing null value.',
  undefined: 'Error parsing undefined value.',
}

function readWord(
  cursor: TextCursor,
  container: Container | undefined,
  word: string,
  kind: 'boolean' | 'null' | 'undefined',
): SourceNode {
  const start = cursor.at
  if (!passWord(cursor, word)) cursor.fail(FAILURES[word] ?? '')
  return leaf(cursor, container, kind, start, word)
}

/** Whether the word stands here, and nothing that would make it another; passes as much of it as does. */
function passWord(cursor: TextCursor, word: string): boolean {
  const { text } = cursor
  if (cursor.at + word.length > text.length) {
    cursor.at = text.length
    cursor.fail('Unexpected end when reading JSON.')
  }
  for (const letter of word) {
    if (text[cursor.at] !== letter) return false
    cursor.at++
  }
  return isSeparator(cursor)
}

function isSeparator({ text, at, code, container }: TextCursor): boolean {
  if (Number.isNaN(code) || code === 0 || isWhiteSpace(code)) return true
  const character = text.charAt(at)
  if (character === '/') return text[at + 1] === '*' || text[at + 1] === '/'
  return '}],'.includes(character) || (character === ')' && container?.type === 'Constructor')
}

function failAtWord(cursor: TextCursor, word: 'NaN' | 'Infinity' | '-Infinity'): never {
  const isThere = passWord(cursor, word)
  cursor.fail(isThere ? `Cannot read ${word} value.` : `Error parsing ${word} value.`)
}

const LETTER_OR_DIGIT = /[\p{L}\p{Nd}]/u

/** `new Date(5)`: a value that Firely's parser passes over. */
function readConstructor(cursor: TextCursor): SourceNode {
  const start = cursor.at
  if (!passWord(cursor, 'new')) cursor.fail('Unexpected content while parsing JSON.')
  cursor.skipSpace()
  while (LETTER_OR_DIGIT.test(cursor.text[cursor.at] ?? '')) cursor.at++
  if (cursor.isAtEnd) cursor.fail('Unexpected end while parsing constructor.')
  const isNameEnded = cursor.code === 0 || cursor.text[cursor.at] === '(' || isWhiteSpace(cursor.code)
  if (isNameEnded) cursor.skipSpace()
  if (cursor.text[cursor.at] !== '(') {
    cursor.fail(`Unexpected character while parsing constructor: ${cursor.character}.`)
  }
  cursor.liberty('word', start, cursor.at)
  return readList(cursor, start, ')', 'Constructor')
}
