import { decimal } from '../fhir/literals.ts'
import type { Primitive } from '../fhir/primitives.ts'
import { R4_TYPES } from '../fhir/r4.generated.ts'
import type { ElementInfo, PropertyInfo, TypeInfo } from '../fhir/table.ts'
import type { JsonNode } from '../json/json-text.ts'
import type { FixAction } from './actions.ts'
import type { Document, NodePlace } from './document.ts'
import type { FixOptions } from './fix.ts'

/** The JSON names that a type has for an element, without those that begin with _ . */
export function namesOf(owner: TypeInfo, element: ElementInfo): readonly string[] {
  return [...owner.properties]
    .filter(([, property]) => property.kind !== 'companion' && property.element.name === element.name)
    .map(([name]) => name)
}

/** Another property of the object that stands for the same element: the same name, or the same choice. */
export function alsoThere(
  doc: Document,
  owner: NodePlace,
  element: ElementInfo,
  self: NodePlace,
): NodePlace | undefined {
  return doc.forElement(owner, element.name).find((other) => other !== self && other.property?.kind !== 'companion')
}

/** What must be done to a value for it to stand in a property; undefined when it cannot stand there. */
export function fitting(
  doc: Document,
  place: NodePlace,
  property: PropertyInfo,
  options: FixOptions,
): readonly FixAction[] | undefined {
  const { node } = place
  const fits = (one: NodePlace) => fitsOne(doc, one, property, options)
  if (node.kind !== 'array') return fits(place) ? (property.repeats ? [{ does: 'wrap', at: place }] : []) : undefined
  const items = doc.items(place)
  if (items.length === 0 || !items.every(fits)) return undefined
  if (property.repeats) return []
  return items.length === 1 ? [{ does: 'unwrap', at: place }] : undefined
}

function fitsOne(doc: Document, place: NodePlace, property: PropertyInfo, options: FixOptions): boolean {
  const { node } = place
  if (property.kind === 'resource')
    return node.kind === 'object' && place.node.members.some(({ key }) => key === 'resourceType')
  if (property.kind === 'complex' || property.kind === 'companion') return isOfType(node, property.type())
  return node.kind !== 'object' && node.kind !== 'array' && isLiteralOf(doc.raw(place), property, options)
}

/** Whether an object has members, and only such as a type has. */
function isOfType({ kind, members }: JsonNode, type: TypeInfo): boolean {
  return kind === 'object' && members.length > 0 && members.every(({ key }) => type.properties.has(key))
}

/** Whether a JSON literal is right for an element: of its JSON type, well-formed, and of its value set. */
export function isLiteralOf(raw: string, { primitive, element }: PropertyInfo, options: FixOptions): boolean {
  const value: unknown = JSON.parse(raw)
  if (typeof value === 'string' && primitive.json === 'string') {
    if (value === '' || (element.valueSet !== undefined && !element.valueSet.codes.has(value))) return false
    return primitive.fault(value, options) === undefined
  }
  if (typeof value === 'number' && primitive.json === 'number') return isNumberOf(raw, value, primitive, options)
  return typeof value === 'boolean' && primitive.json === 'boolean'
}

function isNumberOf(raw: string, value: number, { name, dotnet }: Primitive, { sdk }: FixOptions): boolean {
  if (dotnet !== 'Int32') return decimal(raw) !== undefined
  const least =
    sdk === 5 ? Number.NEGATIVE_INFINITY : name === 'positiveInt' ? 1 : name === 'unsignedInt' ? 0 : -(2 ** 31)
  return /^-?\d+$/.test(raw) && value >= least && value === (value | 0)
}

let resourceNames: readonly string[] | undefined

/** The names of the resource types of R4. */
export function resourceTypes(): readonly string[] {
  resourceNames ??= R4_TYPES.split('\n')
    .map((line) => /^(\w+) resource\b/.exec(line)?.[1])
    .filter((name) => name !== undefined)
  return resourceNames
}
