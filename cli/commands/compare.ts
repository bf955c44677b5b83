import { writeFileSync } from 'node:fs'
import { Command } from 'commander'
import { z } from 'zod'
import type { Report } from '../../scenarios/reports/report.ts'
import { CliError } from '../cli-error.ts'
import { readJson, writing } from '../files.ts'
import { print, tell } from '../print.ts'

/** `jftsim compare`: whether a run is worse than an earlier one. */
export function compare(): Command {
  return new Command('compare')
    .description('Hold the JSON report of a run against an earlier one: what is new, fixed, still broken')
    .argument('<baseline>', 'the earlier report, of run or verify with --report json=FILE')
    .argument('<report>', 'the later one')
    .argument('[later...]', 'later ones still: the last is held against the one before it')
    .option('--json', 'print the differences as JSON')
    .option('--history <file>', 'write all of them side by side as a page: what became of each requirement')
    .addHelpText('after', HELP)
    .action(run)
}

const HELP = `
Exit code: 0 when the later run is as good or better. 1 when it is worse: a requirement is broken that was not, or one that
was kept is no longer shown to be. 2 for wrong use.`

interface Flags {
  readonly json?: boolean
  readonly history?: string
}

async function run(baseline: string, report: string, later: readonly string[], flags: Flags): Promise<void> {
  const { json, history } = flags
  const { compareReports, describeComparison } = await import('../../scenarios/reports/compare.ts')
  const reports = await Promise.all([baseline, report, ...later].map(reportIn))
  const [before, after] = reports.slice(-2) as [Report, Report]
  if (history !== undefined) await writeHistory(history, reports)
  const comparison = compareReports(before, after)
  print(json ? JSON.stringify(comparison, null, 2) : describeComparison(comparison))
  process.exitCode = comparison.worse ? 1 : 0
}

async function writeHistory(file: string, reports: readonly Report[]): Promise<void> {
  const { historyOf } = await import('../../scenarios/reports/history.ts')
  writing(file, () => writeFileSync(file, historyOf(reports)))
}

const outcome = z.object({ id: z.string(), outcome: z.string(), reason: z.string().optional() })

/** What is compared of a report. */
const reportFile = z.object({
  format: z.literal('jft-simulator-report'),
  requirements: z.array(outcome),
  scenarios: z.array(
    outcome.extend({
      pack: z.string(),
      proves: z.array(z.string()),
      breaks: z.array(z.string()).optional(),
    }),
  ),
})

/** Reads a report. Throws a `CliError` where a file is none; one that was changed since it was written is told. */
async function reportIn(file: string): Promise<Report> {
  const { sealed } = await import('../../scenarios/reports/seal.ts')
  const value = readJson(file)
  if (!reportFile.safeParse(value).success)
    throw new CliError(
      `${file} is not a report of "jftsim run" or "jftsim verify"; write one with --report json=${file}.`,
    )
  const report = value as Report
  if (report.sha256 !== undefined && (await sealed(report)).sha256 !== report.sha256)
    tell(`jftsim: ${file} was changed since it was written: its sha256 is that of another content.`)
  return report
}
