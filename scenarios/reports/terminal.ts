import { printableLine } from '../../simulator/ground/text/printable.ts'
import type { RecordedExchange, ScenarioResult, StepResult } from '../runner/result.ts'
import { differenceOf } from './difference.ts'
import { type Report, rerunCommand } from './report.ts'

const MARKS = { passed: 'ok', failed: 'FAILED', skipped: 'skipped' } as const

/** One line for a scenario. */
export function describeScenario({ outcome, pack, id, title, milliseconds, reason, attempt }: ScenarioResult): string {
  const why = outcome === 'skipped' ? `: ${reason}` : ''
  const again = attempt === 1 ? '' : ` (${attempt})`
  return printableLine(
    `${MARKS[outcome].padEnd(7)} ${pack}/${id}${again}  ${title}  ${Math.round(milliseconds)} ms${why}`,
  )
}

/** The steps of a failed scenario up to the one that failed, in what that was not as expected, and how to see it again. */
export function describeFailure(result: ScenarioResult): string {
  const { pack, id, title, file, line, reason, steps } = result
  const reached = steps.filter(({ outcome }) => outcome !== 'not-reached')
  return [
    printableLine(`${pack}/${id}: ${title}`),
    printableLine(`  ${file}:${line}`),
    ...(reason === undefined ? [] : [printableLine(`  ${reason}`)]),
    ...reached.flatMap(describeStep),
    `  again: ${rerunCommand(result)}`,
  ].join('\n')
}

function describeStep({ outcome, name, line, failures, exchanges }: StepResult): string[] {
  if (outcome === 'passed') return [printableLine(`  ✓ ${name} (line ${line})`)]
  return [
    printableLine(`  ✗ ${name} (line ${line})`),
    ...failures.flatMap((failure) => [
      `      ${failure.what}:  - expected  + actual`,
      ...differenceOf(failure).map(({ sign, text }) => `        ${sign} ${printableLine(text.slice(0, 400))}`),
    ]),
    ...exchanges
      .slice(-1)
      .flatMap(describeExchange)
      .map((text) => `      ${printableLine(text)}`),
  ]
}

function describeExchange({ request, response, broken, journal, link }: RecordedExchange): string[] {
  const steps = journal?.steps.map(({ name, outcome, rules }) => [name, outcome, ...rules].join(' ')).join(', ')
  return [
    `${request.method} ${request.url}`,
    `${response?.status ?? ''} ${broken ?? response?.body?.slice(0, 400) ?? ''}`.trim(),
    ...(steps === undefined ? [] : [`steps: ${steps}`]),
    ...(journal?.issues ?? []).map(({ rule, message, fix }) => `${rule}: ${message} Fix: ${fix}`),
    ...(link === undefined ? [] : [link]),
  ]
}

/** The last lines: what of the requirements, and how many scenarios. */
export function describeTotals({ totals, requirements, milliseconds, seed }: Report): string {
  const kept = requirements.filter(({ outcome }) => outcome === 'kept').length
  const broken = requirements.filter(({ outcome }) => outcome === 'broken')
  return [
    ...broken.map(({ id, quote, source }) => `broken  ${id}: "${quote}" (${source})`),
    `${kept} requirements kept, ${broken.length} broken, ${requirements.length - kept - broken.length} not exercised`,
    `${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped in ${(milliseconds / 1000).toFixed(1)} s (seed ${seed})`,
  ].join('\n')
}

const VERDICTS = { kept: 'kept', broken: 'BROKEN', 'not exercised': 'not exercised' } as const

/** The verdict on a program: each requirement, and what shows that one is broken. */
export function describeVerdict({ requirements, scenarios, passed, title }: Report): string {
  const lines = requirements.flatMap(({ id, quote, source, outcome }) => {
    const own = scenarios.find((one) => one.id === id)
    const head = `${VERDICTS[outcome].padEnd(14)} ${id}: ${quote} (${source})`
    if (outcome !== 'broken') return [head]
    return [head, ...(own?.steps ?? []).slice(0, 5).flatMap(describeFinding)]
  })
  const count = (wanted: string) => requirements.filter(({ outcome }) => outcome === wanted).length
  const counts = `${count('kept')} kept, ${count('broken')} broken, ${count('not exercised')} not exercised`
  return [...lines, '', `${title}: ${passed ? 'passed' : 'failed'}: ${counts}`].join('\n')
}

function describeFinding({ name, exchanges }: StepResult): string[] {
  return [
    printableLine(`    ${name}`),
    ...exchanges.slice(0, 3).map(({ request, response, exchange }) => {
      const { pathname, search } = new URL(request.url)
      return printableLine(
        `      ${exchange} ${request.method} ${pathname}${search.slice(0, 80)} ${response?.status ?? 'no answer'}`,
      )
    }),
  ]
}
