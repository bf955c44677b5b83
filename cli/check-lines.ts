import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { type CheckOptions, checkPayload } from '../simulator/index.ts'
import { CliError } from './cli-error.ts'
import { statusLine } from './print.ts'
import { addReadiness, type Readiness, readinessOf } from './reports/readiness.ts'
import type { CheckedFile } from './reports/report-file.ts'

/** Payloads that are judged before what is known of them is summed up and they are forgotten. */
const BATCH = 200

/** Whether a file has one payload on each line. */
export function hasLines(file: string): boolean {
  return /\.(?:ndjson|jsonl)$/i.test(file)
}

/** The readiness report on files with one payload on each line, in bounded memory. Verdicts of single lines are not kept. */
export async function checkLines(files: readonly string[], options: CheckOptions): Promise<Readiness> {
  let sum = readinessOf([])
  for (const file of files) {
    for await (const batch of batchesOf(file)) {
      const judged = batch.map(({ name, text }) => judge(name, text, options))
      sum = addReadiness(sum, readinessOf(judged))
      if (process.stderr.isTTY) statusLine.write(process.stderr, `${sum.payloads} payloads`)
    }
  }
  if (process.stderr.isTTY) statusLine.clear(process.stderr)
  if (sum.payloads === 0) throw new CliError(`There is no payload in ${files.join(', ')}.`)
  return sum
}

function judge(file: string, text: string, options: CheckOptions): CheckedFile {
  return { file, text, encoding: 'utf-8', verdicts: checkPayload(new TextEncoder().encode(text), options) }
}

interface Line {
  /** The file and the number of the line. */
  readonly name: string
  readonly text: string
}

async function* batchesOf(file: string): AsyncGenerator<readonly Line[]> {
  let batch: Line[] = []
  let number = 0
  try {
    for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
      number += 1
      if (text.trim() !== '') batch.push({ name: `${file}:${number}`, text })
      if (batch.length < BATCH) continue
      yield batch
      batch = []
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error
    throw new CliError(`${file} cannot be read: ${(error as Error).message}`)
  }
  if (batch.length > 0) yield batch
}
