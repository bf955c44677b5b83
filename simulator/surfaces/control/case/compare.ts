import { pointerToken } from '../../../ground/text/json-pointer.ts'
import { isMembers } from '../../../rules/finding.ts'
import type { CaseDifference } from '../types.ts'
import type { RecordedOutcome } from './schema.ts'

type Found = Omit<CaseDifference, 'exchange'>

/** What was recorded and what was found must say the same after `plain`: base URLs and other names taken out. */
export interface TextComparison {
  readonly recorded: (text: string) => string
  readonly found: (text: string) => string
  /** The clock ran, so stamps can differ by as much as a request took. */
  readonly looseTimes: boolean
  /** Headers whose value nothing fixed. */
  readonly ignored: readonly string[]
}

/** Headers that say something about the request; the others are about the connection or the simulator. */
const HEADERS = ['content-type', 'location', 'www-authenticate', 'nhn-event-id', 'retry-after', 'allow']

/** In what an answer is not as it was: status, headers, the rules of its issues, and the first place in its body. */
export function compareOutcomes(recorded: RecordedOutcome, found: RecordedOutcome, by: TextComparison): Found[] {
  return [
    ...unlike({ field: 'status' }, recorded.response.status, found.response.status),
    ...HEADERS.filter((name) => !by.ignored.includes(name)).flatMap((name) =>
      unlike({ field: 'header', pointer: name }, header(recorded, name, by.recorded), header(found, name, by.found)),
    ),
    ...unlike({ field: 'issues' }, rulesOf(recorded), rulesOf(found)),
    ...(isCut(recorded) || isCut(found) ? compareCut(recorded, found, by) : compareWhole(recorded, found, by)),
  ]
}

function isCut({ response: { body } }: RecordedOutcome): boolean {
  return body !== undefined && body.capturedBytes < body.totalBytes
}

/** Characters before a cut that are not compared: it can go through a base URL or an id, and so keep its name. */
const MARGIN = 500

/** Of a body that the journal cut, its beginning and the events on its page. */
function compareCut(recorded: RecordedOutcome, found: RecordedOutcome, by: TextComparison): Found[] {
  const events = recorded.events?.map(by.recorded)
  const place = events && firstDifference(events, found.events?.map(by.found) ?? null, false, '/entry')
  if (place) return [bodyDifference(place)]
  const [before, after] = bodies(recorded, found, by).map((text) => (by.looseTimes ? withoutStamps(text) : text))
  return compareBeginnings(before, after)
}

function compareBeginnings(before = '', after = ''): Found[] {
  const shared = Math.max(Math.min(before.length, after.length) - MARGIN, 0)
  const [expected, found] = [before.slice(0, shared), after.slice(0, shared)]
  return expected === found ? [] : [firstText(expected, found)]
}

function bodies(
  recorded: RecordedOutcome,
  found: RecordedOutcome,
  by: TextComparison,
): [before: string, after: string] {
  return [by.recorded(recorded.response.body?.text ?? ''), by.found(found.response.body?.text ?? '')]
}

function compareWhole(recorded: RecordedOutcome, found: RecordedOutcome, by: TextComparison): Found[] {
  return compareBodies(...bodies(recorded, found, by), by.looseTimes)
}

/** The status alone, of an exchange whose token cannot be made again: it has to be refused as it was. */
export function compareRefusals(recorded: RecordedOutcome, found: RecordedOutcome, refused: boolean): Found[] {
  if (refused) return []
  return [{ field: 'status', expected: recorded.response.status, found: found.response.status }]
}

function unlike(at: Pick<Found, 'field' | 'pointer'>, expected: unknown, found: unknown): Found[] {
  return JSON.stringify(expected) === JSON.stringify(found) ? [] : [{ ...at, expected, found }]
}

function header({ response }: RecordedOutcome, name: string, plain: (text: string) => string): string | null {
  const value = response.headers.find(([one]) => one === name)?.[1]
  return value === undefined ? null : plain(value)
}

function rulesOf({ issues }: RecordedOutcome): string[] {
  return issues.map(({ rule }) => rule)
}

function compareBodies(expected: string, found: string, looseTimes: boolean): Found[] {
  if (expected === found) return []
  const [before, after] = [parsed(expected), parsed(found)]
  if (before === undefined || after === undefined) return [firstText(expected, found)]
  const place = firstDifference(before, after, looseTimes)
  return place ? [bodyDifference(place)] : []
}

function bodyDifference({ pointer, expected, found }: Place): Found {
  return { field: 'body', pointer, expected: short(expected), found: short(found) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Characters of a value that are shown. */
const SHOWN = 300

function firstText(expected: string, found: string): Found {
  let at = 0
  while (at < expected.length && expected[at] === found[at]) at += 1
  const from = Math.max(at - 20, 0)
  return { field: 'body', expected: expected.slice(from, from + SHOWN), found: found.slice(from, from + SHOWN) }
}

/** A member that is not there is `null`. */
function short(value: unknown): unknown {
  const text = JSON.stringify(value) ?? 'null'
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : (value ?? null)
}

interface Place {
  readonly pointer: string
  readonly expected: unknown
  readonly found: unknown
}

/** The first place, in the order of the expected value, where two JSON values differ. */
export function firstDifference(expected: unknown, found: unknown, looseTimes: boolean, at = ''): Place | undefined {
  const [before, after] = [membersOf(expected), membersOf(found)]
  if (!before || !after || Array.isArray(expected) !== Array.isArray(found)) {
    return sameLeaf(expected, found, looseTimes) ? undefined : { pointer: at, expected, found }
  }
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const pointer = `${at}/${pointerToken(name)}`
    const place = firstDifference(before[name], after[name], looseTimes, pointer)
    if (place) return place
  }
  return undefined
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (Array.isArray(value)) return { ...value }
  return isMembers(value) ? value : undefined
}

const ANY_STAMP = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)/g
const STAMP = new RegExp(`^${ANY_STAMP.source}$`)

function withoutStamps(text: string): string {
  return text.replace(ANY_STAMP, '{time}')
}

/** Milliseconds between two stamps of one request, when the clock ran. */
const SAME_REQUEST = 60_000

function sameLeaf(expected: unknown, found: unknown, looseTimes: boolean): boolean {
  if (expected === found) return true
  if (!looseTimes || typeof expected !== 'string' || typeof found !== 'string') return false
  if (!STAMP.test(expected) || !STAMP.test(found)) return false
  return Math.abs(Date.parse(expected) - Date.parse(found)) < SAME_REQUEST
}
