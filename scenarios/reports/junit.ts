import type { ScenarioResult } from '../runner/result.ts'
import { type JunitCase, junitXml } from './junit-xml.ts'
import { headlineOf } from './outcome.ts'
import type { Report } from './report.ts'
import { describeFailure } from './terminal.ts'

/**
 * The run as JUnit XML: a suite for each pack, a case for each scenario, in the form that Jenkins' schema for xUnit allows too.
 * A case has no properties there: its requirements are in its output as `[[PROPERTY|requirement=id]]`, which Jenkins and Azure
 * read, and all of a suite's in its properties.
 */
export function junitOf({ milliseconds, scenarios, title, started, seed, version, target }: Report): string {
  const packs = [...new Set(scenarios.map(({ pack }) => pack))]
  const suites = packs.map((name) => {
    const own = scenarios.filter(({ pack }) => pack === name)
    const requirements = [...new Set(own.flatMap(({ proves }) => proves))].join(' ')
    const properties = { seed, target, version: version ?? '', requirements }
    const cases = own.map(caseOf)
    return { name, milliseconds: spanOf(own), started, file: own[0]?.file, properties, cases }
  })
  return junitXml(title, suites, milliseconds)
}

/** Milliseconds from the first beginning to the last end: scenarios run side by side. */
function spanOf(scenarios: readonly ScenarioResult[]): number {
  let first = Number.POSITIVE_INFINITY
  let last = 0
  let sum = 0
  for (const { began = 0, milliseconds } of scenarios) {
    first = Math.min(first, began)
    last = Math.max(last, began + milliseconds)
    sum += milliseconds
  }
  return first > 0 && last > 0 ? last - first : sum
}

function caseOf(result: ScenarioResult): JunitCase {
  const { pack, id, title, milliseconds, file, line, outcome, reason = '', attempt, proves } = result
  const again = attempt === 1 ? '' : ` (${attempt})`
  const output = [`${file}:${line}`, ...proves.map((one) => `[[PROPERTY|requirement=${one}]]`)].join('\n')
  const common = { classname: pack, name: `${id}: ${title}${again}`, milliseconds, output }
  if (outcome === 'passed') return common
  if (outcome === 'skipped') return { ...common, outcome: { element: 'skipped', message: reason } }
  return { ...common, outcome: { element: 'failure', message: headlineOf(result), text: describeFailure(result) } }
}
