import { z } from 'zod'
import { suggest } from '../../ground/text/suggest.ts'
import { isMembers } from '../../rules/finding.ts'

/**
 * An object whose names are read in any case, as NHN's two clients write them (camelCase and PascalCase). Null and
 * empty strings count as absent; an unknown name is an error that suggests the one that was meant.
 */
export function fields<S extends z.ZodRawShape>(shape: S) {
  const names = Object.keys(shape)
  const error: z.core.$ZodErrorMap = (issue) =>
    issue.code === 'unrecognized_keys' ? unknownNames(issue.keys as readonly string[], names) : undefined
  return z.preprocess((value) => rename(value, names), z.strictObject(shape, { error }).partial())
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

function unknownNames(keys: readonly string[], names: readonly string[]): string {
  return keys.map((key) => `has no field ${key}. ${suggest(key, names)}`).join(' ')
}
