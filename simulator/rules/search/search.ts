import { suggest } from '../../ground/text/suggest.ts'
import { issueOf } from '../catalogue.ts'
import type { Issue } from '../issue.ts'
import { type ParameterForm, parameterOf, type SearchEndpoint, type Sent } from './endpoint.ts'
import { type LastUpdatedOptions, readLastUpdated } from './last-updated.ts'

/** The settings that decide how search parameters are read. */
export interface SearchOptions extends LastUpdatedOptions {
  readonly countDefault: number
  readonly countMax: number
  readonly countOutOfRange: 'reject' | 'clamp'
  readonly countWithCursor: 'ignore' | 'reject' | 'apply'
  readonly unknownParameter: 'reject' | 'ignore'
  /** `system|code` of the tag that stands for a facet, by the facet. */
  readonly tags: Readonly<Record<string, string>>
}

/** A search as the service understands it. Bounds are microseconds since the epoch, exclusive. */
export interface Search {
  readonly cursor?: string
  readonly count: number
  /** Whether `_count` was sent, which matters beside a cursor. */
  readonly countGiven: boolean
  readonly descending: boolean
  /** Which records, by facet: those that have it, or those that have not. */
  readonly where: Readonly<Record<string, boolean>>
  readonly above?: number
  readonly below?: number
}

/** A search and what is wrong with its parameters; only warnings and information let it run. */
export interface ReadSearch {
  readonly search: Search
  readonly issues: readonly Issue[]
}

/**
 * Reads the parameters of a search at an endpoint, from its URL and from the body of `_search`. Finds everything that is wrong
 * at once.
 */
export function readSearch(endpoint: SearchEndpoint, parameters: readonly Sent[], options: SearchOptions): ReadSearch {
  const given = parameters.filter(([, value]) => value !== '')
  const sent = (...forms: readonly ParameterForm[]) =>
    given.filter(([name]) => forms.some((form) => form === parameterOf(endpoint, name)?.form))
  // What a cursor decides is ignored beside it, right or wrong.
  const decides = sent('cursor').length > 0
  const count = decides && options.countWithCursor === 'ignore' ? [] : sent('count')
  const sort = decides ? [] : sent('sort')
  const parts: readonly Part[] = [
    unknownParameters(endpoint, given, options),
    repeated([...count, ...sort, ...sent('cursor')]),
    readCount(count, options),
    readSort(sort),
    readLastUpdated(sent('last-updated'), options),
    readTags(endpoint, sent('tag', 'tag:not'), options),
    readCursor(sent, options),
    emptyCursor(endpoint, parameters),
  ]
  const defaults = { count: options.countDefault, countGiven: false, descending: false, where: {} }
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
const namesOf = (sent: readonly Sent[]) => [...new Set(sent.map(([name]) => name))]

function unknownParameters(
  { service, parameters }: SearchEndpoint,
  given: readonly Sent[],
  options: SearchOptions,
): Part {
  const known = Object.keys(parameters)
  const unknown = namesOf(given.filter((one) => !asksForJson(one))).filter((name) => !known.includes(name))
  const severity = options.unknownParameter === 'reject' ? 'error' : 'warning'
  const hint = (name: string) => suggest(name, known, `${service} documents ${known.join(', ')}.`)
  const message = (name: string) => `Unknown search parameter ${JSON.stringify(name)}. ${hint(name)}`
  const inJson = namesOf(given.filter(asksForJson))
  return {
    issues: [
      ...unknown.map((name) => issueOf('search-parameter', message(name), { severity, ...at(name) })),
      ...inJson.map((name) => issueOf('search-parameter', IN_JSON, { severity: 'warning', ...at(name) })),
    ],
  }
}

const IN_JSON = '_format has no effect: every answer is JSON. It is documented nowhere; leave it out.'

/** Client libraries of FHIR can send it with every request (FHIR R4, 3.1.0.1.11), and JSON is what they get. */
function asksForJson([name, value]: Sent): boolean {
  const type = value.split(';')[0]?.trim().toLowerCase() ?? ''
  return name === '_format' && ['json', 'application/json', 'application/fhir+json', 'text/json'].includes(type)
}

function repeated(given: readonly Sent[]): Part {
  const twice = namesOf(given).filter((name) => given.filter(([key]) => key === name).length > 1)
  return { issues: twice.map((name) => issueOf('search-parameter', `${name} may be sent once only.`, at(name))) }
}

function readCount([first]: readonly Sent[], { countMax, countOutOfRange }: SearchOptions): Part {
  if (first === undefined) return {}
  const [name, value] = first
  const count = /^[+-]?\d{1,9}$/.test(value) ? Number(value) : Number.NaN
  if (count >= 1 && count <= countMax) return { search: { count, countGiven: true } }
  if (countOutOfRange === 'clamp' && !Number.isNaN(count)) {
    return { search: { count: Math.min(Math.max(count, 1), countMax), countGiven: true } }
  }
  const message = `${name} must be a whole number from 1 to ${countMax}, not ${JSON.stringify(value)}.`
  return { issues: [issueOf('search-count', message, at(name))] }
}

function readSort([first]: readonly Sent[]): Part {
  if (first === undefined) return {}
  const [name, value] = first
  if (value === '_lastUpdated') return {}
  if (value === '-_lastUpdated') return { search: { descending: true } }
  const message = `${name} must be _lastUpdated or -_lastUpdated, not ${JSON.stringify(value)}.`
  return { issues: [issueOf('search-sort', message, at(name))] }
}

function readTags(endpoint: SearchEndpoint, sent: readonly Sent[], { tags }: SearchOptions): Part {
  const where: Record<string, boolean> = {}
  const issues: Issue[] = []
  for (const [name, value] of sent) {
    const { form, facet = '' } = parameterOf(endpoint, name) ?? {}
    const tag = tags[facet] ?? ''
    const has = form === 'tag'
    if (!namesTag(value, tag)) issues.push(issueOf('search-tag', tagMessage(name, value, facet, tag), at(name)))
    if (where[facet] === !has) issues.push(issueOf('search-tag', EXCLUSIVE, at(name)))
    where[facet] = has
  }
  return Object.keys(where).length === 0 ? {} : { search: { where }, issues }
}

const EXCLUSIVE = '_tag and _tag:not of the same tag exclude each other: nothing can match.'

/** `system|code`, `system|`, `|code` and `code` alone all name it: the right value is not documented. */
function namesTag(value: string, tag: string): boolean {
  const [system = '', code = ''] = tag.split('|')
  return [tag, `${system}|`, system, `|${code}`, code].includes(value)
}

function tagMessage(name: string, value: string, facet: string, tag: string): string {
  return `${name}=${value} is not this simulator's tag for what is ${facet}, ${tag}. NHN does not document the value.`
}

/** A client that lost its cursor would read the first page for ever. */
function emptyCursor(endpoint: SearchEndpoint, parameters: readonly Sent[]): Part {
  const empty = parameters.filter(([name, value]) => value === '' && parameterOf(endpoint, name)?.form === 'cursor')
  const message = (name: string) => `${name} is empty, so this is the first page.`
  return {
    issues: namesOf(empty).map((name) => issueOf('search-cursor', message(name), { severity: 'warning', ...at(name) })),
  }
}

function readCursor(sent: (...forms: ParameterForm[]) => readonly Sent[], { countWithCursor }: SearchOptions): Part {
  const [first] = sent('cursor')
  if (first === undefined) return {}
  const filters = [...sent('tag', 'tag:not', 'last-updated'), ...(countWithCursor === 'reject' ? sent('count') : [])]
  const ignored = [...sent('sort'), ...(countWithCursor === 'ignore' ? sent('count') : [])]
  return {
    search: { cursor: first[1] },
    issues: [
      ...namesOf(filters).map((name) =>
        issueOf('search-cursor-filter', `${name} cannot be combined with cursor.`, at(name)),
      ),
      ...namesOf(ignored).map((name) =>
        issueOf('search-cursor-ignored', `${name} is ignored: the cursor decides.`, at(name)),
      ),
    ],
  }
}
