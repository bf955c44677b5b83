import { Command, InvalidArgumentError, Option } from 'commander'
import { REPORT_FORMAT_NAMES } from '../../scenarios/reports/format-names.ts'
import { CliError } from '../cli-error.ts'

interface VerifyFlags {
  readonly url?: string
  readonly wait?: boolean
  readonly events?: number
  readonly seed: string
  readonly report?: readonly string[]
}

/** `jftsim verify`: runs a vendor's program in a sandbox, and judges what it did. */
export function verify(): Command {
  return new Command('verify')
    .description("Run a vendor's own program against the simulator, and say which requirements it keeps")
    .argument('<pack>', 'ehr, response-centre, pit-ehr, pit-vendor, or a file')
    .argument('[command...]', 'the program and its arguments, after --')
    .addOption(new Option('--wait', 'wait for a program that is started elsewhere, instead of a command'))
    .option('--url <url>', 'a running simulator')
    .option('--events <number>', 'how many events to begin with, where not as many as the pack says', wholeNumber)
    .option('--seed <text>', 'the same seed makes the same events', '1')
    .option(
      '--report <format=file>',
      `write ${REPORT_FORMAT_NAMES.join(', ')}; repeatable`,
      (value: string, before: readonly string[] = []) => [...before, value],
    )
    .addHelpText('after', HELP)
    .action(run)
}

const HELP = `
The program gets its configuration in the environment:
  HELSEID_AUTHORITY, JFT_WRITE_URL, JFT_READ_URL, PIT_URL, VKP_URL   base URLs
  EHR_PERSONS_URL   a Bundle of the persons that pit-ehr is to hand over, as they are now
  JFT_CLIENT_FILE   the client's configuration file, private key included; JFT_CLIENT_ID
  JFT_MUNICIPALITY, JFT_SCOPE, JFT_POLL_SECONDS
It is done when it ends, when nothing new has happened for a while, or when the pack's time is over; it then gets SIGTERM.

Exit code: 0 when nothing is broken, 1 when a requirement is broken, 2 for wrong use.`

/** What a verdict needs is loaded only here: it would slow down the start of every other command. */
async function run(name: string, command: readonly string[], flags: VerifyFlags): Promise<void> {
  if (command.length === 0 && !flags.wait)
    throw new CliError('Give the program after --, or --wait for one that runs elsewhere.')
  if (command.length > 0 && flags.wait) throw new CliError('--wait replaces a command.')
  const { verifyProgram } = await import('../verify-program.ts')
  const passed = await verifyProgram(name, command, flags)
  if (!passed) process.exitCode = 1
}

function wholeNumber(value: string): number {
  if (/^\d+$/.test(value)) return Number(value)
  throw new InvalidArgumentError('It must be a whole number.')
}
