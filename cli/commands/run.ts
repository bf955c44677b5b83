import { watch } from 'node:fs'
import { dirname } from 'node:path'
import { Command, InvalidArgumentError, Option } from 'commander'
import type { Pack } from '../../scenarios/pack/pack.ts'
import { REPORT_FORMAT_NAMES } from '../../scenarios/reports/format-names.ts'
import type { RunResult, ScenarioResult } from '../../scenarios/runner/result.ts'
import type { Target } from '../../scenarios/runner/target.ts'
import { CliError } from '../cli-error.ts'
import { print, statusLine, tell } from '../print.ts'
import type { WantedReport } from '../reports/reports.ts'
import type { OpenTarget } from '../run-target.ts'

interface RunFlags {
  readonly url?: string
  readonly target?: string
  readonly filter?: string
  readonly seed: string
  readonly repeat: number
  readonly parallel: number
  readonly bail?: boolean
  readonly watch?: boolean
  readonly ownClient?: boolean
  readonly report?: readonly string[]
}

/** `jftsim run`: plays scenario packs and says which requirements hold. */
export function run(): Command {
  return new Command('run')
    .description('Run scenario packs and say which documented requirements hold')
    .argument('[pack...]', 'names of packs, files or folders; all that are shipped by default')
    .addOption(new Option('--url <url>', 'a running simulator').conflicts('target'))
    .option('--target <file>', 'another environment: a file of base URLs and clients')
    .option('--filter <text>', 'only scenarios whose id, title or requirement has this text')
    .option('--seed <text>', 'the same seed makes the same payloads', '1')
    .option('--repeat <number>', 'repeat each scenario N times, with a new seed', wholeNumber, 1)
    .option('--parallel <number>', 'how many scenarios run at once', wholeNumber, 8)
    .option('--bail', 'stop after the first scenario that fails')
    .option('--watch', 'run again when a pack changes')
    .option('--own-client', 'also run scenarios that wait for your own client, and print each request they wait for')
    .option('--report <format=file>', `write ${REPORT_FORMAT_NAMES.join(', ')}; repeatable`, collect)
    .addHelpText('after', HELP)
    .action(play)
}

const HELP = `
Without --url and --target the packs run against a simulator of their own. Exit code: 0 when all pass, 1 when a scenario
fails, 2 for wrong use.`

/** What scenarios need is loaded only here: it would slow down the start of every other command. */
async function play(names: readonly string[], flags: RunFlags): Promise<void> {
  const [{ packsOf }, { wantedReport }, targets] = await Promise.all([
    import('../pack-files.ts'),
    import('../reports/reports.ts'),
    import('../run-target.ts'),
  ])
  const reports = (flags.report ?? []).map(wantedReport)
  // A simulator of its own begins while the packs are read.
  const opening = Promise.resolve(openTarget(flags, targets))
  const packs = await Promise.resolve()
    .then(() => packsOf(names))
    .catch(async (error) => {
      await opening.then(({ close }) => close())
      throw error
    })
  const open = await opening
  try {
    process.exitCode = (await playOnce(packs, open.target, flags, reports)) ? 0 : 1
    if (flags.watch) await playAgain(names, open.target, flags, reports)
  } finally {
    await open.close()
  }
}

function openTarget(
  { url, target }: RunFlags,
  targets: typeof import('../run-target.ts'),
): Promise<OpenTarget> | OpenTarget {
  if (target !== undefined) return targets.described(target)
  return url === undefined ? targets.builtIn() : targets.runningAt(url)
}

/** Whether nothing failed. Throws a `CliError` when nothing was to be run. */
async function playOnce(
  packs: readonly Pack[],
  target: Target,
  flags: RunFlags,
  wanted: readonly WantedReport[],
): Promise<boolean> {
  const [{ runPacks }, { reportOf }, { writeReports }, terminal, { requirementTexts }] = await Promise.all([
    import('../../scenarios/runner/run.ts'),
    import('../../scenarios/reports/report.ts'),
    import('../reports/reports.ts'),
    import('../../scenarios/reports/terminal.ts'),
    import('../pack-files.ts'),
  ])
  const progress = progressOf(terminal.describeScenario)
  const waits = flags.ownClient ? { onWait: (await import('../own-client.ts')).tellWaiting() } : {}
  const result = await runPacks(packs, target, {
    ...flags,
    ...waits,
    bail: flags.bail === true,
    selected: selector(flags),
    onScenario: progress.tell,
  }).catch(wordEndless)
  progress.end()
  requireSome(result, flags)
  const report = reportOf('JFT contract', result, requirementTexts())
  for (const one of result.scenarios) if (one.outcome === 'failed') print(`${terminal.describeFailure(one)}\n`)
  print(terminal.describeTotals(report))
  writeReports(report, wanted)
  for (const { format, file } of wanted) print(`${format} report: ${file}`)
  return report.passed
}

/** A pack that does not end says nothing of the service: that is wrong use. */
async function wordEndless(error: unknown): Promise<never> {
  const { EndlessExpression } = await import('../../scenarios/runner/bounded.ts')
  throw error instanceof EndlessExpression ? new CliError(error.message) : error
}

function selector({ filter }: RunFlags) {
  return (_: Pack, { id, title, proves }: Pack['scenarios'][number]) =>
    filter === undefined || [id, title, ...proves].some((text) => text.includes(filter))
}

function requireSome({ scenarios }: RunResult, { filter }: RunFlags): void {
  if (scenarios.length === 0) throw new CliError(`No scenario has the text ${filter} in its id, title or requirements.`)
}

/** On a terminal one line that changes, elsewhere a line for each scenario. */
function progressOf(describe: (result: ScenarioResult) => string) {
  const { isTTY, columns = 80 } = process.stdout
  let done = 0
  const tellOf = (result: ScenarioResult) => {
    done += 1
    if (!isTTY) return print(describe(result))
    if (result.outcome === 'failed') statusLine.write(process.stdout, `${describe(result)}\n`)
    statusLine.write(process.stdout, `${done}: ${result.pack}/${result.id}`.slice(0, columns - 1))
  }
  return { tell: tellOf, end: () => void (isTTY && statusLine.clear(process.stdout)) }
}

/** Milliseconds in which an editor writes a file more than once. */
const SETTLING = 100

/** Runs again at each change of a pack's file, until the process is stopped. */
async function playAgain(
  names: readonly string[],
  target: Target,
  flags: RunFlags,
  wanted: readonly WantedReport[],
): Promise<void> {
  const { packsOf } = await import('../pack-files.ts')
  const folders = [...new Set(packsOf(names).map(({ file }) => dirname(file)))]
  let timer: NodeJS.Timeout | undefined
  const again = async () => {
    try {
      await playOnce(packsOf(names), target, flags, wanted)
    } catch (error) {
      if (!(error instanceof CliError)) throw error
      tell(error.message)
    }
  }
  const changed = () => {
    clearTimeout(timer)
    timer = setTimeout(() => void again(), SETTLING)
  }
  for (const folder of folders) watch(folder, changed)
  print('Watching; stop with Ctrl+C.')
  await new Promise(() => undefined)
}

function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value]
}

function wholeNumber(value: string): number {
  if (/^[1-9]\d*$/.test(value)) return Number(value)
  throw new InvalidArgumentError('It must be a whole number above 0.')
}
