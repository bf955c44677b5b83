import type { Bundle, TestReport, TestReportTest, TestReportTestAction } from 'fhir/r4.js'
import type { ScenarioResult, StepResult } from '../runner/result.ts'
import { headlineOf } from './outcome.ts'
import type { Report } from './report.ts'

/** The run as FHIR R4: a Bundle of type collection, with a TestReport for each pack. */
export function testReportsOf(report: Report): Bundle<TestReport> {
  const packs = [...new Set(report.scenarios.map(({ pack }) => pack))]
  return {
    resourceType: 'Bundle',
    type: 'collection',
    timestamp: report.started,
    entry: packs.map((pack) => {
      const resource = testReportOf(report, pack)
      return { fullUrl: `urn:jft-simulator:report:${pack}`, resource }
    }),
  }
}

function testReportOf(report: Report, pack: string): TestReport {
  const { scenarios, started, title, target, version = '', tested } = report
  const own = scenarios.filter((one) => one.pack === pack)
  const run = own.filter(({ outcome }) => outcome !== 'skipped')
  const passed = run.filter(({ outcome }) => outcome === 'passed').length
  return {
    resourceType: 'TestReport',
    id: pack,
    name: `${title}: ${pack}`,
    status: 'completed',
    testScript: { display: `Scenario pack ${pack}` },
    result: run.length === 0 ? 'pending' : passed === run.length ? 'pass' : 'fail',
    ...(run.length === 0 ? {} : { score: Number(((100 * passed) / run.length).toFixed(2)) }),
    tester: `jft-simulator ${version}`.trim(),
    issued: started,
    participant: [
      {
        type: tested === 'program' ? 'client' : 'server',
        uri: `urn:jft-simulator:target:${encodeURIComponent(target)}`,
        display: target,
      },
    ],
    test: own.map(testOf),
  }
}

function testOf(result: ScenarioResult): TestReportTest {
  const { id, title, steps, outcome, reason } = result
  const actions = steps.map(actionOf)
  const whole: TestReportTestAction = {
    assert: {
      result: outcome === 'passed' ? 'pass' : outcome === 'failed' ? 'fail' : 'skip',
      message: outcome === 'failed' ? headlineOf(result) : (reason ?? title),
    },
  }
  return { name: id, description: title, action: [...actions, whole] }
}

const RESULTS = { passed: 'pass', failed: 'fail', 'not-reached': 'skip' } as const

function actionOf({ name, outcome, failures, exchanges }: StepResult): TestReportTestAction {
  const [failure] = failures
  const said =
    failure && `${failure.what}: expected ${JSON.stringify(failure.expected)}, was ${JSON.stringify(failure.actual)}`
  const last = exchanges.at(-1)
  const answered = last && `${last.request.method} ${last.request.url}: ${last.response?.status ?? last.broken}`
  return { operation: { result: RESULTS[outcome], message: [name, said, answered].filter(Boolean).join('. ') } }
}
