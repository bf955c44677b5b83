import { html, raw } from 'hono/html'
import { STYLE } from './html-style.ts'
import type { RequirementOutcome } from './outcome.ts'
import type { Report, ReportedRequirement } from './report.ts'
import { countsOf } from './totals.ts'
import { type Words, wordsOf } from './words.ts'

/** HTML that may stand in a page: whatever was interpolated into it is escaped. */
type Html = ReturnType<typeof html>

/** What became of one requirement, run by run; absent where a run did not report it. */
interface Course {
  readonly requirement: ReportedRequirement
  readonly outcomes: readonly (RequirementOutcome | undefined)[]
}

/** Several runs as one page, oldest first: what became of each requirement. What is broken stands first, then what changed. */
export function historyOf(reports: readonly Report[]): string {
  const runs = [...reports].sort((one, other) => (one.started < other.started ? -1 : 1))
  const last = runs.at(-1)
  const words = wordsOf(last?.language)
  const courses = coursesOf(runs)
  const changed = courses.filter(isLively).sort((one, other) => brokenIn(other) - brokenIn(one))
  const others = courses.filter((course) => !isLively(course))
  const title = `${last?.title ?? ''}: ${words.history}`
  const page = html`<!doctype html>
<html lang="${last?.language ?? 'en'}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${raw(STYLE)}</style></head><body>
<header><h1>${title}</h1></header>
<main><h2>${words.changed}</h2>
${tableOf(runs, changed, words)}
<details><summary>${words.unchanged} (${others.length})</summary>
${tableOf(runs, others, words)}</details>
</main></body></html>
`
  return String(page)
}

/** The requirements of all runs, as the newest that has them says it. */
function coursesOf(runs: readonly Report[]): Course[] {
  const newest = new Map(runs.flatMap(({ requirements }) => requirements.map((one) => [one.id, one] as const)))
  const outcomes = runs.map(({ requirements }) => new Map(requirements.map(({ id, outcome }) => [id, outcome])))
  return [...newest.values()].map((requirement) => ({
    requirement,
    outcomes: outcomes.map((known) => known.get(requirement.id)),
  }))
}

/** What somebody has to look at: it is broken, or was not always as it is. */
function isLively({ outcomes }: Course): boolean {
  return outcomes.at(-1) === 'broken' || new Set(outcomes).size > 1
}

/** 1: it is broken now. */
function brokenIn({ outcomes }: Course): number {
  return outcomes.at(-1) === 'broken' ? 1 : 0
}

function tableOf(runs: readonly Report[], courses: readonly Course[], words: Words): Html {
  const heads = runs.map((run) => html`<th scope="col">${headOf(run)}</th>`)
  const rows = courses.map((course) => rowOf(course, words))
  const totals = runs.map((run) => html`<td><small>${countsOf(run, words)}</small></td>`)
  return html`<div class="wide" tabindex="0"><table><thead><tr><th scope="col">${words.requirement}</th>${heads}</tr></thead>
<tbody><tr><td></td>${totals}</tr>
${rows}</tbody></table></div>
`
}

/** When a run began, and of what. */
function headOf({ started, about, target, version }: Report): Html {
  const product = [about?.product, about?.version].filter(Boolean).join(' ') || target
  return html`${started.slice(0, 16).replace('T', ' ')}<br>${product}<br><small>jftsim ${version ?? ''}</small>`
}

function rowOf({ requirement: { id, quote }, outcomes }: Course, words: Words): Html {
  const cells = outcomes.map((outcome) => html`<td>${outcome === undefined ? '' : badge(outcome, words)}</td>`)
  return html`<tr><td><code>${id}</code><br><q lang="en">${quote}</q></td>${cells}</tr>
`
}

function badge(outcome: RequirementOutcome, words: Words): Html {
  const kind = outcome === 'broken' ? 'failed' : outcome.startsWith('kept') ? 'passed' : 'skipped'
  return html`<span class="badge ${kind}">${words.outcomes[outcome]}</span>`
}
