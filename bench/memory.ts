import { load, type Sent } from './support/load.ts'
import { composition } from './support/payloads.ts'
import { kill, startProcess } from './support/processes.ts'

/*
 * Memory of a simulator with default limits that answers for long: `npm run bench -- memory`. In ten rounds, each with the
 * resident megabytes after it: pages of 10 notes; the last column with as many notes submitted as pages read, all of which
 * are kept. `MEMORY_REQUESTS` chooses how many requests.
 */

const REQUESTS = Number(process.env.MEMORY_REQUESTS ?? 100_000)
const ROUNDS = 10
const PORT = 7_465
const headers = { 'content-type': 'application/json', 'jftsim-municipality': '313231593' }
const submission: Sent = {
  method: 'POST',
  url: `http://localhost:${PORT}/write/v1/Composition`,
  headers,
  body: JSON.stringify(composition()),
}
const page: Sent = { method: 'GET', url: `http://localhost:${PORT}/read/v1/Composition?_count=10`, headers }

/** Megabytes after each round, in each of which that many of each are sent. */
async function rounds(submissions: number, pages: number): Promise<number[]> {
  const running = await startProcess(PORT)
  const pid = running.process.pid ?? 0
  const sizes: number[] = []
  await load(pid, 20, async () => submission, 202)
  for (let round = 0; round < ROUNDS; round += 1) {
    if (submissions > 0) await load(pid, submissions, async () => submission, 202)
    sizes.push(Math.round((await load(pid, pages, async () => page, 200)).rss))
  }
  await kill(running)
  return sizes
}

const each = REQUESTS / ROUNDS
const read = await rounds(0, each)
const kept = await rounds(each / 2, each / 2)
console.table(
  read.map((size, index) => ({ requests: (index + 1) * each, 'pages, MB': size, 'half kept, MB': kept[index] })),
)
