import type { Composition } from 'fhir/r4.js'
import { describe, expect, test } from 'vitest'
import { noteFactory } from '../../../fixtures/index.ts'
import { READY_MADE_VKP_ID } from '../../services/clients/ready-made-clients.ts'
import { BASE, type Call, CLASSIC, eventsOf, FORM, notesOf, PROXIED, startVkp } from './vkp.fixture.ts'

const note: Composition = noteFactory.build()
/** Accepted by VKP; JFT refuses it unless VKP corrects it: the documented kind of error. */
const lenient = JSON.stringify({ ...note, author: note.author[0] })

describe('routes', () => {
  test('can be changed while it runs, for one vendor at one municipality', async () => {
    const vkp = startVkp()
    const routes = [
      { orgnr: '*', vkpId: '*', mode: 'classic' },
      { orgnr: CLASSIC, vkpId: READY_MADE_VKP_ID, mode: 'proxy' },
    ]
    expect(await (await vkp.put('/_sim/routes', { routes })).json()).toEqual({ routes })
    await vkp.call(`${CLASSIC}/composition`, { body: lenient })
    await vkp.call(`${PROXIED}/composition`, { body: lenient })
    expect((await eventsOf(vkp)).map(({ municipality }) => municipality)).toEqual([CLASSIC])
    expect(await notesOf(vkp, PROXIED)).toHaveLength(1)
  })

  test('from the start: the municipality of NHN’s documents is proxied for every vendor', async () => {
    const { routes } = await startVkp().get<{ routes: unknown }>('/_sim/routes')
    expect(routes).toEqual([{ orgnr: PROXIED, vkpId: '*', mode: 'proxy' }])
  })

  test('that are wrong are refused with every field', async () => {
    const answer = await startVkp().put('/_sim/routes', { routes: [{ orgnr: '12', mode: 'both', ehrUrl: 'ftp://x' }] })
    const { issues } = (await answer.json()) as { issues: { message: string }[] }
    expect([answer.status, issues.map(({ message }) => message.split(':')[0])]).toEqual([
      400,
      ['routes.0.orgnr', 'routes.0.mode', 'routes.0.ehrUrl'],
    ])
  })
})

describe('settings for silent points', () => {
  const proxied = (assumptions: object, call: Call = {}) => {
    const vkp = startVkp({ assumptions })
    return vkp.call(`${PROXIED}/composition`, { body: lenient, ...call }).then((answer) => ({ vkp, answer }))
  }

  test('another status for what was taken', async () => {
    expect((await proxied({ vkpSuccessStatus: 202 })).answer.status).toBe(202)
  })

  test('JFT’s own answer', async () => {
    const { answer } = await proxied({ vkpProxyAnswer: 'jft' })
    expect(answer.status).toBe(202)
    expect(answer.headers.get('location')).toMatch(/^http:\/\/localhost:7357\/read\/v1\/Composition\/.*\/\$status$/)
  })

  test('the vendor’s client in JFT, and VKP’s id as the sending system', async () => {
    const { vkp } = await proxied({ vkpExchangedClient: 'subject', vkpSourceSystem: 'vkp-id' })
    expect(await eventsOf(vkp)).toMatchObject([{ clientName: 'Bruno-VKP', sourceSystem: READY_MADE_VKP_ID }])
  })

  test('a refusal of JFT’s that only the municipality sees', async () => {
    const { title: _title, ...untitled } = note
    const { vkp, answer } = await proxied({ vkpJftRefusal: 'store-and-forward' }, { body: JSON.stringify(untitled) })
    expect(answer.status).toBe(200)
    expect((await vkp.story()).at(-1)?.warnings.map(({ rule }) => rule)).toEqual(['vkp-undelivered'])
    expect(await eventsOf(vkp)).toEqual([])
  })

  test('a search without service codes is not allowed', async () => {
    const vkp = startVkp({ assumptions: { vkpServiceCodesMissing: '1.2' } })
    const answer = await vkp.call(`${CLASSIC}/patient/_search`, { headers: { 'content-type': FORM } })
    expect(await vkp.codes(answer)).toEqual(['1.2 vkp-service-codes'])
  })

  test('what only VKP’s profiles make mandatory', async () => {
    const { category: _category, ...bare } = note
    const vkp = startVkp({ assumptions: { vkpProfileCheck: 'reject' } })
    const answer = await vkp.call(`${CLASSIC}/composition`, { body: JSON.stringify(bare) })
    expect(await vkp.codes(answer)).toEqual(['2 vkp-profile-element'])
  })
})

test('nhn-event-id is echoed, and handed on to JFT', async () => {
  const vkp = startVkp()
  const answer = await vkp.call(`${PROXIED}/composition`, { body: lenient, headers: { 'nhn-event-id': 'abc' } })
  expect(answer.headers.get('nhn-event-id')).toBe('abc')
  expect((await vkp.story()).at(-2)?.request.headers).toContainEqual(['nhn-event-id', 'abc'])
})

test('under auth relaxed an event without a token goes through to JFT, and the answer says what VKP would refuse', async () => {
  const vkp = startVkp({ auth: 'relaxed' })
  const url = `${BASE}/vkp/epj/r4/${PROXIED}/composition`
  const answer = await vkp.simulator.fetch(new Request(url, { method: 'POST', body: lenient }))
  expect(answer.status).toBe(200)
  expect(answer.headers.get('jftsim-would-refuse')).toMatch(/^vkp-token-missing: /)
  expect(await eventsOf(vkp)).toMatchObject([{ municipality: PROXIED }])
})

test('a ready-made curl config submits an event, and searches', async () => {
  const vkp = startVkp()
  for (const path of [`${PROXIED}/composition`, `${CLASSIC}/careplan/_search`]) {
    const config = await (await vkp.simulator.fetch(new Request(`${BASE}/_sim/curl?path=/vkp/epj/r4/${path}`))).text()
    const value = (name: string) =>
      [...config.matchAll(new RegExp(`^${name} = "(.*)"$`, 'gm'))].map(([, text = '']) =>
        text.replaceAll('\\"', '"').replaceAll('\\\\', '\\'),
      )
    const headers = value('header').map((header) => header.split(/: (.*)/s).slice(0, 2) as [string, string])
    const type: [string, string][] = path.includes('_search') ? [['content-type', FORM]] : []
    const body = value('data-raw').join('')
    const init = { method: 'POST', headers: [...headers, ...type], body }
    expect((await vkp.simulator.fetch(new Request(value('url')[0] ?? '', init))).status).toBe(200)
  }
})
