import type { ScenarioResult } from '../runner/result.ts'
import { type JunitCase, junitXml } from './junit-xml.ts'
import type { Report } from './report.ts'
import { describeFailure } from './terminal.ts'

/** The run as JUnit XML: a suite for each pack, a case for each scenario. */
export function junitOf({ milliseconds, scenarios, title, started, seed, version, target }: Report): string {
  const packs = [...new Set(scenarios.map(({ pack }) => pack))]
  const suites = packs.map((name) => {
    const own = scenarios.filter(({ pack }) => pack === name)
    const time = own.reduce((sum, one) => sum + one.milliseconds, 0)
    const properties = { seed, target, version: version ?? '' }
    return { name, milliseconds: time, started, properties, cases: own.map(caseOf) }
  })
  return junitXml(title, suites, milliseconds)
}

function caseOf(result: ScenarioResult): JunitCase {
  const { pack, id, title, milliseconds, file, line, outcome, reason = '' } = result
  const common = { classname: pack, name: `${id}: ${title}`, milliseconds, file, line }
  if (outcome === 'passed') return common
  if (outcome === 'skipped') return { ...common, outcome: { element: 'skipped', message: reason } }
  return { ...common, outcome: { element: 'failure', message: headlineOf(result), text: describeFailure(result) } }
}

/** The first thing that was not as expected. */
export function headlineOf({ steps, reason }: ScenarioResult): string {
  const failed = steps.find(({ outcome }) => outcome === 'failed')
  const [failure] = failed?.failures ?? []
  if (!failed || !failure) return reason ?? 'failed'
  return `${failed.name}: ${failure.what} is ${JSON.stringify(failure.actual)}, expected ${JSON.stringify(failure.expected)}`
}
