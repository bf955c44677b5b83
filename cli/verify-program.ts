import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { reportOf } from '../scenarios/reports/report.ts'
import { describeVerdict } from '../scenarios/reports/terminal.ts'
import { ControlRefused } from '../scenarios/runner/target.ts'
import { StagingFailed, type Surroundings, stage } from '../scenarios/verify/stage.ts'
import { verdictOf } from '../scenarios/verify/verdict.ts'
import { VERSION } from '../simulator/index.ts'
import { CliError } from './cli-error.ts'
import { readVerify, verifyPackFile } from './pack-files.ts'
import { environmentOf, programElsewhere, spawnProgram } from './program.ts'
import { wantedReport, writeReports } from './reports/reports.ts'
import { builtIn, runningAt } from './run-target.ts'

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
  const folder = mkdtempSync(join(tmpdir(), 'jftsim-'))
  const started = new Date().toISOString()
  const began = performance.now()
  try {
    const { seed, events } = wanted
    const start = async (surroundings: Surroundings) => {
      const env = environmentOf(surroundings, folder)
      return command.length === 0 ? programElsewhere(env) : spawnProgram(command, env)
    }
    const evidence = await stage({ pack, target, seed, events, start })
    if (evidence.calls.length === 0) throw new CliError('The program made no request: there is nothing to judge.', 1)
    if (evidence.dropped > 0) {
      console.error(`The journal dropped the first ${evidence.dropped} exchanges: the verdict is on the others.`)
    }
    const about = { target: command.join(' ') || 'a program elsewhere', seed, started, version: VERSION, file }
    const run = verdictOf(pack, evidence, { ...about, milliseconds: performance.now() - began })
    const report = reportOf(pack.title, run, pack.requirements)
    console.log(describeVerdict(report))
    writeReports(report, reports)
    for (const one of reports) console.log(`${one.format} report: ${one.file}`)
    return report.passed
  } catch (error) {
    throw error instanceof ControlRefused || error instanceof StagingFailed ? new CliError(error.message) : error
  } finally {
    rmSync(folder, { recursive: true, force: true })
    await close()
  }
}
