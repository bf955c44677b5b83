import type { ReportFormat } from './format-names.ts'
import { htmlOf } from './html.ts'
import { junitOf } from './junit.ts'
import { csvOf, xlsxOf } from './matrix.ts'
import type { Report } from './report.ts'
import { sealed } from './seal.ts'
import { badgeOf, summaryOf } from './summary.ts'
import { testReportsOf } from './test-report.ts'

type Written = string | Uint8Array<ArrayBuffer>

/** What a report can be written as, by the name of the format. */
const FORMATS: Readonly<Record<ReportFormat, (report: Report) => Written | Promise<Written>>> = {
  html: htmlOf,
  summary: summaryOf,
  badge: badgeOf,
  junit: junitOf,
  json: (report) => `${JSON.stringify(report, null, 2)}\n`,
  csv: csvOf,
  xlsx: xlsxOf,
  'test-report': (report) => `${JSON.stringify(testReportsOf(report), null, 2)}\n`,
}

/** A report in a format, with the hash of its content where the format has a place for it. */
export async function written(format: ReportFormat, report: Report): Promise<Written> {
  return FORMATS[format](await sealed(report))
}
