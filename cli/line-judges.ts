import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { type CheckOptions, checkPayload } from '../simulator/index.ts'
import { type Readiness, readinessOf } from './reports/readiness.ts'

/** A payload of a file that has one on each line. */
export interface PayloadLine {
  /** The file and the number of the line. */
  readonly name: string
  readonly text: string
}

/** What judges batches of payloads. */
export interface Judges {
  /** How many batches may be under way. */
  readonly atOnce: number
  judge(batch: readonly PayloadLine[]): Promise<Readiness>
  close(): Promise<void>
}

/** The sums of a batch; the verdicts of its payloads are forgotten. */
export function judgeLines(batch: readonly PayloadLine[], options: CheckOptions): Readiness {
  const judged = batch.map(({ name, text }) => {
    const verdicts = checkPayload(new TextEncoder().encode(text), options)
    return { file: name, text, encoding: 'utf-8', verdicts } as const
  })
  return { ...readinessOf(judged), files: [] }
}

/** Judges in as many threads as there are cores. A thread reads JavaScript only: from the sources all is judged here. */
export function openJudges(options: CheckOptions): Judges {
  if (import.meta.url.endsWith('.ts'))
    return { atOnce: 1, judge: async (batch) => judgeLines(batch, options), close: async () => {} }
  const threads = Array.from({ length: availableParallelism() }, () => new JudgeThread(options))
  let turn = 0
  return {
    // One that is judged, and one that waits, so that no thread does.
    atOnce: 2 * threads.length,
    judge(batch) {
      turn += 1
      const thread = threads[turn % threads.length] as JudgeThread
      return thread.judge(batch)
    },
    close: async () => void (await Promise.all(threads.map((thread) => thread.close()))),
  }
}

const THREAD = new URL('../cli/check-thread.js', import.meta.url)

interface Waiting {
  readonly resolve: (sums: Readiness) => void
  readonly reject: (error: Error) => void
}

/** A thread answers in the order in which it is asked. */
class JudgeThread {
  private readonly worker: Worker
  private readonly waiting: Waiting[] = []

  constructor(options: CheckOptions) {
    this.worker = new Worker(THREAD, { workerData: options })
    this.worker.on('message', (sums: Readiness) => this.waiting.shift()?.resolve(sums))
    this.worker.on('error', (error) => {
      for (const { reject } of this.waiting.splice(0)) reject(error)
    })
  }

  judge(batch: readonly PayloadLine[]): Promise<Readiness> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject })
      this.worker.postMessage(batch)
    })
  }

  close(): Promise<number> {
    return this.worker.terminate()
  }
}
