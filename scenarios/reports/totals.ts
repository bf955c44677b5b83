import { OUTCOMES } from './outcome.ts'
import type { Report, ReportedRequirement } from './report.ts'
import { type Words, wordsOf } from './words.ts'

/** How many requirements have which outcome; those that none has are left out, but for kept and broken. */
export function countsOf({ requirements }: Pick<Report, 'requirements'>, words: Words = wordsOf()): string {
  const count = (outcome: string) => requirements.filter((one) => one.outcome === outcome).length
  return SHOWN.filter((outcome) => ALWAYS.includes(outcome) || count(outcome) > 0)
    .map((outcome) => `${count(outcome)} ${words.outcomes[outcome]}`)
    .join(', ')
}

const SHOWN = ['kept', 'kept, partly checked', 'broken', 'not exercised', 'not applicable', 'waived'] as const

const ALWAYS: readonly string[] = ['kept', 'broken', 'not exercised']

/** What has to be looked at first stands first. */
export function byOutcome(rows: readonly ReportedRequirement[]): ReportedRequirement[] {
  return [...rows].sort((a, b) => OUTCOMES.indexOf(a.outcome) - OUTCOMES.indexOf(b.outcome))
}

/** The requirements by topic, first the topic in which most is broken; `own` names those of no document. */
export function topicsOf(rows: readonly ReportedRequirement[], own: string): [string, ReportedRequirement[]][] {
  const topics = [...new Set(rows.map(({ topic = own }) => topic))]
  const parts = topics.map((name): [string, ReportedRequirement[]] => [
    name,
    byOutcome(rows.filter(({ topic = own }) => topic === name)),
  ])
  return parts.sort(([, a], [, b]) => brokenIn(b) - brokenIn(a))
}

function brokenIn(rows: readonly ReportedRequirement[]): number {
  return rows.filter(({ outcome }) => outcome === 'broken').length
}
