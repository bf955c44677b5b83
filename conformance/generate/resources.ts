import { anyEvent, KINDS, type Kind, SPOILERS, type SpoilerName, seedFixtures, spoil } from '../../fixtures/index.ts'
import { R4_TYPES } from '../../simulator/rules/fhir/r4.generated.ts'
import { type ElementInfo, findType, type TypeInfo } from '../../simulator/rules/fhir/table.ts'
import {
  array,
  type DocumentMember,
  jsonValue,
  member,
  type ObjectValue,
  object,
  token,
  type Value,
} from './document.ts'
import { goodLiteral } from './literals.ts'
import type { Random } from './random.ts'

/** Names of all resource types of R4. */
export const RESOURCE_TYPES: readonly string[] = [...R4_TYPES.matchAll(/^(\w+) resource /gm)].map(
  ([, name = '']) => name,
)

/** Names of all primitive types but the native one. */
export const PRIMITIVE_TYPES: readonly string[] = [...R4_TYPES.matchAll(/^(\w+) primitive\b/gm)].map(
  ([, name = '']) => name,
)

/** Names of the types that an open choice takes most often, few so that texts stay short. */
const OPEN_TYPES = [
  ...PRIMITIVE_TYPES,
  'Period',
  'Quantity',
  'Reference',
  'CodeableConcept',
  'Coding',
  'Identifier',
  'Range',
]

/** A type that is there, or the program is wrong. */
export function typeOf(name: string): TypeInfo {
  const type = findType(name)
  if (type === undefined) throw new Error(`The R4 table has no type ${name}.`)
  return type
}

/** An event as vendors send it, of any kind. */
export function anyEventText(random: Random): string {
  seedFixtures(random.below(2 ** 31))
  const event = anyEvent(random.of(Object.keys(KINDS) as Kind[]))
  return JSON.stringify(event)
}

/** An event that is broken in one of the ways that vendors break them; none that needs a text of a megabyte. */
export function spoiltEventText(random: Random): string {
  seedFixtures(random.below(2 ** 31))
  const event = anyEvent(random.of(Object.keys(KINDS) as Kind[]))
  return spoil(event, random.of((Object.keys(SPOILERS) as SpoilerName[]).filter((name) => name !== 'too-large')))
}

/** How rich and how deep a made value is. */
interface Size {
  /** One optional element in so many is there. */
  readonly sparse: number
  readonly depth: number
}

/** A valid resource of the type, with its mandatory elements and some others. */
export function makeResource(name: string, random: Random, size: Size = { sparse: 8, depth: 4 }): ObjectValue {
  const made = makeObject(typeOf(name), random, size)
  return object(member('resourceType', jsonValue(name)), ...made.members)
}

function makeObject(type: TypeInfo, random: Random, size: Size): ObjectValue {
  const members = type.elements.flatMap((element) => {
    if (!element.mandatory && (size.depth <= 0 || !random.once(size.sparse))) return []
    return elementMembers(type, element, random, size)
  })
  if (members.length > 0) return object(...members)
  // An object of R4 is never empty: an element that can say something simple is there, rather than an id.
  const simple = type.elements.filter(({ types, choice }) => !choice && isSimple(types[0]))
  const better = simple.filter(({ types }) => types[0] !== 'native')
  return object(...elementMembers(type, random.of(better.length > 0 ? better : simple), random, size))
}

const isSimple = (type: string | undefined) =>
  type === 'native' || (type !== undefined && PRIMITIVE_TYPES.includes(type))

/** The member of one element of a type, good by its table. */
export function elementMembers(type: TypeInfo, element: ElementInfo, random: Random, size: Size): DocumentMember[] {
  const inner = { sparse: size.sparse * 2, depth: size.depth - 1 }
  if (type.name === 'Extension' && element.name === 'extension') return []
  const typeName = chosenType(element, random)
  const name = element.choice ? element.name + typeName.charAt(0).toUpperCase() + typeName.slice(1) : element.name
  const one = () => makeValue(element, typeName, random, inner)
  return [member(name, element.repeats ? array(one(), ...(random.once(3) ? [one()] : [])) : one())]
}

function chosenType({ types }: ElementInfo, random: Random): string {
  return random.of(types[0] === '*' ? OPEN_TYPES : types)
}

function makeValue({ name, valueSet }: ElementInfo, typeName: string, random: Random, size: Size): Value {
  if (valueSet !== undefined && typeName === 'code') return jsonValue(random.of([...valueSet.codes]))
  if (typeName === 'native') return jsonValue(name === 'url' ? 'http://example.no/e' : 'a1')
  if (PRIMITIVE_TYPES.includes(typeName)) return token(goodLiteral(typeName, random))
  const type = typeOf(typeName)
  if (type.kind === 'resource' || type.kind === 'abstract') {
    return makeResource(random.of(['Patient', 'Basic', 'Observation', 'Binary']), random, size)
  }
  return makeObject(type, random, size)
}
