import './no-eval.ts'
import { faultsOf, type ToCheck } from './own-pack-check.ts'

// A thread of its own: to check a long pack takes seconds, in which the page must answer.
globalThis.addEventListener('message', ({ data }: MessageEvent<ToCheck>) => globalThis.postMessage(faultsOf(data)))
