import { Command, Option } from 'commander'
import type { CheckFlags } from '../check-files.ts'
import { CliError } from '../cli-error.ts'

/** `jftsim check`: both validators' verdicts on files and folders, without a server. */
export function check(): Command {
  return new Command('check')
    .description(
      "Say what JFT would answer to payloads, what VKP would, and whether VKP's corrections cure them; of a patient, what PIT would",
    )
    .argument(
      '<path...>',
      'files with one resource each, or folders: all *.json below them; *.ndjson has a resource on each line; - reads standard input',
    )
    .option('--json', 'print the verdicts as JSON')
    .option('--forwarded', 'with --json: add the exact text that VKP forwards, as vkp.forwarded')
    .option('--fix', 'write the fixes that are mechanical into the files, in place')
    .addOption(
      new Option('--interactive', 'ask for each issue whether and how it is fixed, and write that').conflicts([
        'fix',
        'json',
        'report',
      ]),
    )
    .option('--offset <offset>', 'what times without an offset get when they are fixed: +01:00, Z or Europe/Oslo')
    .addOption(
      new Option('--report <format>', 'print a report for CI, or the readiness report as JSON')
        .choices(['sarif', 'junit', 'json'])
        .conflicts('json'),
    )
    .addOption(
      new Option(
        '--environment <name>',
        'which identity and organisation numbers are accepted (default: test)',
      ).choices(['test', 'prod']),
    )
    .option('--config <file>', 'options as JSON, for the settings of silent points and rules that are switched off')
    .option(
      '--second-opinion',
      'ask the real Firely .NET SDK too; needs the .NET SDK 8 or later, and NuGet the first time',
    )
    .addOption(new Option('--sdk <major>', 'which version --second-opinion asks (default: 6)').choices(['5', '6']))
    .addHelpText('after', HELP)
    .action(run)
}

const HELP = `
A folder gives a JFT readiness report: how many payloads pass today, how many only through VKP's corrections, how many
fail, and why. What --fix and --interactive do is printed to standard error. They change nothing but the places of the
issues: order, indentation, line ends, escapes and numbers stay as they are. A file that is not UTF-8 is never written.

Exit code: 0 when JFT, or PIT of a patient, accepts all (with --fix: all as they are now), 1 when it rejects some, 2 for wrong use.`

/** The reports are loaded only here: they would slow down the start of every other command. */
async function run(paths: readonly string[], flags: CheckFlags): Promise<void> {
  const { checkFiles } = await import('../check-files.ts')
  if (flags.sdk !== undefined && !flags.secondOpinion) {
    throw new CliError('--sdk says which version --second-opinion asks; give that too.')
  }
  await checkFiles(paths, flags)
}
