type Members = Readonly<Record<string, unknown>>

/** What an OpenAPI 3.1 document has, in the words of 3.0, whose schemas are an older and smaller language. */
export function in30(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(in30)
  if (!isMembers(value)) return value
  return Object.fromEntries(Object.entries(value).flatMap(([name, member]) => wordsOf(name, member, value)))
}

/**
 * 3.0 has neither `const` nor tuples, no `propertyNames`, no type null, and an exclusive bound beside the bound. A
 * generated client sends what it takes for a default: to change one setting would set all others back, so defaults are left out.
 */
function wordsOf(name: string, member: unknown, whole: Members): [string, unknown][] {
  if (name === 'properties' && isMembers(member)) return [[name, eachIn30(member)]]
  if (name === 'const') return [['enum', [member]]]
  if (name === 'default' || name === 'propertyNames' || (name === 'items' && 'prefixItems' in whole)) return []
  if (name === 'prefixItems' && Array.isArray(member)) return tuple(member)
  if (name === 'exclusiveMinimum' && typeof member === 'number')
    return [
      ['minimum', member],
      [name, true],
    ]
  if (name === 'anyOf' && Array.isArray(member)) return alternatives(member)
  return [[name, in30(member)]]
}

/** The names of properties are names, not words of the language. */
function eachIn30(properties: Members): Members {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, in30(schema)]))
}

function tuple(places: readonly unknown[]): [string, unknown][] {
  return [
    ['items', { anyOf: in30(places) }],
    ['minItems', places.length],
    ['maxItems', places.length],
  ]
}

function alternatives(schemas: readonly unknown[]): [string, unknown][] {
  const rest = schemas.filter((schema) => !(isMembers(schema) && schema.type === 'null'))
  const nullable: [string, unknown][] = rest.length < schemas.length ? [['nullable', true]] : []
  const [only] = rest
  const told = in30(only)
  return rest.length === 1 && isMembers(told)
    ? [...Object.entries(told), ...nullable]
    : [['anyOf', in30(rest)], ...nullable]
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
