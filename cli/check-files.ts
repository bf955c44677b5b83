import { writeFileSync } from 'node:fs'
import { checkPayload } from '../simulator/index.ts'
import { CliError } from './cli-error.ts'
import { configured, readText } from './config.ts'
import { describeVerdicts } from './reports/describe.ts'
import { junitOf } from './reports/junit.ts'
import { describeReadiness, readinessOf } from './reports/readiness.ts'
import { type CheckedFile, payloadFiles, publicForm } from './reports/report-file.ts'
import { sarifOf } from './reports/sarif.ts'

/** What `jftsim check` is told. */
export interface CheckFlags {
  readonly json?: boolean
  readonly fix?: boolean
  readonly report?: 'sarif' | 'junit' | 'json'
  readonly environment?: 'test' | 'prod'
  readonly config?: string
}

/** Checks files and folders, and prints what the flags ask for; sets the exit code. Throws a `CliError`. */
export function checkFiles(paths: readonly string[], flags: CheckFlags): void {
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
