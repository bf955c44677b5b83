import { expect, test } from 'vitest'
import { sum, tallyOf } from './tally.mjs'

/** As Vitest and as Playwright write it: the one counts a crash as an error, the other orders its attributes otherwise. */
const REPORTS = [
  `<testsuites name="vitest tests" tests="7" failures="1" errors="1" time="2.5">
    <testsuite name="a.test.ts" timestamp="2026-01-01T00:00:00Z" hostname="h" tests="5" failures="1" errors="0" skipped="2" time="1">
      <testcase classname="a.test.ts" name="a &lt;testsuite tests=9" time="0.1"></testcase>
    </testsuite>
    <testsuite name="b.test.ts" tests="2" failures="0" errors="1" skipped="0" time="1"/>
  </testsuites>`,
  `<testsuites id="" name="" tests="3" failures="1" skipped="0" errors="0" time="9">
<testsuite name="c.spec.ts" timestamp="2026-01-01T00:00:00Z" hostname="served" tests="3" failures="1" skipped="0" time="9" errors="0">
</testsuite>
</testsuites>`,
]

test('a run ends with one count for all its tests, whoever ran them', () => {
  expect(REPORTS.map(tallyOf)).toEqual([
    { passed: 3, failed: 2, skipped: 2 },
    { passed: 2, failed: 1, skipped: 0 },
  ])
  expect(sum(REPORTS.map(tallyOf))).toEqual({ passed: 5, failed: 3, skipped: 2 })
})

test('a runner that wrote no report has run nothing', () => {
  expect(tallyOf('')).toEqual({ passed: 0, failed: 0, skipped: 0 })
})
