import type { Composition } from 'fhir/r4.js'
import { describe, expect, test } from 'vitest'
import { noteFactory } from '../../../fixtures/index.ts'
import { READY_MADE_VKP_ID } from '../../services/clients/ready-made-clients.ts'
import { BASE, type Call, CLASSIC, FORM, PROXIED, startVkp } from './vkp.fixture.ts'

const note: Composition = noteFactory.build()
/** Accepted by VKP; JFT refuses it unless VKP corrects it: the documented kind of error. */
const lenient = JSON.stringify({ ...note, author: note.author[0] })

describe('error codes', () => {
  const searching = (path: string, form: string, more: Call = {}): [string, Call] => [
    path,
    { body: form, ...more, headers: { servicecodes: 'ta', 'content-type': FORM, ...more.headers } },
  ]
  const event: Call = { body: lenient }
  const person = 'patient.identifier=02850097219'
  const dates = 'date=ge2024-05-17T07:08:09Z&date=le2024-12-24T09:08:07Z'

  test.each<[string, [string, Call]]>([
    ['1.2 vkp-not-allowed', [`${CLASSIC}/composition`, { ...event, vkpId: 'Somebody_Else_Here' }]],
    ['1.3 ehr-service', searching(`${CLASSIC}/condition/_search`, person, { headers: { servicecodes: 'gps' } })],
    ['1.5 vkp-id', [`${CLASSIC}/composition`, { ...event, vkpId: null }]],
    ['1.5 vkp-client-amr', [`${CLASSIC}/composition`, { ...event, amr: 'client_secret' }]],
    ['2 vkp-unknown-element', [`${CLASSIC}/composition`, { body: '{"resourceType":"Composition","colour":1}' }]],
    ['2 vkp-body-type', [`${CLASSIC}/bundle`, event]],
    ['2.1 vkp-identity-number', searching(`${CLASSIC}/condition/_search`, 'patient.identifier=02850097210')],
    ['2.2 vkp-organization', ['123456789/composition', event]],
    ['2.2 vkp-organization', ['kommune/composition', event]],
    ['2.3 vkp-service-codes', searching(`${CLASSIC}/patient/_search`, '', { headers: { servicecodes: null } })],
    ['2.3 vkp-parameter-count', searching(`${CLASSIC}/condition/_search`, 'identifier=02850097219')],
    ['2.3 vkp-parameter-count', searching(`${CLASSIC}/condition/_search`, `${person}&${person}`)],
    ['2.3 vkp-parameter-count', searching(`${CLASSIC}/careplan/_search`, person)],
    ['2.4 vkp-parameter-format', searching(`${CLASSIC}/careplan/_search`, `${person}&${dates.replace('ge', 'gt')}`)],
    [
      '2.4 vkp-parameter-format',
      [`${CLASSIC}/patient/_search`, { body: 'identifier=x', headers: { servicecodes: 'ta' } }],
    ],
    ['2.4 vkp-service-code-unknown', searching(`${CLASSIC}/patient/_search`, '', { headers: { servicecodes: 'xx' } })],
    ['2.4 vkp-json', [`${CLASSIC}/composition`, { body: '{"resourceType":' }]],
  ])('%s', async (code, [path, call]) => {
    const vkp = startVkp()
    const answer = await vkp.call(path, call)
    expect(answer.status).toBe(400)
    expect(await vkp.codes(answer)).toEqual([code])
  })

  test('1.1 and 1.4 come from VKP’s register', async () => {
    const vkp = startVkp()
    const register = [
      { orgnr: CLASSIC, vkpId: READY_MADE_VKP_ID, active: false },
      { orgnr: PROXIED, vkpId: READY_MADE_VKP_ID, serviceCodes: ['GPS'] },
    ]
    expect((await vkp.put('/_sim/vkp/register', { register })).status).toBe(200)
    expect(await vkp.codes(await vkp.call(`${CLASSIC}/composition`, event))).toEqual(['1.1 vkp-inactive'])
    const [path, call] = searching(`${PROXIED}/patient/_search`, '', { headers: { servicecodes: 'gps,ta' } })
    expect(await vkp.codes(await vkp.call(path, call))).toEqual(['1.4 vkp-service-not-approved'])
  })

  test.each([
    ['3.1 vkp-timed-out', 'TimeoutError'],
    ['3 vkp-ehr-failed', 'TypeError'],
  ])('%s when the EHR does not answer', async (code, name) => {
    const outbound = () => Promise.reject(Object.assign(new Error('no answer'), { name }))
    const vkp = startVkp(
      { routes: [{ orgnr: CLASSIC, mode: 'classic', ehrUrl: 'http://ehr.example/r4' }] },
      { outbound },
    )
    const answer = await vkp.call(...searching(`${CLASSIC}/condition/_search`, person))
    expect([answer.status, await vkp.codes(answer)]).toEqual([400, [code]])
  })

  test('the code is VKP’s own code system, with its display, and the simulator’s explanation beside it', async () => {
    const vkp = startVkp()
    const answer = await vkp.call(`${CLASSIC}/composition`, { ...event, vkpId: 'Somebody_Else_Here' })
    const message = `VKP's register does not let "Somebody_Else_Here" call for ${CLASSIC}.`
    expect(await answer.json()).toMatchObject({
      resourceType: 'OperationOutcome',
      issue: [
        {
          severity: 'error',
          code: 'forbidden',
          details: {
            coding: [
              {
                system: 'http://ehelse.no/fhir/CodeSystem/vkp-operation-outcome-v090',
                code: '1.2',
                display: 'ikke tillatt',
              },
              { code: 'vkp-not-allowed' },
            ],
            text: message,
          },
          diagnostics: message,
        },
      ],
    })
  })
})

describe('other refusals have no body, as NHN’s sample reads none', () => {
  test('401 with a Bearer challenge that says why', async () => {
    const vkp = startVkp()
    const answer = await vkp.call(`${CLASSIC}/composition`, {
      token: { expirationParameters: { setExpirationTimeAsExpired: true } },
    })
    expect([answer.status, await answer.text()]).toEqual([401, ''])
    expect(answer.headers.get('www-authenticate')).toMatch(
      /^Bearer error="invalid_token", error_description="The access token expired/,
    )
  })

  test.each<[string, Record<string, string>]>([
    ['vkp-token-missing', {}],
    ['vkp-token-scheme', { authorization: 'DPoP a.b.c' }],
    ['token-malformed', { authorization: 'Bearer abc' }],
  ])('401 by %s', async (rule, headers) => {
    const vkp = startVkp()
    const url = `${BASE}/vkp/epj/r4/${CLASSIC}/composition`
    const answer = await vkp.simulator.fetch(new Request(url, { method: 'POST', headers }))
    expect(answer.status).toBe(401)
    expect((await vkp.story()).at(-1)?.issues.map((issue) => issue.rule)).toContain(rule)
  })

  test('401 for a token of JFT’s', async () => {
    const vkp = startVkp()
    await vkp.call(`${CLASSIC}/composition`, { token: { audience: 'nhn:jft' } })
    expect((await vkp.story()).at(-1)?.issues.map((issue) => issue.rule)).toEqual(['token-audience'])
  })

  test('403 without the scope, 404 for a type without an endpoint, 405 for another method', async () => {
    const vkp = startVkp()
    const scope = ['nhn:vkp/api/user/composition.read']
    const forbidden = await vkp.call(`${CLASSIC}/composition`, { body: lenient, scope })
    expect([forbidden.status, forbidden.headers.get('www-authenticate')]).toEqual([
      403,
      'Bearer error="insufficient_scope", scope="nhn:vkp/api/user/composition.write"',
    ])
    expect((await vkp.call(`${CLASSIC}/observation`)).status).toBe(404)
    expect((await vkp.call(`${CLASSIC}/observation/_search`)).status).toBe(404)
    const get = await vkp.simulator.fetch(new Request(`${BASE}/vkp/epj/r4/${CLASSIC}/patient`))
    expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST'])
  })

  test('or an OperationOutcome, when the setting asks for it', async () => {
    const vkp = startVkp({ assumptions: { vkpRefusalBody: 'operation-outcome' } })
    const answer = await vkp.call(`${CLASSIC}/composition`, { body: lenient, scope: [] })
    expect([answer.status, await vkp.codes(answer)]).toEqual([403, ['1 vkp-scope']])
  })
})

describe('what is known of a refusal that came from behind VKP', () => {
  const person = { body: 'patient.identifier=02850097219', headers: { servicecodes: 'ta', 'content-type': FORM } }

  test('of JFT’s: the place in what was sent to VKP, and what to do there', async () => {
    const vkp = startVkp()
    const { title: _, ...untitled } = note
    await vkp.call(`${PROXIED}/composition`, { body: JSON.stringify(untitled) })
    const submission = (await vkp.story()).find(({ surface }) => surface === 'vkp')
    expect(submission?.issues).toMatchObject([
      {
        rule: 'r4-missing-element',
        message: "JFT: Element 'title' with minimum cardinality 1 cannot be null.",
        line: 1,
        fix: 'Add `title` to `Composition`, where it is mandatory (string, such as "…").',
        template: [{ op: 'add', path: '/title', value: '<string>' }],
      },
    ])
  })

  test('of what JFT refuses in what VKP corrected: what to do', async () => {
    const vkp = startVkp()
    const { title: _, ...untitled } = note
    await vkp.call(`${PROXIED}/composition`, { body: JSON.stringify({ ...untitled, author: note.author[0] }) })
    const submission = (await vkp.story()).find(({ surface }) => surface === 'vkp')
    expect(submission?.issues).toMatchObject([{ template: [{ op: 'add', path: '/title', value: '<string>' }] }])
  })

  test('of the EHR’s: the same rule, and the answer as it came', async () => {
    const vkp = startVkp()
    const fault = { surface: 'ehr', effect: { kind: 'status', status: 503 } }
    await vkp.simulator.fetch(new Request(`${BASE}/_sim/faults`, { method: 'POST', body: JSON.stringify(fault) }))
    const answer = await vkp.call(`${CLASSIC}/condition/_search`, person)
    const story = await vkp.story()
    const [search, leg] = ['vkp', 'ehr'].map((name) => story.find(({ surface }) => surface === name))
    expect([answer.status, search?.response.body]).toEqual([503, leg?.response.body])
    expect(search?.issues).toMatchObject([{ rule: 'injected-503' }])
    expect(search?.steps.at(-1)).toMatchObject({ name: 'ehr', outcome: 'stopped' })
  })

  test('of the vendor’s own EHR, which names no rule: its status', async () => {
    const outbound = async () => new Response('<html>', { status: 500 })
    const routes = [{ orgnr: CLASSIC, mode: 'classic' as const, ehrUrl: 'http://ehr.example/r4' }]
    const vkp = startVkp({ routes }, { outbound })
    const answer = await vkp.call(`${CLASSIC}/condition/_search`, person)
    const search = (await vkp.story()).find(({ surface }) => surface === 'vkp')
    expect([answer.status, await answer.text()]).toEqual([500, '<html>'])
    expect(search?.issues).toMatchObject([
      { rule: 'vkp-ehr-failed', message: 'The EHR answered 500, which VKP passes on.' },
    ])
  })
})
