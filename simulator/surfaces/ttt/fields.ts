import { z } from 'zod'
import { suggest } from '../../ground/text/suggest.ts'
import { isMembers } from '../../rules/finding.ts'

/**
 * An object whose names are read in any case, as NHN's two clients write them (camelCase and PascalCase). Null and
 * empty strings count as absent; unknown names are passed over, as ASP.NET does (`unknownFields` has them).
 */
export function fields<S extends z.ZodRawShape>(shape: S) {
  const names = Object.keys(shape)
  const schema = z.preprocess((value) => rename(value, names), z.looseObject(shape).partial())
  SHAPES.set(schema, shape)
  return schema
}

/** By the schema that `fields` made. */
const SHAPES = new WeakMap<object, z.ZodRawShape>()

/** What a request has beyond the fields of a schema: a sentence for each, that suggests the one that was meant. */
export function unknownFields(schema: object, value: unknown, path = ''): string[] {
  if (schema instanceof z.ZodOptional) return unknownFields(schema.unwrap(), value, path)
  if (schema instanceof z.ZodArray && Array.isArray(value)) {
    return value.flatMap((one, index) => unknownFields(schema.element, one, `${path}[${index}]`))
  }
  const shape = SHAPES.get(schema)
  if (shape === undefined || !isMembers(value)) return []
  const names = Object.keys(shape)
  return Object.entries(value).flatMap(([typed, member]) => {
    const name = names.find((one) => one.toLowerCase() === typed.toLowerCase())
    const known = name === undefined ? undefined : shape[name]
    if (known !== undefined) return unknownFields(known, member, path === '' ? `${name}` : `${path}.${name}`)
    return [`${path || 'The request'} has no field ${typed}. ${suggest(typed, names)}`.trim()]
  })
}

/** One of the names, in any case, or its number in the list. */
export function option<const T extends readonly [string, ...string[]]>(names: T) {
  const read = (value: unknown) => {
    if (typeof value === 'number') return names[value] ?? value
    return names.find((name) => name.toLowerCase() === String(value).toLowerCase()) ?? value
  }
  const numbered = names.map((name, index) => `${index} ${name}`).join(', ')
  return z.preprocess(read, z.enum(names, { error: `is none of ${numbered}` }))
}

function rename(value: unknown, names: readonly string[]): unknown {
  if (!isMembers(value)) return value
  const entries = Object.entries(value).filter(([, member]) => member !== null && member !== '')
  return Object.fromEntries(
    entries.map(([typed, member]) => [
      names.find((name) => name.toLowerCase() === typed.toLowerCase()) ?? typed,
      member,
    ]),
  )
}
