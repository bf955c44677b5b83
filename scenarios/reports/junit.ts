import type { ScenarioResult } from '../runner/result.ts'
import { escaped } from './escape.ts'
import type { Report } from './report.ts'
import { describeFailure } from './terminal.ts'

/** The run as JUnit XML: a suite for each pack, a case for each scenario. */
export function junitOf(report: Report): string {
  const { totals, milliseconds, scenarios, title } = report
  const packs = [...new Set(scenarios.map(({ pack }) => pack))]
  const attributes = attributesOf({
    name: title,
    tests: scenarios.length,
    failures: totals.failed,
    skipped: totals.skipped,
    time: seconds(milliseconds),
  })
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes}>`,
    ...packs.map((pack) =>
      suiteOf(
        pack,
        scenarios.filter((one) => one.pack === pack),
        report,
      ),
    ),
    '</testsuites>',
    '',
  ].join('\n')
}

function suiteOf(
  pack: string,
  scenarios: readonly ScenarioResult[],
  { started, seed, version, target }: Report,
): string {
  const count = (outcome: ScenarioResult['outcome']) => scenarios.filter((one) => one.outcome === outcome).length
  const attributes = attributesOf({
    name: pack,
    tests: scenarios.length,
    failures: count('failed'),
    skipped: count('skipped'),
    time: seconds(scenarios.reduce((sum, one) => sum + one.milliseconds, 0)),
    timestamp: started.replace(/\.\d+Z$/, ''),
  })
  const properties = { seed, target, version: version ?? '' }
  return [
    `  <testsuite${attributes}>`,
    '    <properties>',
    ...Object.entries(properties).map(([name, value]) => `      <property${attributesOf({ name, value })}/>`),
    '    </properties>',
    ...scenarios.map(caseOf),
    '  </testsuite>',
  ].join('\n')
}

function caseOf(result: ScenarioResult): string {
  const { pack, id, title, milliseconds, file, line, outcome, reason = '' } = result
  const open = `    <testcase${attributesOf({ classname: pack, name: `${id}: ${title}`, time: seconds(milliseconds), file, line })}`
  if (outcome === 'passed') return `${open}/>`
  const message = outcome === 'skipped' ? reason : headlineOf(result)
  const text = outcome === 'skipped' ? '' : escaped(describeFailure(result))
  const name = outcome === 'skipped' ? 'skipped' : 'failure'
  return `${open}>\n      <${name}${attributesOf({ message })}>${text}</${name}>\n    </testcase>`
}

/** The first thing that was not as expected. */
export function headlineOf({ steps, reason }: ScenarioResult): string {
  const failed = steps.find(({ outcome }) => outcome === 'failed')
  const [failure] = failed?.failures ?? []
  if (!failed || !failure) return reason ?? 'failed'
  return `${failed.name}: ${failure.what} is ${JSON.stringify(failure.actual)}, expected ${JSON.stringify(failure.expected)}`
}

function attributesOf(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join('')
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3)
}
