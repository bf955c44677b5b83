import fc from 'fast-check'
import { request } from '../simulator/robustness.fixture.ts'
import { createSimulator } from '../simulator/simulator.ts'

/**
 * 100,000 random requests at every surface: no answer of 500 or more, no hang, no crash. `FUZZ_RUNS` and `FUZZ_SEED`
 * choose others; a failure prints the request and the seed that repeat it.
 */

const RUNS = Number(process.env.FUZZ_RUNS ?? 100_000)
const SEED = Number(process.env.FUZZ_SEED ?? 7357)
const BASE = 'http://localhost:7357'

const simulator = createSimulator()
const statuses: Record<string, number> = {}

async function expectAnAnswer(url: string, init: RequestInit): Promise<void> {
  const answer = await simulator.fetch(new Request(url, init))
  const stream = answer.headers.get('content-type')?.includes('event-stream')
  const body = stream ? '' : await answer.text()
  if (stream) await answer.body?.cancel()
  statuses[answer.status] = (statuses[answer.status] ?? 0) + 1
  if (answer.status >= 500) throw new Error(`${answer.status} ${body}`)
}

const started = performance.now()
await fc.assert(
  fc.asyncProperty(request(BASE), ({ url, init }) => expectAnAnswer(url, init)),
  { seed: SEED, numRuns: RUNS },
)
console.log(`${RUNS} requests, seed ${SEED}, ${Math.round((performance.now() - started) / 1000)} s: no fault`)
console.table(statuses)
