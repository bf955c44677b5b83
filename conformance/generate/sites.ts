import { findType, type PropertyInfo, type TypeInfo } from '../../simulator/rules/fhir/table.ts'
import type { DocumentMember, ObjectValue, Value } from './document.ts'

/** An object with the type that the R4 table gives it. */
export interface TypedObject {
  readonly object: ObjectValue
  readonly type: TypeInfo
}

/** A member of an object, with its property where the table knows the name. */
export interface Site extends TypedObject {
  readonly member: DocumentMember
  readonly property: PropertyInfo | undefined
}

/** All objects of a resource whose types are known, from the outside in. */
export function typedObjects(root: Value): readonly TypedObject[] {
  const found: TypedObject[] = []
  collect(root, undefined, found)
  return found
}

/** All members of those objects. */
export function sitesOf(root: Value): readonly Site[] {
  return typedObjects(root).flatMap(({ object, type }) =>
    object.members.map((member) => ({ object, type, member, property: type.properties.get(member.name) })),
  )
}

function collect(value: Value, property: PropertyInfo | undefined, found: TypedObject[]): void {
  if (value.kind === 'array') for (const item of value.items) collect(item, property, found)
  if (value.kind !== 'object') return
  const type = typeOfObject(value, property)
  if (type === undefined) return
  found.push({ object: value, type })
  for (const { name, value: inner } of value.members) {
    const next = type.properties.get(name)
    if (next !== undefined) collect(inner, next, found)
  }
}

function typeOfObject(value: ObjectValue, property: PropertyInfo | undefined): TypeInfo | undefined {
  if (property !== undefined && property.kind !== 'resource') {
    return property.kind === 'primitive' || property.kind === 'native' ? undefined : property.type()
  }
  const named = value.members.find(({ name }) => name === 'resourceType')?.value
  const type = named?.kind === 'token' ? findType(named.text.replaceAll('"', '')) : undefined
  // A primitive type has no elements that an object could have.
  return type?.elements.length === 0 ? undefined : type
}
