import type { Bundle } from 'fhir/r4.js'
import { expect, test } from 'vitest'
import { type Event, noteFactory } from '../../../fixtures/index.ts'
import { isWhole } from '../../sample.fixture.ts'
import { createSimulator, type Simulator } from '../../simulator.ts'

const MUNICIPALITY = '313231593'
const BASE = 'http://localhost:7357'

interface Page {
  readonly status: number
  readonly bundle: Bundle
  readonly rules: readonly (string | undefined)[]
}

/** Searches by GET, or by POST with the same parameters in the body. */
async function search(
  simulator: Simulator,
  parameters: URLSearchParams,
  { post = false, orgnr = MUNICIPALITY, type = 'Composition', sandbox = '' } = {},
): Promise<Page> {
  const url = `${BASE}${sandbox}/read/v1/${type}`
  const headers = { 'jftsim-municipality': orgnr, 'content-type': 'application/x-www-form-urlencoded' }
  const request = post
    ? new Request(`${url}/_search`, { method: 'POST', headers, body: String(parameters) })
    : new Request(`${url}?${parameters}`, { headers })
  const answer = await simulator.fetch(request)
  const bundle = (await answer.json()) as Bundle & { issue?: { details?: { coding?: { code?: string }[] } }[] }
  const rules = (bundle.issue ?? []).map(({ details }) => details?.coding?.[0]?.code)
  return { status: answer.status, bundle, rules }
}

async function submit(simulator: Simulator): Promise<string> {
  const event: Event = noteFactory.build()
  const headers = { 'jftsim-municipality': MUNICIPALITY, 'content-type': 'application/json' }
  const body = JSON.stringify(event)
  const answer = await simulator.fetch(
    new Request(`${BASE}/write/v1/${event.resourceType}`, { method: 'POST', headers, body }),
  )
  return answer.headers.get('location')?.split('/').at(-2) ?? ''
}

const idsOf = ({ bundle }: Page) => (bundle.entry ?? []).map(({ resource }) => resource?.id ?? '')
const nextOf = ({ bundle }: Page) => bundle.link?.find(({ relation }) => relation === 'next')?.url
const cursorOf = (page: Page) => new URL(nextOf(page) ?? '').searchParams.get('cursor') ?? ''

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Every cursor that has one character changed, left out, or doubled, and every beginning of it. */
function* changed(cursor: string): Generator<string> {
  for (let at = 0; at < cursor.length; at += 1) {
    const own = ALPHABET.indexOf(cursor[at] ?? '')
    for (const step of [1, 17, 63]) {
      const other = ALPHABET[(own + step) % ALPHABET.length] ?? ''
      if (other !== cursor[at]) yield cursor.slice(0, at) + other + cursor.slice(at + 1)
    }
    yield cursor.slice(0, at) + cursor.slice(at + 1)
    yield cursor.slice(0, at) + cursor[at] + cursor.slice(at)
    if (at > 0) yield cursor.slice(0, at)
  }
}

/** Every cursor in whose inside a member is another. */
function* membersChanged(cursor: string): Generator<string> {
  const inside = Buffer.from(Buffer.from(cursor, 'base64').toString(), 'base64').toString()
  for (const [from, to] of [
    [/(?<=")a(?=\w)/g, 'b'],
    [/\d(?=\D)/g, '9'],
    [/true/g, 'false'],
    [/false/g, 'true'],
    [/$/g, ' '],
  ] as const) {
    const other = inside.replace(from, to)
    if (other !== inside) yield Buffer.from(Buffer.from(other).toString('base64')).toString('base64')
  }
}

test('a cursor that is not as it was handed out is refused, and shows nothing', async () => {
  const simulator = createSimulator({ auth: 'relaxed' })
  for (let n = 0; n < 4; n += 1) await submit(simulator)
  const cursor = cursorOf(await search(simulator, new URLSearchParams({ _count: '1' })))
  const others = [...changed(cursor), ...membersChanged(cursor)]
  expect(others.length).toBeGreaterThan(1_595)
  const wrong: unknown[] = []
  for (const [at, other] of others.entries()) {
    const page = await search(simulator, new URLSearchParams({ cursor: other }), { post: at % 2 === 0 })
    if (page.status !== 400 || page.bundle.entry !== undefined || page.rules.join() !== 'search-cursor')
      wrong.push([other, page])
  }
  expect(wrong).toEqual([])
  expect(idsOf(await search(simulator, new URLSearchParams({ cursor })))).toHaveLength(1)
})

test('a cursor is good for the search that it came from alone', async () => {
  const simulator = createSimulator({ auth: 'relaxed' })
  await simulator.fetch(
    new Request(`${BASE}/_sim/sandboxes`, { method: 'POST', body: JSON.stringify({ name: 'other', auth: 'relaxed' }) }),
  )
  for (let n = 0; n < 3; n += 1) await submit(simulator)
  const cursor = cursorOf(await search(simulator, new URLSearchParams({ _count: '1' })))
  for (const elsewhere of [
    { orgnr: '312229544' },
    { type: 'Bundle' },
    { sandbox: '/s/other' },
    { orgnr: '312229544', post: true },
  ]) {
    const page = await search(simulator, new URLSearchParams({ cursor }), elsewhere)
    expect([page.status, idsOf(page), page.rules]).toEqual([400, [], ['search-cursor']])
  }
})

/** Numbers below a bound, the same ones each time. */
function numbers(seed: number) {
  let state = seed
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const TAG = 'https://fhir.jft.nhn.no/journaling-acknowledged|true'

/** CI walks ten times as often as `npm test`. */
const RUNS = isWhole ? 600 : 60

test('random walks through pages, while events come and are acknowledged, are as an exact model has them', async () => {
  let pages = 0
  const simulator = createSimulator({ auth: 'relaxed', limits: { sandboxes: RUNS + 10 } })
  for (let run = 0; run < RUNS; run += 1) pages += await walk(simulator, run)
  expect(pages).toBeGreaterThan(RUNS)
})

/** One walk in a sandbox of its own; gives how many pages it had. */
async function walk(simulator: Simulator, run: number): Promise<number> {
  const below = numbers(run + 1)
  const name = `walk-${run}`
  await simulator.fetch(
    new Request(`${BASE}/_sim/sandboxes`, { method: 'POST', body: JSON.stringify({ name, auth: 'relaxed' }) }),
  )
  const sandbox = `/s/${name}`
  const known: { readonly id: string; acknowledged: boolean }[] = []
  const headers = { 'jftsim-municipality': MUNICIPALITY, 'content-type': 'application/json' }
  const add = async () => {
    const body = JSON.stringify(noteFactory.build())
    const url = `${BASE}${sandbox}/write/v1/Composition`
    const answer = await simulator.fetch(new Request(url, { method: 'POST', headers, body }))
    known.push({ id: answer.headers.get('location')?.split('/').at(-2) ?? '', acknowledged: false })
  }
  const acknowledge = async () => {
    const one = known[below(known.length)]
    if (!one) return
    const url = `${BASE}${sandbox}/write/v1/Composition/${one.id}/$journaling-acknowledged`
    const { status } = await simulator.fetch(new Request(url, { method: 'POST', headers }))
    expect(status).toBe(202)
    one.acknowledged = true
  }
  for (let n = below(16); n > 0; n -= 1) await add()
  for (let n = below(4); n > 0; n -= 1) await acknowledge()

  const count = 1 + below(5)
  const isDescending = below(2) === 1
  const filter = below(3)
  const parameters = new URLSearchParams({ _count: String(count), ...(isDescending ? { _sort: '-_lastUpdated' } : {}) })
  if (filter > 0) parameters.set(filter === 1 ? '_tag' : '_tag:not', TAG)
  const matches = ({ acknowledged }: { readonly acknowledged: boolean }) =>
    filter === 0 || acknowledged === (filter === 1)

  /** The place of the last event that a page had, in the order of the walk. */
  let last = isDescending ? Number.POSITIVE_INFINITY : -1
  let query = parameters
  for (let pages = 1; ; pages += 1) {
    const ahead = known.map((one, place) => ({ ...one, place })).filter((one) => matches(one))
    const left = ahead.filter(({ place }) => (isDescending ? place < last : place > last))
    if (isDescending) left.reverse()
    const due = left.slice(0, count)
    const page = await search(simulator, query, { sandbox, post: below(2) === 1 })
    expect([run, pages, page.status, idsOf(page)]).toEqual([run, pages, 200, due.map(({ id }) => id)])
    expect([run, pages, nextOf(page) !== undefined]).toEqual([run, pages, left.length > count])
    last = due.at(-1)?.place ?? last
    const next = nextOf(page)
    if (next === undefined) return pages
    query = new URL(next).searchParams
    for (let n = below(3); n > 0; n -= 1) await (below(2) === 1 ? add() : acknowledge())
  }
}
