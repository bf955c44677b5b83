import { noteFactory } from '../fixtures/index.ts'
import { call, readAll } from './support/kept-calls.ts'
import { kill, startProcess } from './support/processes.ts'
import { typeOf, WORST } from './support/worst.ts'

/*
 * `npm run bench -- crowd`: 200 clients submit and search for a minute at the built simulator, in a process of its own; for the
 * second half of it another client posts the worst bodies of some 900 kB, one after the other. Says what was lost, what came
 * twice, and how long the 200 waited in each half. `CROWD_SECONDS` chooses another time.
 */

const PORT = 7471
const CLIENTS = 200
const SECONDS = Number(process.env.CROWD_SECONDS ?? 60)
const TARGET = { port: PORT, publicPort: PORT }

const statuses = new Map<string, number>()
const accepted: string[] = []
const waits = { alone: [] as number[], beside: [] as number[] }
const note = JSON.stringify(noteFactory.build())

/** Every third request of a client is an event. */
async function client(half: keyof typeof waits, until: number): Promise<void> {
  for (let turn = 0; performance.now() < until; turn += 1) {
    const submits = turn % 3 === 0
    const began = performance.now()
    const answer = await (submits
      ? call(TARGET, 'POST', '/write/v1/Composition', note)
      : call(TARGET, 'GET', '/read/v1/Composition?_count=5'))
    waits[half].push(performance.now() - began)
    if (answer.status === 202) accepted.push(answer.location.split('/').at(-2) ?? '')
    const name = `${submits ? 'event' : 'page'} ${answer.status}`
    statuses.set(name, (statuses.get(name) ?? 0) + 1)
  }
}

async function postTheWorst(until: number): Promise<number> {
  const bodies = Object.values(WORST)
  let posted = 0
  while (performance.now() < until) {
    const body = bodies[posted % bodies.length] ?? ''
    await call(TARGET, 'POST', `/write/v1/${typeOf(body)}`, body)
    posted += 1
  }
  return posted
}

const quantile = (times: readonly number[], share: number) =>
  Math.round(times.toSorted((a, b) => a - b)[Math.floor(times.length * share)] ?? Number.NaN)

const running = await startProcess(PORT)
const half = (SECONDS * 1000) / 2
const crowd = (name: keyof typeof waits, until: number) =>
  Promise.all(Array.from({ length: CLIENTS }, () => client(name, until)))
await crowd('alone', performance.now() + half)
const end = performance.now() + half
const [posted] = await Promise.all([postTheWorst(end), crowd('beside', end)])
const kept = await readAll(TARGET)
console.table(Object.fromEntries(statuses))
console.table(
  Object.fromEntries(
    Object.entries(waits).map(([name, times]) => [
      name,
      {
        requests: times.length,
        'p50 ms': quantile(times, 0.5),
        'p99 ms': quantile(times, 0.99),
        'longest ms': quantile(times, 1 - 1e-9),
      },
    ]),
  ),
)
const known = new Set(kept)
console.table({
  accepted: accepted.length,
  lost: accepted.filter((id) => !known.has(id)).length,
  twice: kept.length - known.size,
  'worst bodies': posted,
})
await kill(running)
process.exit()
