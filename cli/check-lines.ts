import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { CheckOptions } from '../simulator/index.ts'
import { CliError } from './cli-error.ts'
import { type Judges, judgeLines, openJudges, type PayloadLine } from './line-judges.ts'
import { statusLine, tell } from './print.ts'
import { addReadiness, type Readiness, readinessOf } from './reports/readiness.ts'

/** Payloads that are judged before what is known of them is summed up and they are forgotten. */
const BATCH = 200

/** Whether a file has one payload on each line. */
export function hasLines(file: string): boolean {
  return /\.(?:ndjson|jsonl)$/i.test(file)
}

/** The readiness report on files with one payload on each line, in bounded memory. Verdicts of single lines are not kept. */
export async function checkLines(files: readonly string[], options: CheckOptions): Promise<Readiness> {
  const progress = createProgress()
  let sum = readinessOf([])
  for await (const sums of judged(files, options)) {
    sum = addReadiness(sum, sums)
    progress.show(sum.payloads)
  }
  progress.end()
  if (sum.payloads === 0) throw new CliError(`There is no payload in ${files.join(', ')}.`)
  return sum
}

/** The sums of each batch, in their order. The first is judged here: a small file needs no threads. */
async function* judged(files: readonly string[], options: CheckOptions): AsyncGenerator<Readiness> {
  let judges: Judges | undefined
  const underWay: Promise<Readiness>[] = []
  let isFirst = true
  try {
    for (const file of files) {
      for await (const batch of batchesOf(file)) {
        if (isFirst) yield judgeLines(batch, options)
        else {
          judges ??= openJudges(options)
          underWay.push(judges.judge(batch))
          if (underWay.length >= judges.atOnce) yield* first(underWay)
        }
        isFirst = false
      }
    }
    while (underWay.length > 0) yield* first(underWay)
  } finally {
    // What nobody waits for any more may fail.
    await Promise.allSettled([judges?.close()])
  }
}

async function* first(underWay: Promise<Readiness>[]): AsyncGenerator<Readiness> {
  const next = underWay.shift()
  if (next) yield await next
}

/** Milliseconds between two lines of progress, where no terminal shows one that changes. */
const EVERY = 5_000

function createProgress() {
  const { isTTY } = process.stderr
  let told = performance.now()
  return {
    show(payloads: number) {
      if (isTTY) return statusLine.write(process.stderr, `${payloads} payloads`)
      if (performance.now() - told < EVERY) return
      told = performance.now()
      tell(`${payloads} payloads`)
    },
    end() {
      if (isTTY) statusLine.clear(process.stderr)
    },
  }
}

async function* batchesOf(file: string): AsyncGenerator<readonly PayloadLine[]> {
  let batch: PayloadLine[] = []
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
