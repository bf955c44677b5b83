import { html, raw } from 'hono/html'
import type { RecordedExchange, RecordedMessage, ScenarioResult, StepResult } from '../runner/result.ts'
import { curlOf } from './curl.ts'
import { differenceOf } from './difference.ts'
import { STYLE } from './html-style.ts'
import { type Report, type ReportedRequirement, rerunCommand } from './report.ts'
import { verdictWord } from './terminal.ts'

/** HTML that may stand in a page: whatever was interpolated into it is escaped. */
type Html = ReturnType<typeof html>

/**
 * The whole report as one page that opens without a network: no script, no image, no font; what is folded is a `details`
 * element, and what is filtered is filtered by style.
 */
export function htmlOf(report: Report): string {
  const verdict = verdictWord(report)
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${report.title}: ${verdict}</title>
<style>${raw(STYLE)}</style></head><body>
${header(report)}
<main>
${requirementsPart(report)}
${scenariosPart(report)}
</main></body></html>
`
  return String(page)
}

function header(report: Report): Html {
  const { title, passed, totals, target, version, seed, started, milliseconds, requirements, program } = report
  const kept = requirements.filter(({ outcome }) => outcome === 'kept').length
  const facts = {
    Requirements: `${kept} of ${requirements.length} kept`,
    Scenarios: `${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`,
    Target: target,
    ...(version === undefined ? {} : { Simulator: version }),
    ...programFacts(program),
    Seed: seed,
    Run: `${started.replace('T', ' ').replace(/\..*/, '')} UTC, ${(milliseconds / 1000).toFixed(1)} s`,
  }
  const list = Object.entries(facts).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)
  const verdict = passed ? 'passed' : 'failed'
  return html`<header><h1>${title} <span class="badge ${verdict}">${verdictWord(report)}</span></h1><dl>${list}</dl></header>`
}

/** How a program that was judged ended, and what is said of it beside the requirements. */
function programFacts(program: Report['program']): Readonly<Record<string, string>> {
  if (!program) return {}
  const { ended, lastError, blame, missing } = program
  return {
    Program: [ended, ...blame].join(' '),
    ...(lastError === undefined ? {} : { 'Last error': lastError }),
    ...(missing.length === 0 ? {} : { 'Did not happen': `${missing.join('; ')}.` }),
  }
}

const OUTCOME_CLASS = { kept: 'passed', broken: 'failed', 'not exercised': 'skipped' } as const

function requirementsPart({ requirements }: Report): Html | undefined {
  if (requirements.length === 0) return undefined
  const order = ['broken', 'not exercised', 'kept']
  const rows = [...requirements].sort((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome)).map(requirementRow)
  return html`<section aria-labelledby="requirements"><h2 id="requirements">Requirements</h2><div class="wide" tabindex="0"><table>
<thead><tr><th scope="col">Outcome</th><th scope="col">Requirement</th><th scope="col">Source</th><th scope="col">Shown by</th></tr></thead>
<tbody>${rows}</tbody></table></div></section>`
}

function requirementRow({ id, quote, source, outcome, reason, certainty, scenarios }: ReportedRequirement): Html {
  const why = reason !== undefined && html`<br><small>${reason}</small>`
  const sure = certainty !== undefined && html`<br><small>${certainty}</small>`
  const links = scenarios.map((one) => html`<a href="#${one}">${one}</a> `)
  return html`<tr><td>${badge(OUTCOME_CLASS[outcome], outcome)}</td><td><code>${id}</code><br><q>${quote}</q>${why}</td><td>${source}${sure}</td><td>${links}</td></tr>
`
}

function badge(kind: string, text: string): Html {
  return html`<span class="badge ${kind}">${text}</span>`
}

function scenariosPart({ scenarios }: Report): Html {
  const packs = [...new Set(scenarios.map(({ pack }) => pack))]
  const choices = ['all', 'failed', 'skipped'].map(
    (name) =>
      html`<label><input type="radio" name="show" id="show-${name}"${raw(name === 'all' ? ' checked' : '')}> ${name}</label>
`,
  )
  const parts = packs.map((pack) => {
    const own = scenarios.filter((one) => one.pack === pack)
    return html`<section class="pack"><h3>${pack}</h3>
${own.map(scenarioPart)}
</section>
`
  })
  return html`<section aria-labelledby="scenarios"><h2 id="scenarios">Scenarios</h2>
<fieldset class="filter"><legend>Show</legend>
${choices}</fieldset>
${parts}</section>`
}

const OPEN = raw(' open')

function scenarioPart(result: ScenarioResult): Html {
  const { id, title, outcome, milliseconds, reason, steps, proves, file, line, party, seed, attempt } = result
  const again = attempt === 1 ? '' : ` (run ${attempt})`
  const place = `${shortFile(file)}:${line}`
  return html`<details class="scenario ${outcome}"${attempt === 1 && html` id="${id}"`}${outcome === 'failed' && OPEN}>
<summary>${badge(outcome, outcome)} <span class="title">${title}${again}</span> <small>${id}, ${Math.round(milliseconds)} ms</small></summary>
<p class="facts">Acts as ${party}. ${proves.length > 0 && `Proves ${proves.join(', ')}. `}${place}, seed ${seed}. Again: <code>${rerunCommand(result)}</code></p>
${reason !== undefined && html`<p class="reason">${reason}</p>`}${steps.length > 0 && html`<ol class="steps">${steps.map(stepPart)}</ol>`}
</details>
`
}

/** A report is read on another machine. */
function shortFile(file: string): string {
  return file.split(/[\\/]/).slice(-1).join('/')
}

function stepPart({ name, line, outcome, failures, exchanges, unchecked }: StepResult): Html {
  const asked = unchecked.length > 0 && html`<p class="reason">Not checked at this target: ${unchecked.join(', ')}</p>`
  return html`<li class="${outcome}"><details${outcome === 'failed' && OPEN}><summary>${badge(outcome, outcome)} ${name} <small>line ${line}</small></summary>
${failures.map(failurePart)}${asked}${exchanges.map(exchangePart)}</details></li>
`
}

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
