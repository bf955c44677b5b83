import { watch } from 'node:fs'
import { dirname } from 'node:path'
import { Command, Option } from 'commander'
import type { Pack } from '../../scenarios/pack/pack.ts'
import { REPORT_FORMAT_NAMES } from '../../scenarios/reports/format-names.ts'
import type { Report } from '../../scenarios/reports/report.ts'
import { LANGUAGES } from '../../scenarios/reports/words.ts'
import type { ScenarioResult } from '../../scenarios/runner/result.ts'
import type { Target } from '../../scenarios/runner/target.ts'
import { adminTokenOption } from '../admin-token.ts'
import { annotationsOf } from '../annotations.ts'
import type { BesideFlags, BesideRun } from '../beside-files.ts'
import { CliError } from '../cli-error.ts'
import { print, statusLine, tell } from '../print.ts'
import { readUrl } from '../read-url.ts'
import type { WantedReport } from '../reports/reports.ts'
import { keepLastRun, lastRun, type Shard, selectedOf, shardOf } from '../run-selection.ts'
import type { OpenTarget } from '../run-target.ts'
import { wholeNumber } from '../whole-number.ts'

interface RunFlags extends BesideFlags {
  readonly url?: string
  readonly target?: string
  readonly adminToken?: string
  readonly filter?: string
  readonly tag?: string
  readonly shard?: Shard
  readonly lastFailed?: boolean
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
    .addOption(new Option('--url <url>', 'a running simulator').argParser(readUrl).conflicts('target'))
    .option('--target <file>', 'another environment: a file of base URLs and clients')
    .addOption(adminTokenOption())
    .option('--filter <text>', 'only scenarios whose id, title or requirement has this text')
    .option('--tag <name>', 'only scenarios that have this tag')
    .option('--last-failed', 'only scenarios that failed in the last run in this folder')
    .option('--shard <part/of>', 'one part of the scenarios, such as 1/3 for the first third', shardOf)
    .option('--seed <text>', 'the same seed makes the same payloads', '1')
    .option('--repeat <number>', 'repeat each scenario N times, with a new seed', wholeNumber(1), 1)
    .option('--parallel <number>', 'how many scenarios run at once', wholeNumber(1), 8)
    .option('--bail', 'stop after the first scenario that fails')
    .option('--watch', 'run again when a pack changes')
    .option('--own-client', 'also run scenarios that wait for your own client, and print each request they wait for')
    .option('--report <format=file>', `write ${REPORT_FORMAT_NAMES.join(', ')}; repeatable`, collect)
    .option('--about <file>', 'YAML: product, version, vendor, organization, client and tester, for the reports')
    .option('--requirements <file>', 'YAML: requirements of your own, which packs may prove')
    .option('--waivers <file>', 'YAML: requirements that are left out, why, by whom and until when')
    .addOption(new Option('--language <language>', 'of the reports').choices(LANGUAGES))
    .addHelpText('after', HELP)
    .action(play)
}

const HELP = `
Without --url and --target the packs run against a simulator of their own. HTTP_PROXY, HTTPS_PROXY and NO_PROXY are honoured.
Under GitHub Actions and Azure Pipelines what failed is annotated too. "jftsim compare" holds two JSON reports side by side.

Exit code: 0 when nothing failed, 1 when a scenario fails (unless all that it breaks is waived), 2 for wrong use, and where
nothing could be tried or a part of the target was not there.`

/** What scenarios need is loaded only here: it would slow down the start of every other command. */
async function play(given: readonly string[], flags: RunFlags): Promise<void> {
  const [{ packsOf }, { prepareReports, wantedReport }, targets, { readBeside }] = await Promise.all([
    import('../pack-files.ts'),
    import('../reports/reports.ts'),
    import('../run-target.ts'),
    import('../beside-files.ts'),
  ])
  const reports = (flags.report ?? []).map(wantedReport)
  const last = flags.lastFailed ? lastRun() : undefined
  if (last?.failed.length === 0) return print('Nothing failed in the last run.')
  const names = given.length === 0 ? (last?.packs ?? []) : given
  prepareReports(reports)
  // A simulator of its own begins while the packs are read.
  const opening = Promise.resolve(openTarget(flags, targets))
  const ready = await Promise.resolve()
    .then(() => {
      const beside = readBeside(flags)
      return { beside, read: () => packsOf(names, beside.requirements) }
    })
    .then((part) => ({ ...part, packs: part.read() }))
    .catch(async (error) => {
      await opening.then(({ close }) => close())
      throw error
    })
  const open = await opening
  const playing = { names, flags, reports, target: open.target, ...ready, failed: last?.failed }
  try {
    process.exitCode = await playOnce(ready.packs, playing)
    if (flags.watch) await playAgain(playing)
  } finally {
    await open.close()
  }
}

/** All that a run needs beside its packs. */
interface Playing {
  /** As they were given. */
  readonly names: readonly string[]
  readonly flags: RunFlags
  readonly reports: readonly WantedReport[]
  readonly target: Target
  readonly beside: BesideRun
  readonly read: () => readonly Pack[]
  readonly failed: readonly string[] | undefined
}

function openTarget(
  { url, target, adminToken, ownClient }: RunFlags,
  targets: typeof import('../run-target.ts'),
): Promise<OpenTarget> | OpenTarget {
  if (target !== undefined) return targets.described(target, adminToken)
  if (url !== undefined) return targets.runningAt(url, adminToken)
  return ownClient ? targets.builtInAtUsualPort() : targets.builtIn()
}

/** Gives the exit code. Throws a `CliError` when nothing was to be run. */
async function playOnce(
  packs: readonly Pack[],
  { names, flags, reports, target, beside, failed }: Playing,
): Promise<number> {
  const [{ runPacks }, { reportOf }, { writeReports }, terminal, { shownIn }] = await Promise.all([
    import('../../scenarios/runner/run.ts'),
    import('../../scenarios/reports/report.ts'),
    import('../reports/reports.ts'),
    import('../../scenarios/reports/terminal.ts'),
    import('../shown-files.ts'),
  ])
  const ids = selectedOf(packs, { ...flags, ...(failed === undefined ? {} : { failed }) })
  const progress = progressOf(terminal.describeScenario, ids.size * flags.repeat)
  const waits = flags.ownClient ? { onWait: (await import('../own-client.ts')).tellWaiting() } : {}
  const played = await runPacks(packs, target, {
    ...flags,
    ...waits,
    bail: flags.bail === true,
    selected: (_, { id }) => ids.has(id),
    onScenario: progress.tell,
  }).catch(wordEndless)
  progress.end()
  keepLastRun(names, played)
  const report = reportOf('JFT contract', shownIn(played, flags), beside.requirements, beside.beside)
  for (const one of report.scenarios) if (one.outcome === 'failed') print(`${terminal.describeFailure(one)}\n`)
  for (const line of annotationsOf(report, process.env)) print(line)
  print(terminal.describeTotals(report))
  await writeReports(report, reports)
  for (const { format, file } of reports) print(`${format} report: ${file}`)
  return exitCodeOf(report)
}

/** Nothing is said where nothing was tried: that is neither kept nor broken. */
function exitCodeOf({ passed, totals, scenarios, unreached = [] }: Report): number {
  if (!passed) return 1
  if (unreached.length > 0) return 2
  const isNothing = scenarios.length > 0 && totals.passed + totals.failed === 0
  if (isNothing) tell(`jftsim: nothing could be tried: ${scenarios[0]?.reason ?? ''}`)
  return isNothing ? 2 : 0
}

/** A pack that does not end says nothing of the service: that is wrong use. */
async function wordEndless(error: unknown): Promise<never> {
  const { EndlessExpression } = await import('../../scenarios/runner/bounded.ts')
  throw error instanceof EndlessExpression ? new CliError(error.message) : error
}

/** On a terminal one line that changes, elsewhere a line for each scenario. */
function progressOf(describe: (result: ScenarioResult) => string, all: number) {
  const { isTTY, columns = 80 } = process.stdout
  let done = 0
  const tellOf = (result: ScenarioResult) => {
    done += 1
    if (!isTTY) return print(describe(result))
    if (result.outcome === 'failed') statusLine.write(process.stdout, `${describe(result)}\n`)
    statusLine.write(
      process.stdout,
      `${done} of ${all}: ${result.pack}/${result.id}`.slice(0, Math.max(columns - 1, 0) || 79),
    )
  }
  return { tell: tellOf, end: () => void (isTTY && statusLine.clear(process.stdout)) }
}

/** Milliseconds in which an editor writes a file more than once. */
const SETTLING = 100

/** Runs again at each change of a pack's file, until the process is stopped. */
async function playAgain(playing: Playing): Promise<void> {
  const folders = [...new Set(playing.read().map(({ file }) => dirname(file)))]
  let timer: NodeJS.Timeout | undefined
  const again = async () => {
    try {
      await playOnce(playing.read(), playing)
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
