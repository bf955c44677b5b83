import { beforeAll, describe, expect, test } from 'vitest'
import { createSimulator } from '../../../simulator.ts'
import { createSigningKeys } from '../../../state/memory/keys.ts'
import type { CaseReplay } from '../types.ts'
import type { CaseFile } from './format.ts'

const BASE = 'http://localhost:7357'
const KEYS = createSigningKeys()
const ORGANIZATION = '313231593'

type Json = Record<string, unknown>

/** A simulator whose way out counts who is called. */
function watched() {
  const called: string[] = []
  const outbound = async (request: Request) => {
    called.push(request.url)
    return new Response('{}')
  }
  const simulator = createSimulator({ auth: 'relaxed' }, { keys: KEYS, outbound })
  const send = (method: string, path: string, body?: unknown, headers = {}) =>
    simulator.fetch(
      new Request(BASE + path, {
        method,
        headers,
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    )
  return { called, simulator, send }
}

const SEARCH = { 'content-type': 'application/x-www-form-urlencoded', servicecodes: 'ta' }
const FORM = 'identifier=02850097219'

let file: CaseFile

beforeAll(async () => {
  const { send, called } = watched()
  const routes = [{ orgnr: ORGANIZATION, mode: 'classic', ehrUrl: 'http://ehr.example/r4' }]
  await send('POST', '/_sim/sandboxes', { name: 'src', auth: 'relaxed', frozenAt: '2030-01-01T12:00:00Z', routes })
  const note = { resourceType: 'Composition', status: 'final', type: { text: 'x' }, author: [{ display: 'x' }] }
  const headers = { 'content-type': 'application/json', 'jftsim-municipality': ORGANIZATION }
  await send('POST', '/s/src/write/v1/Composition', { ...note, title: 'x', date: '2026-05-26' }, headers)
  await send('POST', `/s/src/vkp/epj/r4/${ORGANIZATION}/patient/_search`, FORM, SEARCH)
  expect(called).toHaveLength(1)
  await send('POST', '/_sim/sandboxes/src/fork', { name: 'begun' })
  file = (await (await send('GET', '/s/src/_sim/case')).json()) as CaseFile
})

describe('the sandbox of a case that somebody else wrote calls nobody', () => {
  const paths = [
    (path: string) => path,
    (path: string) => path.replace('_search', '%5Fsearch'),
    (path: string) => path.replace('_search', '_s%65arch'),
    (path: string) => path.replace(ORGANIZATION, '31323159%33'),
    (path: string) => path.replace(ORGANIZATION, '%33%31%33231593'),
    (path: string) => path.replace('/patient/', '/PATIENT/'),
    (path: string) => path.replace('/vkp/', '/vkp/./'),
    (path: string) => `${path}?x=1`,
  ]
  const urls = [
    'http://ehr.example/r4',
    'http://ehr.example:8080',
    'https://ehr.example/r4/',
    'http://10.0.0.1/r4',
    'http://169.254.169.254/latest',
    'http://[fd00::1]/r4',
    'http://intranet/r4',
    `${BASE}/ehr/epj/r4/${ORGANIZATION}`,
    'http://EHR.example/r4/%3F',
    'http://ehr.example/a/../b',
  ]

  test.each(urls)(
    '%s: not by opening it, and not later by a search, a reset, a fork or other routes',
    async (ehrUrl) => {
      for (const spell of paths) {
        const { called, send } = watched()
        const changed = structuredClone(file) as unknown as {
          initial: { routes: Json[] }
          exchanges: { surface: string; request: { url: string } }[]
        }
        changed.initial.routes = [{ orgnr: '*', vkpId: '*', mode: 'classic', ehrUrl }]
        for (const one of changed.exchanges) if (one.surface === 'vkp') one.request.url = spell(one.request.url)
        const answer = await send('POST', '/_sim/case', { ...changed, name: 'opened' })
        expect([201, 400]).toContain(answer.status)
        if (answer.status === 201) await searchEverywhere(send)
        expect(called).toEqual([])
      }
    },
  )

  async function searchEverywhere(send: ReturnType<typeof watched>['send']): Promise<void> {
    const search = (name: string) => send('POST', `/s/${name}/vkp/epj/r4/${ORGANIZATION}/patient/_search`, FORM, SEARCH)
    await search('opened')
    await send('POST', '/_sim/sandboxes/opened/fork', { name: 'forked' })
    await search('forked')
    await send('POST', '/_sim/sandboxes/opened/snapshots/s')
    await send('POST', '/_sim/sandboxes/opened/snapshots/s/restore')
    await search('opened')
    await send('POST', '/s/opened/_sim/reset')
    await search('opened')
    const routes = [{ orgnr: '*', mode: 'classic', ehrUrl: 'http://elsewhere.example/r4' }]
    expect((await send('PUT', '/s/opened/_sim/routes', { routes })).status).toBe(200)
    const refused = await search('opened')
    expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('no way out')])
  }

  test('as it was exported, the search is skipped, with the reason, and the rest is replayed', async () => {
    const { send } = watched()
    const replay = (await (await send('POST', '/_sim/case', { ...file, name: 'opened' })).json()) as CaseReplay
    expect([replay.skipped, replay.same]).toEqual([[expect.objectContaining({ reason: 'outside' })], 1])
  })
})

describe('a field that is not what it should be is named, and leaves no sandbox', () => {
  const EVENT = {
    id: '0d426c95-68dc-4b3a-acd9-8b214cdc7609',
    type: 'Composition',
    kind: 'Composition',
    municipality: ORGANIZATION,
    lastUpdated: 1,
    registered: 1,
    read: null,
    acknowledged: null,
    failed: null,
    clientId: 'x',
    textBefore: '{"resourceType":"Composition","meta":{"lastUpdated":"',
    textAfter: '"}}',
  }
  const PATIENT = {
    id: '0d426c95-68dc-4b3a-acd9-8b214cdc7609',
    municipality: ORGANIZATION,
    person: 'x',
    version: 1,
    clientId: 'x',
    lastUpdated: 1,
    textBefore: '"meta":{"lastUpdated":"',
    textAfter: '"}}',
    queued: [],
  }
  const withEvents = (...events: Json[]) => ({ initial: { ...file.initial, events } })
  const withPatients = (...patients: Json[]) => ({ initial: { ...file.initial, patients } })
  const withUrl = (url: string) => ({
    exchanges: file.exchanges.map((one) => ({ ...one, request: { ...one.request, url } })),
  })

  test('what is right is taken', async () => {
    for (const change of [withEvents(EVENT), withPatients(PATIENT)]) {
      const answer = await watched().send('POST', '/_sim/case', { ...file, ...change, name: 'opened' })
      expect([answer.status, await answer.text()]).toEqual([201, expect.any(String)])
    }
  })

  test.each<[string, () => Json, string]>([
    ['a URL of a file', () => withUrl('file:///etc/passwd'), 'exchanges.0.request.url'],
    ['a URL of another scheme', () => withUrl('javascript:alert(1)'), 'exchanges.0.request.url'],
    ['no URL', () => withUrl('x'), 'exchanges.0.request.url'],
    ['a URL of nobody', () => withUrl(`${BASE}/nowhere`), 'exchanges.0.request.url'],
    ['an event that is no JSON', () => withEvents({ ...EVENT, textBefore: '{' }), 'initial.events.0'],
    ['an event that is a list', () => withEvents({ ...EVENT, textBefore: '["', textAfter: '"]' }), 'initial.events.0'],
    ['an event that ends too late', () => withEvents({ ...EVENT, textAfter: '"}}}' }), 'initial.events.0'],
    ['two events of one id', () => withEvents(EVENT, EVENT), 'initial.events.1.id'],
    ['a patient that is no JSON', () => withPatients({ ...PATIENT, textAfter: '' }), 'initial.patients.0'],
    ['a version that is none', () => withPatients({ ...PATIENT, queued: [{ ...PATIENT, id: undefined }] }), 'queued.0'],
    ['two patients of one id', () => withPatients(PATIENT, PATIENT), 'initial.patients.1.id'],
  ])('%s', async (_what, change, place) => {
    const { send, simulator } = watched()
    const answer = await send('POST', '/_sim/case', { ...file, ...change(), name: 'opened' })
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining(place)])
    expect(await simulator.sandboxes.list()).toHaveLength(1)
  })
})
