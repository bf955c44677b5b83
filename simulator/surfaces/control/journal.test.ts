import type { Bundle } from 'fhir/r4.js'
import { describe, expect, test } from 'vitest'
import { noteFactory } from '../../../fixtures/index.ts'
import { startJft } from '../jft.fixture.ts'
import type { ExchangeList, Explanation, Verification } from './types.ts'

const BASE = 'http://localhost:7357/_sim'

async function busy() {
  const jft = startJft()
  const id = await jft.submit(noteFactory.build())
  await jft.submit(noteFactory.build(), { orgnr: '312229544' })
  await jft.call('POST', '/write/v1/Composition', { body: '{"resourceType":"Composition","title":""}' })
  await jft.call('GET', `/read/v1/Composition/${id}/$status`)
  const get = (path: string) => jft.simulator.fetch(new Request(BASE + path))
  const post = (path: string, body: unknown) =>
    jft.simulator.fetch(new Request(BASE + path, { method: 'POST', body: JSON.stringify(body) }))
  return { jft, id, get, post, json: async <T>(answer: Promise<Response>) => (await (await answer).json()) as T }
}

describe('asking the journal', () => {
  test.each([
    ['surface=jft-write', 3],
    ['surface=jft-write&refused=true', 1],
    ['status=202', 2],
    ['rule=r4-empty-string', 1],
    ['client=Bruno-Local&municipality=312229544', 1],
    ['method=get&surface=jft-read', 1],
    ['path=/$status', 1],
    ['text=journalnotat for respons&surface=jft-write', 2],
  ])('%s finds %i', async (query, count) => {
    const { get, json } = await busy()
    const { exchanges, matching } = await json<{ exchanges: unknown[]; matching: number }>(
      get(`/exchanges?${query}&limit=1`),
    )
    expect([exchanges.length, matching]).toEqual([1, count])
  })

  test('by event', async () => {
    const { get, json, id } = await busy()
    const { exchanges } = await json<{ exchanges: { method: string }[] }>(get(`/exchanges?event=Composition/${id}`))
    expect(exchanges.map(({ method }) => method)).toEqual(['GET', 'POST'])
  })

  test('a wrong filter is refused', async () => {
    const { get } = await busy()
    for (const query of ['status=bad', 'refused=maybe', 'stauts=202'])
      expect((await get(`/exchanges?${query}`)).status).toBe(400)
  })
})

describe('the events that a search hands out', () => {
  const idsOf = ({ entry = [] }: Bundle) => entry.map(({ resource }) => `Composition/${resource?.id}`)

  test('are in the journal, though it cuts the body', async () => {
    const jft = startJft()
    for (let n = 0; n < 51; n += 1) await jft.submit(noteFactory.build())
    const found = idsOf(await jft.search('Composition?_count=50'))
    const { events, response } = await jft.lastExchange()
    expect(response.body?.capturedBytes).toBeLessThan(response.body?.totalBytes ?? 0)
    expect(found).toHaveLength(50)
    expect(events).toEqual(found)
  })

  test('lead from an event to the searches that had it', async () => {
    const { jft, get, json, id } = await busy()
    await jft.search('Composition')
    await jft.search('Composition', { orgnr: '312229544' })
    const { exchanges } = await json<ExchangeList>(get(`/exchanges?event=Composition/${id}&path=/v1/Composition`))
    expect(exchanges.map(({ method, events }) => [method, events])).toEqual([
      ['GET', [`Composition/${id}`]],
      ['POST', undefined],
    ])
  })

  test('are none of an empty page, and nothing is said of a refused search', async () => {
    const jft = startJft()
    await jft.search('Bundle')
    expect((await jft.lastExchange()).events).toEqual([])
    await jft.search('Bundle?_count=0')
    expect(await jft.lastExchange()).not.toHaveProperty('events')
  })

  test.each([
    [{ effect: { kind: 'reset', when: 'after' } }, 1],
    [{ preset: 'cut-off' }, 1],
    [{ preset: 'delivered-twice' }, 2],
  ])('are those that it would have had, where a fault breaks it: %j', async (fault, times) => {
    const { jft, id, post } = await busy()
    expect((await post('/faults', { surface: 'jft-read', ...fault })).status).toBe(201)
    await jft.call('GET', '/read/v1/Composition').catch(() => {})
    const { events, injected } = await jft.lastExchange()
    expect(events).toEqual(Array.from({ length: times }, () => `Composition/${id}`))
    expect(injected).toHaveLength(1)
  })
})

describe('verify', () => {
  test('counts, and is content', async () => {
    const { post, json } = await busy()
    const wanted = { surface: 'jft-write', status: 202, times: 2 }
    expect(await json<Verification>(post('/verify', wanted))).toMatchObject({ verified: true, count: 2, nearest: [] })
  })

  test('says what came nearest, and in what it differs', async () => {
    const { post, json } = await busy()
    const wanted = { surface: 'jft-write', path: '/v1/Composition', status: 202, municipality: '994598759' }
    const { verified, nearest } = await json<Verification>(post('/verify', wanted))
    expect(verified).toBe(false)
    expect(nearest[0]?.differences).toEqual([{ field: 'municipality', expected: '994598759', found: '313231593' }])
  })

  test('too many is not a verification either', async () => {
    const { post, json } = await busy()
    expect(await json<Verification>(post('/verify', { status: 202, times: { atMost: 1 } }))).toMatchObject({
      verified: false,
      count: 2,
    })
  })

  test('a wrong member is named', async () => {
    const { post } = await busy()
    const answer = await post('/verify', { statsu: 202 })
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('statsu')])
  })
})

describe('explain', () => {
  test('says what would happen, and changes nothing', async () => {
    const { jft, post, get, json } = await busy()
    const submissions = '/exchanges?surface=jft-write'
    const before = await json<{ exchanges: unknown }>(get(submissions))
    const config = await (await get('/curl?method=POST&path=/write/v1/Composition')).text()
    const headers = Object.fromEntries(
      [...config.matchAll(/^header = "([\w-]+): (.*)"$/gm)].map((match) => [match[1] ?? '', match[2] ?? '']),
    )
    const body = JSON.stringify(noteFactory.build())
    const events = await jft.simulator.world.state.events.usage()
    const first = await json<Explanation>(post('/explain', { url: '/write/v1/Composition', headers, body }))
    expect(first).toMatchObject({ status: 202, exchange: { issues: [] } })
    expect(first.exchange?.steps.map(({ outcome }) => outcome)).not.toContain('stopped')
    expect(await jft.simulator.world.state.events.usage()).toEqual(events)
    expect((await json<{ exchanges: unknown }>(get(submissions))).exchanges).toEqual(before.exchanges)
  })

  test('a request that would be refused, with the step and the rule', async () => {
    const { post, json } = await busy()
    const { status, exchange } = await json<Explanation>(post('/explain', { url: '/write/v1/Bundle', body: '{}' }))
    expect(status).toBe(401)
    expect(exchange?.steps.find(({ outcome }) => outcome === 'stopped')).toMatchObject({
      name: 'token',
      rules: ['token-missing', 'dpop-missing'],
    })
  })

  test('nobody waits for a latency or a slow body, and a stream that has no end is not read', async () => {
    const { post, json } = await busy()
    await post('/faults', { surface: 'jft-write', effect: { kind: 'latency', delay: 600_000 } })
    const { exchange } = await json<Explanation>(post('/explain', { url: '/write/v1/Bundle', body: '{}' }))
    expect(exchange?.injected).toMatchObject([{ effect: 'latency 600000 ms' }])
    await post('/faults', { surface: 'helseid', effect: { kind: 'slow-body', bytesPerSecond: 1 } })
    const keys = { method: 'GET', url: '/helseid/.well-known/openid-configuration/jwks' }
    const slow = await json<Explanation>(post('/explain', keys))
    expect(slow).toMatchObject({ status: 200, exchange: { injected: [{ effect: 'slow-body 1 bytes per second' }] } })
    expect(JSON.parse(slow.body ?? '')).toHaveProperty('keys')
    const stream = await json<Explanation>(post('/explain', { method: 'GET', url: '/_sim/stream' }))
    expect(stream).toMatchObject({ status: 200, body: null, exchange: null })
  })

  test('what is not a request is refused', async () => {
    const { post } = await busy()
    expect((await post('/explain', { url: 'not a url' })).status).toBe(400)
  })
})

describe('an exchange elsewhere', () => {
  test('as a command, as a test, as an HTTP Archive', async () => {
    const { get, json } = await busy()
    const { exchanges } = await json<{ exchanges: { id: string }[] }>(get('/exchanges?refused=true&limit=1'))
    const id = exchanges[0]?.id
    expect(await (await get(`/exchanges/${id}/curl`)).text()).toContain(
      "curl -sS -i -X POST 'http://localhost:7357/write/v1/Composition'",
    )
    expect(await (await get(`/exchanges/${id}/test`)).text()).toContain('expect(answer.status).toBe(400)')
    expect(await json(get(`/exchanges/${id}/har`))).toMatchObject({
      log: {
        version: '1.2',
        entries: [{ request: { method: 'POST', postData: { text: expect.any(String) } }, response: { status: 400 } }],
      },
    })
    const { log } = await json<{ log: { entries: unknown[] } }>(get('/har'))
    expect(log.entries.length).toBeGreaterThan(4)
  })
})
