import { describe, expect, test } from 'vitest'
import { noteFactory } from '../../fixtures/index.ts'
import type { Aside } from '../ground/aside.ts'
import { doJob } from '../services/judging.ts'
import { createSimulator } from '../simulator.ts'
import { createSigningKeys } from '../state/memory/keys.ts'
import type { EventList, ExchangeDetail, ExchangeList } from './control/types.ts'

/*
 * Large bodies are judged elsewhere: what is answered, stored and journaled is the same, and meanwhile everybody else is
 * answered. Elsewhere is here the same thread, at a time that the test says.
 */

const KEYS = createSigningKeys()
const BASE = 'http://localhost:7357'
const HEADERS = { 'content-type': 'application/json', 'jftsim-municipality': '313231593', servicecodes: 'ta' }

function begin(aside?: Aside) {
  const simulator = createSimulator({ auth: 'relaxed' }, { keys: KEYS, ...(aside && { aside }) })
  const call = (method: string, path: string, body?: string) =>
    simulator.fetch(new Request(BASE + path, { method, headers: HEADERS, ...(body === undefined ? {} : { body }) }))
  const json = async <T>(path: string) => (await (await call('GET', path)).json()) as T
  return {
    call,
    post: (path: string, body: string) => call('POST', path, body),
    events: async () => (await json<EventList>('/_sim/events')).events,
    async exchanges() {
      const { exchanges } = await json<ExchangeList>('/_sim/exchanges')
      return Promise.all(exchanges.map(({ id }) => json<ExchangeDetail>(`/_sim/exchanges/${id}`)))
    },
  }
}

const many = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value)
const large = (members: object, of: object = noteFactory.build()) => JSON.stringify({ ...of, ...members })
const section = { title: 'Vurdering', text: { status: 'generated', div: `<div>${'x'.repeat(400)}</div>` } }
const VALID = large({ section: many(200, section) })

const BODIES: Readonly<Record<string, string>> = {
  valid: VALID,
  'of faults that VKP cures': large({ section: many(100, section), category: many(3_000, {}), language: '' }),
  'of faults that nobody cures': large({ section: many(100, section), extension: many(5_000, 1) }),
  'with a number of no series': large({ section: many(200, section), subject: subject('12345678901') }),
  'larger than gets a verdict': large({ section: many(600, section), language: '' }),
  'not JSON': `${VALID.slice(0, -1)},}`,
  'of a type that JFT does not have': large(
    { section: undefined, topic: { text: 'x'.repeat(40_000) } },
    { resourceType: 'Communication', status: 'completed' },
  ),
}

function subject(value: string) {
  return { identifier: { system: 'urn:oid:2.16.578.1.12.4.1.4.1', value } }
}

const PATHS = [
  '/write/v1/Composition',
  '/vkp/epj/r4/313231593/composition',
  '/pit/v1/Patient',
  '/_sim/check?forwarded=true',
]

/** Elsewhere, where all is done at once, and what was done. */
function countedAside() {
  const jobs: string[] = []
  const aside: Aside = async (job, text) => {
    jobs.push(job)
    return doJob(job, text)
  }
  return { aside, jobs }
}

/** All that is to be seen of a request; identifiers and times differ. */
async function traceOf(aside: Aside | undefined, path: string, body: string) {
  const simulator = begin(aside)
  const answer = await simulator.post(path, body)
  const events = await simulator.events()
  const exchanges = await simulator.exchanges()
  return {
    status: answer.status,
    text: await answer.text(),
    events: events.map(({ type, kind }) => ({ type, kind })),
    exchanges: exchanges.map(({ surface, steps, issues, moreIssues, warnings, verdicts, response }) => ({
      surface,
      steps: steps.map(({ name, outcome, rules }) => ({ name, outcome, rules })),
      issues,
      moreIssues,
      warnings,
      verdicts,
      status: response.status,
    })),
  }
}

describe('elsewhere the same is found as here', () => {
  test.each(PATHS.flatMap((path) => Object.keys(BODIES).map((name) => [path, name] as const)))(
    '%s, %s',
    async (path, name) => {
      const { aside, jobs } = countedAside()
      const body = BODIES[name] ?? ''
      const there = await traceOf(aside, path, body)
      expect(there).toEqual(await traceOf(undefined, path, body))
      expect(jobs.length).toBeGreaterThan(0)
    },
  )
})

/** Elsewhere, where nothing is done until `go`. */
function heldAside() {
  const waiting: (() => void)[] = []
  const aside: Aside = (job, text) => new Promise((resolve) => waiting.push(() => resolve(doJob(job, text))))
  return {
    aside,
    /** Resolves when somebody waits. */
    async holds() {
      while (waiting.length === 0) await new Promise((resolve) => setImmediate(resolve))
    },
    go() {
      for (const next of waiting.splice(0)) next()
    },
  }
}

describe('while a large body is judged', () => {
  test('others are answered, their submissions and acknowledgements too, and nothing of it is stored', async () => {
    const held = heldAside()
    const jft = begin(held.aside)
    const answers: string[] = []
    const large = jft.post('/write/v1/Composition', VALID).then(({ status }) => answers.push(`large ${status}`))
    await held.holds()
    const small = await jft.post('/write/v1/Composition', JSON.stringify(noteFactory.build()))
    answers.push(`small ${small.status}`)
    const id = small.headers.get('location')?.split('/').at(-2)
    const acknowledged = await jft.post(`/write/v1/Composition/${id}/$journaling-acknowledged`, '')
    answers.push(`acknowledged ${acknowledged.status}`)
    expect(await jft.events()).toHaveLength(1)
    held.go()
    await large
    expect(answers).toEqual(['small 202', 'acknowledged 202', 'large 202'])
    expect(await jft.events()).toHaveLength(2)
  })

  test('a reset takes what began before it, as ever', async () => {
    const held = heldAside()
    const jft = begin(held.aside)
    await jft.post('/write/v1/Composition', JSON.stringify(noteFactory.build()))
    const large = jft.post('/write/v1/Composition', VALID)
    await held.holds()
    expect((await jft.post('/_sim/reset', '')).status).toBe(204)
    held.go()
    expect((await large).status).toBe(202)
    expect(await jft.events()).toEqual([])
    await jft.post('/write/v1/Composition', JSON.stringify(noteFactory.build()))
    expect(await jft.events()).toHaveLength(1)
  })

  test('the clock that is set counts for what is stored then', async () => {
    const held = heldAside()
    const jft = begin(held.aside)
    const large = jft.post('/write/v1/Composition', VALID)
    await held.holds()
    await jft.call('PUT', '/_sim/clock', JSON.stringify({ mode: 'frozen', at: '2030-01-01T12:00:00Z' }))
    held.go()
    expect((await large).status).toBe(202)
    expect((await jft.events()).map(({ registered }) => registered?.slice(0, 10))).toEqual(['2030-01-01'])
  })

  test('one that fails there is answered as every failure of the simulator is, journaled, and not stored', async () => {
    const jft = begin(() => Promise.reject(new Error('out of memory')))
    const { status } = await jft.post('/write/v1/Composition', VALID)
    expect([status, await jft.events()]).toEqual([500, []])
    expect((await jft.exchanges()).map(({ issues }) => issues.map(({ rule }) => rule))).toEqual([['sim-fault']])
  })
})

describe('what is handed over', () => {
  test.each([
    ['/write/v1/Composition', VALID, ['check']],
    ['/vkp/epj/r4/313231593/composition', VALID, ['check']],
    ['/_sim/check', VALID, ['judge']],
    ['/write/v1/Composition', JSON.stringify(noteFactory.build()), []],
    ['/_sim/check', JSON.stringify(noteFactory.build()), []],
  ])('%s', async (path, body, expected) => {
    const { aside, jobs } = countedAside()
    await begin(aside).post(path, body)
    expect(jobs.map((job) => (JSON.parse(job) as { does: string }).does)).toEqual(expected)
  })
})
