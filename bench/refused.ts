import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { inRoot } from '../scripts/paths.mjs'
import { typeOf, WORST } from './support/worst.ts'

/*
 * What a refused body of some 900 kB costs the built simulator until its answer is sent, beside a valid one, as times of
 * JSON.parse of the same text: `npm run bench -- refused`. Milliseconds of processor time of all its threads, the least of
 * many rounds, since everything else on the machine only adds to them; `ROUNDS` chooses how many.
 */

const ROUNDS = Number(process.env.ROUNDS ?? 20)

interface Measured {
  readonly url: string
  /** Milliseconds of processor time so far. */
  used(): Promise<number>
  end(): Promise<void>
}

async function measuredServer(): Promise<Measured> {
  const child: ChildProcess = fork(inRoot('bench/support/measured-server.mjs'))
  const said = async () => (await once(child, 'message'))[0] as unknown
  const url = String(await said())
  return {
    url,
    used: async () => {
      const answer = said()
      child.send('used')
      return Number(await answer)
    },
    end: async () => {
      const ended = once(child, 'exit')
      child.send('end')
      await ended
    },
  }
}

/** Milliseconds that it takes to parse a text as JSON, or to find that it is none. */
function timeOfParse(body: string): number {
  const start = performance.now()
  try {
    JSON.parse(body)
  } catch {}
  return performance.now() - start
}

async function submit(url: string, body: string): Promise<{ readonly status: number; readonly bytes: number }> {
  const headers = { 'content-type': 'application/json', 'jftsim-municipality': '313231593' }
  const answer = await fetch(`${url}/write/v1/${typeOf(body)}`, { method: 'POST', headers, body })
  return { status: answer.status, bytes: (await answer.arrayBuffer()).byteLength }
}

async function row({ url, used }: Measured, body: string) {
  let [parse, cost, sent] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, { status: 0, bytes: 0 }]
  for (let round = 0; round < ROUNDS; round++) {
    parse = Math.min(parse, timeOfParse(body))
    const before = await used()
    // Each is another text: of the one that was read last the tokens are kept.
    sent = await submit(url, body + ' '.repeat(round + 1))
    cost = Math.min(cost, (await used()) - before)
  }
  const { status, bytes } = sent
  return { kB: Math.round(body.length / 1000), status, 'answer kB': Math.round(bytes / 1000), parse, cost }
}

const server = await measuredServer()
const rows: Record<string, object> = {}
let base: number | undefined
for (const [name, body] of Object.entries(WORST)) {
  const one = await row(server, body)
  const { parse, cost } = one
  base ??= cost
  const times = Number(((cost - base) / Math.max(parse, 0.1)).toFixed(1))
  rows[name] = { ...one, parse: Number(parse.toFixed(1)), cost: Math.round(cost), 'beyond valid, times parse': times }
}
await server.end()
console.table(rows)
