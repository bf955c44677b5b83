import { describe, expect, test } from 'vitest'
import { noteFactory } from '../../../fixtures/index.ts'
import { realIdentityNumber } from '../../rules/identifiers.fixture.ts'
import { startJft } from '../jft.fixture.ts'

const BASE = 'http://localhost:7357/_sim'

function control(jft = startJft()) {
  const call = (path: string, init?: RequestInit) => jft.simulator.fetch(new Request(BASE + path, init))
  return { jft, call, json: async (path: string, init?: RequestInit) => (await call(path, init)).json() }
}

describe('what is running', () => {
  test('health and info', async () => {
    const { json } = control()
    expect(await json('/health')).toMatchObject({ status: 'ok' })
    expect(await json('/info')).toMatchObject({
      environment: 'test',
      auth: 'strict',
      origins: { 'jft-write': 'http://localhost:7357/write' },
    })
  })

  test('every rule has a certainty and a source; every silent point a default', async () => {
    const { json } = control()
    const { rules, settings } = (await json('/rules')) as { rules: Record<string, string>[]; settings: unknown[] }
    for (const rule of rules) {
      expect(rule.certainty).toMatch(/^(documented|observed|assumed)$/)
      expect(rule.source?.length, rule.id).toBeGreaterThan(20)
      expect(rule.fix?.length, rule.id).toBeGreaterThan(10)
    }
    expect(settings).toContainEqual(expect.objectContaining({ name: 'countMax', value: 50, default: 50 }))
  })
})

describe('clients', () => {
  test('the ready-made ones are listed without keys, and each file has its private key', async () => {
    const { json } = control()
    const { clients } = (await json('/clients')) as { clients: { clientId: string; name: string }[] }
    expect(clients.length).toBeGreaterThanOrEqual(3)
    expect(JSON.stringify(clients)).not.toContain('"d"')
    const file = (await json(`/clients/${clients[0]?.clientId}`)) as { privateJwk: string; authority: string }
    expect(JSON.parse(file.privateJwk)).toMatchObject({ kty: 'RSA', d: expect.any(String) })
    expect(file.authority).toBe('http://localhost:7357/helseid')
  })

  test('an unknown one is a 404', async () => expect((await control().call('/clients/nobody')).status).toBe(404))
})

describe('events and exchanges', () => {
  test('an event is listed, and its detail has the returned text', async () => {
    const { jft, json } = control()
    const id = await jft.submit(noteFactory.build())
    const list = (await json('/events')) as { events: unknown[]; usage: unknown }
    expect(list.events).toMatchObject([
      { id, type: 'Composition', kind: 'note', municipality: '313231593', read: null },
    ])
    const { resource } = (await json(`/events/Composition/${id}`)) as { resource: string }
    expect(JSON.parse(resource)).toMatchObject({ id, resourceType: 'Composition' })
  })

  test('a refused exchange shows its issues, with source and fix', async () => {
    const { jft, json } = control()
    await jft.call('POST', '/write/v1/Composition', { body: '{"resourceType":"Composition","title":""}' })
    const { exchanges } = (await json('/exchanges?limit=1')) as { exchanges: { issues: unknown[] }[] }
    expect(exchanges[0]?.issues).toContainEqual(
      expect.objectContaining({ rule: 'r4-empty-string', expression: 'Composition.title', fix: expect.any(String) }),
    )
  })

  test('tokens lose their signatures and keys their private parts before they are kept', async () => {
    const { jft, json } = control()
    await jft.submit(noteFactory.build())
    const text = JSON.stringify(await json('/exchanges?limit=10')) + JSON.stringify(await jft.lastExchange())
    expect(text).toContain('[signature removed]')
    expect(text).not.toMatch(/eyJ[\w-]+\.[\w-]+\.[\w-]{20,}/)
  })

  test('a real identity number in any part of a request is masked in the journal', async () => {
    const { jft } = control()
    const number = realIdentityNumber()
    const headers = { 'nhn-source-system': `x ${number}`, 'nhn-event-id': number }
    await jft.call('POST', `/write/v1/Composition?a=${number}`, { body: `{"title":"${number}"}`, headers })
    const kept = JSON.stringify(await jft.lastExchange())
    expect(kept).toContain('***********')
    expect(kept).not.toContain(number)
  })

  test('an unknown or malformed parameter is refused with a suggestion', async () => {
    const { json } = control()
    expect(await json('/exchanges?limt=5')).toMatchObject({
      issues: [{ message: expect.stringContaining('Did you mean limit?') }],
    })
    expect(await json('/events?limit=-1')).toMatchObject({ issues: [{ rule: 'http-parameter' }] })
  })

  test('reset forgets events and exchanges', async () => {
    const { jft, call, json } = control()
    await jft.submit(noteFactory.build())
    expect((await call('/reset', { method: 'POST' })).status).toBe(204)
    expect(await json('/events')).toMatchObject({ events: [] })
    expect(await json('/exchanges')).toMatchObject({ exchanges: [] })
  })
})

describe('the stream', () => {
  const read = async (body: ReadableStream<Uint8Array> | null, until: string) => {
    const reader = (body ?? new ReadableStream()).getReader()
    let text = ''
    while (!text.includes(until)) text += new TextDecoder().decode((await reader.read()).value)
    await reader.cancel()
    return text
  }

  test('tells events and exchanges as they happen', async () => {
    const { jft, call } = control()
    const { body } = await call('/stream')
    await jft.submit(noteFactory.build())
    const text = await read(body, 'event: exchange\ndata: {"sequence":2')
    expect(text).toContain('event: event\ndata: {"id":')
    expect(text).toContain('"url":"http://localhost:7357/write/v1/Composition"')
  })

  test('a reader that comes back gets what it missed', async () => {
    const { jft, call } = control()
    await jft.submit(noteFactory.build())
    const { body } = await call('/stream', { headers: { 'last-event-id': '1' } })
    const text = await read(body, '"sequence":2')
    expect(text).not.toContain('"sequence":1,')
  })
})

test('a page of another origin may not call it; the dashboard may', async () => {
  const { call } = control()
  const foreign = await call('/reset', { method: 'POST', headers: { origin: 'https://evil.example' } })
  expect(foreign.status).toBe(403)
  const own = await call('/reset', { method: 'POST', headers: { origin: 'http://localhost:7357' } })
  expect(own.status).toBe(204)
})

test.each([
  ['POST', '/write/v1/Composition', 202],
  ['GET', '/read/v1/Composition', 200],
  ['POST', '/pit/v1/Patient', 202],
  ['GET', '/pit/v1/Patient', 200],
  ['POST', '/vkp/epj/r4/313231593/composition', 200],
])('a ready-made curl config is taken: %s %s', async (method, path, status) => {
  const { jft, call } = control()
  const config = await (await call(`/curl?method=${method}&path=${path}`)).text()
  const value = (name: string) =>
    [...config.matchAll(new RegExp(`^${name} = "(.*)"$`, 'gm'))].map((match) => match[1] ?? '')
  const headers = value('header').map((header) => header.split(/: (.*)/s).slice(0, 2) as [string, string])
  const body = value('data-raw')[0]?.replaceAll('\\"', '"').replaceAll('\\\\', '\\') ?? ''
  const request = { method, headers, ...(method === 'POST' ? { body } : {}) }
  const answer = await jft.simulator.fetch(new Request(value('url')[0] ?? '', request))
  expect(answer.status).toBe(status)
})
