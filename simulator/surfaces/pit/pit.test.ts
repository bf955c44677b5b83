import type { Bundle, Patient } from 'fhir/r4.js'
import { describe, expect, test } from 'vitest'
import { realIdentityNumber } from '../../rules/identifiers.fixture.ts'
import { type Call, startJft } from '../jft.fixture.ts'

const READ = { audience: 'nhn:pit', scope: ['nhn:pit/api.read'] }
const WRITE = { audience: 'nhn:pit', scope: ['nhn:pit/api.write'] }
const NUMBER = '02850097219'
const OTHER = '13717404089'

const patient = (value: string, family = 'Eksempel') => ({
  resourceType: 'Patient',
  identifier: [{ system: 'urn:oid:2.16.578.1.12.4.1.4.1', value }],
  name: [{ family }],
})

function startPit(input: Parameters<typeof startJft>[0] = {}) {
  const jft = startJft(input)
  const write = (body: unknown, call: Call = {}) =>
    jft.call('POST', '/pit/v1/Patient', { ...WRITE, body: JSON.stringify(body), ...call })
  const read = (query = '', call: Call = {}) => jft.call('GET', `/pit/v1/Patient${query}`, { ...READ, ...call })
  const patients = async (query = '', call: Call = {}) => {
    const { entry = [] } = (await (await read(query, call)).json()) as Bundle<Patient>
    return entry.flatMap(({ resource }) => resource ?? [])
  }
  return { ...jft, write, read, patients, families: async () => (await patients()).map((one) => one.name?.[0]?.family) }
}

describe('POST /v1/Patient', () => {
  test('202 without a Location or a body; the patient is there to read, with lastUpdated and nothing else in meta', async () => {
    const pit = startPit()
    const answer = await pit.write({ ...patient(NUMBER), id: 'mine', meta: { versionId: '3' } })
    expect([answer.status, answer.headers.get('location'), await answer.text()]).toEqual([202, null, ''])
    const [read] = await pit.patients()
    expect(read).toEqual({
      ...patient(NUMBER),
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      meta: { lastUpdated: expect.stringMatching(/^2\d{3}-.*\+00:00$/) },
    })
  })

  test('the same person again: one record, the newer version, the same id, a later lastUpdated', async () => {
    const pit = startPit()
    await pit.write(patient(NUMBER, 'Before'))
    const [before] = await pit.patients()
    await pit.write(patient(OTHER))
    await pit.write(patient(NUMBER, 'After'))
    expect(await pit.families()).toEqual(['Eksempel', 'After'])
    const [, after] = await pit.patients()
    expect(after?.id).toBe(before?.id)
    expect(Date.parse(after?.meta?.lastUpdated ?? '')).toBeGreaterThanOrEqual(
      Date.parse(before?.meta?.lastUpdated ?? ''),
    )
  })

  test('a person is of one municipality', async () => {
    const pit = startPit()
    await pit.write(patient(NUMBER, 'Here'))
    await pit.write(patient(NUMBER, 'There'), { orgnr: '312229544' })
    expect(await pit.families()).toEqual(['Here'])
    expect(await pit.patients('', { orgnr: '312229544' })).toMatchObject([{ name: [{ family: 'There' }] }])
  })

  test('pitSamePerson: new-entry keeps both', async () => {
    const pit = startPit({ assumptions: { pitSamePerson: 'new-entry' } })
    await pit.write(patient(NUMBER, 'Before'))
    await pit.write(patient(NUMBER, 'After'))
    expect(await pit.families()).toEqual(['Before', 'After'])
  })

  test('pitProcessingDelayMs: until then the version before is there, and versions come in the order of their POST', async () => {
    const pit = startPit({ assumptions: { pitProcessingDelayMs: 60_000 } })
    pit.clock.freeze()
    await pit.write(patient(NUMBER, 'First'))
    expect(await pit.families()).toEqual([])
    pit.clock.advance(60_001)
    expect(await pit.families()).toEqual(['First'])
    await pit.write(patient(NUMBER, 'Second'))
    pit.clock.advance(30_000)
    const { assumptions } = pit.simulator.world.settings
    await pit.simulator.world.settings.assume({ ...assumptions, pitProcessingDelayMs: 0 })
    await pit.write(patient(NUMBER, 'Third'))
    expect(await pit.families()).toEqual(['First'])
    pit.clock.advance(30_001)
    expect(await pit.families()).toEqual(['Third'])
  })

  test.each([
    ['a real identity number', patient(realIdentityNumber()), 400, ['identity-number-real']],
    [
      'another resource',
      { resourceType: 'Observation', status: 'final', code: { text: 'x' } },
      400,
      ['pit-resource-type'],
    ],
    ['what is not R4', { ...patient(NUMBER), gender: 'woman' }, 400, ['PVAL116']],
    ['more than about 900 KB', patient(NUMBER, 'x'.repeat(921_600)), 413, ['http-size']],
  ])('refuses %s', async (_what, body, status, rules) => {
    const pit = startPit()
    const answer = await pit.write(body)
    expect(answer.status).toBe(status)
    const { issue } = (await answer.clone().json()) as { issue: { details?: { coding?: { code: string }[] } }[] }
    expect(JSON.stringify(issue)).toContain(rules[0])
    expect(await answer.text()).not.toMatch(/vkp|jftAfterVkp/)
    expect(await pit.patients()).toEqual([])
  })

  test('takes 900,000 bytes', async () => {
    expect((await startPit().write(patient(NUMBER, 'x'.repeat(899_000)))).status).toBe(202)
  })
})

describe('GET /v1/Patient', () => {
  test.each([
    ['_lastUpdated=2024-01-01T12:00Z', 'search-last-updated'],
    ['_lastUpdated=eq2024-01-01T12:00Z', 'search-last-updated'],
    ['_lastUpdated=ge2024-01-01', 'search-last-updated'],
    ['_count=0', 'search-count'],
    ['_count=51', 'search-count'],
    ['_sort=name', 'search-sort'],
    ['_tag=a', 'search-parameter'],
    ['identifier=1', 'search-parameter'],
    ['cursor=abc', 'search-cursor'],
  ])('%s: 400 %s', async (query, rule) => {
    const pit = startPit()
    const answer = await pit.read(`?${query}`)
    expect(answer.status).toBe(400)
    expect((await pit.issues(answer)).map((one) => one.rule)).toEqual([rule])
  })

  test('settings for JFT do not loosen what PIT documents', async () => {
    const pit = startPit({ assumptions: { countMax: 100, countDefault: 1, lastUpdatedPrefix: 'optional' } })
    await pit.write(patient(NUMBER))
    await pit.write(patient(OTHER))
    expect(await pit.patients()).toHaveLength(2)
    expect((await pit.read('?_count=51')).status).toBe(400)
    expect((await pit.read('?_lastUpdated=2024-01-01T12:00Z')).status).toBe(400)
  })

  test('pages by next, whose cursor JFT does not take', async () => {
    const pit = startPit()
    await pit.write(patient(NUMBER, 'One'))
    await pit.write(patient(OTHER, 'Two'))
    const first = (await (await pit.read('?_count=1')).json()) as Bundle<Patient>
    const next = new URL(first.link?.find(({ relation }) => relation === 'next')?.url ?? '')
    expect([next.pathname, [...next.searchParams.keys()]]).toEqual(['/pit/v1/Patient', ['cursor']])
    const second = (await (await pit.read(next.search)).json()) as Bundle<Patient>
    expect(second.entry?.[0]?.resource?.name?.[0]?.family).toBe('Two')
    expect(second.link?.map(({ relation }) => relation)).toEqual(['self'])
    const jft = await pit.call('GET', `/read/v1/Bundle${next.search}`)
    expect(jft.status).toBe(400)
  })

  test('POST _search is there where the setting says so', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const call = { ...READ, body: '_count=1', headers: form }
    expect((await startPit().call('POST', '/pit/v1/Patient/_search', call)).status).toBe(404)
    const pit = startPit({ assumptions: { pitSearchByPost: 'as-jft' } })
    expect((await pit.call('POST', '/pit/v1/Patient/_search', call)).status).toBe(200)
  })
})

describe('who may call', () => {
  test.each([
    ['a token for JFT', { audience: 'nhn:jft' }, 401],
    ['the scope to read, to write', { scope: ['nhn:pit/api.read'] }, 403],
    ['no municipality', { orgnr: null }, 403],
    ['a real municipality', { orgnr: '994598759' }, 403],
  ])('writing with %s: %i', async (_what, call, status) => {
    expect((await startPit().write(patient(NUMBER), call)).status).toBe(status)
  })

  test.each([
    ['a token for JFT', { audience: 'nhn:jft' }, 401],
    ['the scope to write, to read', { scope: ['nhn:pit/api.write'] }, 403],
  ])('reading with %s: %i', async (_what, call, status) => {
    expect((await startPit().read('', call)).status).toBe(status)
  })

  test('Bearer is refused', async () => {
    const { simulator } = startPit()
    const answer = await simulator.fetch(
      new Request('http://localhost:7357/pit/v1/Patient', { headers: { authorization: 'Bearer a.b.c' } }),
    )
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, expect.stringMatching(/^DPoP/)])
  })
})

test('production has no PIT, and says so', async () => {
  const { simulator } = startPit({ environment: 'prod' })
  const get = (path: string) => simulator.fetch(new Request(`http://localhost:7357${path}`))
  const answer = await get('/pit/v1/Patient')
  expect([answer.status, await answer.text()]).toEqual([404, expect.stringMatching(/PIT is in Test only/)])
  const { origins } = (await (await get('/_sim/info')).json()) as { origins: object }
  expect(Object.keys(origins)).not.toContain('pit')
  expect(await (await get('/nowhere')).text()).not.toContain('/pit')
})

test('OpenAPI describes what the pages have', async () => {
  const { simulator } = startPit()
  const answer = await simulator.fetch(new Request('http://localhost:7357/pit/swagger/v1/swagger.json'))
  const { paths } = (await answer.json()) as { paths: Record<string, object> }
  expect(Object.entries(paths).map(([path, methods]) => [path, Object.keys(methods)])).toEqual([
    ['/v1/Patient', ['post', 'get']],
  ])
})

test('the journal has the steps, and which patient it was', async () => {
  const pit = startPit()
  await pit.write(patient(NUMBER))
  const [{ id } = {}] = await pit.patients()
  const read = await pit.lastExchange()
  expect(read).toMatchObject({ surface: 'pit', events: [`Patient/${id}`] })
  expect(read.steps.map(({ name }) => name)).toEqual([
    ...['route', 'token', 'scope', 'claims', 'rate', 'parameters', 'search', 'cursor', 'page'],
  ])
})

describe('what a sandbox remembers', () => {
  test('a fork, a snapshot and a case file have the patients, with those that wait', async () => {
    const pit = startPit({ assumptions: { pitProcessingDelayMs: 1_000 } })
    pit.clock.freeze()
    await pit.write(patient(NUMBER, 'Before'))
    pit.clock.advance(2_000)
    await pit.patients()
    await pit.write(patient(NUMBER, 'After'))
    const { sandboxes } = pit.simulator
    const [known] = await pit.simulator.world.state.patients.recent(10, 0)
    expect(known).toMatchObject({ version: 1, queued: [{ textAfter: expect.stringContaining('After') }] })

    const fork = await sandboxes.fork('default', { name: 'copy' })
    expect(await fork?.state.patients.recent(10, 0)).toEqual([known])
    const fetch = (path: string, init?: RequestInit) =>
      pit.simulator.fetch(new Request(`http://localhost:7357${path}`, init))
    const file = (await (await fetch('/s/copy/_sim/case')).json()) as object
    const opened = await fetch('/_sim/case', { method: 'POST', body: JSON.stringify({ ...file, name: 'opened' }) })
    expect(opened.status).toBe(201)
    expect(await (await sandboxes.find('opened'))?.state.patients.recent(10, 0)).toEqual([known])

    const snapshot = await sandboxes.keepSnapshot('default', 'then')
    pit.clock.advance(2_000)
    expect(await pit.families()).toEqual(['After'])
    if (snapshot) await sandboxes.restore('default', snapshot)
    expect(await pit.simulator.world.state.patients.recent(10, 0)).toEqual([known])
  })

  test('no room: 507, and what was there stays', async () => {
    const pit = startPit({ limits: { patientBytes: 1_500 } })
    expect((await pit.write(patient(NUMBER, 'Before'))).status).toBe(202)
    const answer = await pit.write(patient(OTHER, 'x'.repeat(1_000)))
    expect([answer.status, await answer.text()]).toEqual([507, expect.stringContaining('limits.patientBytes')])
    expect(await pit.families()).toEqual(['Before'])
  })
})
