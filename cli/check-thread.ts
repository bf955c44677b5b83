import { parentPort, workerData } from 'node:worker_threads'
import type { CheckOptions } from '../simulator/index.ts'
import { judgeLines, type PayloadLine } from './line-judges.ts'

/** Judges batches of payloads in a thread of its own, one after the other. */
parentPort?.on('message', (batch: readonly PayloadLine[]) =>
  parentPort?.postMessage(judgeLines(batch, workerData as CheckOptions)),
)
