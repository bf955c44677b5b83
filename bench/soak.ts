import { noteFactory } from '../fixtures/index.ts'
import { authorize, type BoundToken, type ClientFile, requestToken } from '../scenarios/helseid-client.ts'
import { startServer } from '../simulator/adapters/node.ts'

/**
 * Half a million requests over one port: throughput and memory at the end against the beginning. `SOAK_REQUESTS`
 * chooses another number. The event store and the journal are full after the first round, so what grows later leaks;
 * client and server share the process, so the throughput is that of both.
 */

const REQUESTS = Number(process.env.SOAK_REQUESTS ?? 500_000)
const ROUNDS = 10
const AT_ONCE = 32

const running = await startServer({ port: 0, auth: 'relaxed', limits: { eventBytes: 4e6, journalBytes: 32e6 } })
const { url } = running

async function token(): Promise<BoundToken> {
  const { clients } = (await (await fetch(`${url}/_sim/clients`)).json()) as { clients: { file: string }[] }
  const file = (await (await fetch(clients[0]?.file ?? '')).json()) as ClientFile
  return requestToken(file, { orgnr: '313231593', scope: 'nhn:jft/api' })
}

const note = JSON.stringify(noteFactory.build())
const relaxed = { 'jftsim-municipality': '313231593' }
const statuses: Record<string, number> = {}

/** Every hundredth request carries a real token and proof; the others are let through, to load the rest. */
async function send(n: number, bound: BoundToken): Promise<void> {
  const submits = n % 20 === 0
  const target = submits ? `${url}/write/v1/Composition` : `${url}/read/v1/Composition?_count=5`
  const method = submits ? 'POST' : 'GET'
  const auth = n % 100 === 0 ? await authorize(bound, method, target) : relaxed
  const headers = { 'content-type': 'application/json', ...auth }
  const answer = await fetch(target, { method, headers, ...(submits ? { body: note } : {}) })
  await answer.arrayBuffer()
  statuses[answer.status] = (statuses[answer.status] ?? 0) + 1
}

async function round(first: number, count: number): Promise<number> {
  const bound = await token()
  let next = first
  const started = performance.now()
  const worker = async () => {
    while (next < first + count) {
      next += 1
      await send(next, bound)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return (count / (performance.now() - started)) * 1000
}

const rows = []
const perRound = Math.floor(REQUESTS / ROUNDS)
for (let number = 1; number <= ROUNDS; number += 1) {
  const rate = await round((number - 1) * perRound, perRound)
  globalThis.gc?.()
  rows.push({ round: number, 'requests/s': Math.round(rate), 'RSS MB': Math.round(process.memoryUsage().rss / 1e6) })
}
console.table(rows)
console.table(statuses)
await running.close()
