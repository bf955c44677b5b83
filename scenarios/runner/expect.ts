import { type JwtParts, readJwt } from '../jwt.ts'
import type { Capture, Expectation, IssueExpectation, Matcher } from '../pack/step.ts'
import { bounded } from './bounded.ts'
import { evaluate } from './fhirpath.ts'
import type { Reply } from './http.ts'
import { mismatch, same } from './match.ts'
import type { Place } from './place.ts'
import type { Failure } from './result.ts'
import { verdictLines } from './verdict-lines.ts'

type Members = Readonly<Record<string, unknown>>

/** What an answer is held against an expectation with. */
export interface StepObservation {
  readonly reply: Reply
  readonly place: Place
  /** `Type/id` of what the pages since the last search gave. */
  readonly found: readonly string[]
  /** The text of a check. */
  readonly sent?: string | undefined
}

/** What of an expectation was not met, and what this target cannot tell. */
export interface StepVerdict {
  readonly failures: readonly Failure[]
  readonly unchecked: readonly string[]
}

/** Parts of an expectation that only a simulator can answer. */
const NEEDS_JOURNAL = ['issues', 'warnings', 'exchange'] as const

/** Holds an answer against an expectation; everything that differs is told. */
export async function judge(seen: StepObservation, expected: Expectation): Promise<StepVerdict> {
  const open = seen.place.control ? [] : NEEDS_JOURNAL.filter((part) => expected[part] !== undefined)
  const failures = [
    ...statusFailures(seen.reply, expected),
    ...headerFailures(seen.reply, expected),
    ...Object.entries(expected.body ?? {}).flatMap(([path, matcher]) =>
      failureOf(`body ${path}`, evaluate(seen.reply.json, path), matcher),
    ),
    ...(expected.text === undefined ? [] : failureOf('text', [seen.reply.text], expected.text)),
    ...Object.entries(expected.token ?? {}).flatMap(([path, matcher]) =>
      failureOf(`token ${path}`, evaluate(tokenIn(seen.reply), path), matcher),
    ),
    ...eventFailures(seen.reply, expected),
    ...verdictFailures(seen, expected),
    ...(expected.found === undefined ? [] : failureOf('found', seen.found, expected.found)),
    ...(seen.place.control ? await journalFailures(seen, expected) : []),
  ]
  return { failures, unchecked: open }
}

function failureOf(what: string, values: readonly unknown[], matcher: Matcher): Failure[] {
  const found = mismatch(values, matcher)
  return found ? [{ what, ...found }] : []
}

/** The status that a step without expectations wants: whatever is no refusal. */
export const UNREFUSED = 'unrefused'

function statusFailures({ status, broken }: Reply, expected: Expectation): Failure[] {
  if (expected.broken)
    return broken === undefined ? [{ what: 'connection', expected: 'broken', actual: `status ${status}` }] : []
  if (broken !== undefined) return [{ what: 'connection', expected: 'an answer', actual: broken }]
  const { status: wanted } = expected
  if (wanted === undefined || wanted === 'any') return []
  if (wanted === UNREFUSED) return status < 400 ? [] : [{ what: 'status', expected: 'below 400', actual: status }]
  const fits =
    typeof wanted === 'string' ? Math.floor(status / 100) === Number(wanted[0]) : [wanted].flat().includes(status)
  return fits ? [] : [{ what: 'status', expected: wanted, actual: status }]
}

function headerFailures({ headers }: Reply, expected: Expectation): Failure[] {
  return Object.entries(expected.headers ?? {}).flatMap(([name, matcher]) => {
    const value = headers.get(name)
    return failureOf(`header ${name}`, value === null ? [] : [value], matcher)
  })
}

/** The access token in an answer of HelseID or of its test token service. */
function tokenIn({ json }: Reply): JwtParts | undefined {
  const { access_token, successResponse } = (json ?? {}) as { access_token?: unknown; successResponse?: Members }
  const text = access_token ?? successResponse?.accessTokenJwt
  return typeof text === 'string' ? readJwt(text) : undefined
}

/** How far an event has come, by the members of `$status`. */
function eventFailures({ json }: Reply, { event }: Expectation): Failure[] {
  if (event === undefined) return []
  const { registered, read, journalingAcknowledged, failed } = (json ?? {}) as Members
  const stages = [
    failed && 'failed',
    journalingAcknowledged && 'acknowledged',
    read && 'read',
    registered && 'registered',
  ]
  const actual = stages.find(Boolean) ?? 'submitted'
  return actual === event ? [] : [{ what: 'event', expected: event, actual }]
}

/** The lines that should be there and are not, and the reverse; all of them where only their order differs. */
function verdictFailures(
  { reply: { status, json }, sent = '' }: StepObservation,
  { verdicts }: Expectation,
): Failure[] {
  if (verdicts === undefined) return []
  const wanted = verdicts.replace(/\n$/, '').split('\n')
  const lines = status === 200 ? verdictLines(json, sent) : [`status ${status}`]
  if (same(lines, wanted)) return []
  const missing = wanted.filter((line) => !lines.includes(line))
  const other = lines.filter((line) => !wanted.includes(line))
  const isOrder = missing.length + other.length === 0
  return [{ what: 'verdicts', expected: isOrder ? wanted : missing, actual: isOrder ? lines : other }]
}

async function journalFailures(seen: StepObservation, expected: Expectation): Promise<Failure[]> {
  const { issues, warnings, exchange } = expected
  if (!issues && !warnings && !exchange) return []
  const detail = await exchangeOf(seen)
  const wantsLegs = Object.keys(exchange ?? {}).some((path) => /\blegs\b/.test(path))
  const whole = wantsLegs ? { ...detail, legs: await legsOf(seen) } : detail
  return [
    ...(issues ? issueFailures(issuesOf(seen.reply, detail), issues) : []),
    ...(warnings ?? []).flatMap((rule) => failureOf('warnings', rulesOf(detail.warnings), { includes: [rule] })),
    ...Object.entries(exchange ?? {}).flatMap(([path, matcher]) =>
      failureOf(`exchange ${path}`, evaluate(whole, path), matcher),
    ),
  ]
}

async function exchangeOf({ reply, place }: StepObservation): Promise<Members> {
  if (reply.exchange === undefined || !place.control) return {}
  return place.control<Members>('GET', `/exchanges/${reply.exchange}`)
}

/** The calls that the exchange led to, in their order. */
async function legsOf({ reply, place }: StepObservation): Promise<Members[]> {
  if (!place.control) return []
  const { exchanges } = await place.control<{ exchanges: Members[] }>('GET', '/exchanges?limit=1000')
  return exchanges.filter(({ parent }) => parent === reply.exchange).reverse()
}

/** From the journal; where the exchange is not in it, from the body. */
function issuesOf({ json }: Reply, { issues }: Members): Members[] {
  if (Array.isArray(issues)) return issues as Members[]
  const body = json as { issues?: Members[]; issue?: Members[] } | undefined
  return body?.issues ?? (body?.issue ?? []).map((issue) => ({ rule: evaluate(issue, RULE)[0] }))
}

const RULE = "extension.extension.where(url = 'rule').valueString"

function rulesOf(issues: unknown): unknown[] {
  return ((issues ?? []) as Members[]).map(({ rule }) => rule)
}

/** Each issue is held against what is written of it; the order is that of the answer. */
function issueFailures(actual: readonly Members[], expected: readonly IssueExpectation[]): Failure[] {
  const wanted = expected.map((one) => (typeof one === 'string' ? { rule: one } : one))
  const seen = actual.map((issue, index) => pick(issue, Object.keys(wanted[index] ?? { rule: '' })))
  return same(seen, wanted) ? [] : [{ what: 'issues', expected: wanted, actual: seen }]
}

function pick(members: Members, names: readonly string[]): Members {
  return Object.fromEntries(names.map((name) => [name, members[name] ?? null]))
}

/** The values that a step keeps. Throws where there is nothing to keep. */
export async function captured(
  seen: StepObservation,
  captures: Readonly<Record<string, Capture>>,
): Promise<Record<string, unknown>> {
  const needsExchange = Object.values(captures).some((one) => typeof one !== 'string' && one.exchange !== undefined)
  const detail = needsExchange ? await exchangeOf(seen) : {}
  return Object.fromEntries(
    Object.entries(captures).map(([name, capture]) => [name, capturedValue(name, seen.reply, detail, capture)]),
  )
}

function capturedValue(name: string, reply: Reply, detail: Members, capture: Capture): unknown {
  const { header, path, exchange, matches, all } = typeof capture === 'string' ? { path: capture } : capture
  const values =
    header === undefined
      ? exchange === undefined
        ? evaluate(reply.json, path ?? '$this')
        : evaluate(detail, exchange)
      : [reply.headers.get(header)].filter((value) => value !== null)
  if (all) return values
  const [value] = values
  const kept = matches === undefined ? value : bounded(matches, () => new RegExp(matches, 'u').exec(String(value)))?.[1]
  if (kept === undefined) throw new Error(`There is nothing to capture as ${name}: ${JSON.stringify(capture)}.`)
  return kept
}
