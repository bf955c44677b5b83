import type { Failure, RunResult, ScenarioResult } from '../runner/result.ts'

const MARKS = { passed: 'ok', failed: 'FAILED', skipped: 'skipped' } as const

/** One line for a scenario. */
export function describeScenario({ outcome, pack, id, title, milliseconds, reason }: ScenarioResult): string {
  const why = outcome === 'skipped' ? `: ${reason}` : ''
  return `${MARKS[outcome].padEnd(8)} ${pack}/${id} ${Math.round(milliseconds)} ms  ${title}${why}`
}

/** The steps of a failed scenario up to the one that failed, and in what that was not as expected. */
export function describeFailure({ pack, id, file, line, reason, steps, seed }: ScenarioResult): string {
  const reached = steps.filter(({ outcome }) => outcome !== 'not-reached')
  return [
    `\n${pack}/${id} (${file}:${line}, seed ${seed})`,
    ...(reason === undefined ? [] : [`  ${reason}`]),
    ...reached.flatMap((step) => [
      `  ${step.outcome === 'passed' ? '✓' : '✗'} ${step.name} (line ${step.line})`,
      ...step.failures.flatMap(describeMismatch),
      ...(step.outcome === 'failed' ? step.exchanges.slice(-1).map(describeExchange) : []),
    ]),
  ].join('\n')
}

function describeMismatch({ what, expected, actual }: Failure): string[] {
  return [`      ${what}`, `        expected ${JSON.stringify(expected)}`, `        actual   ${JSON.stringify(actual)}`]
}

function describeExchange({
  request,
  response,
  broken,
  link,
}: ScenarioResult['steps'][number]['exchanges'][number]): string {
  const answer = response ? `${response.status} ${(response.body ?? '').slice(0, 300)}` : broken
  return `      ${request.method} ${request.url}\n      ${answer}${link === undefined ? '' : `\n      ${link}`}`
}

/** The last line: how many of each. */
export function describeTotals({ scenarios, milliseconds, seed }: RunResult): string {
  const count = (outcome: ScenarioResult['outcome']) => scenarios.filter((one) => one.outcome === outcome).length
  const parts = [`${count('passed')} passed`, `${count('failed')} failed`, `${count('skipped')} skipped`]
  return `\n${parts.join(', ')} in ${(milliseconds / 1000).toFixed(1)} s (seed ${seed})`
}
