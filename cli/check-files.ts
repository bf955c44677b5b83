import { addressee, type CheckOptions, checkPayload, decodeAnyway, decodeJson, offsetAt } from '../simulator/index.ts'
import { checkLines, hasLines } from './check-lines.ts'
import { CliError } from './cli-error.ts'
import { configured } from './config.ts'
import { readBytes } from './files.ts'
import { decideFixes, writeFixes } from './fix-files.ts'
import { print } from './print.ts'
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
  readonly interactive?: boolean
  readonly offset?: string
  readonly forwarded?: boolean
  readonly report?: 'sarif' | 'junit' | 'json'
  readonly environment?: 'test' | 'prod'
  readonly config?: string
  readonly secondOpinion?: boolean
  readonly sdk?: '5' | '6'
}

/** Checks files and folders, and prints what the flags ask for; sets the exit code. Throws a `CliError`. */
export async function checkFiles(paths: readonly string[], flags: CheckFlags): Promise<void> {
  const options = optionsFrom(flags)
  if (paths.some(hasLines)) return reportLines(paths, flags, options)
  const { files, hasFolder } = payloadFiles(paths)
  if (flags.forwarded && !flags.json) throw new CliError('--forwarded adds a member to the JSON: add --json.')
  if (flags.forwarded && hasFolder) throw new CliError('--forwarded is for files; a folder gives the readiness report.')
  if ((flags.fix || flags.interactive) && files.includes('-')) {
    throw new CliError('--fix and --interactive cannot write to standard input; give a file.')
  }
  const judged = files.map((file) => checkFile(file, options))
  const checked = flags.secondOpinion ? await withSecondOpinions(judged, options, flags) : judged
  const now = flags.interactive
    ? await decideFixes(checked, options)
    : flags.fix
      ? writeFixes(checked, options)
      : checked
  print(outputOf(flags.interactive ? now : checked, flags, hasFolder))
  if (now.some(({ verdicts }) => !addressee(verdicts).verdict.accepted)) process.exitCode = 1
}

async function reportLines(paths: readonly string[], flags: CheckFlags, options: CheckOptions): Promise<void> {
  const single = paths.find((path) => !hasLines(path))
  if (single !== undefined) throw new CliError(`${single} has no payload on each line; check it alone.`)
  const { fix, interactive, forwarded, secondOpinion, report, json } = flags
  if (fix || interactive || forwarded || secondOpinion || report === 'sarif' || report === 'junit') {
    throw new CliError('A file with a payload on each line gives the readiness report only: as text, or with --json.')
  }
  const readiness = await checkLines(paths, options)
  const { files: _, ...sums } = readiness
  print(json || report === 'json' ? JSON.stringify(sums, null, 2) : describeReadiness(readiness))
  if (readiness.passToday < readiness.payloads) process.exitCode = 1
}

function optionsFrom({ config, environment, offset, forwarded = false }: CheckFlags): CheckOptions {
  if (offset !== undefined && offsetAt('2026-01-01T00:00', offset) === undefined) {
    throw new CliError(
      `--offset ${offset} is neither an offset, such as +01:00 or Z, nor a time zone, such as Europe/Oslo.`,
    )
  }
  const read = configured(config, environment === undefined ? {} : { environment })
  const { assumptions, switchedOff } = read
  const told = { assumptions, switchedOff, environment: read.environment, forwarded }
  return offset === undefined ? told : { ...told, offset }
}

function checkFile(file: string, options: CheckOptions): CheckedFile {
  const bytes = readBytes(file)
  const verdicts = checkPayload(bytes, options)
  const { issue, text, hasByteOrderMark } = { hasByteOrderMark: false, ...decodeJson(bytes) }
  if (issue !== undefined) return { file, text: decodeAnyway(bytes), encoding: 'other', verdicts }
  return { file, text, encoding: hasByteOrderMark ? 'utf-8-with-mark' : 'utf-8', verdicts }
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
  options: CheckOptions,
  { sdk }: CheckFlags,
): Promise<readonly CheckedFile[]> {
  const { secondOpinions } = await import('./second-opinion.ts')
  const opinions = await secondOpinions(judged, options, sdk === '5' ? 5 : 6)
  return judged.map((one, index) => ({ ...one, secondOpinion: opinions[index] }))
}
