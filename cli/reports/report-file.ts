import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { CheckedPayload, ExplainedIssue, Verdict } from '../../simulator/index.ts'
import { CliError } from '../cli-error.ts'
import type { SecondOpinion } from './second-opinion.ts'

/** A payload with its verdicts. */
export interface CheckedFile {
  /** As the user named it, or the path of the file below the folder that the user named; `-` is standard input. */
  readonly file: string
  /** Decoded; where the bytes are not UTF-8, with U+FFFD. */
  readonly text: string
  readonly encoding: 'utf-8' | 'utf-8-with-mark' | 'other'
  readonly verdicts: CheckedPayload
  /** The real library's, where it was asked. */
  readonly secondOpinion?: SecondOpinion | undefined
}

/** The files that the paths name: themselves, or all `*.json` below a folder. Throws a `CliError` when there are none. */
export function payloadFiles(paths: readonly string[]): {
  readonly files: readonly string[]
  readonly hasFolder: boolean
} {
  const folders = paths.filter(isFolder)
  const files = paths.flatMap((path) => (folders.includes(path) ? jsonFilesBelow(path) : [path]))
  if (files.length === 0) throw new CliError(`There is no *.json below ${folders.join(', ')}.`)
  return { files, hasFolder: folders.length > 0 }
}

function isFolder(path: string): boolean {
  return path !== '-' && (statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false)
}

function jsonFilesBelow(folder: string): readonly string[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true })
  const files = entries.filter((entry) => entry.isFile() && entry.name.toLowerCase().endsWith('.json'))
  return files.map((entry) => join(entry.parentPath, entry.name)).sort()
}

/** The documented form of `--json`, per file. */
export function publicForm({ file, verdicts, secondOpinion }: CheckedFile) {
  const { pit, jft, vkp, jftAfterVkp, patch, fixes, fixed } = verdicts
  const corrections = vkp.corrections.map(({ kind, expression, before, after }) => ({
    kind,
    expression,
    before,
    after,
  }))
  return {
    file,
    ...(pit && { pit: publicVerdict(pit) }),
    jft: publicVerdict(jft),
    vkp: { ...publicVerdict(vkp), corrections, ...publicForwarding(vkp) },
    jftAfterVkp: publicVerdict(jftAfterVkp),
    patch,
    fixes: { ...fixes, rest: fixes.rest.map(publicIssue), text: fixes.patch === null ? (fixed ?? null) : null },
    ...(secondOpinion === undefined ? {} : { secondOpinion }),
  }
}

/** What is said of VKP only where there is something to say. */
function publicForwarding({ moreCorrections, forwarded }: CheckedPayload['vkp']) {
  return {
    ...(moreCorrections === undefined ? {} : { moreCorrections }),
    ...(forwarded === undefined ? {} : { forwarded }),
  }
}

function publicVerdict({ accepted, issues, more, warnings }: Verdict) {
  return {
    accepted,
    issues: issues.map(publicIssue),
    ...(more === undefined ? {} : { more }),
    ...(warnings === undefined ? {} : { warnings: warnings.map(publicIssue) }),
  }
}

/** What is said of an issue, in this order; the rest is for the dashboard. */
const OF_ISSUE = [
  'rule',
  'code',
  'severity',
  'expression',
  'pointer',
  'line',
  'column',
  'message',
  'certainty',
  'source',
  'document',
  'address',
  'fix',
  'patch',
  'template',
] as const satisfies readonly (keyof ExplainedIssue)[]

function publicIssue(issue: ExplainedIssue) {
  return Object.fromEntries(OF_ISSUE.map((name) => [name, issue[name]])) as Pick<
    ExplainedIssue,
    (typeof OF_ISSUE)[number]
  >
}
