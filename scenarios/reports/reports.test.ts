import { describe, expect, test } from 'vitest'
import { checkPayload } from '../../simulator/index.ts'
import type { RecordedExchange, ScenarioResult } from '../runner/result.ts'
import { curlOf } from './curl.ts'
import { htmlOf } from './html.ts'
import { junitOf } from './junit.ts'
import { reportOf } from './report.ts'
import { badgeOf, summaryOf } from './summary.ts'
import { describeFailure, describeTotals } from './terminal.ts'
import { testReportsOf } from './test-report.ts'

const EXCHANGE: RecordedExchange = {
  purpose: 'step',
  request: {
    method: 'POST',
    url: 'http://localhost:7357/s/r1/write/v1/Composition',
    headers: [
      ['content-type', 'application/fhir+json'],
      ['authorization', 'DPoP eyJ.eyJ.[signature removed]'],
    ],
    body: '{"title":"Ola\'s <script>alert(1)</script>"}',
  },
  response: { status: 400, headers: [['content-type', 'application/fhir+json']], body: '{"issue":[]}' },
  milliseconds: 4,
  exchange: 'x2',
  journal: {
    steps: [{ name: 'fhir-r4', outcome: 'stopped', rules: ['r4-empty-string'] }],
    issues: [
      {
        rule: 'r4-empty-string',
        message: 'Properties cannot be empty strings.',
        certainty: 'documented',
        source: 'VKP as reverse proxy',
        fix: 'Leave it out.',
        expression: 'Composition.title',
      },
    ],
    warnings: [],
    injected: [],
  },
}

const STEP = { name: 'submit note', line: 8, milliseconds: 5, failures: [], unchecked: [], exchanges: [] } as const

const scenario = (id: string, more: Partial<ScenarioResult>): ScenarioResult => ({
  pack: 'jft-write',
  id,
  title: `The <b>${id}</b> one`,
  party: 'response-centre',
  proves: ['write-202'],
  file: 'packs/jft-write.yaml',
  line: 4,
  attempt: 1,
  seed: '1',
  outcome: 'passed',
  milliseconds: 12.4,
  steps: [{ ...STEP, outcome: 'passed' }],
  rules: [],
  ...more,
})

const FAILED = scenario('broken', {
  outcome: 'failed',
  steps: [
    { ...STEP, outcome: 'passed' },
    {
      ...STEP,
      name: 'search',
      line: 9,
      outcome: 'failed',
      failures: [{ what: 'body entry.count()', expected: [1, 2], actual: [1, 3] }],
      exchanges: [EXCHANGE],
    },
    { ...STEP, name: 'status note', line: 12, outcome: 'not-reached' },
  ],
})
const SKIPPED = scenario('left-out', {
  outcome: 'skipped',
  reason: 'needs a simulator',
  steps: [],
  proves: ['read-links'],
})

const REPORT = reportOf(
  'JFT contract',
  {
    target: 'the built-in simulator',
    version: '0.1.0',
    seed: '1',
    started: '2026-11-22T08:00:00.000Z',
    milliseconds: 1_234,
    scenarios: [scenario('good', {}), FAILED, SKIPPED],
  },
  [
    { id: 'write-202', quote: 'A successful submission returns 202 Accepted.', source: 'WriteAPI' },
    { id: 'read-links', quote: 'includes self and next link elements', source: 'ReadAPI' },
    { id: 'elsewhere', quote: 'not of these packs', source: 'ReadAPI' },
  ],
)

describe('a report', () => {
  test('says of each requirement whether it is kept', () => {
    expect(REPORT.requirements.map(({ id, outcome, scenarios }) => [id, outcome, scenarios])).toEqual([
      ['write-202', 'broken', ['good', 'broken']],
      ['read-links', 'not exercised', ['left-out']],
    ])
    expect([REPORT.passed, REPORT.totals]).toEqual([false, { passed: 1, failed: 1, skipped: 1 }])
  })

  test('for a terminal: what was expected against what was there, and how to see it again', () => {
    expect(describeFailure(FAILED)).toMatchInlineSnapshot(`
      "jft-write/broken: The <b>broken</b> one
        packs/jft-write.yaml:4
        ✓ submit note (line 8)
        ✗ search (line 9)
            body entry.count():  - expected  + actual
                [
                  1,
              -   2
              +   3
                ]
            POST http://localhost:7357/s/r1/write/v1/Composition
            400 {"issue":[]}
            steps: fhir-r4 stopped r4-empty-string
            r4-empty-string: Properties cannot be empty strings. Fix: Leave it out.
        again: jftsim run jft-write --filter broken --seed 1"
    `)
    expect(describeTotals(REPORT)).toMatchInlineSnapshot(`
      "broken  write-202: "A successful submission returns 202 Accepted." (WriteAPI)
      0 requirements kept, 1 broken, 1 not exercised
      1 passed, 1 failed, 1 skipped in 1.2 s (seed 1)
      This tested the simulator itself, not your program: that is done by "jftsim verify", by --own-client, and another environment by --target."
    `)
  })

  test('as JUnit XML', () => {
    expect(junitOf(REPORT).replace(/<failure[\s\S]*?<\/failure>/, (text) => text.slice(0, 150))).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="JFT contract" tests="3" failures="1" errors="0" time="1.234">
        <testsuite name="jft-write" tests="3" failures="1" errors="0" skipped="1" time="0.037" timestamp="2026-11-22T08:00:00" file="packs/jft-write.yaml">
          <properties>
            <property name="seed" value="1"/>
            <property name="target" value="the built-in simulator"/>
            <property name="version" value="0.1.0"/>
            <property name="requirements" value="write-202 read-links"/>
          </properties>
          <testcase classname="jft-write" name="good: The &lt;b&gt;good&lt;/b&gt; one" time="0.012">
            <system-out>packs/jft-write.yaml:4
      [[PROPERTY|requirement=write-202]]</system-out>
          </testcase>
          <testcase classname="jft-write" name="broken: The &lt;b&gt;broken&lt;/b&gt; one" time="0.012">
            <failure message="search: body entry.count() is [1,3], expected [1,2]">jft-write/broken: The &lt;b&gt;broken&lt;/b&gt; one
        packs/jft-write.yaml:4
        
            <system-out>packs/jft-write.yaml:4
      [[PROPERTY|requirement=write-202]]</system-out>
          </testcase>
          <testcase classname="jft-write" name="left-out: The &lt;b&gt;left-out&lt;/b&gt; one" time="0.012">
            <skipped message="needs a simulator"></skipped>
            <system-out>packs/jft-write.yaml:4
      [[PROPERTY|requirement=read-links]]</system-out>
          </testcase>
        </testsuite>
      </testsuites>
      "
    `)
  })

  test('as FHIR TestReports that the strict validator accepts', () => {
    const bundle = testReportsOf(REPORT)
    expect(checkPayload(JSON.stringify(bundle)).jft.issues).toEqual([])
    const [entry] = bundle.entry ?? []
    expect([entry?.resource?.result, entry?.resource?.score]).toEqual(['fail', 50])
    expect(entry?.resource?.test?.map(({ name, action }) => [name, action.at(-1)?.assert?.result])).toEqual([
      ['good', 'pass'],
      ['broken', 'fail'],
      ['left-out', 'skip'],
    ])
  })

  test('as one page without script, in which nothing of a payload comes alive', () => {
    const page = htmlOf(REPORT)
    expect(page).not.toMatch(/<script|<img|https?:\/\/(?!localhost)|<b>/)
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(page).toContain("default-src 'none'")
  })

  test('as a summary of one page, and as a badge', () => {
    expect(summaryOf(REPORT)).toMatchInlineSnapshot(`
      "# JFT contract: failed

      0 kept, 1 broken, 1 not exercised. Scenarios: 1 passed, 1 failed, 1 skipped.

      * Target: the built-in simulator
      * Simulator: 0.1.0
      * Seed: 1
      * Run: 2026-11-22T08:00:00.000Z
      * This tested the simulator itself, not your program: that is done by "jftsim verify", by --own-client, and another environment by --target.

      * **failed**: The <b>broken</b> one (\`broken\`): search: body entry.count() is [1,3], expected [1,2]

      | Outcome | Requirement | Level | Source | Why |
      |---|---|---|---|---|
      | **broken** | A successful submission returns 202 Accepted. (\`write-202\`) | must | WriteAPI | search: body entry.count() is [1,3], expected [1,2] |
      | not exercised | includes self and next link elements (\`read-links\`) | must | ReadAPI | needs a simulator |
      "
    `)
    expect(JSON.parse(badgeOf(REPORT))).toEqual({
      schemaVersion: 1,
      label: 'JFT contract',
      message: '0 kept, 1 broken, 1 not exercised',
      color: 'red',
      isError: true,
    })
  })

  test('the curl of an exchange takes token and proof from the environment, and quotes what a shell would read', () => {
    expect(curlOf(EXCHANGE)).toMatchInlineSnapshot(`
      "curl -sS -i -X POST 'http://localhost:7357/write/v1/Composition' \\
        -H 'content-type: application/fhir+json' \\
        -H "authorization: $AUTHORIZATION" \\
        --data-raw '{"title":"Ola'\\''s <script>alert(1)</script>"}'"
    `)
  })
})
