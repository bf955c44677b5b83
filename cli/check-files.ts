import { writeFileSync } from 'node:fs'
import { checkPayload, type SimulatorOptions } from '../simulator/index.ts'
import { CliError } from './cli-error.ts'
import { configured, readText } from './config.ts'
import { describeVerdicts } from './reports/describe.ts'
import { junitOf } from './reports/junit.ts'
import { describeReadiness, readinessOf } from './reports/readiness.ts'
import { type CheckedFile, payloadFiles, publicForm } from './reports/report-file.ts'
import { sarifOf } from './reports/sarif.ts'
import { describeSecondOpinion, describeSecondOpinions } from './reports/second-opinion.ts'

/** What `jftsim check` is told. */
export interface CheckFlags {
  readonly json?: boolean
  readonly fix?: boolean
  readonly forwarded?: boolean
  readonly report?: 'sarif' | 'junit' | 'json'
  readonly environment?: 'test' | 'prod'
  readonly config?: string
  readonly secondOpinion?: boolean
  readonly sdk?: '5' | '6'
}

/** Checks files and folders, and prints what the flags ask for; sets the exit code. Throws a `CliError`. */
export async function checkFiles(paths: readonly string[], flags: CheckFlags): Promise<void> {
  const { config, environment, forwarded = false } = flags
  const options = { ...configured(config, environment === undefined ? {} : { environment }), forwarded }
  const { files, hasFolder } = payloadFiles(paths)
  if (forwarded && !flags.json) throw new CliError('--forwarded adds a member to the JSON: add --json.')
  if (forwarded && hasFolder) throw new CliError('--forwarded is for files; a folder gives the readiness report.')
  const judged = files.map((file): CheckedFile => {
    const text = readText(file)
    return { file, text, verdicts: checkPayload(text, options) }
  })
  const checked = flags.secondOpinion ? await withSecondOpinions(judged, options, flags) : judged
  const fixed = flags.fix ? checked.filter(writeFix) : []
  console.log(outputOf(checked, flags, hasFolder))
  if (checked.some((one) => !one.verdicts.jft.accepted && !fixed.includes(one))) process.exitCode = 1
}

function outputOf(checked: readonly CheckedFile[], { json, report }: CheckFlags, hasFolder: boolean): string {
  if (report === 'sarif') return JSON.stringify(sarifOf(checked), null, 2)
  if (report === 'junit') return junitOf(checked)
  const opinions = checked.flatMap(({ file, secondOpinion }) => (secondOpinion ? { file, ...secondOpinion } : []))
  if (report === 'json' || (json && hasFolder)) {
    const readiness = readinessOf(checked)
    return JSON.stringify(opinions.length > 0 ? { ...readiness, secondOpinions: opinions } : readiness, null, 2)
  }
  if (json) return JSON.stringify(checked.map(publicForm), null, 2)
  if (!hasFolder) return checked.map(describeChecked).join('\n\n')
  const readiness = describeReadiness(readinessOf(checked))
  return opinions.length > 0 ? `${readiness}\n${describeSecondOpinions(opinions)}` : readiness
}

function describeChecked(checked: CheckedFile): string {
  const verdicts = describeVerdicts(checked)
  const { secondOpinion } = checked
  return secondOpinion === undefined ? verdicts : `${verdicts}\n\n${describeSecondOpinion(secondOpinion)}`
}

/** What the real library needs is loaded only when it is asked. */
async function withSecondOpinions(
  judged: readonly CheckedFile[],
  options: SimulatorOptions,
  { sdk }: CheckFlags,
): Promise<readonly CheckedFile[]> {
  const { secondOpinions } = await import('./second-opinion.ts')
  const opinions = await secondOpinions(judged, options, sdk === '5' ? 5 : 6)
  return judged.map((one, index) => ({ ...one, secondOpinion: opinions[index] }))
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
