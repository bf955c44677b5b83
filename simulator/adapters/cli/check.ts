import { Command, Option } from 'commander'
import { checkPayload, type ExplainedIssue, readOptions, type Verdict } from '../../index.ts'
import { CliError } from './cli-error.ts'
import { readConfig, readText } from './config.ts'
import { describeVerdict } from './describe.ts'

interface CheckFlags {
  readonly json?: boolean
  readonly environment?: 'test' | 'prod'
  readonly config?: string
}

interface CheckedFile {
  readonly file: string
  readonly text: string
  readonly jft: Verdict
}

/** `jftsim check`: JFT's verdict on files, without a server. Exit code 1 when one is rejected. */
export function check(): Command {
  return new Command('check')
    .description('Say what JFT would answer to payloads; exit code 1 when one is rejected')
    .argument('<file...>', 'files with one resource each; - reads standard input')
    .option('--json', 'print the verdicts as JSON')
    .addOption(new Option('--environment <name>', 'which numbers are right (default: test)').choices(['test', 'prod']))
    .option('--config <file>', 'options as JSON, for the settings of silent points')
    .action(run)
}

function run(files: readonly string[], flags: CheckFlags): void {
  const options = optionsOf(flags)
  const checked = files.map((file): CheckedFile => {
    const text = readText(file)
    return { file, text, ...checkPayload(text, options) }
  })
  console.log(flags.json ? JSON.stringify(checked.map(publicForm), null, 2) : checked.map(describeVerdict).join('\n\n'))
  if (checked.some(({ jft }) => !jft.accepted)) process.exitCode = 1
}

function optionsOf({ config, environment }: CheckFlags) {
  const read = readOptions({ ...readConfig(config), ...(environment === undefined ? {} : { environment }) })
  if ('options' in read) return read.options
  throw new CliError(read.faults.map(({ option, message }) => `${config}: ${option}: ${message}`).join('\n'))
}

/** The documented form of `--json`. */
function publicForm({ file, jft }: CheckedFile) {
  return { file, jft: { accepted: jft.accepted, issues: jft.issues.map(publicIssue) } }
}

function publicIssue(issue: ExplainedIssue) {
  const { rule, code, severity, expression, pointer, line, column, message, certainty, source, fix } = issue
  return { rule, code, severity, expression, pointer, line, column, message, certainty, source, fix }
}
