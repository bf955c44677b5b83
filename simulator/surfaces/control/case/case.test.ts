import { describe, expect, test } from 'vitest'
import { realIdentityNumber } from '../../../rules/identifiers.fixture.ts'
import type { ExchangeList } from '../types.ts'
import { client, FROZEN, KEYS, MUNICIPALITY, NOTE, ROOT, replay, sandbox, story } from './case.fixture.ts'

describe('a case file', () => {
  test('of a seeded sandbox with a frozen clock replays the same elsewhere', async () => {
    const one = await sandbox({ ...FROZEN, events: [{ municipality: MUNICIPALITY, resource: NOTE }] })
    await story(one)
    const file = await one.exported()
    expect(file.initial.events).toHaveLength(1)
    const { differences, skipped, replayed, same, sameCatalogue } = await replay(file)
    expect(differences).toEqual([])
    expect(new Set(skipped.map(({ reason }) => reason))).toEqual(new Set(['needs-client-keys']))
    expect(skipped).toHaveLength(13)
    expect({ replayed, same, sameCatalogue }).toEqual({ replayed: 15, same: 15, sameCatalogue: true })
  })

  test('opens as a sandbox that holds the replayed exchanges', async () => {
    const one = await sandbox(FROZEN)
    await one.jft('/write/v1/Composition', { method: 'POST', body: NOTE })
    const { there, sandbox: name } = await replay({ ...(await one.exported()), name: 'again' })
    expect(name).toBe('again')
    const list = (await (await there.fetch('/s/again/_sim/exchanges')).json()) as ExchangeList
    expect(list.exchanges.map(({ surface, status, time }) => [surface, status, time])).toEqual([
      ['jft-write', 202, '2030-01-01T12:00:00.000Z'],
    ])
    expect(await (await there.fetch('/s/again/_sim/clock')).json()).toMatchObject({ mode: 'frozen' })
  })

  test('with a page that the journal cut replays the same, and lists the events that it handed out', async () => {
    const seeds = Array.from({ length: 50 }, () => ({ municipality: MUNICIPALITY, resource: NOTE }))
    const one = await sandbox({ ...FROZEN, events: seeds })
    await one.jft('/read/v1/Composition?_count=50')
    const file = await one.exported()
    const recorded = file.exchanges.at(-1)
    expect(recorded?.response.body?.capturedBytes).toBeLessThan(recorded?.response.body?.totalBytes ?? 0)
    const { there, sandbox: name, differences } = await replay(file)
    const list = (await (await there.fetch(`/s/${name}/_sim/exchanges`)).json()) as ExchangeList
    expect(differences).toEqual([])
    expect(recorded?.events).toEqual(file.initial.events.map(({ type, id }) => `${type}/${id}`))
    expect(list.exchanges.map(({ events }) => events)).toEqual([recorded?.events])
    expect((await replay({ ...file, name: 'a-name-that-makes-every-link-longer' })).differences).toEqual([])
  })

  test('with such a page says where another event stands on it', async () => {
    const seeds = Array.from({ length: 50 }, () => ({ municipality: MUNICIPALITY, resource: NOTE }))
    const one = await sandbox({ ...FROZEN, events: seeds })
    await one.jft('/read/v1/Composition?_count=50')
    const file = await one.exported()
    const [page] = file.exchanges.slice(-1)
    const events = page?.events?.with(49, 'Composition/another')
    const { differences } = await replay({ ...file, exchanges: [{ ...page, events }] })
    const found = page?.events?.[49]
    expect(differences).toEqual([
      { exchange: page?.id, field: 'body', pointer: '/entry/49', expected: 'Composition/another', found },
    ])
  })

  test('replays without a seed and with a running clock: ids, cursors and stamps are no differences', async () => {
    const one = client(ROOT)
    await story(one)
    const file = await one.exported()
    expect(file.sandbox).toMatchObject({ name: 'default', seed: null, clock: { mode: 'running' } })
    expect((await replay(file)).differences).toEqual([])
  })

  test('of a relaxed sandbox replays what was waived', async () => {
    const one = await sandbox({ ...FROZEN, auth: 'relaxed' })
    const headers = { 'jftsim-municipality': MUNICIPALITY }
    expect((await one.send('/write/v1/Composition', { method: 'POST', body: NOTE, headers }, {})).status).toBe(202)
    expect((await one.jft('/read/v1/Composition', { audience: 'nhn:other' })).status).toBe(200)
    expect(await replay(await one.exported())).toMatchObject({ replayed: 2, same: 2 })
  })

  test('of a sandbox with rules switched off replays without them', async () => {
    const one = await sandbox({ ...FROZEN, switchedOff: ['r4-unknown-element', 'token-audience'] })
    const odd = await one.jft('/write/v1/Composition', { method: 'POST', body: { ...NOTE, colour: 'red' } })
    expect(odd.status).toBe(202)
    expect((await one.jft('/read/v1/Composition', { audience: 'nhn:other' })).status).toBe(200)
    const file = await one.exported()
    expect(file.sandbox.switchedOff).toEqual(['r4-unknown-element', 'token-audience'])
    expect(await replay(file)).toMatchObject({ replayed: 2, same: 2 })
    const { switchedOff: _none, ...inForce } = file.sandbox
    const { differences } = await replay({ ...file, sandbox: inForce })
    expect(differences.filter(({ field }) => field === 'issues').map(({ found }) => found)).toEqual([
      ['r4-unknown-element'],
      ['token-audience'],
    ])
  })

  test('is opened in a simulator as it was written there', async () => {
    const one = await sandbox(FROZEN)
    await story(one)
    const answer = await one.post(`${ROOT}/_sim/case`, await one.exported())
    expect(await answer.json()).toMatchObject({ differences: [], same: 15 })
  })
})

describe('a replay that differs says where', () => {
  test('a smaller page', async () => {
    const one = await sandbox(FROZEN)
    await one.jft('/read/v1/Composition?_count=20')
    const file = await one.exported()
    const assumptions = { ...file.sandbox.assumptions, countMax: 10 }
    const { differences, same } = await replay({ ...file, sandbox: { ...file.sandbox, assumptions } })
    const exchange = file.exchanges.at(-1)?.id
    expect(same).toBe(0)
    expect(differences).toEqual([
      { exchange, field: 'status', expected: 200, found: 400 },
      { exchange, field: 'issues', expected: [], found: ['search-count'] },
      { exchange, field: 'body', pointer: '/resourceType', expected: 'Bundle', found: 'OperationOutcome' },
    ])
  })

  test('the messages of another Firely SDK, by the place in the body', async () => {
    const one = await sandbox(FROZEN)
    await one.jft('/write/v1/Composition', { method: 'POST', body: { ...NOTE, status: 7 } })
    const file = await one.exported()
    const assumptions = { ...file.sandbox.assumptions, firelySdk: 6 }
    const { differences } = await replay({ ...file, sandbox: { ...file.sandbox, assumptions } })
    expect(differences.map(({ field, pointer }) => [field, pointer])).toContainEqual([
      'body',
      expect.stringMatching(/^\/(?:extension|issue)\/0\//),
    ])
  })

  test('a token that was refused, and is taken now', async () => {
    const one = await sandbox(FROZEN)
    await one.fetch('/read/v1/Bundle', { headers: { 'jftsim-municipality': MUNICIPALITY } })
    const file = await one.exported()
    const { differences } = await replay({ ...file, sandbox: { ...file.sandbox, auth: 'relaxed' } })
    expect(differences).toEqual([{ exchange: 'x1', field: 'status', expected: 401, found: 200 }])
  })

  test('a real identity number that was written into a file by hand is not told back', async () => {
    const one = await sandbox(FROZEN)
    await one.jft('/read/v1/Composition')
    const file = await one.exported()
    const number = realIdentityNumber()
    const exchanges = file.exchanges.map((exchange) => {
      const body = { text: JSON.stringify({ number }), capturedBytes: 24, totalBytes: 24 }
      return { ...exchange, response: { ...exchange.response, body } }
    })
    const { differences } = await replay({ ...file, exchanges })
    expect(differences).toHaveLength(1)
    expect(JSON.stringify(differences)).not.toContain(number)
  })

  test('another seed', async () => {
    const one = await sandbox(FROZEN)
    await one.jft('/write/v1/Composition', { method: 'POST', body: NOTE })
    const file = await one.exported()
    const other = { ...file, sandbox: { ...file.sandbox, seed: 'b' }, initial: { ...file.initial, ids: 1 } }
    const { differences } = await replay(other)
    expect(differences.map(({ field, pointer }) => [field, pointer])).toEqual([
      ['header', 'location'],
      ['header', 'nhn-event-id'],
    ])
  })
})

describe('what cannot be replayed is skipped, and why', () => {
  test('a fault, a mask, a cut body, an EHR outside', async () => {
    const one = await sandbox({
      ...FROZEN,
      auth: 'relaxed',
      routes: [{ orgnr: MUNICIPALITY, mode: 'classic', ehrUrl: 'http://127.0.0.1:1' }],
    })
    await one.fetch(`/read/v1/Bundle?x=${realIdentityNumber()}`)
    await one.send('/write/v1/Composition', { method: 'POST', body: `{"a":"${'b'.repeat(1_100_000)}"}` }, {})
    const headers = { 'content-type': 'application/x-www-form-urlencoded', servicecodes: 'ta' }
    await one.vkp(`${MUNICIPALITY}/patient/_search`, { body: 'patient.identifier=02850097219', headers })
    await one.post('/_sim/faults', { surface: 'jft-read', effect: { kind: 'status', status: 503 } })
    await one.fetch('/read/v1/Bundle')
    const { skipped, replayed } = await replay(await one.exported())
    expect(skipped.map(({ reason }) => reason)).toEqual(['masked', 'cut', 'needs-client-keys', 'outside', 'injected'])
    expect(replayed).toBe(0)
  })
})

describe('a case file has no secret', () => {
  test('no signed token, no private key, of nobody', async () => {
    const one = await sandbox(FROZEN)
    await story(one)
    const text = JSON.stringify(await one.exported())
    const signatures = one.tokens.flatMap((token) => token.split('.')[2] ?? [])
    expect(signatures.length).toBeGreaterThan(20)
    expect(signatures.filter((part) => text.includes(part))).toEqual([])
    const secrets = [...KEYS.values()].flatMap((jwk) => ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k'].map((name) => jwk[name]))
    expect(secrets.filter((secret) => typeof secret === 'string').length).toBeGreaterThan(6)
    expect(secrets.filter((secret) => typeof secret === 'string' && text.includes(secret))).toEqual([])
    expect(text).not.toMatch(/eyJ[\w-]+\.[\w-]+\.[\w-]{20,}/)
    expect(text).not.toMatch(/"(?:d|p|q|dp|dq|qi|k)\\*"\s*:\s*\\*"[\w-]{16,}/)
  })

  test('registered clients have their public members only, and come along', async () => {
    const key = { kty: 'EC', crv: 'P-256', x: 'eA', y: 'eQ' }
    const registration = { clientId: 'mine', tenancy: 'single-tenant', organization: MUNICIPALITY, publicKeys: [key] }
    const one = await sandbox({ ...FROZEN, clients: [registration] })
    const file = await one.exported()
    expect(file.initial.clients).toMatchObject([{ clientId: 'mine', publicKeys: [key] }])
    const { there, sandbox: name } = await replay(file)
    expect(await (await there.fetch(`/s/${name}/_sim/clients`)).text()).toContain('"mine"')
  })

  test('the copy that shows how the sandbox began does not stay', async () => {
    const one = await sandbox(FROZEN)
    await one.exported()
    const { sandboxes } = (await (await one.fetch('/_sim/sandboxes')).json()) as { sandboxes: { name: string }[] }
    expect(sandboxes.map(({ name }) => name)).toEqual(['default', 'one'])
  })
})
