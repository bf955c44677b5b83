import { parentPort } from 'node:worker_threads'
import { doJob } from '../services/judging.ts'
import type { ThreadAnswer, ThreadJob } from './aside.ts'

/** The other thread: it does one job after the other, in the order in which they come. */
parentPort?.on('message', (asked: ThreadJob) => parentPort?.postMessage(done(asked)))

function done({ id, job, text }: ThreadJob): ThreadAnswer {
  try {
    return { id, answer: doJob(job, text) }
  } catch (thrown) {
    return { id, failure: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) }
  }
}
