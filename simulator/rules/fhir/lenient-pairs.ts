import type { SourceMember, SourceNode } from './lenient-json.ts'
import { textOf } from './lenient-literal.ts'

/** A property of an object as it was sent: `name` and `_name` together. */
export interface Property {
  /** Without underscore. */
  readonly name: string
  readonly main: SourceMember | undefined
  readonly companion: SourceMember | undefined
}

/** The properties of an object, in the order of their first name. */
export function propertiesOf({ effective }: SourceNode): readonly Property[] {
  return hasCompanion(effective) ? withCompanions(effective) : effective.map(alone)
}

function hasCompanion(members: readonly SourceMember[]): boolean {
  for (const member of members) if (isCompanion(member)) return true
  return false
}

function alone(main: SourceMember): Property {
  return { name: main.key, main, companion: undefined }
}

function withCompanions(members: readonly SourceMember[]): readonly Property[] {
  const byName = new Map<
    string,
    { name: string; main: SourceMember | undefined; companion: SourceMember | undefined }
  >()
  for (const member of members) {
    const name = isCompanion(member) ? member.key.slice(1) : member.key
    const property = byName.get(name) ?? { name, main: undefined, companion: undefined }
    property[isCompanion(member) ? 'companion' : 'main'] = member
    byName.set(name, property)
  }
  return [...byName.values()]
}

const isCompanion = ({ key }: SourceMember): boolean => key.charCodeAt(0) === UNDERSCORE
const UNDERSCORE = 0x5f

/** Elements that are called resourceType themselves: ExampleScenario.instance, and one of R5. */
const WITHOUT_TYPE: readonly string[] = ['instance', 'filterBy']

/** What `resourceType` says, in an object that is called `name`. */
export function resourceTypeOf(node: SourceNode | undefined, name: string): string | undefined {
  if (node === undefined || WITHOUT_TYPE.includes(name)) return undefined
  for (const { key, value } of node.effective) {
    if (key === 'resourceType') return value.kind === 'string' ? value.text : undefined
  }
  return undefined
}

/** Whether the property says the type of the object; a `_resourceType` that comes first makes it an element. */
export function saysType({ name, main, companion }: Property, ownName: string): boolean {
  if (name !== 'resourceType' || main?.value.kind !== 'string' || WITHOUT_TYPE.includes(ownName)) return false
  return companion === undefined || companion.keyStart > main.keyStart
}

/** How many values a property has, whether it is an array or not. */
export function countOf(member: SourceMember | undefined): number {
  if (member === undefined) return 0
  return member.value.kind === 'array' ? member.value.items.length : 1
}

/** One of them. */
export function itemOf(member: SourceMember | undefined, index: number): SourceNode | undefined {
  if (member?.value.kind === 'array') return member.value.items[index]
  return index === 0 ? member?.value : undefined
}

/** The values of a property, whether it is an array or not. */
export function listOf(member: SourceMember | undefined): readonly SourceNode[] {
  if (member === undefined) return NOTHING
  return member.value.kind === 'array' ? member.value.items : [member.value]
}

const NOTHING: readonly SourceNode[] = []

/** The values of `name` and `_name` at the same index, and what of them counts: a scalar, an object, or both. */
export interface Pair {
  readonly main: SourceNode | undefined
  readonly companion: SourceNode | undefined
  readonly scalar: SourceNode | undefined
  readonly object: SourceNode | undefined
}

/** Why two values do not go together. */
export interface PairFault {
  readonly node: SourceNode
  readonly message: string
}

/** Puts the values together. A pair of which nothing counts is as if it were absent. */
export function pairOf(
  name: string,
  main: SourceNode | undefined,
  companion: SourceNode | undefined,
): Pair | PairFault {
  const content = main?.kind === 'object' && main.effective.length > 0 ? main : undefined
  const scalar = isScalar(main) ? main : undefined
  if (companion === undefined || companion.kind === 'null') return { main, companion, scalar, object: content }
  if (companion.kind !== 'object') {
    const message = `The value for property '_${name}' must be an object, not a ${TOKENS[companion.kind]}`
    return { node: companion, message }
  }
  if (content !== undefined) {
    return { node: companion, message: `The '${name}' and '_${name}' properties cannot both contain complex data.` }
  }
  return { main, companion, scalar, object: companion.effective.length > 0 ? companion : undefined }
}

/** Whether a value counts that is no object: no null, no blank string, no array in an array. */
function isScalar(node: SourceNode | undefined): boolean {
  if (node === undefined || node.kind === 'array' || node.kind === 'object') return false
  if (node.kind === 'null' || node.kind === 'constructor') return false
  return node.kind !== 'string' || textOf(node) !== undefined
}

const TOKENS = {
  object: 'Object',
  array: 'Array',
  string: 'String',
  integer: 'Integer',
  float: 'Float',
  boolean: 'Boolean',
  null: 'Null',
  undefined: 'Undefined',
  constructor: 'Constructor',
} as const

/** Whether all of a pair counts; a null keeps the place of a value in an array. */
export function isWhole(pair: Pair, isArray: boolean): boolean {
  return pair.scalar?.kind !== 'undefined' && counts(pair.main, pair, isArray) && counts(pair.companion, pair, isArray)
}

function counts(node: SourceNode | undefined, { scalar, object }: Pair, isArray: boolean): boolean {
  return node === undefined || node === scalar || node === object || (isArray && node.kind === 'null')
}
