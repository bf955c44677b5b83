import { Command, InvalidArgumentError, Option } from 'commander'
import { KEY_FOLDER, keysIn } from '../../simulator/adapters/key-file.ts'
import { type RunningSimulator, startServer } from '../../simulator/adapters/node.ts'
import { unknownName } from '../../simulator/ground/text/suggest.ts'
import type { SimulatorInput } from '../../simulator/index.ts'
import { CliError } from '../cli-error.ts'
import { readConfig, withClearErrors } from '../config.ts'
import { print, tell } from '../print.ts'
import { welcome } from '../welcome.ts'

interface StartFlags {
  readonly port?: number
  readonly host?: string
  readonly environment?: 'test' | 'prod'
  readonly auth?: 'strict' | 'relaxed'
  readonly publicUrl?: string
  readonly config?: string
  readonly calibration?: string
  readonly ephemeral?: boolean
  readonly handOutKeys?: boolean
}

/** `jftsim start`. */
export function start(): Command {
  return new Command('start')
    .description('Start the simulator: JFT, HelseID and the dashboard on one port')
    .addOption(
      new Option('--port <number>', 'port to listen on; 0 picks a free one (default: 7357)')
        .argParser(readPort)
        .env('JFTSIM_PORT'),
    )
    .addOption(
      new Option('--host <name>', 'address to bind to (default: localhost, both loopback addresses)').env(
        'JFTSIM_HOST',
      ),
    )
    .addOption(
      new Option(
        '--public-url <url>',
        'the URL that clients call, without a path: behind a TLS proxy, or under the name of a container',
      ).env('JFTSIM_PUBLIC_URL'),
    )
    .addOption(
      new Option('--environment <name>', 'which identity and organisation numbers are accepted (default: test)')
        .choices(['test', 'prod'])
        .env('JFTSIM_ENVIRONMENT'),
    )
    .addOption(
      new Option('--auth <mode>', 'strict: refuse bad tokens; relaxed: warn (default: strict)')
        .choices(['strict', 'relaxed'])
        .env('JFTSIM_AUTH'),
    )
    .addOption(
      new Option('--config <file>', 'options as JSON; flags and the environment override the file').env(
        'JFTSIM_CONFIG',
      ),
    )
    .addOption(
      new Option(
        '--calibration <file>',
        'settings that calibrate observed at a real service; those of --config go first',
      ).env('JFTSIM_CALIBRATION'),
    )
    .addOption(
      new Option(
        '--hand-out-keys',
        'give private keys of ready-made clients out although --host lets other machines in',
      ).env('JFTSIM_HAND_OUT_KEYS'),
    )
    .option('--ephemeral', 'do not save keys: new ones at each start')
    .action((flags: StartFlags, command: Command) => run(flags, command))
}

async function run({ config, calibration, ephemeral, ...flags }: StartFlags, command: Command): Promise<void> {
  refuseUnknownVariables(command)
  const input: SimulatorInput = { ...(await withCalibration(readConfig(config), calibration)), ...flags }
  const source = config ?? 'What the command line or the environment says'
  const kept = ephemeral ? undefined : await withClearErrors(source, () => keysIn(KEY_FOLDER, tell))
  const platform = kept === undefined ? {} : { keys: kept.keys }
  const running = await withClearErrors(source, () => startServer(input, platform))
  const warning = kept?.warning
  const where = kept === undefined || warning !== undefined ? {} : { keyFolder: KEY_FOLDER }
  print(welcome(running, { ...where, ...(warning === undefined ? {} : { warning }) }))
  stopWith(running)
}

/** What reads calibrations is loaded only for one. */
async function withCalibration(input: SimulatorInput, file: string | undefined): Promise<SimulatorInput> {
  if (file === undefined) return input
  const { calibrated } = await import('../calibration-file.ts')
  return calibrated(input, file)
}

/** A misspelt variable would be a setting that nobody notices is missing. */
function refuseUnknownVariables({ options }: Command): void {
  const known = options.flatMap(({ envVar }) => envVar ?? [])
  const unknown = Object.keys(process.env).filter((name) => name.startsWith('JFTSIM_') && !known.includes(name))
  if (unknown.length === 0) return
  throw new CliError(unknown.map((name) => unknownName('environment variable', name, known)).join('\n'))
}

/** Ends on the signals of a terminal, and when the script that started it is gone. */
function stopWith(running: RunningSimulator): void {
  const stop = () => void running.close().then(() => process.exit(0))
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  process.once('disconnect', stop)
}

function readPort(value: string): number {
  const port = Number(value)
  if (/^\d+$/.test(value) && port <= 65_535) return port
  throw new InvalidArgumentError('It must be a whole number from 0 to 65535.')
}
