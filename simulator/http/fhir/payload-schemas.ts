import { type ElementInfo, findType, type PropertyInfo, propertyOf, type TypeInfo } from '../../rules/fhir/table.ts'

/** A schema object of OpenAPI 3.0. */
export type Schema = Readonly<Record<string, unknown>>

/**
 * FHIR R4 types as schemas of OpenAPI 3.0, with all types that they are made of, by name: what a generator makes classes
 * from. A resource inside another, and an extension's many values, are objects of any shape, which keeps the classes few.
 */
export function payloadSchemas(names: readonly string[]): Readonly<Record<string, Schema>> {
  const schemas = new Map<string, Schema>()
  const waiting = [...names]
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    const type = findType(name)
    if (type === undefined || schemas.has(schemaName(name))) continue
    const members = type.elements.flatMap((element) => membersOf(element))
    schemas.set(schemaName(name), objectSchema(type, members))
    waiting.push(...members.flatMap(([, { kind, type: of }]) => (kind === 'complex' ? [of().name] : [])))
  }
  return Object.fromEntries(schemas)
}

/** `Composition.section` is `CompositionSection`: a generator makes the name of a class from it. */
function schemaName(typeName: string): string {
  const words = typeName.split('.')
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}

type Member = readonly [name: string, property: PropertyInfo]

/** The JSON names of an element: one, or one for each type of a choice. */
function membersOf(element: ElementInfo): readonly Member[] {
  if (element.types.includes('*')) return []
  return element.types.map((type) => {
    const suffix = element.choice ? type.charAt(0).toUpperCase() + type.slice(1) : ''
    return [element.name + suffix, propertyOf(element, type)]
  })
}

function objectSchema({ name, kind, elements }: TypeInfo, members: readonly Member[]): Schema {
  const resourceType = kind === 'resource' ? { resourceType: { type: 'string', enum: [name] } } : {}
  const mandatory = elements.filter((one) => one.mandatory && !one.choice).map((one) => one.name)
  const required = kind === 'resource' ? ['resourceType', ...mandatory] : mandatory
  return {
    type: 'object',
    ...(required.length > 0 ? { required } : {}),
    properties: {
      ...resourceType,
      ...Object.fromEntries(members.map(([member, property]) => [member, memberSchema(property)])),
    },
  }
}

function memberSchema(property: PropertyInfo): Schema {
  const one = oneOf(property)
  return property.repeats ? { type: 'array', items: one } : one
}

const NUMBERS: Readonly<Record<string, Schema>> = {
  boolean: { type: 'boolean' },
  decimal: { type: 'number' },
  integer: { type: 'integer', format: 'int32' },
  positiveInt: { type: 'integer', format: 'int32' },
  unsignedInt: { type: 'integer', format: 'int32' },
}

function oneOf({ kind, typeName, type, element }: PropertyInfo): Schema {
  if (kind === 'complex') return { $ref: `#/components/schemas/${schemaName(type().name)}` }
  if (kind === 'resource') return { type: 'object' }
  const codes = element.valueSet ? { enum: [...element.valueSet.codes] } : {}
  // Times stay texts: FHIR's may be partial, and what a class makes of them has other characters.
  return NUMBERS[typeName] ?? { type: 'string', ...codes }
}
