import type { Report } from './report.ts'

/** What became of a requirement, or of a scenario that proves none. */
export type ChangeKind = 'new' | 'lost' | 'still broken' | 'fixed' | 'found'

/** One difference between two runs; what is still broken is one too. */
export interface Difference {
  readonly change: ChangeKind
  readonly id: string
  readonly before: string
  readonly after: string
  readonly reason?: string
}

/** How two runs compare. */
export interface Comparison {
  readonly differences: readonly Difference[]
  /** Whether something is broken that was not, or no longer shown that was. */
  readonly worse: boolean
}

/** How much a run shows; what is decided beside it, as a waiver, is neither more nor less. */
const RANK: Readonly<Partial<Record<string, number>>> = {
  broken: 0,
  failed: 0,
  'not exercised': 1,
  skipped: 1,
  'kept, partly checked': 2,
  kept: 3,
  passed: 3,
}

/** Holds a run against an earlier one, the baseline: requirement by requirement, then the scenarios that prove none. */
export function compareReports(before: Report, after: Report): Comparison {
  const differences = [
    ...differencesOf(outcomesOf(before), outcomesOf(after)),
    ...differencesOf(unboundOf(before), unboundOf(after)),
  ]
  return { differences, worse: differences.some(({ change }) => change === 'new' || change === 'lost') }
}

interface Status {
  readonly outcome: string
  readonly reason?: string
}

type Statuses = ReadonlyMap<string, Status>

function outcomesOf({ requirements }: Report): Statuses {
  return new Map(
    requirements.map(({ id, outcome, reason }) => [id, { outcome, ...(reason === undefined ? {} : { reason }) }]),
  )
}

/** Scenarios that no requirement tells of; of repetitions the worst counts. */
function unboundOf({ scenarios }: Report): Statuses {
  const found = new Map<string, Status>()
  for (const { pack, id, outcome, breaks, proves } of scenarios) {
    const isTold = outcome === 'failed' ? (breaks ?? proves).length > 0 : proves.length > 0
    const name = `${pack}/${id}`
    if (isTold || (RANK[found.get(name)?.outcome ?? ''] ?? 9) <= (RANK[outcome] ?? 9)) continue
    found.set(name, { outcome })
  }
  return found
}

const ABSENT: Status = { outcome: 'not in it' }

function differencesOf(before: Statuses, after: Statuses): Difference[] {
  const ids = new Set([...before.keys(), ...after.keys()])
  return [...ids].flatMap((id) => differenceOf(id, before.get(id) ?? ABSENT, after.get(id) ?? ABSENT))
}

function differenceOf(id: string, before: Status, after: Status): Difference[] {
  const change = changeOf(before.outcome, after.outcome)
  if (change === undefined) return []
  const reason = after.reason === undefined ? {} : { reason: after.reason }
  return [{ change, id, before: before.outcome, after: after.outcome, ...reason }]
}

function changeOf(before: string, after: string): ChangeKind | undefined {
  if (isBroken(after)) return isBroken(before) ? 'still broken' : 'new'
  if (isBroken(before)) return 'fixed'
  const [was, is] = [RANK[before], RANK[after] ?? (after === ABSENT.outcome ? 1 : undefined)]
  if (was === undefined || is === undefined || was === is) return undefined
  return is < was ? 'lost' : 'found'
}

function isBroken(outcome: string): boolean {
  return RANK[outcome] === 0
}

const TITLES: Readonly<Record<ChangeKind, string>> = {
  new: 'newly broken',
  lost: 'no longer shown',
  'still broken': 'still broken',
  fixed: 'fixed',
  found: 'shown now',
}

/** The comparison for a terminal: the worst first, then how many of each. */
export function describeComparison({ differences, worse }: Comparison): string {
  const changes = Object.keys(TITLES) as ChangeKind[]
  const lines = changes.flatMap((change) => differences.filter((one) => one.change === change).map(lineOf))
  const counts = changes.map(
    (change) => `${differences.filter((one) => one.change === change).length} ${TITLES[change]}`,
  )
  return [...lines, counts.join(', '), worse ? 'Worse than the baseline.' : 'Not worse than the baseline.'].join('\n')
}

function lineOf({ change, id, before, after, reason }: Difference): string {
  const why = reason === undefined || change === 'fixed' ? '' : `: ${reason}`
  return `${TITLES[change].padEnd(15)} ${id} (${before} -> ${after})${why}`
}
