import { closeSync, existsSync, mkdirSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { REPORT_FORMAT_NAMES, type ReportFormat } from '../../scenarios/reports/format-names.ts'
import { written } from '../../scenarios/reports/formats.ts'
import type { Report } from '../../scenarios/reports/report.ts'
import { unknownName } from '../../simulator/index.ts'
import { CliError } from '../cli-error.ts'
import { writing } from '../files.ts'

/** A report that is wanted: its format and the file to write. */
export interface WantedReport {
  readonly format: ReportFormat
  readonly file: string
}

/** Reads one `--report FORMAT=FILE`. Throws a `CliError` that names the formats. */
export function wantedReport(value: string): WantedReport {
  const [name = '', ...rest] = value.split('=')
  const file = rest.join('=')
  const format = REPORT_FORMAT_NAMES.find((one) => one === name)
  if (!format) throw new CliError(`--report ${value}: ${unknownName('format', name, REPORT_FORMAT_NAMES)}`)
  if (file === '') throw new CliError(`--report ${value}: name a file, for example ${format}=report.${format}.`)
  return { format, file }
}

/** Finds out before a run whether its reports can be written; folders are made. Throws a `CliError` where one cannot. */
export function prepareReports(wanted: readonly WantedReport[]): void {
  for (const { file } of wanted) writing(file, () => touch(file))
}

/** Opens the file for writing, and leaves it as it was. */
function touch(file: string): void {
  mkdirSync(dirname(file), { recursive: true })
  const isNew = !existsSync(file)
  closeSync(openSync(file, 'a'))
  if (isNew) rmSync(file)
}

/** Writes the reports that are wanted; folders are made. */
export async function writeReports(report: Report, wanted: readonly WantedReport[]): Promise<void> {
  for (const { format, file } of wanted) {
    const content = await written(format, report)
    writing(file, () => {
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, content)
    })
  }
}
