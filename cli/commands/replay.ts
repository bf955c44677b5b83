import { Command } from 'commander'
import type { CaseDifference, CaseFile, CaseReplay } from '../../simulator/surfaces/control/types.ts'
import { CliError } from '../cli-error.ts'
import { readJson } from '../files.ts'
import { print } from '../print.ts'

interface Flags {
  readonly against: string
  readonly config?: string
  readonly calibration?: string
  readonly json?: boolean
}

/** `jftsim replay`: a case file again, and in what the answers differ. */
export function replay(): Command {
  return new Command('replay')
    .description('Replay the exchanges of a case file, and say in what the answers differ')
    .argument('<file>', 'a case file: of record, import, or the dashboard')
    .option('--against <where>', 'simulator, or the file of a target as for run --target', 'simulator')
    .option('--config <file>', 'options as JSON: settings of the simulator that replays')
    .option('--calibration <file>', 'settings that calibrate observed')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExit code: 0 when all is the same, 1 when something differs, 2 for wrong use.')
    .action(run)
}

async function run(file: string, flags: Flags): Promise<void> {
  const { replayHere, replayAt } = await import('../recording/replay.ts')
  const recorded = caseFile(file)
  const result =
    flags.against === 'simulator'
      ? await replayHere(recorded, await settingsOf(flags))
      : await replayAt(recorded, flags.against)
  print(flags.json ? JSON.stringify(result, null, 2) : describe(recorded, result))
  if (result.differences.length > 0) process.exitCode = 1
}

function caseFile(file: string): CaseFile {
  const value = readJson(file) as CaseFile | null
  if (value?.format === 'jft-simulator-case') return value
  throw new CliError(
    `${file} is not a case file: its format must be jft-simulator-case. A HAR file is read with jftsim import.`,
  )
}

async function settingsOf({ config, calibration }: Flags): Promise<Readonly<Record<string, unknown>> | undefined> {
  if (config === undefined && calibration === undefined) return undefined
  const { readConfig } = await import('../config.ts')
  const { calibrated } = await import('../calibration-file.ts')
  return calibrated(readConfig(config), calibration).assumptions ?? {}
}

function describe({ exchanges }: CaseFile, { replayed, same, skipped, differences }: CaseReplay): string {
  const ids = new Set(differences.map(({ exchange }) => exchange))
  const lines = exchanges
    .filter(({ id }) => ids.has(id))
    .flatMap(({ id, request: { method, url } }) => [
      `${id} ${method} ${url}`,
      ...differences.filter(({ exchange }) => exchange === id).map(differenceLine),
    ])
  const left = skipped.map(({ id, reason }) => `${id} was not replayed: ${reason}`)
  return [`${replayed} replayed, ${same} the same, ${skipped.length} not replayed.`, ...lines, ...left].join('\n')
}

function differenceLine({ field, pointer, expected, found }: CaseDifference): string {
  const place = pointer === undefined || pointer === '' ? field : `${field} ${pointer}`
  return `  ${place}: recorded ${JSON.stringify(expected)}, now ${JSON.stringify(found)}`
}
