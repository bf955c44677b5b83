import { remembered } from '../../ground/remembered.ts'
import { nameOfToken } from '../../ground/text/json-pointer.ts'
import type { JsonMember, JsonNode } from './json-text-tree.ts'

/*
 * Tools on the text of a JSON document (RFC 8259) as it was sent. Offsets count UTF-16 code units from 0; lines and columns
 * count from 1, columns in UTF-16 code units.
 */

export type { JsonMember, JsonNode, JsonTree, SyntaxFault } from './json-text-tree.ts'
export { readTree } from './json-text-tree.ts'

/** A property of an object as it stands in the text: `text.slice(valueStart, valueEnd)` is the value. */
export interface Member {
  /** With escapes resolved. */
  readonly key: string
  /** Offset of the quote that opens the name. */
  readonly keyStart: number
  readonly valueStart: number
  readonly valueEnd: number
}

/** A place in a text: 1-based, the column in UTF-16 code units. */
export interface LineColumn {
  readonly line: number
  readonly column: number
}

const QUOTE = 0x22
const COLON = 0x3a
const BACKSLASH = 0x5c
const COMMA = 0x2c

const isSpace = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09
const opens = (code: number): boolean => code === 0x7b || code === 0x5b
const closes = (code: number): boolean => code === 0x7d || code === 0x5d

function skipSpace(text: string, from: number): number {
  let offset = from
  while (isSpace(text.charCodeAt(offset))) offset++
  return offset
}

/** The offset after the string whose opening quote is at `start`. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1)
  while (end >= 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1)
  return end < 0 ? text.length : end + 1
}

function isEscaped(text: string, offset: number): boolean {
  let before = offset - 1
  while (text.charCodeAt(before) === BACKSLASH) before--
  return (offset - before) % 2 === 0
}

/** The offset after the value that starts at `start`. */
function endOfValue(text: string, start: number): number {
  let depth = 0
  let offset = start
  while (offset < text.length) {
    const code = text.charCodeAt(offset)
    if (code === QUOTE) offset = endOfString(text, offset)
    else {
      if (depth === 0 && (code === COMMA || closes(code) || isSpace(code))) return offset
      if (opens(code)) depth++
      else if (closes(code)) depth--
      offset++
    }
    if (depth === 0 && (code === QUOTE || closes(code))) return offset
  }
  return offset
}

/**
 * The properties of the object that starts at `offset` (leading white space allowed; the root by default), in the order of
 * the text, without a look into their values. The text must be JSON: of other texts, and of values that are not an object, the
 * result says nothing useful. Does not throw.
 */
export function membersOf(text: string, offset = 0): readonly Member[] {
  const members: Member[] = []
  let position = skipSpace(text, offset)
  if (text[position] !== '{') return members
  for (;;) {
    position = skipSpace(text, position + 1)
    if (text.charCodeAt(position) !== QUOTE) return members
    const keyStart = position
    const keyEnd = endOfString(text, keyStart)
    const valueStart = skipSpace(text, skipSpace(text, keyEnd) + 1)
    const valueEnd = endOfValue(text, valueStart)
    members.push({ key: unquote(text.slice(keyStart, keyEnd)), keyStart, valueStart, valueEnd })
    position = skipSpace(text, valueEnd)
  }
}

function unquote(quoted: string): string {
  if (!quoted.includes('\\')) return quoted.slice(1, -1)
  const value: unknown = JSON.parse(quoted)
  return String(value)
}

/** How many properties all objects of a JSON text have together: the colons outside of strings. */
export function countMembers(text: string): number {
  let count = 0
  let offset = text.indexOf('"')
  while (offset >= 0) {
    let end = text.indexOf('"', offset + 1)
    while (end >= 0 && text.charCodeAt(end - 1) === BACKSLASH && isEscaped(text, end)) end = text.indexOf('"', end + 1)
    if (end < 0) return count
    if (text.charCodeAt(skipSpace(text, end + 1)) === COLON) count++
    offset = text.indexOf('"', end + 1)
  }
  return count
}

/** Tells the line and column of offsets in a text; the lines, which end with LF, are counted once. */
export function positionsIn(text: string): (offset: number) => LineColumn {
  const lineStarts = [0]
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) lineStarts.push(end + 1)
  return (offset) => {
    let line = 0
    let above = lineStarts.length
    while (above - line > 1) {
      const middle = (line + above) >> 1
      if ((lineStarts[middle] ?? 0) <= offset) line = middle
      else above = middle
    }
    return { line: line + 1, column: offset - (lineStarts[line] ?? 0) + 1 }
  }
}

/** A value that a pointer names, and the key that it stands under; items of arrays and the root have none. */
export interface Located {
  readonly node: JsonNode
  readonly keyStart: number | undefined
}

/** The value that a JSON Pointer (RFC 6901) names, or undefined; for many pointers into one tree use `locatorIn`. */
export function locate(root: JsonNode, pointer: string): Located | undefined {
  return locatorIn(root)(pointer)
}

/**
 * Follows JSON Pointers (RFC 6901) through a tree; of properties that occur twice the last counts, as for JSON.parse. Made
 * for many pointers: each object is indexed once.
 */
export function locatorIn(root: JsonNode): (pointer: string) => Located | undefined {
  const indexes = new Map<JsonNode, ReadonlyMap<string, JsonMember>>()
  return (pointer) => {
    let located: Located | undefined = { node: root, keyStart: undefined }
    for (const token of pointer === '' ? [] : pointer.slice(1).split('/')) {
      located = located && step(located.node, token, indexes)
    }
    return located
  }
}

function step(
  node: JsonNode,
  token: string,
  indexes: Map<JsonNode, ReadonlyMap<string, JsonMember>>,
): Located | undefined {
  if (node.kind === 'array') {
    const item = /^(?:0|[1-9][0-9]*)$/.test(token) ? node.at(Number(token)) : undefined
    return item === undefined ? undefined : { node: item, keyStart: undefined }
  }
  const index = remembered(indexes, node, ({ members }) => new Map(members.map((member) => [member.key, member])))
  const member = index.get(nameOfToken(token))
  return member === undefined ? undefined : { node: member.value, keyStart: member.keyStart }
}
