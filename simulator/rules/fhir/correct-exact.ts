import { cutText } from '../../ground/text/mask/cut.ts'
import { readSource } from './lenient-json.ts'
import type { SourceNode } from './lenient-nodes.ts'

/*
 * JSON values for people and programs that never change a number: a double of JavaScript would make 36.6 of 36.60.
 */

/** Values whose text is longer are shown by their beginning. In UTF-16 code units. */
const LONGEST_VALUE = 1000

/** Whether the number is the same text after it went through JavaScript. */
export function isExactNumber(text: string): boolean {
  return text.length < 30 && JSON.stringify(Number(text)) === text
}

/** Whether all numbers in a value of a text are. */
export function isExact(text: string, node: SourceNode): boolean {
  if (node.kind === 'integer' || node.kind === 'float') return isExactNumber(text.slice(node.start, node.end))
  return node.items.every((item) => isExact(text, item)) && node.members.every(({ value }) => isExact(text, value))
}

/**
 * A value of a text as JSON. A number that JavaScript would change is a string with its digits; of a long value there is a
 * string with its beginning.
 */
export function shownValue(text: string, node: SourceNode): unknown {
  if (node.end - node.start > LONGEST_VALUE) return cutText(text.slice(node.start, node.end), LONGEST_VALUE)
  return jsonOf(text, node)
}

function jsonOf(text: string, node: SourceNode): unknown {
  switch (node.kind) {
    case 'object':
      return Object.fromEntries(node.effective.map(({ key, value }) => [key, jsonOf(text, value)]))
    case 'array':
      return node.items.map((item) => jsonOf(text, item))
    case 'integer':
    case 'float': {
      const written = text.slice(node.start, node.end)
      return isExactNumber(written) ? Number(written) : written
    }
    case 'string':
      return node.text
    default:
      return node.kind === 'boolean' ? node.text === 'true' : null
  }
}

/** The same of a text that is a JSON value and nothing else. */
export function shownText(text: string): unknown {
  if (text.length > LONGEST_VALUE) return cutText(text, LONGEST_VALUE)
  const wrapped = `{"":${text}}`
  const [member] = readSource(wrapped).root?.members ?? []
  return member === undefined ? text : jsonOf(wrapped, member.value)
}
