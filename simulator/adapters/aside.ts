import { existsSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import type { Platform } from '../index.ts'

type Aside = NonNullable<Platform['aside']>

/** What is said to the thread. */
export interface ThreadJob {
  readonly id: number
  readonly job: string
  readonly text: string
}

/** What the thread says. */
export type ThreadAnswer =
  | { readonly id: number; readonly answer: string; readonly failure?: never }
  | { readonly id: number; readonly answer?: never; readonly failure: string }

/** Another thread. */
export interface AsideThread {
  readonly aside: Aside
  close(): Promise<void>
}

/** As compiled: from its own folder, and from the one file that the command `start` is. */
const THREAD = new URL('../../simulator/adapters/aside-thread.js', import.meta.url)

/** Milliseconds without a job after which the thread gives its memory back. */
const IDLE = 60_000

/**
 * Another thread, which starts with its first job, ends when it had none for `idle` milliseconds, and starts again with the next.
 * Undefined where there is no compiled program that it could run.
 */
export function createAside(idle = IDLE): AsideThread | undefined {
  if (!existsSync(THREAD)) return undefined
  let thread: Thread | undefined
  return {
    aside: (job, text) => {
      if (thread === undefined || thread.isOver) thread = new Thread(idle)
      return thread.run(job, text)
    },
    close: async () => thread?.end(),
  }
}

interface Waiting {
  readonly resolve: (answer: string) => void
  readonly reject: (error: Error) => void
}

/** Megabytes for what is new: what is read of one large body is all dropped with its answer, and need not be moved before. */
const YOUNG = 288

class Thread {
  /** Takes no more jobs. */
  isOver = false
  private readonly worker = new Worker(THREAD, { resourceLimits: { maxYoungGenerationSizeMb: YOUNG } })
  private readonly waiting = new Map<number, Waiting>()
  private readonly idle: number
  private rest: NodeJS.Timeout | undefined
  private last = 0

  constructor(idle: number) {
    this.idle = idle
    // Who waits for a job has a connection open: that keeps the process, and nothing else need.
    this.worker.unref()
    this.worker.on('message', (answer: ThreadAnswer) => this.answered(answer))
    this.worker.on('error', (error) => this.over(error))
    this.worker.on('exit', () => this.over(new Error('The thread that judges large bodies has ended.')))
  }

  run(job: string, text: string): Promise<string> {
    clearTimeout(this.rest)
    const id = ++this.last
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject })
      this.worker.postMessage({ id, job, text } satisfies ThreadJob)
    })
  }

  async end(): Promise<void> {
    this.isOver = true
    clearTimeout(this.rest)
    await this.worker.terminate()
  }

  private answered({ id, answer, failure }: ThreadAnswer): void {
    const waiting = this.waiting.get(id)
    this.waiting.delete(id)
    if (failure === undefined) waiting?.resolve(answer)
    else waiting?.reject(new Error(failure))
    if (this.waiting.size === 0 && !this.isOver) this.rest = setTimeout(() => void this.end(), this.idle).unref()
  }

  private over(error: Error): void {
    this.isOver = true
    for (const { reject } of this.waiting.values()) reject(error)
    this.waiting.clear()
  }
}
