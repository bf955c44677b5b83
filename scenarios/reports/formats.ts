import type { ReportFormat } from './format-names.ts'
import { htmlOf } from './html.ts'
import { junitOf } from './junit.ts'
import type { Report } from './report.ts'
import { badgeOf, summaryOf } from './summary.ts'
import { testReportsOf } from './test-report.ts'

/** What a report can be written as, by the name of the format. */
export const FORMATS: Readonly<Record<ReportFormat, (report: Report) => string>> = {
  html: htmlOf,
  summary: summaryOf,
  badge: badgeOf,
  junit: junitOf,
  json: (report) => `${JSON.stringify(report, null, 2)}\n`,
  'test-report': (report) => `${JSON.stringify(testReportsOf(report), null, 2)}\n`,
}
