import type { SourceMember, SourceNode } from './lenient-nodes.ts'

/** A property of an object as it was sent: `name` and `_name` together. */
export interface Property {
  /** Without underscore. */
  readonly name: string
  readonly main: SourceMember | undefined
  readonly companion: SourceMember | undefined
}

/** Whether an object has names that begin with an underscore. */
export function hasCompanion(members: readonly SourceMember[]): boolean {
  for (const member of members) if (isCompanion(member)) return true
  return false
}

/** The properties of an object that has, in the order of their first name. */
export function withCompanions(members: readonly SourceMember[]): readonly Property[] {
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
export function saysType({ main, companion }: Property, ownName: string): boolean {
  if (main?.key !== 'resourceType' || main.value.kind !== 'string' || WITHOUT_TYPE.includes(ownName)) return false
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
