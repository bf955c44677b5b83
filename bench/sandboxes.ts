import { createSimulator } from '../simulator/simulator.ts'
import { median } from './support/median.ts'

/** What a fresh sandbox costs, in microseconds: made by the control API, and forgotten again. */

const SANDBOXES = 2_000
const simulator = createSimulator()

async function make(name: string): Promise<number> {
  const body = JSON.stringify({ name })
  const request = new Request('http://localhost:7357/_sim/sandboxes', { method: 'POST', body })
  const started = performance.now()
  const answer = await simulator.fetch(request)
  const took = (performance.now() - started) * 1000
  if (answer.status !== 201) throw new Error(await answer.text())
  await simulator.sandboxes.remove(name)
  return took
}

const times: number[] = []
for (let n = 0; n < SANDBOXES; n += 1) times.push(await make(`s${n}`))
console.table({ 'a fresh sandbox, µs': { median: Math.round(median(times)), slowest: Math.round(Math.max(...times)) } })
