import { setTimeout } from 'node:timers/promises'
import { Command, Option } from 'commander'
import type { Calibration } from '../../scenarios/calibrate/calibration.ts'
import { unknownName } from '../../simulator/index.ts'
import { CliError } from '../cli-error.ts'
import { confirmed } from '../confirm.ts'
import { print, tell } from '../print.ts'
import { wholeNumber } from '../whole-number.ts'

interface Flags {
  readonly target?: string
  readonly out: string
  readonly also?: readonly 'rates'[]
  readonly only?: readonly string[]
  readonly merge?: readonly string[]
  readonly perMinute: number
  readonly dryRun?: boolean
  readonly yes?: boolean
}

/** `jftsim calibrate`: finds out what the settings for silent points are at a real service. */
export function calibrate(): Command {
  return new Command('calibrate')
    .description('Find out from a real service what nobody documents, and write it as settings')
    .option('--target <file>', 'the environment: a file of base URLs and clients, as for run --target')
    .option('--out <file>', 'where the calibration is written; one that is there is gone on with', 'calibration.json')
    .addOption(new Option('--also <kind...>', 'probes that send much').choices(['rates']))
    .option('--only <setting...>', 'ask for these settings only')
    .option('--per-minute <number>', 'requests in a minute at most', wholeNumber(1, 999_999), 300)
    .option('--dry-run', 'print what would be sent, and send nothing')
    .option('--yes', 'do not ask before the first request')
    .addOption(
      new Option('--merge <file...>', 'merge calibrations into --out instead of asking a service').conflicts('target'),
    )
    .addHelpText('after', HELP)
    .action(run)
}

const HELP = `
Only synthetic persons are sent. A setting is written when two different probes agree; what is undecided has a reason.

Exit code: 0 when it was written, 2 for wrong use.`

async function run(flags: Flags): Promise<void> {
  const files = await import('../calibration-file.ts')
  if (flags.merge) return merge(flags.merge, flags.out, files)
  if (flags.target === undefined) throw new CliError('Give the environment with --target FILE, or files with --merge.')
  const { QUESTIONS, calibrate: play } = await import('../../scenarios/calibrate/calibrate.ts')
  requireKnown(flags.only ?? [], Object.keys(QUESTIONS))
  const { described } = await import('../run-target.ts')
  const { target } = described(flags.target)
  const known = files.knownFrom(flags.out)
  print(planOf(QUESTIONS, flags, known))
  if (flags.dryRun) return
  if (!flags.yes) await confirm(target.name)
  const calibration = await play(target, {
    also: flags.also ?? [],
    gap: 60_000 / flags.perMinute,
    sleep: (milliseconds) => setTimeout(milliseconds),
    takes: files.takes,
    ...(known === undefined ? {} : { known }),
    ...(flags.only === undefined ? {} : { only: flags.only }),
    progress: (name, soFar) => {
      files.writeCalibration(flags.out, soFar)
      tell(lineOf(name, soFar))
    },
  })
  files.writeCalibration(flags.out, calibration)
  print(await summaryOf(calibration, flags.out))
}

async function merge(
  paths: readonly string[],
  out: string,
  files: typeof import('../calibration-file.ts'),
): Promise<void> {
  const calibration = files.readCalibrations(paths)
  files.writeCalibration(out, calibration)
  print(await summaryOf(calibration, out))
}

function requireKnown(names: readonly string[], known: readonly string[]): void {
  const unknown = names.filter((name) => !known.includes(name))
  if (unknown.length > 0) {
    const others = 'Run "jftsim rules" for all.'
    throw new CliError(unknown.map((name) => unknownName('setting', name, known, others)).join('\n'))
  }
}

type Asked = typeof import('../../scenarios/calibrate/calibrate.ts').QUESTIONS

/** What would be sent, by setting. */
function planOf(questions: Asked, { also = [], only }: Flags, known: Calibration | undefined): string {
  const rows = Object.entries(questions).filter(([name]) => only?.includes(name) ?? true)
  const lines = rows.map(([name, question]) => {
    if (known?.settings[name]) return `${name}: known already`
    if ('impossible' in question) return `${name}: not asked. ${question.impossible}`
    if (question.only && !also.includes(question.only)) return `${name}: not asked without --also ${question.only}`
    return `${name}: ${question.sends}`
  })
  return ['What is sent, by setting:', ...lines.map((line) => `  ${line}`)].join('\n')
}

async function confirm(name: string): Promise<void> {
  if (!process.stdin.isTTY) throw new CliError('Nobody can be asked here: add --yes to send these requests.')
  if (!(await confirmed(`Send these requests to ${name}?`))) throw new CliError('Nothing was sent.')
}

function lineOf(name: string, { settings, undecided }: Calibration): string {
  const found = settings[name]
  return found ? `${name} = ${JSON.stringify(found.value)}` : `${name}: undecided. ${undecided[name]}`
}

/** How much is known, and in what the service differs from the simulator with its defaults. */
async function summaryOf(calibration: Calibration, out: string): Promise<string> {
  const { driftLines } = await import('../reports/drift.ts')
  const { requirementTexts } = await import('../pack-files.ts')
  const { settings, undecided } = calibration
  return [
    '',
    `${Object.keys(settings).length} settings observed, ${Object.keys(undecided).length} undecided: ${out}`,
    ...contradictionsIn(calibration),
    ...driftLines(calibration, requirementTexts()),
  ].join('\n')
}

function contradictionsIn({ undecided }: Calibration): string[] {
  return Object.entries(undecided).flatMap(([name, why]) =>
    why.startsWith('Contradiction: ') ? [`  ${name}: ${why}`] : [],
  )
}
