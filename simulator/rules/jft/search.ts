import { issueOf } from '../catalogue.ts'
import type { Issue } from '../issue.ts'
import { parseTime } from '../time.ts'

/** The settings that decide how search parameters are read. */
export interface SearchOptions {
  readonly countDefault: number
  readonly countMax: number
  readonly countOutOfRange: 'reject' | 'clamp'
  readonly countWithCursor: 'ignore' | 'reject' | 'apply'
  readonly lastUpdatedPrefix: 'required' | 'optional'
  readonly lastUpdatedPrecision: 'minute' | 'any'
  readonly lastUpdatedMeaning: 'instant' | 'range'
  readonly unknownParameter: 'reject' | 'ignore'
  /** `system|code` of the acknowledgement tag. */
  readonly acknowledgedTag: string
}

/** A search as JFT understands it. Bounds are microseconds since the epoch, exclusive. */
export interface Search {
  readonly cursor?: string
  readonly count: number
  /** Whether `_count` was sent, which matters beside a cursor. */
  readonly countGiven: boolean
  readonly descending: boolean
  readonly acknowledged?: boolean
  readonly above?: number
  readonly below?: number
}

/** A search and what is wrong with its parameters; only warnings and information let it run. */
export interface ReadSearch {
  readonly search: Search
  readonly issues: readonly Issue[]
}

const KNOWN = ['_count', '_sort', '_lastUpdated', '_tag', '_tag:not', 'cursor']

/** Reads the parameters of `GET /v1/{type}` or of the body of `POST /v1/{type}/_search`. Finds all faults at once. */
export function readSearch(parameters: readonly (readonly [string, string])[], options: SearchOptions): ReadSearch {
  const given = parameters.filter(([, value]) => value !== '')
  const values = (name: string) => given.filter(([key]) => key === name).map(([, value]) => value)
  const parts = [
    unknownParameters(given, options),
    repeated(given),
    readCount(values('_count')[0], options),
    readSort(values('_sort')[0]),
    readLastUpdated(values('_lastUpdated'), options),
    readTags(values('_tag'), values('_tag:not'), options),
    readCursor(values, options),
  ]
  const defaults = { count: options.countDefault, countGiven: false, descending: false }
  return {
    search: Object.assign(defaults, ...parts.map((part) => part.search)),
    issues: parts.flatMap((part) => part.issues ?? []),
  }
}

interface Part {
  readonly search?: Partial<Search>
  readonly issues?: readonly Issue[]
}

const at = (name: string) => ({ evidence: { parameter: name } })

function unknownParameters(given: readonly (readonly [string, string])[], options: SearchOptions): Part {
  const unknown = [...new Set(given.map(([name]) => name).filter((name) => !KNOWN.includes(name)))]
  const severity = options.unknownParameter === 'reject' ? 'error' : 'warning'
  const guess = (name: string) => KNOWN.find((known) => known.toLowerCase() === name.toLowerCase())
  const hint = (name: string) => (guess(name) ? `Did you mean ${guess(name)}?` : `JFT documents ${KNOWN.join(', ')}.`)
  const message = (name: string) => `Unknown search parameter ${JSON.stringify(name)}. ${hint(name)}`
  return { issues: unknown.map((name) => issueOf('search-parameter', message(name), { severity, ...at(name) })) }
}

function repeated(given: readonly (readonly [string, string])[]): Part {
  const single = ['_count', '_sort', 'cursor']
  const twice = single.filter((name) => given.filter(([key]) => key === name).length > 1)
  return {
    issues: twice.map((name) => issueOf('search-parameter', `${name} may be sent once only.`, at(name))),
  }
}

function readCount(value: string | undefined, options: SearchOptions): Part {
  if (value === undefined) return {}
  const { countMax } = options
  const count = /^[+-]?\d{1,9}$/.test(value) ? Number(value) : Number.NaN
  if (count >= 1 && count <= countMax) return { search: { count, countGiven: true } }
  if (options.countOutOfRange === 'clamp' && !Number.isNaN(count)) {
    return { search: { count: Math.min(Math.max(count, 1), countMax), countGiven: true } }
  }
  const message = `_count must be a whole number from 1 to ${countMax}, not ${JSON.stringify(value)}.`
  return { issues: [issueOf('search-count', message, at('_count'))] }
}

function readSort(value: string | undefined): Part {
  if (value === undefined || value === '_lastUpdated') return {}
  if (value === '-_lastUpdated') return { search: { descending: true } }
  const message = `_sort must be _lastUpdated or -_lastUpdated, not ${JSON.stringify(value)}.`
  return { issues: [issueOf('search-sort', message, at('_sort'))] }
}

/** Repeating the parameter narrows the range: all of them hold. */
function readLastUpdated(values: readonly string[], options: SearchOptions): Part {
  const bounds = values.map((value) => readBound(value, options))
  const above = bounds.flatMap((bound) => bound.above ?? [])
  const below = bounds.flatMap((bound) => bound.below ?? [])
  return {
    search: {
      ...(above.length > 0 ? { above: Math.max(...above) } : {}),
      ...(below.length > 0 ? { below: Math.min(...below) } : {}),
    },
    issues: bounds.flatMap((bound) => bound.issues ?? []),
  }
}

interface Bound {
  readonly above?: number
  readonly below?: number
  readonly issues?: readonly Issue[]
}

function readBound(value: string, options: SearchOptions): Bound {
  const prefix = /^[a-z]{2}/.exec(value)?.[0]
  const refuse = (why: string) => ({
    issues: [issueOf('search-last-updated', `_lastUpdated=${value}: ${why}`, at('_lastUpdated'))],
  })
  if (prefix === undefined && options.lastUpdatedPrefix === 'required') {
    return refuse('it needs a prefix: gt, ge, lt or le.')
  }
  if (prefix !== undefined && !['gt', 'ge', 'lt', 'le', 'eq'].includes(prefix)) {
    return refuse(`the prefix ${prefix} is not one of gt, ge, lt, le.`)
  }
  if (prefix === 'eq' && options.lastUpdatedPrefix === 'required') return refuse('the prefix eq is not supported.')
  const time = parseTime(prefix === undefined ? value : value.slice(2))
  if (time === undefined) return refuse(hintForTime(value))
  if (options.lastUpdatedPrecision === 'minute' && !time.hasMinutes)
    return refuse('it needs at least hours and minutes.')
  const instant = options.lastUpdatedMeaning === 'instant' && time.hasMinutes
  return boundOf(prefix ?? 'eq', time.from, instant ? time.from + 1 : time.until)
}

/** A `+` in a query string is a blank, which is how offsets get lost. */
function hintForTime(value: string): string {
  return value.includes(' ')
    ? 'there is a blank in the time; a + in the offset must be sent as %2B.'
    : 'the time must look like 2026-01-01T12:00Z or 2026-01-01T12:00:00.5+01:00, on a real date and with an offset.'
}

/** Bounds for the instants from (inclusive) until (exclusive) that a time stands for (FHIR R4, section 3.1.1.4.5). */
function boundOf(prefix: string, from: number, until: number): Bound {
  if (prefix === 'gt') return { above: until - 1 }
  if (prefix === 'ge') return { above: from - 1 }
  if (prefix === 'lt') return { below: from }
  if (prefix === 'le') return { below: until }
  return { above: from - 1, below: until }
}

function readTags(is: readonly string[], not: readonly string[], options: SearchOptions): Part {
  const issues = [...is.map((value) => ['_tag', value] as const), ...not.map((value) => ['_tag:not', value] as const)]
    .filter(([, value]) => !namesTag(value, options.acknowledgedTag))
    .map(([name, value]) => issueOf('search-tag', tagMessage(name, value, options.acknowledgedTag), at(name)))
  if (is.length > 0 && not.length > 0) {
    const message = '_tag and _tag:not of the same tag exclude each other: no event can match.'
    return { issues: [...issues, issueOf('search-tag', message, at('_tag'))] }
  }
  if (is.length === 0 && not.length === 0) return {}
  return { search: { acknowledged: is.length > 0 }, issues }
}

/** `system|code`, `system|`, `|code` and `code` alone all name it: the right value is not documented. */
function namesTag(value: string, tag: string): boolean {
  const [system = '', code = ''] = tag.split('|')
  return [tag, `${system}|`, system, `|${code}`, code].includes(value)
}

function tagMessage(name: string, value: string, tag: string): string {
  return `${name}=${value} is not the acknowledgement tag of this simulator, ${tag}. NHN does not document the value.`
}

function readCursor(values: (name: string) => readonly string[], options: SearchOptions): Part {
  const [cursor] = values('cursor')
  if (cursor === undefined) return {}
  const filters = ['_tag', '_tag:not', '_lastUpdated'].filter((name) => values(name).length > 0)
  const combined = filters.map((name) =>
    issueOf('search-cursor-filter', `${name} cannot be combined with cursor.`, at(name)),
  )
  const ignored = ['_sort', ...(options.countWithCursor === 'ignore' ? ['_count'] : [])]
    .filter((name) => values(name).length > 0)
    .map((name) => issueOf('search-cursor-ignored', `${name} is ignored: the cursor decides.`, at(name)))
  const refused =
    options.countWithCursor === 'reject' && values('_count').length > 0
      ? [issueOf('search-cursor-filter', '_count cannot be combined with cursor.', at('_count'))]
      : []
  return { search: { cursor }, issues: [...combined, ...refused, ...ignored] }
}
