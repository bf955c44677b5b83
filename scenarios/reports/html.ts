import type { RecordedExchange, RecordedMessage, ScenarioResult, StepResult } from '../runner/result.ts'
import { curlOf } from './curl.ts'
import { differenceOf } from './difference.ts'
import { escaped } from './escape.ts'
import { STYLE } from './html-style.ts'
import { type Report, type ReportedRequirement, rerunCommand } from './report.ts'

/**
 * The whole report as one page that opens without a network: no script, no image, no font; what is folded is a `details`
 * element, and what is filtered is filtered by style.
 */
export function htmlOf(report: Report): string {
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${escaped(report.title)}: ${report.passed ? 'passed' : 'failed'}</title>`,
    `<style>${STYLE}</style></head><body>`,
    header(report),
    '<main>',
    requirementsPart(report),
    scenariosPart(report),
    '</main></body></html>',
    '',
  ].join('\n')
}

function header({ title, passed, totals, target, version, seed, started, milliseconds, requirements }: Report): string {
  const kept = requirements.filter(({ outcome }) => outcome === 'kept').length
  const facts = {
    Requirements: `${kept} of ${requirements.length} kept`,
    Scenarios: `${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`,
    Target: target,
    ...(version === undefined ? {} : { Simulator: version }),
    Seed: seed,
    Run: `${started.replace('T', ' ').replace(/\..*/, '')} UTC, ${(milliseconds / 1000).toFixed(1)} s`,
  }
  const list = Object.entries(facts).map(([name, value]) => `<div><dt>${name}</dt><dd>${escaped(value)}</dd></div>`)
  const verdict = passed ? 'passed' : 'failed'
  return `<header><h1>${escaped(title)} <span class="badge ${verdict}">${verdict}</span></h1><dl>${list.join('')}</dl></header>`
}

const OUTCOME_CLASS = { kept: 'passed', broken: 'failed', 'not exercised': 'skipped' } as const

function requirementsPart({ requirements }: Report): string {
  if (requirements.length === 0) return ''
  const order = ['broken', 'not exercised', 'kept']
  const rows = [...requirements].sort((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome)).map(requirementRow)
  return [
    '<section aria-labelledby="requirements"><h2 id="requirements">Requirements</h2><div class="wide" tabindex="0"><table>',
    '<thead><tr><th scope="col">Outcome</th><th scope="col">Requirement</th><th scope="col">Source</th><th scope="col">Shown by</th></tr></thead>',
    `<tbody>${rows.join('\n')}</tbody></table></div></section>`,
  ].join('\n')
}

function requirementRow({ id, quote, source, outcome, scenarios }: ReportedRequirement): string {
  const links = scenarios.map((one) => `<a href="#${escaped(one)}">${escaped(one)}</a>`).join(' ')
  const cells = [
    badge(OUTCOME_CLASS[outcome], outcome),
    `<code>${escaped(id)}</code><br><q>${escaped(quote)}</q>`,
    escaped(source),
    links,
  ]
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`
}

function badge(kind: string, text: string): string {
  return `<span class="badge ${kind}">${escaped(text)}</span>`
}

function scenariosPart({ scenarios }: Report): string {
  const packs = [...new Set(scenarios.map(({ pack }) => pack))]
  return [
    '<section aria-labelledby="scenarios"><h2 id="scenarios">Scenarios</h2>',
    '<fieldset class="filter"><legend>Show</legend>',
    ...['all', 'failed', 'skipped'].map(
      (name) =>
        `<label><input type="radio" name="show" id="show-${name}"${name === 'all' ? ' checked' : ''}> ${name}</label>`,
    ),
    '</fieldset>',
    ...packs.map((pack) => {
      const own = scenarios.filter((one) => one.pack === pack)
      return `<section class="pack"><h3>${escaped(pack)}</h3>\n${own.map(scenarioPart).join('\n')}\n</section>`
    }),
    '</section>',
  ].join('\n')
}

function scenarioPart(result: ScenarioResult): string {
  const { id, title, outcome, milliseconds, reason, steps, proves, file, line, party, seed, attempt } = result
  const again = attempt === 1 ? '' : ` (run ${attempt})`
  return [
    `<details class="scenario ${outcome}"${attempt === 1 ? ` id="${escaped(id)}"` : ''}${outcome === 'failed' ? ' open' : ''}>`,
    `<summary>${badge(outcome, outcome)} <span class="title">${escaped(title)}${again}</span> <small>${escaped(id)}, ${Math.round(milliseconds)} ms</small></summary>`,
    `<p class="facts">Acts as ${escaped(party)}. ${proves.length > 0 ? `Proves ${escaped(proves.join(', '))}. ` : ''}${escaped(shortFile(file))}:${line}, seed ${escaped(seed)}. Again: <code>${escaped(rerunCommand(result))}</code></p>`,
    ...(reason === undefined ? [] : [`<p class="reason">${escaped(reason)}</p>`]),
    ...(steps.length === 0 ? [] : [`<ol class="steps">${steps.map(stepPart).join('\n')}</ol>`]),
    '</details>',
  ].join('\n')
}

/** A report is read on another machine. */
function shortFile(file: string): string {
  return file.split(/[\\/]/).slice(-1).join('/')
}

function stepPart({ name, line, outcome, failures, exchanges, unchecked }: StepResult): string {
  const open = outcome === 'failed' ? ' open' : ''
  const asked =
    unchecked.length === 0 ? '' : `<p class="reason">Not checked at this target: ${escaped(unchecked.join(', '))}</p>`
  return [
    `<li class="${outcome}"><details${open}><summary>${badge(outcome, outcome)} ${escaped(name)} <small>line ${line}</small></summary>`,
    ...failures.map(
      (failure) =>
        `<p>${escaped(failure.what)} <small>(− expected, + actual)</small></p><pre class="diff" tabindex="0">${differenceOf(
          failure,
        )
          .map(({ sign, text }) => `<span class="${CLASS_OF_SIGN[sign]}">${sign} ${escaped(text)}</span>`)
          .join('\n')}</pre>`,
    ),
    asked,
    ...exchanges.map(exchangePart),
    '</details></li>',
  ].join('\n')
}

const CLASS_OF_SIGN = { '-': 'expected', '+': 'actual', ' ': 'same' } as const

function exchangePart(recorded: RecordedExchange): string {
  const { request, response, broken, purpose, milliseconds } = recorded
  const status = response === undefined ? 'no answer' : String(response.status)
  const about = purpose === 'token' ? ' <small>for a token</small>' : ''
  return [
    `<details class="exchange"><summary><code>${escaped(request.method)} ${escaped(request.url)}</code> ${badge(statusClass(response?.status), status)}${about} <small>${Math.round(milliseconds)} ms</small></summary>`,
    ...(broken === undefined ? [] : [`<p class="reason">${escaped(broken)}</p>`]),
    journalPart(recorded),
    messagePart('Request', request),
    ...(response === undefined ? [] : [messagePart('Response', response)]),
    `<h4>curl</h4><pre tabindex="0">${escaped(shortened(curlOf(recorded)))}</pre>`,
    '</details>',
  ].join('\n')
}

function statusClass(status: number | undefined): string {
  return status !== undefined && status < 400 ? 'passed' : 'refused'
}

function journalPart({ journal }: RecordedExchange): string {
  if (!journal) return ''
  const steps = journal.steps.map(
    ({ name, outcome, rules }) =>
      `<li class="${escaped(outcome)}">${escaped(name)} <small>${escaped([outcome, ...rules].join(', '))}</small></li>`,
  )
  const issues = [...journal.issues, ...journal.warnings].map(
    ({ rule, message, certainty, source, fix, expression }) =>
      `<li><code>${escaped(rule)}</code> ${escaped(message)}${expression === undefined ? '' : ` At <code>${escaped(expression)}</code>.`} <small>${escaped(certainty)}: ${escaped(source)}</small> Fix: ${escaped(fix)}</li>`,
  )
  return [
    `<h4>Steps</h4><ol class="line">${steps.join('')}</ol>`,
    ...(journal.injected.length === 0 ? [] : [`<p>Injected: ${escaped(journal.injected.join('; '))}</p>`]),
    ...(issues.length === 0 ? [] : [`<h4>Verdict</h4><ul>${issues.join('')}</ul>`]),
  ].join('\n')
}

function messagePart(name: string, { headers, body }: RecordedMessage): string {
  const lines = headers.map(([header, value]) => `${header}: ${value}`)
  const text = body === undefined ? lines : [...lines, '', shortened(pretty(body))]
  return `<h4>${name}</h4><pre tabindex="0">${escaped(text.join('\n'))}</pre>`
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
