import { doJob } from '../simulator/services/judging.ts'
import { createSimulator, type Simulator } from '../simulator/simulator.ts'
import { VALID, WORST } from './support/worst.ts'

/*
 * What a refused body of some 900 kB costs beside a valid one, beside JSON.parse of the same text, and how long a small
 * request waits meanwhile: `npm run bench -- refused`. Milliseconds of processor time; run alone on the machine.
 */

const ROUNDS = 5

function used(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** JSON or not: what is not costs as much as is read of it. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

async function submit(simulator: Simulator, body: string): Promise<Response> {
  const headers = { 'content-type': 'application/json', 'jftsim-municipality': '313231593' }
  const type = /"resourceType":"Bundle"/.test(body.slice(0, 100)) ? 'Bundle' : 'Composition'
  return simulator.fetch(new Request(`http://localhost:7357/write/v1/${type}`, { method: 'POST', headers, body }))
}

/** What is left of an answer for the thread that answers others: the work of the other one was done before. */
async function besidesJudging(body: string): Promise<number> {
  const done = new Map<string, string>()
  const aside = async (job: string) => {
    const answer = done.get(job) ?? doJob(job)
    done.set(job, answer)
    return answer
  }
  let least = Number.POSITIVE_INFINITY
  for (let round = 0; round <= ROUNDS; round++) {
    const simulator = createSimulator({ auth: 'relaxed' }, { aside })
    const start = used()
    await (await submit(simulator, body)).arrayBuffer()
    if (round > 0) least = Math.min(least, used() - start)
  }
  return least
}

async function row(body: string): Promise<Record<string, number>> {
  const times: { parse: number; answer: number }[] = []
  let bytes = 0
  let status = 0
  for (let round = 0; round < ROUNDS; round++) {
    const simulator = createSimulator({ auth: 'relaxed' })
    const start = used()
    parsed(body)
    const read = used()
    // Each is another text: of the one that was read last the tokens are kept.
    const answer = await submit(simulator, body + ' '.repeat(round + 1))
    bytes = (await answer.arrayBuffer()).byteLength
    status = answer.status
    times.push({ parse: read - start, answer: used() - read })
  }
  const least = (of: 'parse' | 'answer') => Math.min(...times.map((time) => time[of]))
  const [parse, answer] = [least('parse'), least('answer')]
  return {
    kB: Math.round(body.length / 1000),
    status,
    'answer kB': Math.round(bytes / 1000),
    parse,
    answer,
    'besides judging': Math.round(await besidesJudging(body)),
  }
}

const rows: Record<string, Record<string, number>> = {}
for (const [name, body] of Object.entries(WORST)) rows[name] = await row(body)
const base = rows[VALID]?.answer ?? 0
for (const one of Object.values(rows)) {
  const { parse = 1, answer = 0 } = one
  one['beyond valid, times parse'] = Number(((answer - base) / Math.max(parse, 0.1)).toFixed(1))
  one.parse = Number(parse.toFixed(1))
  one.answer = Math.round(answer)
}
console.table(rows)
