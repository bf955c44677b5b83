import './no-eval.ts'
import { faultsOf } from './own-pack-check.ts'

// A thread of its own: to check a long pack takes seconds, in which the page must answer.
globalThis.addEventListener('message', ({ data }: MessageEvent<string>) => globalThis.postMessage(faultsOf(data)))
