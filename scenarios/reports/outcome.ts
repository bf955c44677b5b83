import type { ScenarioResult } from '../runner/result.ts'
import type { Waiver } from './beside.ts'
import type { RequirementText } from './report.ts'

/** What a run shows of a requirement; what has to be looked at first stands first. */
export const OUTCOMES = ['broken', 'not exercised', 'kept, partly checked', 'kept', 'waived', 'not applicable'] as const

/** Whether a run shows that a requirement is kept. */
export type RequirementOutcome = (typeof OUTCOMES)[number]

interface Said {
  readonly outcome: RequirementOutcome
  readonly reason?: string
}

/** What a waiver makes of a requirement, whatever the run shows. */
export function waivedBy({ because, who, until }: Waiver): Said {
  return { outcome: 'waived', reason: `${because} (${who}, until ${until})` }
}

/** Parties of clients: no target keeps what they owe. */
const CLIENTS = ['vendor', 'ehr']

/**
 * What the scenarios that prove a requirement show of it. What was not tried is not broken, and what only a client can keep
 * is not kept by the client that the runner is itself.
 */
export function outcomeOf(
  { id, who = '' }: RequirementText,
  proving: readonly ScenarioResult[],
  ofProgram: boolean,
): Said {
  if (ofProgram || !CLIENTS.includes(who)) return judged(id, proving)
  const ofClient = proving.filter(({ judgesClient, outcome }) => judgesClient && outcome !== 'skipped')
  return ofClient.length > 0 ? judged(id, ofClient) : { outcome: 'not applicable', reason: NO_CLIENT }
}

/** Why what clients owe is in no verdict on something else. */
export const NO_CLIENT =
  'A client owes it, and no client was judged: "jftsim verify" judges a program, "jftsim run --own-client" your own client.'

function judged(id: string, proving: readonly ScenarioResult[]): Said {
  const breaking = proving.find(({ outcome, breaks }) => outcome === 'failed' && (breaks?.includes(id) ?? true))
  if (breaking) return { outcome: 'broken', reason: breaking.reason ?? headlineOf(breaking) }
  const passed = proving.filter(({ outcome }) => outcome === 'passed')
  const unchecked = passed.map(uncheckedIn)
  if (unchecked.some((parts) => parts.length === 0)) return { outcome: 'kept' }
  if (passed.length > 0) return { outcome: 'kept, partly checked', reason: `Not checked: ${list(unchecked.flat())}.` }
  return { outcome: 'not exercised', reason: reasonOf(proving) }
}

/** What could not be looked at: only a simulator tells it. */
function uncheckedIn({ steps }: ScenarioResult): string[] {
  return steps.flatMap(({ unchecked }) => unchecked)
}

function list(names: readonly string[]): string {
  return [...new Set(names)].join(', ')
}

function reasonOf(proving: readonly ScenarioResult[]): string {
  const failed = proving.find(({ outcome }) => outcome === 'failed')
  if (failed) return `What it takes failed in ${failed.id}: ${failed.reason ?? headlineOf(failed)}`
  return proving.find(({ reason }) => reason !== undefined)?.reason ?? 'No scenario of this run proves it.'
}

/** The first thing that was not as expected. */
export function headlineOf({ steps, reason }: ScenarioResult): string {
  const failed = steps.find(({ outcome }) => outcome === 'failed')
  const [failure] = failed?.failures ?? []
  if (!failed || !failure) return reason ?? 'failed'
  return `${failed.name}: ${failure.what} is ${JSON.stringify(failure.actual)}, expected ${JSON.stringify(failure.expected)}`
}
