import { Command, InvalidArgumentError, Option } from 'commander'
import { REPORT_FORMAT_NAMES } from '../../scenarios/reports/format-names.ts'
import { milliseconds } from '../../simulator/ground/text/duration.ts'
import { adminTokenOption } from '../admin-token.ts'
import { CliError } from '../cli-error.ts'
import { readUrl } from '../read-url.ts'
import { wholeNumber } from '../whole-number.ts'

interface VerifyFlags {
  readonly url?: string
  readonly adminToken?: string
  readonly wait?: boolean
  readonly events?: number
  readonly within?: string
  readonly quiet?: string
  readonly seed: string
  readonly report?: readonly string[]
}

/** `jftsim verify`: runs a vendor's program in a sandbox, and judges what it did. */
export function verify(): Command {
  return new Command('verify')
    .description("Run a vendor's own program against the simulator, and say which requirements it keeps")
    .argument('<pack>', 'ehr, response-centre, vkp-vendor, pit-vendor, pit-ehr, or a file')
    .argument('[command...]', 'the program and its arguments, after --')
    .addOption(new Option('--wait', 'wait for a program that is started elsewhere, instead of a command'))
    .option('--url <url>', 'a running simulator', readUrl)
    .addOption(adminTokenOption())
    .option('--events <number>', 'how many events to begin with, where not as many as the pack says', wholeNumber(0))
    .option('--within <time>', 'how long it may take at most, such as 90s, 5m or PT5M', wholeTime)
    .option('--quiet <time>', 'how long nothing new happens before it is taken to be done', wholeTime)
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
  HELSEID_AUTHORITY, JFT_WRITE_URL, JFT_READ_URL, VKP_URL, PIT_URL   base URLs
  PIT_PERSONS_URL   for pit-ehr: the persons to hand over, a Bundle that changes as something happens to them
  JFT_CLIENT_FILE   the client's configuration file, private key included; JFT_CLIENT_ID
  JFT_MUNICIPALITY, JFT_SCOPE, JFT_POLL_SECONDS (the beginnings of two polls of a type are so far apart, or more)
  JFT_ACKNOWLEDGED_TAG, JFT_PAGE_SIZE, JFT_PAGE_SIZE_MAX, JFT_SIZE_LIMIT_BYTES   what nobody documents, as it is played
It is done when it ends, or when nothing new has happened for 4 s (--quiet); while it has still to repeat a request, or
something is still to happen to it, for 20 s. When the time is over (--within; 90 s or so, by the pack) it is ended too. It
then gets SIGTERM, with all that it has started. The verdict says who ended it and why.

Exit code: 0 when all was tried and all is kept. 1 when a requirement is broken, nothing was done, or the program ended with
an exit code other than 0 or by a signal. 2 for wrong use, and where nothing is broken but not all was tried: the time was
over, or it never came to a simulated failure.`

/** What a verdict needs is loaded only here: it would slow down the start of every other command. */
async function run(name: string, command: readonly string[], flags: VerifyFlags): Promise<void> {
  if (command.length === 0 && !flags.wait)
    throw new CliError('Give the program after --, or --wait for one that runs elsewhere.')
  if (command.length > 0 && flags.wait) throw new CliError('--wait replaces a command.')
  const { verifyProgram } = await import('../verify-program.ts')
  process.exitCode = await verifyProgram(name, command, flags)
}

/** An ISO 8601 duration, or a number of seconds or minutes with its unit. */
function wholeTime(value: string): string {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(s|m|h)?$/i.exec(value) ?? []
  const text = number === undefined ? value.toUpperCase() : `PT${number}${(unit ?? 's').toUpperCase()}`
  try {
    milliseconds(text)
    return text
  } catch {
    throw new InvalidArgumentError('It must be a time such as 90s, 5m or PT5M.')
  }
}
