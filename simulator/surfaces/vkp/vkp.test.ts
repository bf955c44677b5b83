import { existsSync, readFileSync } from 'node:fs'
import type { Composition } from 'fhir/r4.js'
import { describe, expect, test } from 'vitest'
import { noteFactory } from '../../../fixtures/index.ts'
import { realIdentityNumber } from '../../rules/identifiers.fixture.ts'
import { BASE, CLASSIC, EVENTS, eventsOf, FORM, notesOf, PROXIED, startVkp } from './vkp.fixture.ts'

const note: Composition = noteFactory.build()
/** Accepted by VKP; JFT refuses it unless VKP corrects it: the documented kind of error. */
const lenient = JSON.stringify({ ...note, author: note.author[0] })

describe('three routes for one payload', () => {
  test('classic: VKP puts it into the EHR as it was sent, and JFT never sees it', async () => {
    const vkp = startVkp()
    const answer = await vkp.call(`${CLASSIC}/composition`, { body: lenient })
    expect([answer.status, await answer.text()]).toEqual([200, ''])
    expect((await notesOf(vkp, CLASSIC)).map(({ source }) => source)).toEqual([JSON.parse(lenient)])
    expect(await eventsOf(vkp)).toEqual([])
  })

  test('proxy: VKP corrects it and posts it to JFT, and the vendor sees the same answer', async () => {
    const vkp = startVkp()
    const answer = await vkp.call(`${PROXIED}/composition`, { body: lenient })
    expect([answer.status, await answer.text(), answer.headers.get('location')]).toEqual([200, '', null])
    const [event] = await eventsOf(vkp)
    expect(event).toMatchObject({ municipality: PROXIED, clientName: 'VKP' })
    const { resource } = await vkp.get<{ resource: string }>(`${EVENTS}/Composition/${event?.id}`)
    expect(JSON.parse(resource)).toMatchObject({ author: note.author })
    expect(await notesOf(vkp, PROXIED)).toEqual([])
  })

  test('directly: JFT refuses it', async () => {
    const vkp = startVkp()
    const curl = await (await vkp.simulator.fetch(new Request(`${BASE}/_sim/curl?orgnr=${PROXIED}`))).text()
    const headers = [...curl.matchAll(/^header = "(.*?): (.*)"$/gm)].map(
      ([, name = '', value = '']): [string, string] => [name, value],
    )
    const answer = await vkp.simulator.fetch(
      new Request(`${BASE}/write/v1/Composition`, { method: 'POST', headers, body: lenient }),
    )
    expect(answer.status).toBe(400)
    expect(await eventsOf(vkp)).toEqual([])
  })
})

describe('the reverse proxy', () => {
  test('shows every leg below the vendor’s exchange', async () => {
    const vkp = startVkp()
    await vkp.call(`${PROXIED}/composition`, { body: lenient })
    const story = await vkp.story()
    const submission = story.at(-1)
    expect(story.map(({ surface, response, parent }) => [surface, response.status, parent])).toEqual([
      ['helseid', 400, submission?.id],
      ['helseid', 200, submission?.id],
      ['jft-write', 202, submission?.id],
      ['vkp', 200, undefined],
    ])
    expect(submission?.steps.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual([
      'route passed',
      'type passed',
      'token passed',
      'scope passed',
      'claims passed',
      'register passed',
      'body passed',
      'lenient-r4 passed',
      'resource-type passed',
      'delivery passed',
      'corrections passed',
      'token-exchange passed',
      'jft passed',
    ])
    expect(submission?.event).toBe(story.at(-2)?.event)
  })

  test('tells the vendor what JFT refused and why, with VKP’s code, in both places that samples read', async () => {
    const vkp = startVkp()
    const { title: _title, ...untitled } = note
    const answer = await vkp.call(`${PROXIED}/composition`, { body: JSON.stringify(untitled) })
    expect(answer.status).toBe(400)
    const outcome = (await answer.clone().json()) as { issue: Record<string, unknown>[] }
    expect(outcome.issue).toMatchObject([
      { details: { text: expect.stringMatching(/^JFT: .*title/i) }, diagnostics: expect.stringMatching(/^JFT: /) },
    ])
    expect(await vkp.codes(answer)).toEqual(['2 PVAL105'])
  })

  test('gives both validators’ verdicts on what the vendor sent', async () => {
    const vkp = startVkp()
    const { title: _title, ...untitled } = note
    await vkp.call(`${PROXIED}/composition`, { body: JSON.stringify({ ...untitled, author: note.author[0] }) })
    const { verdicts } = (await vkp.story()).at(-1) ?? {}
    expect(verdicts).toMatchObject({
      jft: { accepted: false },
      vkp: { accepted: true, corrections: [{ kind: 'wrap', expression: 'Composition.author' }] },
      jftAfterVkp: { accepted: false },
      patch: null,
    })
  })

  test('reads JFT’s refusal as problem+json too', async () => {
    const vkp = startVkp({ assumptions: { errorBody: 'problem-json' } })
    const { title: _title, ...untitled } = note
    const answer = await vkp.call(`${PROXIED}/composition`, { body: JSON.stringify(untitled) })
    expect(await vkp.codes(answer)).toEqual(['2 vkp-jft-refused'])
  })

  test('refuses a real identity number with 2.1, and shows it nowhere', async () => {
    const vkp = startVkp()
    const number = realIdentityNumber()
    const patient = { identityNumber: number, name: 'X' }
    const body = JSON.stringify(noteFactory.build({}, { transient: { patient } }))
    const answer = await vkp.call(`${PROXIED}/composition`, { body })
    const text = await answer.clone().text()
    expect(await vkp.codes(answer)).toEqual(['2.1 identity-number-real'])
    expect(text + JSON.stringify(await vkp.story())).not.toContain(number)
  })

  test('without corrections JFT’s refusal comes back, as before March 2026', async () => {
    const vkp = startVkp({ assumptions: { corrections: 'none' } })
    const answer = await vkp.call(`${PROXIED}/composition`, { body: lenient })
    expect(await vkp.codes(answer)).toEqual(['2 JSON111'])
  })

  test('refuses a token exchange that HelseID refuses', async () => {
    const vkp = startVkp()
    const { clients } = vkp.simulator.world.state
    const client = (await clients.list()).find(({ name }) => name === 'VKP')
    if (!client) throw new Error('no client')
    await clients.put({ ...client, grantTypes: ['client_credentials'] })
    const answer = await vkp.call(`${PROXIED}/composition`, { body: lenient })
    expect(await vkp.codes(answer)).toEqual(['3 vkp-token-exchange'])
    expect((await vkp.story()).map(({ issues }) => issues.map(({ rule }) => rule))).toEqual([
      ['dpop-nonce'],
      ['grant-not-allowed'],
      ['vkp-token-exchange'],
    ])
  })

  test('what JFT cannot store is 3, another fault', async () => {
    const vkp = startVkp({ limits: { eventBytes: 10 } })
    expect(await vkp.codes(await vkp.call(`${PROXIED}/composition`, { body: lenient }))).toEqual(['3 vkp-jft-failed'])
  })

  test('an Encounter stays on the classic route, or is refused', async () => {
    const body = JSON.stringify({ resourceType: 'Encounter', status: 'finished', class: { code: 'VR' } })
    const vkp = startVkp()
    expect((await vkp.call(`${PROXIED}/encounter`, { body })).status).toBe(200)
    expect(await notesOf(vkp, PROXIED)).toHaveLength(1)
    const strict = startVkp({ assumptions: { vkpNotForwarded: 'reject' } })
    const answer = await strict.call(`${PROXIED}/encounter`, { body })
    expect(await strict.codes(answer)).toEqual(['2.4 vkp-type-not-forwarded'])
  })
})

/** The only submission that NHN has published for VKP (VKP.Samples, MIT). */
const SAMPLE = new URL(
  '../../../../shared/vkp-samples/official/Bundle_OppfolgingAvVarsel_TrygghetsAlarm.json',
  import.meta.url,
)

test.skipIf(!existsSync(SAMPLE))('NHN’s published Bundle lands in JFT, corrected in one place', async () => {
  const vkp = startVkp()
  const body = readFileSync(SAMPLE, 'utf8')
  expect((await vkp.call(`${PROXIED}/bundle`, { body })).status).toBe(200)
  const submission = (await vkp.story()).at(-1)
  expect(submission?.warnings.map(({ rule, expression }) => [rule, expression])).toEqual([
    ['vkp-corrected', 'Bundle.entry[2].resource.identifier[0].value'],
  ])
  const { resource } = await vkp.get<{ resource: string }>(`/_sim/events/${submission?.event}`)
  const { id: _id, meta: _meta, ...stored } = JSON.parse(resource)
  const corrected = JSON.parse(body)
  delete corrected.entry[2].resource.identifier[0].value
  expect(stored).toEqual(corrected)
})

describe('what VKP takes', () => {
  test.each([`${CLASSIC}/composition`, `${CLASSIC}/Composition`, `${CLASSIC}/COMPOSITION`])('%s', async (path) => {
    expect((await startVkp().call(path, { body: lenient })).status).toBe(200)
  })

  test('the fixed parts of a path in any case, and the real host', async () => {
    const vkp = startVkp()
    const headers = { servicecodes: 'ta', 'content-type': FORM }
    const search = await vkp.call(`../R4/${CLASSIC}/Patient/_SEARCH`, { headers })
    expect(search.status).toBe(200)
    const real = await vkp.simulator.fetch(
      new Request(`https://api.test.vkpnorge.no/EPJ/r4/${CLASSIC}/bundle`, { method: 'POST' }),
    )
    expect(real.status).toBe(401)
  })

  test.each(['text/plain; charset=utf-8', 'application/json', 'application/fhir+json', null])(
    'the content type %s',
    async (type) => {
      const call = { body: lenient, headers: { 'content-type': type } }
      expect((await startVkp().call(`${CLASSIC}/composition`, call)).status).toBe(200)
    },
  )

  test.each(['composition.write', 'composition.*'])('the scope %s', async (scope) => {
    const call = { body: lenient, scope: [`nhn:vkp/api/user/${scope}`] }
    expect((await startVkp().call(`${CLASSIC}/composition`, call)).status).toBe(200)
  })

  test('the scope for everything, in Test', async () => {
    const call = { body: lenient, scope: ['nhn:vkp/api/*.*'] }
    expect((await startVkp().call(`${CLASSIC}/composition`, call)).status).toBe(200)
  })
})
