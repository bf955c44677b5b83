import { createSimulator, type Simulator } from '../simulator/simulator.ts'
import { bundle, composition } from './support/payloads.ts'

/*
 * What a refused body of some 900 kB costs beside a valid one, beside JSON.parse of the same text, and how long a small
 * request waits meanwhile: `npm run bench -- refused`. Milliseconds of processor time; run alone on the machine.
 */

const SIZE = 900_000
const ROUNDS = 5

const many = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value)
const note = (members: Readonly<Record<string, unknown>>) => JSON.stringify({ ...composition(), ...members })

function largeBundle(): { readonly entry: unknown[] } & Record<string, unknown> {
  const { entry, ...rest } = bundle() as { readonly entry: unknown[] }
  const copies = Math.ceil(SIZE / JSON.stringify(entry).length)
  return { ...rest, entry: many(copies, entry).flat() }
}

const valid = largeBundle()
const faulty = { resource: { resourceType: 'Patient', zz: 1 } }
const BODIES: Readonly<Record<string, string>> = {
  'valid Bundle': JSON.stringify(valid),
  'a fault at its end': JSON.stringify({ ...valid, entry: [...valid.entry, faulty] }),
  '100 faults': JSON.stringify({ ...valid, entry: [...valid.entry, ...many(100, faulty)] }),
  'numbers for objects': note({ extension: many(440_000, 1) }),
  'empty strings': note({ category: many(290_000, '') }),
  'empty objects': note({ author: [{ display: 'x' }, ...many(300_000, {})] }),
  'unknown names': note(Object.fromEntries(many(60_000, 0).map((_zero, index) => [`x${index}`, '']))),
  'sections without a list': note({ section: many(24_000, { title: '', author: { display: 'x' } }) }),
  'a name 60,000 times': `{"resourceType":"Patient"${',"active":true'.repeat(60_000)}}`,
  'one long text': note({ title: 'y'.repeat(SIZE), language: '' }),
}

function used(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

async function submit(simulator: Simulator, body: string): Promise<Response> {
  const headers = { 'content-type': 'application/json', 'jftsim-municipality': '313231593' }
  const { resourceType } = JSON.parse(body) as { resourceType: string }
  const type = resourceType === 'Patient' ? 'Composition' : resourceType
  return simulator.fetch(new Request(`http://localhost:7357/write/v1/${type}`, { method: 'POST', headers, body }))
}

async function row(body: string): Promise<Record<string, number>> {
  const times: { parse: number; answer: number }[] = []
  let bytes = 0
  let status = 0
  for (let round = 0; round < ROUNDS; round++) {
    const simulator = createSimulator({ auth: 'relaxed' })
    const start = used()
    JSON.parse(body)
    const parsed = used()
    const answer = await submit(simulator, body)
    bytes = (await answer.arrayBuffer()).byteLength
    status = answer.status
    times.push({ parse: parsed - start, answer: used() - parsed })
  }
  const least = (of: 'parse' | 'answer') => Math.min(...times.map((time) => time[of]))
  const [parse, answer] = [least('parse'), least('answer')]
  return { kB: Math.round(body.length / 1000), status, 'answer kB': Math.round(bytes / 1000), parse, answer }
}

const rows: Record<string, Record<string, number>> = {}
for (const [name, body] of Object.entries(BODIES)) rows[name] = await row(body)
const base = rows['valid Bundle']?.answer ?? 0
for (const one of Object.values(rows)) {
  const { parse = 1, answer = 0 } = one
  one['beyond valid, times parse'] = Number(((answer - base) / Math.max(parse, 0.1)).toFixed(1))
  one.parse = Number(parse.toFixed(1))
  one.answer = Math.round(answer)
}
console.table(rows)
