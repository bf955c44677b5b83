import { type Report, reportOf } from '../scenarios/reports/report.ts'
import { describeVerdict, verdictWord } from '../scenarios/reports/terminal.ts'
import { EndlessExpression } from '../scenarios/runner/bounded.ts'
import type { RunResult } from '../scenarios/runner/result.ts'
import { StagingFailed } from '../scenarios/verify/cast.ts'
import { type Staging, stage } from '../scenarios/verify/stage.ts'
import { verdictOf } from '../scenarios/verify/verdict.ts'
import type { VerifyPack } from '../scenarios/verify/verify-pack.ts'
import type { Progress } from '../scenarios/verify/watch.ts'
import { redactCommand } from '../simulator/ground/text/mask/command.ts'
import { VERSION } from '../simulator/index.ts'
import { ControlRefused } from '../simulator/surfaces/control/client.ts'
import { CliError } from './cli-error.ts'
import { readVerify, verifyPackFile } from './pack-files.ts'
import { print, tell } from './print.ts'
import { prepareReports, wantedReport, writeReports } from './reports/reports.ts'
import { builtIn, runningAt } from './run-target.ts'
import { openWorkshop } from './workshop.ts'

interface Wanted {
  readonly url?: string
  readonly adminToken?: string
  /** ISO 8601 durations, where not those of the pack. */
  readonly within?: string
  readonly quiet?: string
  readonly events?: number
  readonly seed: string
  readonly report?: readonly string[]
}

/**
 * Runs a program in a pack's sandbox, prints the verdict and writes the reports. Gives the exit code: 1 for whatever the
 * program is to blame for, 2 where not all was tried, as when the time was over.
 */
export async function verifyProgram(name: string, command: readonly string[], wanted: Wanted): Promise<number> {
  const reports = (wanted.report ?? []).map(wantedReport)
  const file = verifyPackFile(name)
  const { within, quiet } = wanted
  const read = readVerify(file)
  prepareReports(reports)
  const pack = { ...read, ...(within === undefined ? {} : { within }), ...(quiet === undefined ? {} : { quiet }) }
  const { target, close } = await (wanted.url === undefined ? builtIn() : runningAt(wanted.url, wanted.adminToken))
  const workshop = openWorkshop()
  try {
    const judge = judgeOf(command, wanted, { target, start: (surroundings) => workshop.start(surroundings, command) })
    const parts = await judged(judge, { pack, file }, wanted.events, command)
    const report = reportOf(
      pack.title,
      againBy(joined(parts.map(({ run }) => run)), name, redactCommand(command)),
      parts.flatMap((one) => one.pack.requirements),
    )
    print(describeVerdict(report))
    for (const blame of report.program?.blame ?? []) tell(blame)
    await writeReports(report, reports)
    for (const one of reports) print(`${one.format} report: ${one.file}`)
    return exitCodeOf(report)
  } catch (error) {
    throw isForUser(error) ? new CliError(error.message) : error
  } finally {
    await workshop.close()
    await close()
  }
}

/** A pack, and the file that it was read from. */
interface PackFile {
  readonly pack: VerifyPack
  readonly file: string
}

type JudgePack = (one: PackFile, more?: Pick<Staging, 'events' | 'onProgress'>) => Promise<RunResult>

/** Gives the function that runs the program in a pack's sandbox, and judges it. */
function judgeOf(
  command: readonly string[],
  { seed }: Wanted,
  { target, start }: Pick<Staging, 'target' | 'start'>,
): JudgePack {
  const started = new Date().toISOString()
  const began = performance.now()
  return async ({ pack, file }, more = {}) => {
    const evidence = await stage({ pack, target, seed, start, ...more })
    if (evidence.dropped > 0) {
      tell(`The journal dropped the first ${evidence.dropped} exchanges: the verdict is on the others.`)
    }
    const about = { target: redactCommand(command) || 'a program elsewhere', seed, started, version: VERSION, file }
    return verdictOf(pack, evidence, { ...about, milliseconds: performance.now() - began })
  }
}

/** The run in a pack's sandbox, and those that come afterwards. */
async function judged(judge: JudgePack, first: PackFile, events: number | undefined, command: readonly string[]) {
  const { pack } = first
  const run = await judge(first, { events, onProgress: tellProgress() })
  const parts = [{ pack, run }]
  // What is started elsewhere cannot be started again, and what did nothing would do nothing again.
  const others = command.length === 0 || run.program?.blame.length !== 0 ? [] : pack.afterwards
  for (const other of others) {
    const file = verifyPackFile(other)
    const next = { ...readVerify(file), client: pack.client }
    tell(`jftsim: ${next.title}`)
    parts.push({ pack: next, run: await judge({ pack: next, file }) })
  }
  return parts
}

function isForUser(error: unknown): error is Error {
  return [ControlRefused, StagingFailed, EndlessExpression].some((kind) => error instanceof kind)
}

/** The runs of a program as one. Of the later ones counts what they show, and what the program is to blame for. */
function joined([first, ...others]: readonly RunResult[]): RunResult {
  if (!first) throw new Error('There is no run.')
  const { program } = first
  const blame = others.flatMap((run) => run.program?.blame ?? [])
  return {
    ...first,
    ...(program === undefined ? {} : { program: { ...program, blame: [...program.blame, ...blame] } }),
    milliseconds: others.at(-1)?.milliseconds ?? first.milliseconds,
    scenarios: [first, ...others].flatMap(({ scenarios }) => scenarios),
  }
}

/** What judges a program again: its whole pack, since a program cannot be told to do a part. */
function againBy(run: RunResult, name: string, command: string): RunResult {
  const again = `jftsim verify ${name} ${command === '' ? '--wait' : `-- ${command}`}`
  return { ...run, scenarios: run.scenarios.map((scenario) => ({ ...scenario, again })) }
}

function exitCodeOf(report: Report): number {
  return { passed: 0, failed: 1, 'not complete': 2 }[verdictWord(report)]
}

/** Seconds between two lines of progress. */
const EVERY = 5

/** Says on standard error how far the program is, so that nobody waits for nothing. */
function tellProgress(): (progress: Progress) => void {
  let next = EVERY
  return ({ seconds, exchanges, cues }) => {
    if (seconds < next) return
    next = seconds + EVERY
    const waiting = cues === 0 ? '' : `; ${cues} ${cues === 1 ? 'cue is' : 'cues are'} still to come`
    tell(`jftsim: ${Math.round(seconds)} s, ${exchanges} requests${waiting}`)
  }
}
