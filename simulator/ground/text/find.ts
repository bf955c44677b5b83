import { nearest } from './suggest.ts'

/** One condition of a search. Without a field, any field will do. */
export interface Term {
  readonly field?: string
  /** In small letters. */
  readonly value: string
  /** It must not match. */
  readonly not: boolean
}

/** Conditions joined by `OR`: one of them must hold. */
export type Clause = readonly Term[]

/** What of a search was not understood. */
export type Mistake =
  | { readonly kind: 'field'; readonly name: string; readonly meant: string | undefined }
  | {
      readonly kind: 'value'
      readonly field: string
      readonly name: string
      readonly known: readonly string[]
      readonly meant: string | undefined
    }
  | { readonly kind: 'time'; readonly name: string }
  | { readonly kind: 'or' }
  | { readonly kind: 'and' }
  | { readonly kind: 'not' }

/** The fields that rows have, each with the values that it takes, where they are few. */
export type Grammar = Readonly<Record<string, readonly string[] | 'any' | 'time' | 'status'>>

/** What a search says: clauses that must all hold. */
export interface TextSearch {
  readonly clauses: readonly Clause[]
  readonly mistakes: readonly Mistake[]
}

/** What a row can be found by: the values of each field. `time`: ISO 8601, for `before:` and `after:`. */
export interface Searchable {
  readonly time?: string
  readonly fields: Readonly<Record<string, readonly (string | null | undefined)[]>>
  /** Long texts, in any letters: fields that are read last, and only when they are asked for. */
  readonly long?: Readonly<Record<string, () => string>>
}

const TERM = /([-!]?)(?:([a-z][\w-]*):(?!\/\/))?(?:"([^"]*)"?|(\S+))/gi

/**
 * Reads `status:400 OR status:401 -rule:dpop vendor:"Journal 1.0" words`: all must hold, `OR` stands between two of which one
 * must, `-` leaves out. Any text will do. A field without a value is not a condition.
 */
export function parseSearch(text: string, grammar: Grammar): TextSearch {
  const clauses: Term[][] = []
  const foreign: Mistake[] = []
  let joins = false
  let lonely = false
  for (const [whole, not = '', field, quoted, plain] of text.matchAll(TERM)) {
    if (whole === 'OR') {
      lonely ||= joins || clauses.length === 0
      joins = true
      continue
    }
    if (whole === 'AND' || whole === 'NOT') {
      foreign.push({ kind: whole === 'AND' ? 'and' : 'not' })
      continue
    }
    const value = (quoted ?? plain ?? '').toLowerCase()
    if (value === '' || (field === undefined && value.endsWith(':') && value !== ':')) continue
    const term = { value, not: not !== '', ...(field === undefined ? {} : { field: field.toLowerCase() }) }
    const last = clauses.at(-1)
    if (joins && last) last.push(term)
    else clauses.push([term])
    joins = false
  }
  const wrong = [...clauses.flat().flatMap((term) => mistakeIn(term, grammar)), ...foreign]
  return { clauses, mistakes: lonely || joins ? [...wrong, { kind: 'or' }] : wrong }
}

function mistakeIn({ field, value }: Term, grammar: Grammar): readonly Mistake[] {
  if (field === undefined) return []
  const takes = Object.hasOwn(grammar, field) ? grammar[field] : undefined
  if (takes === undefined) return [{ kind: 'field', name: field, meant: nearest(field, Object.keys(grammar)) }]
  if (takes === 'any') return []
  if (takes === 'status') return STATUS.test(value) ? [] : [valueMistake(field, value, ['400', '4xx'])]
  if (takes === 'time') return isTime(value) ? [] : [{ kind: 'time', name: value }]
  return takes.some((one) => contains(one, value)) ? [] : [valueMistake(field, value, takes)]
}

function valueMistake(field: string, name: string, known: readonly string[]): Mistake {
  return { kind: 'value', field, name, known, meant: nearest(name, known) }
}

/** A mistake as a sentence. */
export function sayMistake(mistake: Mistake): string {
  switch (mistake.kind) {
    case 'field':
      return `unknown field ${mistake.name}${mistake.meant === undefined ? '' : `, did you mean ${mistake.meant}?`}`
    case 'value': {
      const { field, name, known, meant } = mistake
      return `unknown value ${name} of ${field}${meant === undefined ? `: it is ${listed(known)}` : `, did you mean ${meant}?`}`
    }
    case 'time':
      return `${mistake.name} is not a time: write 10:04 or 2026-05-26T10:04`
    case 'or':
      return 'OR stands between two conditions'
    case 'and':
      return 'leave AND out: all conditions must hold anyway'
    case 'not':
      return 'write -word instead of NOT word'
  }
}

/** Values that are told; of a long list its beginning. */
const TOLD = 12

/** The values that a field takes, for a sentence: `a, b, …`. */
export function listed(known: readonly string[]): string {
  return [...known.slice(0, TOLD), ...(known.length > TOLD ? ['…'] : [])].join(', ')
}

/** Whether a row fulfils all clauses. */
export function fulfils(clauses: readonly Clause[], row: Searchable): boolean {
  return clauses.every((clause) => clause.some((term) => holds(term, row) !== term.not))
}

function holds({ field, value }: Term, { time, fields, long = {} }: Searchable): boolean {
  if ((field === 'before' || field === 'after') && time !== undefined) {
    const moment = momentOf(value, time)
    if (Number.isNaN(moment)) return false
    return field === 'before' ? Date.parse(time) < moment : Date.parse(time) > moment
  }
  if (field === undefined) {
    const inFields = Object.values(fields).some((values) => values.some((one) => contains(one, value)))
    return inFields || Object.values(long).some((read) => contains(read(), value))
  }
  if (long[field] !== undefined) return contains(long[field](), value)
  return (fields[field] ?? []).some((one) => (field === 'status' ? isStatus(one, value) : contains(one, value)))
}

/** Whether a text has another in it; the other is in small letters. */
export function contains(text: string | null | undefined, value: string): boolean {
  return text?.toLowerCase().includes(value) ?? false
}

/** `4xx` is every status from 400 to 499; a word is looked for as it is. */
function isStatus(text: string | null | undefined, value: string): boolean {
  if (!STATUS.test(value)) return contains(text, value)
  return [...value].every((digit, at) => digit === 'x' || text?.[at] === digit)
}

const STATUS = /^\d[\dx]{0,2}$/
const OF_DAY = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/

function isTime(value: string): boolean {
  return !Number.isNaN(momentOf(value, '2026-01-01T12:00:00Z'))
}

/** A time of day is one of the row's own day. NaN: neither a time of day nor ISO 8601. */
function momentOf(value: string, time: string): number {
  const [, hours, minutes, seconds = '0'] = OF_DAY.exec(value) ?? []
  if (hours === undefined) return /^\d{4}-/.test(value) ? Date.parse(value.toUpperCase()) : Number.NaN
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return Number.NaN
  return new Date(time).setHours(Number(hours), Number(minutes), Number(seconds), 0)
}
