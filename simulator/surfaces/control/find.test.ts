import { describe, expect, test } from 'vitest'
import { alarmFactory, noteFactory } from '../../../fixtures/index.ts'
import { startJft } from '../jft.fixture.ts'
import type { CauseList, EventList, ExchangeList, Figures } from './types.ts'

const BASE = 'http://localhost:7357/_sim'
const { author, ...REST } = noteFactory.build()
const WRONG = { ...REST, author: author[0] }

async function busy() {
  const jft = startJft()
  const event = await jft.submit(noteFactory.build({ title: 'Tilsyn på natt' }))
  await jft.submit(alarmFactory.build())
  const send = (body: object) => jft.call('POST', '/write/v1/Composition', { body: JSON.stringify(body) })
  await send({ ...WRONG, title: '' })
  await send(WRONG)
  await send({ ...WRONG, language: '' })
  await jft.simulator.fetch(
    new Request('http://localhost:7357/write/v1/Composition', { method: 'POST', body: '{"title":"Uten token"}' }),
  )
  const get = async (path: string) => {
    const answer = await jft.simulator.fetch(new Request(BASE + path))
    const body: { issues: { message: string }[] } = JSON.parse(await answer.text())
    return { status: answer.status, body }
  }
  return { jft, event, get, read: async <T>(path: string) => (await get(path)).body as unknown as T }
}

const search = (q: string, more = '') => `?${new URLSearchParams({ q })}${more}`

describe('a search is made of everything that is kept', () => {
  test.each([
    ['status:400', 3],
    ['status:400 OR status:401', 4],
    ['is:rejected -status:401', 3],
    ['"uten token"', 1],
    ['body:natt', 1],
    ['surface:jft-write header:application/json -is:rejected', 2],
    ['rule:token-missing', 1],
  ])('exchanges: %s finds %i', async (q, count) => {
    const { read } = await busy()
    const { matching, exchanges } = await read<ExchangeList>(`/exchanges${search(q, '&limit=1')}`)
    expect([matching, exchanges.length]).toEqual([count, 1])
  })

  test.each([
    ['kind:alarm', 1],
    ['natt', 1],
    ['type:Composition OR type:Bundle', 2],
    ['status:acknowledged', 0],
  ])('events: %s finds %i', async (q, count) => {
    const { read } = await busy()
    const { matching, events, usage } = await read<EventList>(`/events${search(q)}`)
    expect([matching, events.length, usage.events]).toEqual([count, count, 2])
  })

  test('a mistake is refused, and says what was meant', async () => {
    const { get } = await busy()
    const { status, body } = await get(`/exchanges${search('stats:400 before:noon')}`)
    expect([status, body.issues.map(({ message }) => message)]).toEqual([
      400,
      ['q: unknown field stats, did you mean status?', 'q: noon is not a time: write 10:04 or 2026-05-26T10:04.'],
    ])
  })
})

test.each([
  ['rule:r4-aray-expected', 'q: unknown value r4-aray-expected of rule, did you mean r4-array-expected?'],
  ['type:Compositon', 'q: unknown value compositon of type, did you mean Composition?'],
  ['surface:jft-raed', 'q: unknown value jft-raed of surface, did you mean jft-read?'],
  ['step:fhirr4', 'q: unknown value fhirr4 of step, did you mean fhir-r4?'],
])('the value in %s is one that no request can have', async (q, message) => {
  const { get } = await busy()
  for (const list of ['exchanges', 'causes']) {
    const { status, body } = await get(`/${list}${search(q)}`)
    expect([status, body.issues.map((issue) => issue.message)]).toEqual([400, [message]])
  }
})

describe('causes', () => {
  test('lead to the request with the fewest other errors', async () => {
    const { read } = await busy()
    const { causes, refused, matching } = await read<CauseList>('/causes')
    expect([refused, matching]).toEqual([4, 4])
    const ofAuthor = causes.find(({ rule }) => rule === 'r4-array-expected')
    expect(ofAuthor).toMatchObject({ place: 'Composition.author', count: 3, requests: 3 })
    const best = await read<{ issues: readonly unknown[] }>(`/exchanges/${ofAuthor?.best}`)
    expect(best.issues).toHaveLength(1)
  })

  test('of a rule that is looked for are not mixed with what else was wrong', async () => {
    const { read } = await busy()
    const { causes, matching, refused } = await read<CauseList>(`/causes${search('rule:r4-empty')}`)
    expect(causes.map(({ place }) => place).sort()).toEqual(['Composition.language', 'Composition.title'])
    expect([matching, refused]).toEqual([2, 4])
  })
})

test('figures are of all events', async () => {
  const { jft, event, read } = await busy()
  await jft.call('POST', `/write/v1/Composition/${event}/$journaling-acknowledged`, {})
  const { minutes, waits, ...counts } = await read<Figures>('/figures')
  expect(minutes.map(({ events, refused }) => [events, refused]).at(-1)).toEqual([2, 4])
  expect(minutes).toHaveLength(30)
  expect(counts).toEqual({ of: 2, events: 2, unread: 1, unacknowledged: 0, failed: 0 })
  expect(waits?.median).toBe(waits?.slowest)
})
