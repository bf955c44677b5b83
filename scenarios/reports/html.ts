import { html, raw } from 'hono/html'
import type { RecordedExchange, RecordedMessage, ScenarioResult, StepResult } from '../runner/result.ts'
import { curlOf } from './curl.ts'
import { differenceOf } from './difference.ts'
import { STYLE } from './html-style.ts'
import { aboutRows } from './matrix.ts'
import type { RequirementOutcome } from './outcome.ts'
import { type Report, type ReportedRequirement, rerunCommand } from './report.ts'
import { verdictWord } from './terminal.ts'
import { countsOf, topicsOf } from './totals.ts'
import { type Words, wordsOf } from './words.ts'

/** HTML that may stand in a page: whatever was interpolated into it is escaped. */
type Html = ReturnType<typeof html>

/**
 * The whole report as one page that opens without a network: no script, no image, no font; what is folded is a `details`
 * element, and what is filtered is filtered by style.
 */
export function htmlOf(report: Report): string {
  const words = wordsOf(report.language)
  const verdict = words.verdicts[verdictWord(report)]
  const page = html`<!doctype html>
<html lang="${report.language ?? 'en'}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${report.title}: ${verdict}</title>
<style>${raw(STYLE)}</style></head><body>
${header(report, words)}
<main>
${requirementsPart(report, words)}
${scenariosPart(report, words)}
</main></body></html>
`
  return String(page)
}

function header(report: Report, words: Words): Html {
  const { title, passed, totals, milliseconds, program } = report
  const { passed: ok, failed, skipped } = words.scenarioOutcomes
  const facts: [string, string][] = [
    [words.requirements, countsOf(report, words)],
    [words.scenarios, `${totals.passed} ${ok}, ${totals.failed} ${failed}, ${totals.skipped} ${skipped}`],
    ...aboutRows(report, words).map(([name = '', value = '']): [string, string] => [name, value]),
    ...programFacts(program, words),
    [words.duration, `${(milliseconds / 1000).toFixed(1)} s`],
  ]
  const list = facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)
  const verdict = passed ? 'passed' : 'failed'
  const word = words.verdicts[verdictWord(report)]
  return html`<header><h1>${title} <span class="badge ${verdict}">${word}</span></h1><dl>${list}</dl></header>`
}

/** How a program that was judged ended, and what is said of it beside the requirements. */
function programFacts(program: Report['program'], words: Words): [string, string][] {
  if (!program) return []
  const { ended, lastError, blame, missing } = program
  return [
    [words.program, [ended, ...blame].join(' ')],
    ...(lastError === undefined ? [] : [[words.lastError, lastError] as [string, string]]),
    ...(missing.length === 0 ? [] : [[words.didNotHappen, `${missing.join('; ')}.`] as [string, string]]),
  ]
}

const OUTCOME_CLASS: Readonly<Record<RequirementOutcome, string>> = {
  kept: 'passed',
  'kept, partly checked': 'passed',
  broken: 'failed',
  'not exercised': 'skipped',
  waived: 'skipped',
  'not applicable': 'skipped',
}

/** A table for each topic; first those in which something is broken. */
function requirementsPart(report: Report, words: Words): Html | undefined {
  const { requirements } = report
  if (requirements.length === 0) return undefined
  const parts = topicsOf(requirements, words.own).map(([topic, rows]) => {
    const worst = rows.some(({ outcome }) => outcome === 'broken')
    const counts = countsOf({ requirements: rows }, words)
    return html`<details class="topic"${(worst || rows.length < 30) && OPEN}><summary><strong>${topic}</strong> <small>${counts}</small></summary><div class="wide" tabindex="0"><table>
<thead><tr><th scope="col">${words.outcome}</th><th scope="col">${words.requirement}</th><th scope="col">${words.source}</th><th scope="col">${words.shownBy}</th></tr></thead>
<tbody>${rows.map((row) => requirementRow(row, words))}</tbody></table></div></details>
`
  })
  return html`<section aria-labelledby="requirements"><h2 id="requirements">${words.requirements}</h2>
${parts}</section>`
}

/** Evidence that a row shows; the JSON, CSV and XLSX have all. */
const EVIDENCE = 5

function requirementRow(row: ReportedRequirement, words: Words): Html {
  const { id, quote, source, outcome, reason, certainty = '', level = 'must', scenarios, evidence = [] } = row
  const why = reason !== undefined && html`<br><small>${reason}</small>`
  const certainties: Readonly<Record<string, string>> = words.certainties
  const sure = html`<br><small>${[words.levels[level], certainties[certainty] ?? certainty].filter(Boolean).join(', ')}</small>`
  const links = scenarios.map((one) => html`<a href="#${one}">${one}</a> `)
  const shown =
    evidence.length > 0 && html`<br><small>${words.evidence}: ${evidence.slice(0, EVIDENCE).join('; ')}</small>`
  return html`<tr><td>${badge(OUTCOME_CLASS[outcome], words.outcomes[outcome])}</td><td><code>${id}</code><br><q lang="en">${quote}</q>${why}</td><td>${source}${sure}</td><td>${links}${shown}</td></tr>
`
}

function badge(kind: string, text: string): Html {
  return html`<span class="badge ${kind}">${text}</span>`
}

function scenariosPart({ scenarios }: Report, words: Words): Html {
  const packs = [...new Set(scenarios.map(({ pack }) => pack))].sort((a, b) => failuresIn(b) - failuresIn(a))
  function failuresIn(name: string): number {
    return scenarios.filter(({ pack, outcome }) => pack === name && outcome === 'failed').length
  }
  const { failed, skipped } = words.scenarioOutcomes
  const choices = Object.entries({ all: words.all, failed, skipped }).map(
    ([name, title]) =>
      html`<label><input type="radio" name="show" id="show-${name}"${raw(name === 'all' ? ' checked' : '')}> ${title}</label>
`,
  )
  const parts = packs.map((pack) => {
    const own = scenarios.filter((one) => one.pack === pack)
    return html`<section class="pack"><h3>${pack}</h3>
${own.map((one) => scenarioPart(one, words))}
</section>
`
  })
  return html`<section aria-labelledby="scenarios"><h2 id="scenarios">${words.scenarios}</h2>
<fieldset class="filter"><legend>${words.show}</legend>
${choices}</fieldset>
${parts}</section>`
}

const OPEN = raw(' open')

function scenarioPart(result: ScenarioResult, words: Words): Html {
  const { id, title, outcome, milliseconds, reason, steps, proves, file, line, party, seed, attempt } = result
  const again = attempt === 1 ? '' : ` (${attempt})`
  const place = `${shortFile(file)}:${line}`
  const proved = proves.length > 0 && `${words.proves} ${proves.join(', ')}. `
  // A link to what is inside opens it.
  const anchor = attempt === 1 && html` id="${id}"`
  return html`<details class="scenario ${outcome}"${outcome === 'failed' && OPEN}>
<summary>${badge(outcome, words.scenarioOutcomes[outcome])} <span class="title">${title}${again}</span> <small>${id}, ${Math.round(milliseconds)} ms</small></summary>
<div${anchor}><p class="facts">${words.actsAs} ${party}. ${proved}${place}, ${words.seed} ${seed}. ${words.again}: <code>${rerunCommand(result)}</code></p>
${reason !== undefined && html`<p class="reason">${reason}</p>`}${steps.length > 0 && html`<ol class="steps">${steps.map((step) => stepPart(step, outcome !== 'passed', words))}</ol>`}</div>
</details>
`
}

/** A report is read on another machine. */
function shortFile(file: string): string {
  return file.split(/[\\/]/).slice(-1).join('/')
}

/** What passed is told in a line for each exchange: messages whole would make most of the page. */
function stepPart(
  { name, line, outcome, failures, exchanges, unchecked }: StepResult,
  whole: boolean,
  words: Words,
): Html {
  const asked = unchecked.length > 0 && html`<p class="reason">Not checked at this target: ${unchecked.join(', ')}</p>`
  const shown = exchanges.map((one) => (whole ? exchangePart(one) : exchangeLine(one)))
  return html`<li class="${outcome}"><details${outcome === 'failed' && OPEN}><summary>${badge(outcome, words.scenarioOutcomes[outcome])} ${name} <small>line ${line}</small></summary>
${failures.map(failurePart)}${asked}${shown}</details></li>
`
}

function exchangeLine({ request, response, broken, milliseconds, exchange, at = '' }: RecordedExchange): Html {
  const facts = [exchange ?? '', at, `${Math.round(milliseconds)} ms`].filter(Boolean).join(', ')
  return html`<p class="exchange"><code>${request.method} ${request.url.slice(0, URL_SHOWN)}</code> ${response?.status ?? broken} <small>${facts}</small></p>
`
}

/** Characters of a URL that a line shows: a cursor may be long. */
const URL_SHOWN = 200

function failurePart(failure: StepResult['failures'][number]): Html {
  const lines = differenceOf(failure).map(
    ({ sign, text }, index) => html`${index > 0 && '\n'}<span class="${CLASS_OF_SIGN[sign]}">${sign} ${text}</span>`,
  )
  return html`<p>${failure.what} <small>(− expected, + actual)</small></p><pre class="diff" tabindex="0">${lines}</pre>
`
}

const CLASS_OF_SIGN = { '-': 'expected', '+': 'actual', ' ': 'same' } as const

function exchangePart(recorded: RecordedExchange): Html {
  const { request, response, broken, purpose, milliseconds } = recorded
  const status = badge(statusClass(response?.status), response === undefined ? 'no answer' : String(response.status))
  const about = purpose === 'token' && html` <small>for a token</small>`
  return html`<details class="exchange"><summary><code>${request.method} ${request.url}</code> ${status}${about} <small>${Math.round(milliseconds)} ms</small></summary>
${broken !== undefined && html`<p class="reason">${broken}</p>`}${journalPart(recorded)}${messagePart('Request', request)}${response && messagePart('Response', response)}<h4>curl</h4><pre tabindex="0">${shortened(curlOf(recorded))}</pre>
</details>
`
}

function statusClass(status: number | undefined): string {
  return status !== undefined && status < 400 ? 'passed' : 'refused'
}

function journalPart({ journal }: RecordedExchange): Html | undefined {
  if (!journal) return undefined
  const steps = journal.steps.map(
    ({ name, outcome, rules }) =>
      html`<li class="${outcome}">${name} <small>${[outcome, ...rules].join(', ')}</small></li>`,
  )
  const issues = [...journal.issues, ...journal.warnings].map(issueItem)
  return html`<h4>Steps</h4><ol class="line">${steps}</ol>
${journal.injected.length > 0 && html`<p>Injected: ${journal.injected.join('; ')}</p>`}${issues.length > 0 && html`<h4>Verdict</h4><ul>${issues}</ul>`}
`
}

type JournalIssue = NonNullable<RecordedExchange['journal']>['issues'][number]

function issueItem({ rule, message, certainty, source, fix, expression }: JournalIssue): Html {
  const place = expression !== undefined && html` At <code>${expression}</code>.`
  return html`<li><code>${rule}</code> ${message}${place} <small>${certainty}: ${source}</small> Fix: ${fix}</li>`
}

function messagePart(name: string, { headers, body }: RecordedMessage): Html {
  const lines = headers.map(([header, value]) => `${header}: ${value}`)
  const text = body === undefined ? lines : [...lines, '', shortened(pretty(body))]
  return html`<h4>${name}</h4><pre tabindex="0">${text.join('\n')}</pre>`
}

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}

/** Characters of a body that the page shows: a report of a hundred scenarios must open in a browser. */
const SHOWN = 8_000

function shortened(text: string): string {
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}\n… ${text.length - SHOWN} characters more`
}
