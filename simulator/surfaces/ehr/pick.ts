import { isMembers, type Members } from '../../rules/finding.ts'

/**
 * The values at a path of names, through arrays wherever they stand: what VKP lets through may have an object where FHIR
 * has an array, and the other way round.
 */
export function pick(value: unknown, path: string): unknown[] {
  return path.split('.').reduce<unknown[]>((found, name) => found.flatMap((one) => memberOf(one, name)), [value])
}

function memberOf(value: unknown, name: string): unknown[] {
  if (Array.isArray(value)) return value.flatMap((one) => (Array.isArray(one) ? [] : memberOf(one, name)))
  if (!isMembers(value)) return []
  const member = value[name]
  return Array.isArray(member) ? member : member === undefined || member === null ? [] : [member]
}

/** The first text or number at one of the paths, as text; empty when there is none. */
export function textAt(value: unknown, ...paths: readonly string[]): string {
  const texts = paths.flatMap((path) => pick(value, path)).flatMap((one) => plain(one) || [])
  return texts[0] ?? ''
}

function plain(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'Ja' : 'Nei'
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : ''
}

/** The objects at a path. */
export function objectsAt(value: unknown, path: string): Members[] {
  return pick(value, path).filter(isMembers)
}
