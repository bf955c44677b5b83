import { writeFileSync } from 'node:fs'
import { Command, Option } from 'commander'
import { checkPayload } from '../../index.ts'
import { CliError } from './cli-error.ts'
import { configured, readText } from './config.ts'
import { describeVerdicts } from './describe.ts'
import { junitOf } from './junit.ts'
import { describeReadiness, readinessOf } from './readiness.ts'
import { type CheckedFile, payloadFiles, publicForm } from './report-file.ts'
import { sarifOf } from './sarif.ts'

interface CheckFlags {
  readonly json?: boolean
  readonly fix?: boolean
  readonly report?: 'sarif' | 'junit' | 'json'
  readonly environment?: 'test' | 'prod'
  readonly config?: string
}

/** `jftsim check`: both validators' verdicts on files and folders, without a server. */
export function check(): Command {
  return new Command('check')
    .description("Say what JFT would answer to payloads, what VKP would, and whether VKP's corrections cure them")
    .argument('<path...>', 'files with one resource each, or folders: all *.json below them; - reads standard input')
    .option('--json', 'print the verdicts as JSON')
    .option('--fix', "write VKP's corrections into the files that they cure, in place; leaves other files alone")
    .addOption(
      new Option('--report <format>', 'print a report for CI, or the readiness report as JSON')
        .choices(['sarif', 'junit', 'json'])
        .conflicts('json'),
    )
    .addOption(new Option('--environment <name>', 'which numbers are right (default: test)').choices(['test', 'prod']))
    .option('--config <file>', 'options as JSON, for the settings of silent points and rules that are switched off')
    .addHelpText('after', HELP)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : USAGE))
    .action(run)
}

const USAGE = 2

const HELP = `
A folder gives a JFT readiness report: how many payloads pass today, how many only through VKP's corrections, how many
fail, and why. What --fix did is printed to standard error; order, indentation and numbers stay as they are, and a file
is written anew only when it was no JSON (comments, commas too many).

Exit code: 0 when JFT accepts all (with --fix: all as they are now), 1 when it rejects some, 2 for wrong use.`

function run(paths: readonly string[], flags: CheckFlags): void {
  const { config, environment } = flags
  const options = configured(config, environment === undefined ? {} : { environment })
  const { files, hasFolder } = payloadFiles(paths)
  const checked = files.map((file): CheckedFile => {
    const text = readText(file)
    return { file, text, verdicts: checkPayload(text, options) }
  })
  const fixed = flags.fix ? checked.filter(writeFix) : []
  console.log(outputOf(checked, flags, hasFolder))
  if (checked.some((one) => !one.verdicts.jft.accepted && !fixed.includes(one))) process.exitCode = 1
}

function outputOf(checked: readonly CheckedFile[], { json, report }: CheckFlags, hasFolder: boolean): string {
  if (report === 'sarif') return JSON.stringify(sarifOf(checked), null, 2)
  if (report === 'junit') return junitOf(checked)
  if (report === 'json' || (json && hasFolder)) return JSON.stringify(readinessOf(checked), null, 2)
  if (json) return JSON.stringify(checked.map(publicForm), null, 2)
  return hasFolder ? describeReadiness(readinessOf(checked)) : checked.map(describeVerdicts).join('\n\n')
}

/** Whether the file was written. */
function writeFix({ file, text, verdicts }: CheckedFile): boolean {
  const { corrected, cure, jft } = verdicts
  if (corrected === undefined) {
    if (!jft.accepted) console.error(`not fixed: ${file}: ${cure}`)
    return false
  }
  if (file === '-') throw new CliError('--fix cannot write to standard input; give a file.')
  writeFileSync(file, text.endsWith('\n') && !corrected.endsWith('\n') ? `${corrected}\n` : corrected)
  console.error(
    `fixed: ${file}: ${verdicts.vkp.corrections.map(({ kind, expression }) => `${kind} ${expression}`).join(', ')}`,
  )
  return true
}
