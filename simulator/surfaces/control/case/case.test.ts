import { describe, expect, test } from 'vitest'
import { noteFactory } from '../../../../fixtures/index.ts'
import type { KeyChain } from '../../../ground/keys.ts'
import type { Platform } from '../../../ground/platform.ts'
import { realIdentityNumber } from '../../../rules/identifiers.fixture.ts'
import { READY_MADE_VKP_ID } from '../../../services/clients/ready-made-clients.ts'
import { createSimulator } from '../../../simulator.ts'
import { createSigningKeys } from '../../../state/memory/keys.ts'
import type { SimulatorInput } from '../../../state/options.ts'
import type { CaseFile, CaseReplay, ExchangeList } from '../types.ts'

const MUNICIPALITY = '313231593'
const PROXIED = '312229544'
const NOTE = noteFactory.build()
const FROZEN = { name: 'one', seed: 'a', frozenAt: '2030-01-01T12:00:00Z' }

/** Two simulators that share no key: where a case is written, and where it is opened. */
let written: KeyChain = {}
const HERE = createSigningKeys({}, (name, key) => {
  written = { ...written, [name]: key }
  return key
})
const THERE = createSigningKeys()

interface Target {
  readonly method?: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly audience?: string
  readonly orgnr?: string
  readonly token?: Readonly<Record<string, unknown>>
}

/** Calls the sandbox at `base` with tokens of its test token service; remembers what they were. */
function client(base: string, input: SimulatorInput = {}, platform: Platform = { keys: HERE }) {
  const simulator = createSimulator(input, platform)
  const tokens: string[] = []
  const fetch = (path: string, init?: RequestInit) =>
    simulator.fetch(new Request(path.startsWith('http') ? path : base + path, init))
  const post = (path: string, body: unknown) => fetch(path, { method: 'POST', body: JSON.stringify(body) })
  const tokenFor = async (fields: Readonly<Record<string, unknown>>) => {
    const answer = await post('/ttt/v2/create-test-token-with-key', { withoutDefaultUserClaims: true, ...fields })
    const { successResponse } = (await answer.json()) as { successResponse: Record<string, string | null> }
    const accessTokenJwt = successResponse.accessTokenJwt ?? ''
    const dPoPProof = successResponse.dPoPProof ?? ''
    tokens.push(accessTokenJwt, dPoPProof)
    return { accessTokenJwt, dPoPProof }
  }
  const send = (
    path: string,
    { method = 'GET', body, headers = {} }: Target,
    auth: Readonly<Record<string, string>>,
  ) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const sent = { 'content-type': 'application/json', ...headers, ...auth }
    return fetch(path, { method, headers: sent, ...(body === undefined ? {} : { body: text }) })
  }
  const jft = async (path: string, target: Target = {}) => {
    const url = (path.startsWith('http') ? path : base + path).replace(/\?.*$/, '')
    const { accessTokenJwt, dPoPProof } = await tokenFor({
      audience: target.audience ?? 'nhn:jft',
      createDPoPTokenWithDPoPProof: true,
      dPoPProofParameters: { htuClaimValue: url, htmClaimValue: target.method ?? 'GET' },
      clientClaimsParameters: {
        scope: ['nhn:jft/api'],
        orgnrParent: target.orgnr ?? MUNICIPALITY,
        clientName: 'Bruno',
      },
    })
    return send(path, target, { authorization: `DPoP ${accessTokenJwt}`, dpop: dPoPProof })
  }
  const vkp = async (path: string, target: Target) => {
    const { accessTokenJwt } = await tokenFor({
      audience: 'nhn:vkp',
      clientClaimsParameters: {
        scope: ['composition.write', 'patient.read'].map((name) => `nhn:vkp/api/user/${name}`),
      },
      apiSpecificClaims: [{ type: 'nhn:vkp/client/claims/vkp-id', value: READY_MADE_VKP_ID }],
    })
    return send(`/vkp/epj/r4/${path}`, { method: 'POST', ...target }, { authorization: `Bearer ${accessTokenJwt}` })
  }
  const exported = async () => (await (await fetch('/_sim/case')).json()) as CaseFile
  return { base, fetch, post, jft, vkp, send, exported, tokens }
}

const ROOT = 'http://localhost:7357'

async function sandbox(spec: Readonly<Record<string, unknown>>) {
  const one = client(`${ROOT}/s/one`)
  const answer = await one.post(`${ROOT}/_sim/sandboxes`, { name: 'one', ...spec })
  expect(answer.status, await answer.clone().text()).toBe(201)
  return one
}

type Client = ReturnType<typeof client>

/** What a vendor and an EHR do to each other, refusals included. */
async function story(one: Client) {
  for (let n = 0; n < 3; n += 1) {
    const headers = { 'nhn-source-system': 'Bruno V0.1.2' }
    expect((await one.jft('/write/v1/Composition', { method: 'POST', body: NOTE, headers })).status).toBe(202)
  }
  const bundle = await one.jft('/read/v1/Composition?_count=2')
  const { entry, link } = (await bundle.json()) as {
    entry: { resource: { id: string } }[]
    link: { relation: string; url: string }[]
  }
  const next = link.find(({ relation }) => relation === 'next')?.url ?? ''
  expect((await one.jft(next)).status).toBe(200)
  const path = `v1/Composition/${entry[0]?.resource.id}`
  expect((await one.jft(`/write/${path}/$journaling-acknowledged`, { method: 'POST' })).status).toBe(202)
  expect((await one.jft(`/read/${path}/$status`)).status).toBe(200)
  expect((await one.jft('/read/v1/Composition?_tag=true')).status).toBe(200)
  expect((await one.jft('/write/v1/Composition', { method: 'POST', body: { ...NOTE, status: 7 } })).status).toBe(400)
  expect((await one.jft('/read/v1/Bundle', { audience: 'nhn:other' })).status).toBe(401)
  expect((await one.fetch('/read/v1/Bundle')).status).toBe(401)
  expect((await one.vkp(`${PROXIED}/composition`, { body: NOTE })).status).toBe(200)
  expect((await one.jft('/read/v1/Composition', { orgnr: PROXIED })).status).toBe(200)
  expect((await one.vkp(`${MUNICIPALITY}/composition`, { body: NOTE })).status).toBe(200)
  expect((await one.fetch(`/ehr/journal/${MUNICIPALITY}`)).status).toBe(200)
}

/** Opens a case in a simulator with other keys. */
async function open(file: unknown) {
  const there = client('http://127.0.0.1:7400', { port: 7400 }, { keys: THERE })
  const answer = await there.post('/_sim/case', file)
  return { there, answer, text: await answer.clone().text() }
}

async function replay(file: unknown) {
  const { there, answer, text } = await open(file)
  expect(answer.status, text).toBe(201)
  return { there, ...(JSON.parse(text) as CaseReplay) }
}

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
    const secrets = Object.values(written).flatMap((jwk) =>
      ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k'].map((name) => jwk[name]),
    )
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

describe('a broken case file', () => {
  const good = sandbox(FROZEN).then(async (one) => {
    await one.fetch('/read/v1/Bundle')
    return one.exported()
  })
  type Faulty = (file: CaseFile) => unknown
  const cases: readonly (readonly [string, Faulty, readonly string[]])[] = [
    ['another version', (file) => ({ ...file, formatVersion: 2 }), ['formatVersion: this simulator reads version 1']],
    ['another format', (file) => ({ ...file, format: 'har' }), ['format: this is not a case file']],
    ['an unknown member', (file) => ({ ...file, extra: 1 }), ['"extra"']],
    [
      'several faults at once',
      (file) => ({ ...file, dropped: -1, sandbox: { ...file.sandbox, seed: 5, auth: 'none' } }),
      ['dropped: ', 'sandbox.seed: ', 'sandbox.auth: '],
    ],
    [
      'a setting that there is not',
      (file) => ({ ...file, sandbox: { ...file.sandbox, assumptions: { countMx: 1 } } }),
      ['"countMx"'],
    ],
    [
      'an exchange that leads elsewhere',
      (file) => ({
        ...file,
        exchanges: file.exchanges.map((one) => ({ ...one, request: { ...one.request, url: `${ROOT}/_sim/reset` } })),
      }),
      ['exchanges.0.request.url: is not a URL of jft-read'],
    ],
    ['a name that is taken', (file) => ({ ...file, name: 'default' }), ['name: There is a sandbox default']],
    [
      'a client with a private key',
      (file) => ({
        ...file,
        initial: { ...file.initial, clients: [{ publicKeys: [{ kty: 'RSA', n: 'n', e: 'e', d: 'secret' }] }] },
      }),
      ['private'],
    ],
    [
      'a header that cannot be sent',
      (file) => ({
        ...file,
        exchanges: file.exchanges.map((one) => ({ ...one, request: { ...one.request, headers: [['a', 'b\nc']] } })),
      }),
      ['x1 is not a request'],
    ],
  ]

  test.each(cases)('%s', async (_name, spoil, messages) => {
    const { there, answer, text } = await open(spoil(await good))
    expect(answer.status, text).toBe(400)
    const { issues } = JSON.parse(text) as { issues: { message: string }[] }
    const said = issues.map(({ message }) => message).join('\n')
    for (const message of messages) expect(said).toContain(message)
    const { sandboxes } = (await (await there.fetch('/_sim/sandboxes')).json()) as { sandboxes: { name: string }[] }
    expect(sandboxes.map(({ name }) => name)).toEqual(['default'])
  })

  test('more than 128 MiB is not read', async () => {
    const headers = { 'content-length': String(128 * 1024 * 1024 + 1) }
    const answer = await client(ROOT).fetch('/_sim/case', { method: 'POST', body: '{}', headers })
    expect(answer.status).toBe(413)
    expect(await answer.text()).toContain('the limit of 134217728 bytes')
  })

  test('no JSON', async () => {
    const answer = await client(ROOT).fetch('/_sim/case', { method: 'POST', body: '{' })
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain('The body is not JSON')
  })
})
