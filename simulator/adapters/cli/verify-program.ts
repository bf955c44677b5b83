import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { reportOf } from '../../../scenarios/reports/report.ts'
import { describeVerdict } from '../../../scenarios/reports/terminal.ts'
import { sleep } from '../../../scenarios/runner/place.ts'
import { ControlRefused } from '../../../scenarios/runner/target.ts'
import { type Program, type Surroundings, stage } from '../../../scenarios/verify/stage.ts'
import { verdictOf } from '../../../scenarios/verify/verdict.ts'
import { VERSION } from '../../index.ts'
import { CliError } from './cli-error.ts'
import { readVerify, verifyPackFile } from './pack-files.ts'
import { wantedReport, writeReports } from './reports.ts'
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
    const start = (surroundings: Surroundings) => startProgram(command, surroundings, folder)
    const evidence = await stage({ pack, target, seed, events, start })
    const about = { target: command.join(' ') || 'a program elsewhere', seed, started, version: VERSION, file }
    const run = verdictOf(pack, evidence, { ...about, milliseconds: performance.now() - began })
    const report = reportOf(pack.title, run, pack.requirements)
    console.log(describeVerdict(report))
    writeReports(report, reports)
    for (const one of reports) console.log(`${one.format} report: ${one.file}`)
    return report.passed
  } catch (error) {
    throw error instanceof ControlRefused ? new CliError(error.message) : error
  } finally {
    rmSync(folder, { recursive: true, force: true })
    await close()
  }
}

async function startProgram(
  [name, ...args]: readonly string[],
  surroundings: Surroundings,
  folder: string,
): Promise<Program> {
  const env = environmentOf(surroundings, folder)
  if (name === undefined) return elsewhere(env)
  // Its words go beside the verdict, which is the output of this command.
  const child = spawn(name, args, { stdio: ['ignore', 2, 2], env: { ...process.env, ...env } })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const failed = new Promise<never>((_, reject) =>
    child.once('error', (error) => reject(new CliError(`${name} cannot be started: ${error.message}`))),
  )
  await Promise.race([failed, new Promise((resolve) => child.once('spawn', resolve))])
  return {
    ended,
    async stop() {
      if (child.exitCode === null) child.kill('SIGTERM')
      await Promise.race([ended, sleep(GRACE).then(() => child.kill('SIGKILL'))])
      await ended
    },
  }
}

/** Milliseconds that a program has to end after SIGTERM. */
const GRACE = 3_000

/** Prints what a program that is started by hand needs. */
function elsewhere(env: Readonly<Record<string, string>>): Program {
  const lines = Object.entries(env).map(([name, value]) => `  export ${name}='${value}'`)
  console.log(
    ['Start your program with', ...lines, 'It is judged when nothing new has happened for a while.'].join('\n'),
  )
  return { ended: new Promise(() => undefined), stop: () => Promise.resolve() }
}

function environmentOf({ urls, client, municipality, poll }: Surroundings, folder: string): Record<string, string> {
  const file = join(folder, 'client.json')
  writeFileSync(file, JSON.stringify(client, null, 2), { mode: 0o600 })
  return {
    HELSEID_AUTHORITY: client.authority,
    JFT_WRITE_URL: urls['jft-write'] ?? '',
    JFT_READ_URL: urls['jft-read'] ?? '',
    VKP_URL: `${urls.vkp}/epj/r4`,
    JFT_CLIENT_FILE: file,
    JFT_CLIENT_ID: client.clientId,
    JFT_MUNICIPALITY: municipality,
    JFT_SCOPE: 'nhn:jft/api',
    ...(poll === undefined ? {} : { JFT_POLL_SECONDS: String(poll) }),
  }
}
