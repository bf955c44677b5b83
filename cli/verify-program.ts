import { reportOf } from '../scenarios/reports/report.ts'
import { describeVerdict } from '../scenarios/reports/terminal.ts'
import { EndlessExpression } from '../scenarios/runner/bounded.ts'
import { StagingFailed, type Surroundings, stage } from '../scenarios/verify/stage.ts'
import { verdictOf } from '../scenarios/verify/verdict.ts'
import { redactCommand } from '../simulator/ground/text/mask/command.ts'
import { VERSION } from '../simulator/index.ts'
import { ControlRefused } from '../simulator/surfaces/control/client.ts'
import { CliError } from './cli-error.ts'
import { readVerify, verifyPackFile } from './pack-files.ts'
import { print, tell } from './print.ts'
import { wantedReport, writeReports } from './reports/reports.ts'
import { builtIn, runningAt } from './run-target.ts'
import { openWorkshop } from './workshop.ts'

interface Wanted {
  readonly url?: string
  readonly events?: number
  readonly seed: string
  readonly report?: readonly string[]
}

/** Runs a program in a pack's sandbox, prints the verdict and writes the reports. Whether nothing was broken. */
export async function verifyProgram(name: string, command: readonly string[], wanted: Wanted): Promise<boolean> {
  const reports = (wanted.report ?? []).map(wantedReport)
  const file = verifyPackFile(name)
  const pack = readVerify(file)
  const { target, close } = await (wanted.url === undefined ? builtIn() : runningAt(wanted.url))
  const workshop = openWorkshop()
  const started = new Date().toISOString()
  const began = performance.now()
  try {
    const { seed, events } = wanted
    const start = (surroundings: Surroundings) => workshop.start(surroundings, command)
    const evidence = await stage({ pack, target, seed, events, start })
    if (evidence.calls.length === 0) throw new CliError('The program made no request: there is nothing to judge.', 1)
    if (evidence.dropped > 0) {
      tell(`The journal dropped the first ${evidence.dropped} exchanges: the verdict is on the others.`)
    }
    const about = { target: redactCommand(command) || 'a program elsewhere', seed, started, version: VERSION, file }
    const run = verdictOf(pack, evidence, { ...about, milliseconds: performance.now() - began })
    const report = reportOf(pack.title, run, pack.requirements)
    print(describeVerdict(report))
    writeReports(report, reports)
    for (const one of reports) print(`${one.format} report: ${one.file}`)
    return report.passed
  } catch (error) {
    throw isForUser(error) ? new CliError(error.message) : error
  } finally {
    await workshop.close()
    await close()
  }
}

function isForUser(error: unknown): error is Error {
  return [ControlRefused, StagingFailed, EndlessExpression].some((kind) => error instanceof kind)
}
