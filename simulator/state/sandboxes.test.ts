import type { Bundle } from 'fhir/r4.js'
import { describe, expect, test } from 'vitest'
import { noteFactory } from '../../fixtures/index.ts'
import { isWhole } from '../sample.fixture.ts'
import { createSimulator, type Simulator } from '../simulator.ts'
import { createSigningKeys } from './memory/keys.ts'

const ROOT = 'http://localhost:7357'
const keys = createSigningKeys()
const NOTE = noteFactory.build()

/** A sandbox as a test program sees it: a base URL. */
function client(simulator: Simulator, base = ROOT) {
  const fetch = (path: string, init?: RequestInit) => simulator.fetch(new Request(base + path, init))
  const post = (path: string, body?: unknown) =>
    fetch(path, { method: 'POST', ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
  const call = async (method: string, path: string, body?: unknown) => {
    const htu = base + path.replace(/\?.*$/, '')
    const token = await fetch('/ttt/v2/create-test-token-with-key', {
      method: 'POST',
      body: JSON.stringify({
        audience: 'nhn:jft',
        createDPoPTokenWithDPoPProof: true,
        dPoPProofParameters: { htuClaimValue: htu, htmClaimValue: method },
        clientClaimsParameters: { scope: ['nhn:jft/api'], orgnrParent: '313231593' },
      }),
    })
    const { successResponse } = (await token.json()) as { successResponse: Record<string, string> }
    const { accessTokenJwt, dPoPProof = '' } = successResponse
    const headers = { authorization: `DPoP ${accessTokenJwt}`, dpop: dPoPProof, 'content-type': 'application/json' }
    return fetch(path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
  }
  const ids = async (path = '/read/v1/Composition?_count=50') =>
    ((await (await call('GET', path)).json()) as Bundle).entry?.map((entry) => entry.resource?.id) ?? []
  return { fetch, post, call, ids, submit: () => call('POST', '/write/v1/Composition', NOTE) }
}

async function sandbox(simulator: Simulator, spec: Record<string, unknown> = {}) {
  const answer = await client(simulator).post('/_sim/sandboxes', spec)
  expect(answer.status, await answer.clone().text()).toBe(201)
  const { name } = (await answer.json()) as { name: string }
  return client(simulator, `${ROOT}/s/${name}`)
}

const start = () => createSimulator({}, { keys })

describe('a sandbox', () => {
  test('has its own events, and its links stay inside', async () => {
    const simulator = start()
    const one = await sandbox(simulator, { name: 'one' })
    const answer = await one.submit()
    expect(answer.headers.get('location')).toMatch(/^http:\/\/localhost:7357\/s\/one\/read\/v1\/Composition\//)
    const discovery = await one.fetch('/helseid/.well-known/openid-configuration')
    expect(await discovery.json()).toMatchObject({ issuer: `${ROOT}/s/one/helseid` })
    expect(await one.ids()).toHaveLength(1)
    expect(await client(simulator).ids()).toEqual([])
  })

  test('has its own page of the dashboard, to which every answer leads', async () => {
    const simulator = start()
    const one = await sandbox(simulator, { name: 'one' })
    const linkOf = async (answer: Promise<Response>) => (await answer).headers.get('jftsim-exchange')
    const byHost = client(simulator, 'http://one.localhost:7357')
    expect(await linkOf(one.submit())).toBe(`${ROOT}/?sandbox=one#/exchanges/x2`)
    expect(await linkOf(byHost.fetch('/read/v1/Bundle'))).toBe(`${ROOT}/?sandbox=one#/exchanges/x3`)
    expect(await linkOf(client(simulator).fetch('/read/v1/Bundle'))).toBe(`${ROOT}/#/exchanges/x1`)
  })

  test('is reached by its host name too', async () => {
    const simulator = start()
    await sandbox(simulator, { name: 'one' })
    const answer = await client(simulator, 'http://one.localhost:7357').submit()
    expect(answer.headers.get('location')).toMatch(/^http:\/\/one\.localhost:7357\/read\/v1\/Composition\//)
  })

  test('takes no token of another', async () => {
    const simulator = start()
    await sandbox(simulator, { name: 'one' })
    const config = await (await client(simulator).fetch('/_sim/curl?method=GET&path=/read/v1/Bundle')).text()
    const [authorization = '', dpop = ''] = [...config.matchAll(/^header = "\w+: (.*)"$/gm)].map(
      (match) => match[1] ?? '',
    )
    const answer = await client(simulator, `${ROOT}/s/one`).fetch('/read/v1/Bundle', {
      headers: { authorization, dpop },
    })
    expect(answer.status).toBe(401)
    expect(await answer.text()).toContain('token-issuer')
  })

  test('gives curls that lead to itself', async () => {
    const simulator = start()
    const one = await sandbox(simulator, { name: 'one' })
    const config = await (await one.fetch('/_sim/curl?method=GET&path=/read/v1/Bundle')).text()
    expect(config).toContain(`url = "${ROOT}/s/one/read/v1/Bundle"`)
    const headers = [...config.matchAll(/^header = "(\w+): (.*)"$/gm)].map(
      ([, name = '', value = '']): [string, string] => [name, value],
    )
    expect((await one.fetch('/read/v1/Bundle', { headers })).status).toBe(200)
  })

  test('that does not exist is a 404 with a suggestion', async () => {
    const simulator = start()
    await sandbox(simulator, { name: 'orders' })
    const answer = await client(simulator, `${ROOT}/s/order`).fetch('/_sim/health')
    expect(answer.status).toBe(404)
    expect(await answer.text()).toContain('Did you mean orders?')
  })

  test('has its own settings', async () => {
    const simulator = start()
    const relaxed = await sandbox(simulator, { auth: 'relaxed', assumptions: { countMax: 5 } })
    expect((await relaxed.fetch('/read/v1/Bundle', { headers: { 'jftsim-municipality': '313231593' } })).status).toBe(
      200,
    )
    expect((await relaxed.call('GET', '/read/v1/Bundle?_count=6')).status).toBe(400)
  })
})

describe('what is wrong with a sandbox', () => {
  test.each([
    [{ name: 'No Spaces' }, 'name: '],
    [{ nme: 'x' }, 'nme: There is no such option'],
    [{ assumptions: { countMx: 1 } }, 'assumptions.countMx'],
    [{ events: [{ municipality: '1', resource: {} }] }, 'events.0.municipality'],
    [{ events: [{ municipality: '313231593', resource: { resourceType: 'Composition' } }] }, 'events.0.resource'],
    [{ frozenAt: 'yesterday' }, 'frozenAt'],
    [{ clients: [{ clientId: 'C', tenancy: 'none', organization: '12', publicKeys: [] }] }, 'clients.0: organization'],
  ])('%j', async (spec, message) => {
    const answer = await client(start()).post('/_sim/sandboxes', spec)
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain(message)
  })

  test('a name is taken once', async () => {
    const simulator = start()
    await sandbox(simulator, { name: 'one' })
    expect((await client(simulator).post('/_sim/sandboxes', { name: 'one' })).status).toBe(400)
  })
})

describe('the state of a sandbox', () => {
  const seeded = { name: 'one', events: [{ municipality: '313231593', resource: NOTE, sourceSystem: 'Seed 1.0' }] }

  test('reset goes back to what it was made with, not to nothing', async () => {
    const simulator = start()
    const one = await sandbox(simulator, seeded)
    const before = await one.ids()
    await one.submit()
    expect(await one.ids()).toHaveLength(2)
    expect((await one.post('/_sim/reset')).status).toBe(204)
    expect(await one.ids()).toEqual(before)
  })

  test('snapshots are listed, and go with a reset and with the sandbox', async () => {
    const simulator = start()
    const one = await sandbox(simulator, { ...seeded, frozenAt: '2030-01-01T12:00:00Z' })
    const snapshots = async () => {
      const answer = await one.fetch('/_sim/sandboxes/one/snapshots')
      return ((await answer.json()) as { snapshots: unknown }).snapshots
    }
    expect(await snapshots()).toEqual([])
    await one.post('/_sim/sandboxes/one/snapshots/first')
    await one.post('/_sim/clock/advance', { by: 'PT1H' })
    await one.submit()
    await one.post('/_sim/sandboxes/one/snapshots/second')
    const second = { name: 'second', taken: '2030-01-01T13:00:00.000Z', events: 2 }
    expect(await snapshots()).toEqual([{ name: 'first', taken: '2030-01-01T12:00:00.000Z', events: 1 }, second])
    await one.post('/_sim/sandboxes/one/snapshots/first')
    expect(await snapshots()).toEqual([second, { name: 'first', taken: '2030-01-01T13:00:00.000Z', events: 2 }])
    await one.post('/_sim/sandboxes/one/snapshots/first/restore')
    expect(await snapshots()).toHaveLength(2)
    await one.post('/_sim/reset')
    expect(await snapshots()).toEqual([])
    await one.post('/_sim/sandboxes/one/snapshots/first')
    await client(simulator).fetch('/_sim/sandboxes/one', { method: 'DELETE' })
    expect((await client(simulator).fetch('/_sim/sandboxes/one/snapshots')).status).toBe(404)
    await sandbox(simulator, { name: 'one' })
    expect(await snapshots()).toEqual([])
  })

  test('a snapshot can be gone back to; a fork goes its own way', async () => {
    const simulator = start()
    const one = await sandbox(simulator, seeded)
    await one.post('/_sim/sandboxes/one/snapshots/clean')
    await one.post('/_sim/sandboxes/one/fork', { name: 'two' })
    await one.submit()
    await client(simulator, `${ROOT}/s/two`).submit()
    await client(simulator, `${ROOT}/s/two`).submit()
    expect(await client(simulator, `${ROOT}/s/two`).ids()).toHaveLength(3)
    expect(await one.ids()).toHaveLength(2)
    expect((await one.post('/_sim/sandboxes/one/snapshots/clean/restore')).status).toBe(204)
    expect(await one.ids()).toHaveLength(1)
    expect((await one.post('/_sim/sandboxes/one/snapshots/dirty/restore')).status).toBe(404)
    const two = client(simulator, `${ROOT}/s/two`)
    await two.post('/_sim/reset')
    expect(await two.ids()).toHaveLength(1)
  })

  test('it can be deleted, the default one cannot', async () => {
    const simulator = start()
    const one = await sandbox(simulator, { name: 'one' })
    const remove = (name: string) => client(simulator).fetch(`/_sim/sandboxes/${name}`, { method: 'DELETE' })
    expect((await remove('one')).status).toBe(204)
    expect((await one.fetch('/_sim/health')).status).toBe(404)
    expect((await remove('default')).status).toBe(409)
  })

  test('one that nobody uses expires', async () => {
    let now = Date.parse('2026-01-01T00:00:00Z')
    const simulator = createSimulator({ limits: { sandboxIdleMinutes: 10 } }, { keys, wall: () => now })
    await sandbox(simulator, { name: 'idle' })
    await sandbox(simulator, { name: 'busy' })
    now += 9 * 60_000
    await client(simulator, `${ROOT}/s/busy`).fetch('/_sim/health')
    now += 2 * 60_000
    const { sandboxes } = (await (await client(simulator).fetch('/_sim/sandboxes')).json()) as {
      sandboxes: { name: string }[]
    }
    expect(sandboxes.map(({ name }) => name)).toEqual(['default', 'busy'])
  })

  test('there is a limit to their number', async () => {
    const simulator = createSimulator({ limits: { sandboxes: 1 } }, { keys })
    await sandbox(simulator, {})
    expect((await client(simulator).post('/_sim/sandboxes', {})).status).toBe(400)
  })
})

describe('the clock of a sandbox', () => {
  const put = (one: ReturnType<typeof client>, body: unknown) =>
    one.fetch('/_sim/clock', { method: 'PUT', body: JSON.stringify(body) })

  test('moves tokens, stamps and the journal, and no other sandbox', async () => {
    const simulator = start()
    const one = await sandbox(simulator, { frozenAt: '2030-01-01T12:00:00Z' })
    await one.submit()
    const found = (await (await one.call('GET', '/read/v1/Composition')).json()) as Bundle
    expect(found.entry?.[0]?.resource?.meta?.lastUpdated).toBe('2030-01-01T12:00:00+00:00')
    expect(await (await one.fetch('/_sim/exchanges?limit=1')).text()).toContain('"time":"2030-01-01T12:00:00.000Z"')
    expect(await (await one.post('/_sim/clock/advance', { by: 'PT1H30M' })).json()).toEqual({
      mode: 'frozen',
      now: '2030-01-01T13:30:00.000Z',
      rate: 1,
    })
    const { now } = (await (await client(simulator).fetch('/_sim/clock')).json()) as { now: string }
    expect(now < '2030').toBe(true)
  })

  test('set back, it is back, and the stamps of events continue behind the newest', async () => {
    const one = await sandbox(start(), { frozenAt: '2030-01-01T12:00:00Z' })
    await one.submit()
    const back = { mode: 'frozen', now: '2029-01-01T12:00:00.000Z', rate: 1 }
    expect(await (await put(one, { mode: 'frozen', at: '2029-01-01T12:00:00Z' })).json()).toEqual(back)
    expect(await (await one.fetch('/_sim/clock')).json()).toEqual(back)
    expect((await one.submit()).status).toBe(202)
    const found = (await (await one.call('GET', '/read/v1/Composition')).json()) as Bundle
    expect(found.entry?.map(({ resource }) => resource?.meta?.lastUpdated)).toEqual([
      '2030-01-01T12:00:00+00:00',
      '2030-01-01T12:00:00.000001+00:00',
    ])
  })

  test('a token expires when the clock is moved', async () => {
    const simulator = start()
    const one = await sandbox(simulator, { name: 'one', frozenAt: '2030-01-01T12:00:00Z' })
    const config = await (await one.fetch('/_sim/curl?method=GET&path=/read/v1/Bundle')).text()
    const [authorization = ''] = [...config.matchAll(/^header = "\w+: (.*)"$/gm)].map((match) => match[1] ?? '')
    await one.post('/_sim/clock/advance', { by: 700_000 })
    const answer = await one.fetch('/read/v1/Bundle', { headers: { authorization } })
    expect(await answer.text()).toContain('token-expired')
  })

  test('runs at a rate, and goes back to the machine’s', async () => {
    const one = await sandbox(start(), {})
    expect(await (await put(one, { mode: 'running', at: '2030-01-01T00:00:00Z', rate: 60 })).json()).toMatchObject({
      rate: 60,
    })
    expect(await (await put(one, { mode: 'machine' })).json()).toMatchObject({ mode: 'running', rate: 1 })
  })

  test.each([{ mode: 'stopped' }, { mode: 'frozen', at: 'now' }, { mode: 'running', rate: 0 }])(
    '%j is refused',
    async (body) => expect((await put(await sandbox(start(), {}), body)).status).toBe(400),
  )
})

test('the same seed and the same requests give the same ids, stamps and cursors, byte for byte', async () => {
  const transcript = async () => {
    const simulator = start()
    const one = await sandbox(simulator, { name: 'one', seed: 'a', frozenAt: '2030-01-01T12:00:00Z' })
    const answers: string[] = []
    for (let n = 0; n < 3; n += 1) answers.push([...(await one.submit()).headers].join('\n'))
    answers.push(await (await one.call('GET', '/read/v1/Composition?_count=2')).text())
    return answers
  }
  const first = await transcript()
  expect(first[3]).toContain('cursor=')
  expect(await transcript()).toEqual(first)
})

test('many sandboxes at once do not touch each other', async () => {
  const simulator = start()
  const stories = Array.from({ length: isWhole ? 200 : 40 }, async (_, n) => {
    const one = await sandbox(simulator, { name: `s${n}`, frozenAt: '2030-01-01T12:00:00Z' })
    const count = (n % 3) + 1
    for (let sent = 0; sent < count; sent += 1) expect((await one.submit()).status).toBe(202)
    const ids = await one.ids()
    expect(ids).toHaveLength(count)
    expect((await one.call('POST', `/write/v1/Composition/${ids[0]}/$journaling-acknowledged`)).status).toBe(202)
    expect(await one.ids('/read/v1/Composition?_tag=true')).toEqual([ids[0]])
    return ids
  })
  const all = (await Promise.all(stories)).flat()
  expect(new Set(all).size).toBe(all.length)
})
