import { emptyTally, withReason } from './tally.mjs'

/**
 * @typedef {import('@playwright/test/reporter').JSONReport} JSONReport
 * @typedef {import('@playwright/test/reporter').JSONReportSuite} JSONReportSuite
 * @typedef {import('@playwright/test/reporter').JSONReportSpec} JSONReportSpec
 */

/**
 * @param {JSONReport} report as written by Playwright's JSON reporter
 * @returns {import('./tally.mjs').Tally}
 */
export function tallyPlaywright(report) {
  const tally = emptyTally()
  for (const suite of report.suites) for (const spec of specsOf(suite)) addSpec(tally, spec)
  // Such as a server that did not start: then no test has run.
  tally.failed += report.errors.length
  return tally
}

/**
 * @param {JSONReportSuite} suite
 * @returns {JSONReportSpec[]}
 */
function specsOf(suite) {
  return [...suite.specs, ...(suite.suites ?? []).flatMap(specsOf)]
}

/**
 * @param {import('./tally.mjs').Tally} tally
 * @param {JSONReportSpec} spec
 */
function addSpec(tally, spec) {
  for (const { status, annotations } of spec.tests) {
    const reason = annotations.find(({ type }) => type === 'skip' || type === 'fixme')?.description
    if (status === 'skipped') tally.skipped.push(withReason(spec.title, reason))
    else if (status === 'expected') tally.passed += 1
    else tally.failed += 1
  }
}
