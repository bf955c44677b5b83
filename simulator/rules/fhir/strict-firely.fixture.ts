import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'

/*
 * Verdicts that the library itself gave: recorded data that this project did not write, absent from a clone. Its MANIFEST.md
 * says which versions ran, and how.
 */

const SHARED = new URL('../../../../shared/', import.meta.url)
const RECORDED = fileURLToPath(new URL('corpora/firely/', SHARED))

/** Whether the recorded verdicts are here; tests that need them are skipped where they are not. */
export const HAS_RECORDED = existsSync(RECORDED)

/** One issue: code, path, line, position, severity, message (cut with … after 300 characters). */
export type RecordedIssue = readonly [string, string | null, number, number, string, string]

/** What one version said: its issues in order, or what it threw instead. */
export type Recorded = readonly RecordedIssue[] | { readonly throws: string }

export interface RecordedInput {
  readonly id: string
  /** Kind of change. */
  readonly cat?: string
  readonly bytes: Buffer
  readonly strict5: Recorded
  readonly strict6: Recorded
}

interface Line extends Omit<RecordedInput, 'bytes'> {
  readonly text?: string
  readonly file?: string
}

/** The lines of one recorded file, such as `literals`. */
export function recordedInputs(name: string): readonly RecordedInput[] {
  return linesOf<Line>(name).map(({ text, file, ...line }) => ({
    ...line,
    bytes: file === undefined ? Buffer.from(text ?? '') : readFileSync(fileURLToPath(new URL(file, SHARED))),
  }))
}

/** The two OperationOutcomes that the library made for each text of `outcomes`. */
export interface RecordedOutcome {
  readonly id: string
  readonly text: string
  readonly outcome5?: unknown
  readonly outcome6?: unknown
}

export function recordedOutcomes(): readonly RecordedOutcome[] {
  return linesOf<RecordedOutcome>('outcomes')
}

function linesOf<T>(name: string): readonly T[] {
  const lines = gunzipSync(readFileSync(`${RECORDED}${name}.ndjson.gz`))
    .toString('utf8')
    .trim()
    .split('\n')
  return lines.map((line): T => JSON.parse(line))
}
