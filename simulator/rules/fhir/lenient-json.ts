import { pointerToken } from '../../ground/text/json-pointer.ts'
import { JsonStop, TextCursor } from './lenient-cursor.ts'
import type { SourceNode } from './lenient-nodes.ts'
import { readDocument } from './lenient-reader.ts'

/*
 * JSON text as Newtonsoft.Json reads it, which is more liberal than RFC 8259: comments, single quotes, names without quotes,
 * commas before a closing bracket, numbers that begin with 0, control characters in strings, and anything after the end. Of
 * two properties of the same name the last counts, in the place of the first.
 */

/** What Newtonsoft.Json lets pass and RFC 8259 does not, with the place. `word` is `undefined` or `new`. */
export interface Liberty {
  readonly what:
    | 'comment'
    | 'quotes'
    | 'comma'
    | 'control-character'
    | 'number'
    | 'word'
    | 'text-after-end'
    | 'byte-order-mark'
  readonly start: number
  readonly end: number
}

/** Why a text cannot be read, in the words of the parser. */
export interface JsonFault {
  readonly offset: number
  readonly message: string
}

export type SourceTree =
  | {
      readonly root: SourceNode
      readonly liberties: readonly Liberty[]
      /** The offsets of escapes that are half of a surrogate pair, for which U+FFFD is read. */
      readonly replaced: readonly number[]
      readonly fault?: never
    }
  | { readonly root?: never; readonly fault: JsonFault }

/** Reads a text whose root is an object, in time that is linear in its length. Never throws. */
export function readSource(text: string): SourceTree {
  const cursor = new TextCursor(text)
  try {
    passByteOrderMark(cursor)
    const root = readDocument(cursor)
    if (!/^[ \t\r\n]*$/.test(text.slice(cursor.at))) cursor.liberty('text-after-end', cursor.at, text.length)
    return { root, liberties: cursor.liberties, replaced: cursor.replaced }
  } catch (error) {
    if (error instanceof JsonStop) return { fault: error.fault }
    throw error
  }
}

/** The server decodes bytes, and takes the mark for none of the text. */
function passByteOrderMark(cursor: TextCursor): void {
  if (!cursor.text.startsWith('\uFEFF')) return
  cursor.liberty('byte-order-mark', 0, ++cursor.at)
  cursor.startLine()
}

/** The line, from 1, and the position in it, from 0, of an offset, by the line ends that Newtonsoft.Json knows. */
export function linePosition(text: string, offset: number): { readonly line: number; readonly position: number } {
  const lines = text.slice(text.startsWith('\uFEFF') ? 1 : 0, offset).split(/\r\n|\r|\n/)
  return { line: lines.length, position: lines.at(-1)?.length ?? 0 }
}

/** Where the library had read to when it came upon a value: behind it, or behind the opening bracket. */
export function tokenEnd(text: string, { kind, start, end }: SourceNode): number {
  if (kind === 'constructor') return text.indexOf('(', start) + 1
  return kind === 'object' || kind === 'array' ? start + 1 : end
}

/** The value as RFC 8259 writes it, indented by two blanks: without comments and earlier duplicates, numbers unchanged. */
export function writeSource(text: string, node: SourceNode, indent = ''): string {
  const inner = `${indent}  `
  switch (node.kind) {
    case 'object': {
      const members = node.effective.map(
        ({ key, value }) => `${inner}${JSON.stringify(key)}: ${writeSource(text, value, inner)}`,
      )
      return members.length === 0 ? '{}' : `{\n${members.join(',\n')}\n${indent}}`
    }
    case 'array': {
      const items = node.items.map((item) => inner + writeSource(text, item, inner))
      return items.length === 0 ? '[]' : `[\n${items.join(',\n')}\n${indent}]`
    }
    case 'string':
      return JSON.stringify(node.text)
    case 'undefined':
    case 'constructor':
      return 'null'
    default:
      return text.slice(node.start, node.end)
  }
}

/** The pointer of a child (RFC 6901). */
export function childPointer(pointer: string, key: string | number): string {
  return `${pointer}/${typeof key === 'number' ? key : pointerToken(key)}`
}

/** The JSON value, as JSON.parse would give it. */
export function jsonValue(node: SourceNode): unknown {
  switch (node.kind) {
    case 'object':
      return Object.fromEntries(node.effective.map(({ key, value }) => [key, jsonValue(value)]))
    case 'array':
      return node.items.map(jsonValue)
    case 'integer':
    case 'float':
      return Number(node.text)
    case 'string':
      return node.text
    default:
      return node.kind === 'boolean' ? node.text === 'true' : null
  }
}
