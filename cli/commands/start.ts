import { Command, InvalidArgumentError, Option } from 'commander'
import { keysIn } from '../../simulator/adapters/key-file.ts'
import { type RunningSimulator, startServer } from '../../simulator/adapters/node.ts'
import type { SimulatorInput } from '../../simulator/index.ts'
import { readConfig, withClearErrors } from '../config.ts'
import { print } from '../print.ts'
import { welcome } from '../welcome.ts'

interface StartFlags {
  readonly port?: number
  readonly host?: string
  readonly environment?: 'test' | 'prod'
  readonly auth?: 'strict' | 'relaxed'
  readonly config?: string
  readonly ephemeral?: boolean
}

/** `jftsim start`. */
export function start(): Command {
  return new Command('start')
    .description('Start the simulator: JFT, HelseID and the dashboard on one port')
    .option('--port <number>', 'port to listen on; 0 picks a free one (default: 7357)', readPort)
    .option('--host <name>', 'address to bind to (default: localhost, both loopback addresses)')
    .addOption(
      new Option(
        '--environment <name>',
        'which identity and organisation numbers are accepted (default: test)',
      ).choices(['test', 'prod']),
    )
    .addOption(
      new Option('--auth <mode>', 'strict: refuse bad tokens; relaxed: warn (default: strict)').choices([
        'strict',
        'relaxed',
      ]),
    )
    .option('--config <file>', 'options as JSON; flags override the file')
    .option('--ephemeral', 'do not save keys: new ones at each start')
    .action((flags: StartFlags) => run(flags))
}

/** Where keys are kept between two runs. */
const KEY_FOLDER = '.jftsim'

async function run({ config, ephemeral, ...flags }: StartFlags): Promise<void> {
  const input: SimulatorInput = { ...readConfig(config), ...flags }
  const source = config ?? 'The command line'
  const platform = ephemeral ? {} : { keys: keysIn(KEY_FOLDER) }
  const running = await withClearErrors(source, () => startServer(input, platform))
  print(welcome(running))
  stopWith(running)
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
