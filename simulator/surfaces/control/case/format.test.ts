import type { Bundle } from 'fhir/r4.js'
import { describe, expect, test } from 'vitest'
import { createSimulator } from '../../../simulator.ts'
import { createSigningKeys } from '../../../state/memory/keys.ts'
import type { CaseReplay } from '../types.ts'
import type { CaseEvent, CaseFile } from './format.ts'

const keys = createSigningKeys()
const ID = '0d426c95-68dc-4b3a-acd9-8b214cdc7609'
const STAMP = 1_893_499_200_000_000

/** An event as version 1 has it. */
const EVENT = {
  id: ID,
  type: 'Composition',
  kind: 'alarm',
  municipality: '313231593',
  lastUpdated: STAMP,
  registered: STAMP,
  read: STAMP + 1,
  acknowledged: null,
  failed: null,
  clientId: 'vendor',
  clientName: 'Bruno',
  textBefore: `{"resourceType":"Composition","id":"${ID}","meta":{"lastUpdated":"`,
  textAfter: '","tag":[{"system":"https://fhir.jft.nhn.no/source-client-id","code":"vendor"}]},"title":"Old"}',
} as const satisfies CaseEvent

/** A file of version 1, member by member as simulators have written it. */
const FILE = {
  format: 'jft-simulator-case',
  formatVersion: 1,
  simulator: '0.1.0',
  catalogue: 'another',
  sandbox: {
    name: 'old',
    seed: 'a',
    environment: 'test',
    auth: 'relaxed',
    assumptions: { countMax: 20 },
    switchedOff: ['search-sort'],
    clock: { mode: 'frozen', now: '2030-01-01T13:00:00.000Z', rate: 1 },
  },
  initial: {
    events: [EVENT],
    ids: 123,
    routes: [{ orgnr: '312229544', vkpId: '*', mode: 'proxy' }],
    register: [{ orgnr: '312229544', vkpId: 'Own_System_Test', active: false, serviceCodes: ['ta'] }],
    clients: [
      {
        clientId: 'own',
        name: 'Own',
        tenancy: 'single-tenant',
        organization: '313231593',
        delegations: [],
        children: [],
        scopes: ['nhn:jft/api'],
        grantTypes: ['client_credentials'],
        dpop: 'required',
        apiClaims: {},
        publicKeys: [{ kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' }],
      },
    ],
  },
  exchanges: [
    {
      sequence: 1,
      id: 'x1',
      surface: 'jft-read',
      time: '2030-01-01T12:30:00.000Z',
      milliseconds: 2,
      request: {
        method: 'GET',
        url: 'http://localhost:7357/read/v1/Composition',
        headers: [['jftsim-municipality', '313231593']],
      },
      response: { status: 200, headers: [] },
      steps: [{ name: 'page', outcome: 'passed', milliseconds: 1, rules: [] }],
      issues: [],
      warnings: [],
      caller: { clientId: 'anonymous', municipality: '313231593' },
      events: [`Composition/${ID}`],
    },
  ],
  dropped: 0,
} as const satisfies CaseFile

const BASE = 'http://localhost:7357'

async function opened() {
  const simulator = createSimulator({}, { keys })
  const fetch = (path: string, init?: RequestInit) => simulator.fetch(new Request(BASE + path, init))
  const answer = await fetch('/_sim/case', { method: 'POST', body: JSON.stringify(FILE) })
  expect(answer.status, await answer.clone().text()).toBe(201)
  const replay = (await answer.json()) as CaseReplay
  const json = async (path: string, headers = {}) =>
    (await (await fetch(`/s/${replay.sandbox}${path}`, { headers })).json()) as unknown
  return { replay, json }
}

describe('a case file of version 1', () => {
  test('opens: its exchanges are replayed, and its event is there with its text and its times', async () => {
    const { replay, json } = await opened()
    expect(replay).toMatchObject({ sameCatalogue: false, replayed: 1, skipped: [] })
    expect(replay.differences.filter(({ field }) => field !== 'body' && field !== 'header')).toEqual([])
    const bundle = (await json('/read/v1/Composition', { 'jftsim-municipality': '313231593' })) as Bundle
    expect(bundle.entry?.map(({ resource }) => resource)).toMatchObject([
      { id: ID, title: 'Old', meta: { lastUpdated: '2030-01-01T12:00:00+00:00', tag: [{ code: 'vendor' }] } },
    ])
    expect(await json(`/_sim/events/Composition/${ID}`)).toMatchObject({
      kind: 'alarm',
      clientName: 'Bruno',
      sourceSystem: null,
      read: '2030-01-01T12:00:00.000001+00:00',
    })
  })

  test('is written again with the same beginning, member by member', async () => {
    const { json } = await opened()
    const { initial, sandbox, formatVersion } = (await json('/_sim/case')) as CaseFile
    expect(formatVersion).toBe(1)
    expect(initial).toEqual(FILE.initial)
    expect(sandbox).toMatchObject({ seed: 'a', auth: 'relaxed', switchedOff: ['search-sort'] })
  })
})
