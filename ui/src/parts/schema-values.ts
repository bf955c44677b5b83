import type { ValueSchema } from '../data/api.ts'

/** A JSON object. */
export type SchemaMembers = Readonly<Record<string, unknown>>

/** What a form has before anything is filled in: what can be nothing else, and the first of each choice that must be made. */
export function initialOf({ properties, required = [], enum: choices, const: only }: ValueSchema): unknown {
  if (!properties) return only ?? choices?.[0] ?? ''
  const set = Object.entries(properties).filter(
    ([name, { const: only }]) => only !== undefined || required.includes(name),
  )
  return Object.fromEntries(
    set.map(([name, property]) => [name, property.const ?? initialOf(property.anyOf?.[0] ?? property)]),
  )
}

/** What a variant is called: the value that only it has, or its type. */
export function nameOfVariant({ properties = {}, type = '', const: value }: ValueSchema): string {
  if (value !== undefined) return String(value)
  const [only] = Object.values(properties).flatMap((property) => property.const ?? [])
  return only === undefined ? type : String(only)
}

/** The variant that a value is of; the first where none fits. */
export function variantOf(variants: readonly ValueSchema[], value: unknown): ValueSchema {
  const fits = ({ properties }: ValueSchema) =>
    properties === undefined
      ? !isMembers(value)
      : isMembers(value) &&
        Object.entries(properties).every(([name, { const: only }]) => only === undefined || value[name] === only)
  const alone = variants.find(({ const: only }) => only !== undefined && only === value)
  return alone ?? variants.find(fits) ?? variants[0] ?? {}
}

/** A value without what was left empty. */
export function filled(value: unknown): unknown {
  if (!isMembers(value)) return value
  const given = Object.entries(value).filter(([, member]) => member !== '' && member !== undefined)
  return Object.fromEntries(given.map(([name, member]) => [name, filled(member)]))
}

function isMembers(value: unknown): value is SchemaMembers {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
