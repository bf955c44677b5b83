import type { PatientSummary } from '../../simulator/surfaces/control/types.ts'
import type { Call, Evidence } from './evidence.ts'
import { absence, each, type Judge, listed } from './judgment.ts'
import { type Chain, chainsOf, delivered, nextOf } from './reading.ts'
import { parametersOf, searches } from './requests.ts'

const mirrorsEveryone: Judge = (evidence) => {
  const seen = new Set(delivered(searches(evidence)).flatMap(({ handedOut }) => handedOut))
  const due = duePatients(evidence)
  const missing = due.filter(({ id }) => !seen.has(`Patient/${id}`)).map(({ id }) => id)
  const message = `It got ${due.length - missing.length} of ${due.length} patients; missing ${listed(missing)}.`
  return absence(searches(evidence), due.length, missing, message)
}

const mirrorsNewestVersion: Judge = (evidence) => {
  const pages = delivered(searches(evidence))
  const due = duePatients(evidence).filter(({ id }) =>
    pages.some(({ handedOut }) => handedOut.includes(`Patient/${id}`)),
  )
  const older = due.filter((patient) => !pages.some((page) => hasNewest(page, patient))).map(({ id }) => id)
  return absence(searches(evidence), due.length, older, `It never got the newest version of ${listed(older)}.`)
}

/** What it had to get: of a program that ended on its own what was there when it last began to read. */
function duePatients({ patients, ending, ...evidence }: Evidence): PatientSummary[] {
  const last = chainsOf({ patients, ...evidence }).at(-1)?.pages[0]?.began
  return patients.filter(({ lastUpdated }) => {
    if (lastUpdated === null) return false
    return ending?.by !== 'program' || last === undefined || Date.parse(lastUpdated) <= last
  })
}

/** The page has the stamp of the version, or was asked for after it. */
function hasNewest({ handedOut, began, responseBody }: Call, { id, lastUpdated }: PatientSummary): boolean {
  if (!handedOut.includes(`Patient/${id}`)) return false
  return responseBody.includes(`"lastUpdated":"${lastUpdated}"`) || began > Date.parse(lastUpdated ?? '')
}

/** The lower bound of a search, in milliseconds; where there is none everything is asked for. */
function lowerBound({ pages: [first] }: Chain): number | undefined {
  const text = first && parametersOf(first).get('_lastUpdated')
  const [, time] = /^g[te](.+)$/.exec(text ?? '') ?? []
  return time === undefined ? undefined : Date.parse(time)
}

/** A search continues where the last one has come to: at the newest stamp that it had, or where that one began. */
const restartsWithoutGap: Judge = (evidence) => {
  const chains = chainsOf(evidence).filter(({ pages: [first] }) => first && !parametersOf(first).has('cursor'))
  // The repetition of a search that failed is none that continues.
  const later = chains.filter((_, at) => delivered(chains[at - 1]?.pages ?? []).length > 0)
  return each(later, (chain) => {
    const bound = lowerBound(chain)
    const [first] = chain.pages
    if (bound === undefined || !first) return undefined
    const until = reached(chains.slice(0, chains.indexOf(chain)), first.began)
    if (bound <= until) return undefined
    const stamp = Number.isFinite(until) ? new Date(until).toISOString() : 'the beginning'
    const message = `It asked from ${new Date(bound).toISOString()} on, and had only what was updated up to ${stamp}.`
    return { message, calls: [first] }
  })
}

/** Up to when nothing is missing. Who begins with the newest has all before it only when the last page is there. */
function reached(chains: readonly Chain[], now: number): number {
  const times = chains.flatMap((chain) => {
    const pages = delivered(chain.pages).filter(({ ended }) => ended <= now)
    const [first] = chain.pages
    const last = pages.at(-1)
    const isWhole = last !== undefined && nextOf(last) === undefined
    const isDescending = first !== undefined && parametersOf(first).get('_sort') === '-_lastUpdated'
    const stamps = isDescending && !isWhole ? [] : pages.flatMap(stampsOf)
    return [...stamps, ...(isWhole && first ? [first.began] : [])]
  })
  return times.reduce((one, other) => Math.max(one, other), Number.NEGATIVE_INFINITY)
}

/** When what a page has was last updated, to the next millisecond. */
function stampsOf({ responseBody }: Call): number[] {
  return [...responseBody.matchAll(/"lastUpdated":"([^"]+)"/g)].map(([, stamp = '']) => Math.ceil(Date.parse(stamp)))
}

/** Requirements on a vendor that mirrors patients from PIT. */
export const MIRRORING = {
  'mirrors-everyone': mirrorsEveryone,
  'mirrors-newest-version': mirrorsNewestVersion,
  'restarts-without-gap': restartsWithoutGap,
} as const satisfies Record<string, Judge>
