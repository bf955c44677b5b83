import { parentPort } from 'node:worker_threads'
import { doJob } from '../services/judging.ts'
import type { ThreadAnswer, ThreadJob } from './aside.ts'

/** The other thread: it does one job after the other, in the order in which they come. */
parentPort?.on('message', ({ id, job }: ThreadJob) => parentPort?.postMessage(done(id, job)))

function done(id: number, job: string): ThreadAnswer {
  try {
    return { id, answer: doJob(job) }
  } catch (thrown) {
    return { id, failure: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) }
  }
}
