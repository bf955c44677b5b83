import type { PatientSummary } from '../../simulator/surfaces/control/types.ts'
import type { Call, Evidence } from './evidence.ts'
import { each, type Judge, type Judgment, listed } from './judgment.ts'
import { delivered, parametersOf, searches } from './reading.ts'

function pagesOf(evidence: Evidence): Call[] {
  return delivered(searches(evidence)).filter(({ surface }) => surface === 'pit')
}

const referenceTo = ({ id }: PatientSummary) => `Patient/${id}`

/** Those that are there to read. */
function known({ patients }: Evidence): PatientSummary[] {
  return patients.filter(({ version }) => version > 0)
}

function missing(evidence: Evidence, lacking: readonly PatientSummary[], what: string): Judgment {
  const all = known(evidence)
  const message = `It has ${what} of ${all.length - lacking.length} of ${all.length} persons; missing ${listed(lacking.map(referenceTo))}.`
  const pages = pagesOf(evidence)
  return {
    exercised: pages.length === 0 ? 0 : all.length,
    findings: lacking.length === 0 ? [] : [{ message, calls: pages.slice(-3) }],
  }
}

const mirrorsEveryone: Judge = (evidence) => {
  const seen = new Set(pagesOf(evidence).flatMap(({ handedOut }) => handedOut))
  return missing(
    evidence,
    known(evidence).filter((patient) => !seen.has(referenceTo(patient))),
    'a version',
  )
}

/** Whom it never saw is another requirement's. */
const mirrorsNewest: Judge = (evidence) => {
  const pages = pagesOf(evidence)
  const stale = known(evidence).filter((patient) => {
    const own = pages.filter(({ handedOut }) => handedOut.includes(referenceTo(patient)))
    return own.length > 0 && !own.some((page) => hasVersion(page, patient))
  })
  return missing(evidence, stale, 'the newest version')
}

/** No two versions have the same time. A page that the journal has cut is told by its own time. */
function hasVersion({ responseBody, began }: Call, { lastUpdated }: PatientSummary): boolean {
  if (lastUpdated === null) return false
  return responseBody.includes(lastUpdated) || (!isWhole(responseBody) && began >= Date.parse(lastUpdated))
}

const isWhole = (text: string) => text.endsWith('}')

/** `meta.lastUpdated` of all patients on a page. */
function stampsOn({ responseBody }: Call): number[] {
  return [...responseBody.matchAll(/"lastUpdated":"([^"]+)"/g)].map(([, stamp = '']) => Date.parse(stamp))
}

const restartsFromStamp: Judge = (evidence) => {
  const { restarted } = evidence
  if (restarted === undefined) return { exercised: 0, findings: [] }
  const before = pagesOf(evidence).filter(({ ended }) => ended <= restarted)
  const newest = Math.max(...before.flatMap(stampsOn))
  const first = searches(evidence).find(({ surface, began }) => surface === 'pit' && began >= restarted)
  return each(first ? [first] : [], (call) => {
    const wrong = wrongStart(parametersOf(call).getAll('_lastUpdated'), newest)
    return wrong === undefined ? undefined : { message: wrong, calls: [call] }
  })
}

/** A millisecond is not told apart here: the stamps have more digits than a Date. */
function wrongStart(bounds: readonly string[], newest: number): string | undefined {
  const from = bounds.filter((bound) => /^g[te]/.test(bound)).map((bound) => Date.parse(bound.slice(2)))
  if (from.length === 0) return 'After it was started again it asked for everybody, and not from a time on.'
  const late = Math.max(...from) - newest
  return late > 1
    ? `After it was started again it asked from ${late} ms after the newest time that it had seen.`
    : undefined
}

/** Requirements on a vendor that mirrors patients from PIT. */
export const MIRRORING = {
  'mirrors-everyone': mirrorsEveryone,
  'mirrors-newest': mirrorsNewest,
  'restarts-from-stamp': restartsFromStamp,
} as const satisfies Record<string, Judge>
