import { type JsonNode, readTree } from '../../simulator/rules/json/json-text-tree.ts'

/*
 * JSON as it is written: order, duplicates and the characters of every token are kept, and a token may be anything.
 */

export interface DocumentMember {
  name: string
  value: Value
}

/** A value; a token is the text of a string, number or word, or what stands in the place of one. */
export type Value =
  | { readonly kind: 'object'; members: DocumentMember[] }
  | { readonly kind: 'array'; items: Value[] }
  | { readonly kind: 'token'; text: string }

export type ObjectValue = Extract<Value, { kind: 'object' }>
export type ArrayValue = Extract<Value, { kind: 'array' }>

export const token = (text: string): Value => ({ kind: 'token', text })
export const object = (...members: DocumentMember[]): ObjectValue => ({ kind: 'object', members })
export const array = (...items: Value[]): ArrayValue => ({ kind: 'array', items })
export const member = (name: string, value: Value): DocumentMember => ({ name, value })
/** The value that JSON.stringify writes. */
export const jsonValue = (json: unknown): Value => fromJson(json)

function fromJson(json: unknown): Value {
  if (Array.isArray(json)) return array(...json.map(fromJson))
  if (typeof json !== 'object' || json === null) return token(JSON.stringify(json))
  const members = Object.entries(json).filter(([, value]) => value !== undefined)
  return object(...members.map(([name, value]) => member(name, fromJson(value))))
}

/** The JSON text of a value, without white space. */
export function print(value: Value): string {
  if (value.kind === 'token') return value.text
  if (value.kind === 'array') return `[${value.items.map(print).join(',')}]`
  return `{${value.members.map(({ name, value: one }) => `${JSON.stringify(name)}:${print(one)}`).join(',')}}`
}

const DEEPEST = 1000

/** The value that a JSON text writes; undefined when it is not JSON. White space and the escapes of names are not kept. */
export function parse(text: string): Value | undefined {
  const { root } = readTree(text, DEEPEST)
  return root === undefined ? undefined : fromNode(text, root)
}

function fromNode(text: string, node: JsonNode): Value {
  if (node.kind === 'object') return object(...node.members.map(({ key, value }) => member(key, fromNode(text, value))))
  if (node.kind === 'array') return array(...node.items.map((item) => fromNode(text, item)))
  return token(text.slice(node.start, node.end))
}

/** A copy that shares nothing. */
export const copy = <T extends Value>(value: T): T => structuredClone(value)

/** Every value, from the outside in, with its parent's slot to put another one there. */
export function* slots(value: Value): Generator<Slot> {
  if (value.kind === 'object') {
    for (const one of value.members) {
      yield {
        get: () => one.value,
        set: (next) => {
          one.value = next
        },
      }
      yield* slots(one.value)
    }
  }
  if (value.kind === 'array') {
    for (const [index, item] of value.items.entries()) {
      yield {
        get: () => item,
        set: (next) => {
          value.items[index] = next
        },
      }
      yield* slots(item)
    }
  }
}

export interface Slot {
  readonly get: () => Value
  readonly set: (value: Value) => void
}
