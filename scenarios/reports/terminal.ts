import { printableLine } from '../../simulator/ground/text/printable.ts'
import type { RecordedExchange, ScenarioResult, StepResult } from '../runner/result.ts'
import { differenceOf } from './difference.ts'
import type { RequirementOutcome } from './outcome.ts'
import { type Report, rerunCommand } from './report.ts'
import { countsOf } from './totals.ts'
import { wordsOf } from './words.ts'

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

/** The last lines: what was tested, what of the requirements, and how many scenarios. */
export function describeTotals(report: Report): string {
  const { totals, requirements, milliseconds, seed, tested, unreached = [], language } = report
  const words = wordsOf(language)
  const broken = requirements.filter(({ outcome }) => outcome === 'broken')
  return [
    ...broken.map(({ id, quote, source }) => `${words.outcomes.broken}  ${id}: "${quote}" (${source})`),
    ...unreached.map((why) => `${words.outcomes['not exercised']}: ${printableLine(why)}`),
    countsOf(report, words).replace(' ', ` ${words.some} `),
    `${totals.passed} ${words.scenarioOutcomes.passed}, ${totals.failed} ${words.scenarioOutcomes.failed}, ${totals.skipped} ${words.scenarioOutcomes.skipped} in ${(milliseconds / 1000).toFixed(1)} s (seed ${seed})`,
    words.tested[tested],
  ].join('\n')
}

const VERDICTS: Readonly<Record<RequirementOutcome, string>> = {
  kept: 'kept',
  'kept, partly checked': 'kept, partly',
  broken: 'BROKEN',
  'not exercised': 'not exercised',
  waived: 'waived',
  'not applicable': 'not applicable',
}

/** The verdict on a program: each requirement with what shows that it is broken or why it is open, and how the program ended. */
export function describeVerdict(report: Report): string {
  const { requirements, scenarios, title } = report
  const lines = requirements.flatMap(({ id, quote, source, outcome, reason, certainty }) => {
    const own = scenarios.find((one) => one.id === id)
    const sure = certainty === undefined || certainty === 'documented' ? '' : `${certainty}; `
    const head = `${VERDICTS[outcome].padEnd(14)} ${id}: ${quote} (${sure}${source})`
    if (outcome === 'not exercised') return [head, `    ${reason ?? 'nothing to judge'}`]
    if (outcome === 'waived') return [head, `    ${reason}`]
    if (outcome !== 'broken') return [head]
    return [head, ...(own?.steps ?? []).slice(0, 5).flatMap(describeFinding)]
  })
  return [...lines, '', ...describeProgram(report), `${title}: ${verdictWord(report)}: ${countsOf(report)}`].join('\n')
}

/** What became of a program. */
export type RunVerdict = 'passed' | 'failed' | 'not complete'

/** Failed for what the program is to blame for; not complete where not all was tried. */
export function verdictWord(report: Pick<Report, 'passed' | 'totals' | 'program'>): RunVerdict {
  const { passed, totals, program } = report
  if (passed) return 'passed'
  return totals.failed > 0 || (program?.blame ?? []).length > 0 ? 'failed' : 'not complete'
}

function describeProgram({ program }: Report): string[] {
  if (!program) return []
  const { ended, lastError, blame, missing } = program
  return [
    ended,
    ...(lastError === undefined ? [] : [`Its last error: ${lastError}`]),
    ...blame,
    ...missing.map((what) => `Did not happen: ${what}.`),
    '',
  ]
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
