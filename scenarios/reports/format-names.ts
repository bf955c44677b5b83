/** What a report can be written as: what people call it, how its file ends, and its media type. */
export const REPORT_FORMATS = {
  html: { title: 'HTML', ending: 'html', type: 'text/html' },
  summary: { title: 'Markdown', ending: 'md', type: 'text/markdown' },
  badge: { title: 'badge', ending: 'badge.json', type: 'application/json' },
  junit: { title: 'JUnit', ending: 'junit.xml', type: 'application/xml' },
  json: { title: 'JSON', ending: 'json', type: 'application/json' },
  csv: { title: 'CSV', ending: 'csv', type: 'text/csv' },
  xlsx: {
    title: 'Excel',
    ending: 'xlsx',
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  },
  'test-report': { title: 'FHIR TestReport', ending: 'test-report.json', type: 'application/fhir+json' },
} as const

export type ReportFormat = keyof typeof REPORT_FORMATS

/** All formats, by the names that commands take. */
export const REPORT_FORMAT_NAMES = Object.keys(REPORT_FORMATS) as ReportFormat[]
