import type { Bundle } from 'fhir/r4.js'
import { describe, expect, test } from 'vitest'
import {
  asserting,
  credentialsFor,
  defect,
  helseid,
  identityNumber,
  injecting,
  jft,
  NOTE,
  nextPage,
  ORGANIZATION,
  organization,
  PARENT,
  PERSON,
  PROXIED,
  type Provocation,
  READ,
  reading,
  send,
  simulatorFor,
  submission,
  submitted,
  throughVkp,
  toClassic,
  vkpSearch,
  WRITE,
  withFault,
} from './provoke.fixture.ts'
import type { RuleId } from './rules/catalogue.ts'
import { realIdentityNumber } from './rules/identifiers.fixture.ts'
import { checkPayload } from './services/verdicts/check.ts'
import { createSimulator, OptionsError, type Simulator } from './simulator.ts'
import type { RuleList } from './surfaces/control/types.ts'

/** What becomes of a request where those rules are switched off. */
async function answerTo(provocation: Provocation, ...switchedOff: readonly RuleId[]) {
  const simulator = simulatorFor(provocation, switchedOff)
  const answer = await provocation.act(simulator)
  const exchange = await lastOf(simulator)
  return { simulator, answer, exchange, status: answer.status, issues: exchange?.issues.map(({ rule }) => rule) }
}

const lastOf = async ({ world }: Simulator) => (await world.state.journal.list({ limit: 1 }))[0]
const stepOf = async (simulator: Simulator, name: string) =>
  (await lastOf(simulator))?.steps.find((step) => step.name === name)
const eventsOf = async ({ world }: Simulator) =>
  (await world.state.events.recent(100, 0)).map((event) => JSON.parse(eventTextOf(event)) as unknown)
const eventTextOf = ({ textBefore, textAfter }: { textBefore: string; textAfter: string }) =>
  `${textBefore}2030-01-01T12:00:00+00:00${textAfter}`

describe('a token', () => {
  const wrong = reading({ token: { setInvalidAudience: true, headerParameters: { typ: 'id+jwt' } } })

  test('is refused by the rules that are left, and the challenge names no other', async () => {
    const { status, issues, answer } = await answerTo(wrong, 'token-audience')
    expect([status, issues]).toEqual([401, ['token-typ']])
    const challenge = answer.headers.get('www-authenticate')
    expect(challenge).toContain('typ is')
    expect(challenge).not.toContain('aud is')
  })

  test('passes when no rule is left; the step and a header say which were passed over', async () => {
    const { simulator, status, issues, answer } = await answerTo(wrong, 'token-audience', 'token-typ')
    expect([status, issues]).toEqual([200, []])
    expect(await stepOf(simulator, 'token')).toMatchObject({
      outcome: 'switched-off',
      rules: ['token-typ', 'token-audience'],
    })
    expect(answer.headers.get('jftsim-switched-off')).toBe('token-typ, token-audience')
  })

  test('that is right is said nothing of', async () => {
    const { simulator, answer } = await answerTo(reading({}), 'token-audience')
    expect(answer.headers.has('jftsim-switched-off')).toBe(false)
    expect(await stepOf(simulator, 'token')).toMatchObject({ outcome: 'passed', rules: [] })
  })

  test('without a scope, an organisation or a right number', async () => {
    expect((await answerTo(reading({ claims: { scope: [] } }), 'token-scope')).status).toBe(200)
    expect((await answerTo(reading({ claims: { orgnrParent: undefined } }), 'jft-municipality')).status).toBe(200)
    expect((await answerTo(reading({ orgnr: '994598759' }), 'organization-number-real')).status).toBe(200)
  })
})

describe('a proof', () => {
  test('with the defect passes, and is still good only once', async () => {
    const simulator = simulatorFor(reading({}), ['dpop-htu'])
    const headers = await credentialsFor(simulator, '/read/v1/Bundle', {})
    expect((await send(simulator, READ, { headers })).status).toBe(200)
    expect((await send(simulator, READ, { headers })).status).toBe(401)
    expect((await lastOf(simulator))?.issues.map(({ rule }) => rule)).toEqual(['dpop-replay'])
  })

  test('without a jti cannot be told to be used again', async () => {
    const simulator = simulatorFor(reading({}), ['dpop-jti'])
    expect((await defect('DontSetJtiClaim').act(simulator)).status).toBe(200)
    expect((await defect('DontSetJtiClaim').act(simulator)).status).toBe(200)
  })

  test('at HelseID without the key or without a nonce gives a token at once, bound to what there is', async () => {
    const typeOf = async (provocation: Provocation, rule: RuleId) =>
      ((await (await answerTo(provocation, rule)).answer.json()) as { token_type: string }).token_type
    expect(await typeOf(helseid({ proof: { header: { jwk: undefined } } }), 'dpop-jwk')).toBe('Bearer')
    expect(await typeOf(helseid({ nonce: false }), 'dpop-nonce')).toBe('DPoP')
  })
})

describe('a client assertion', () => {
  test('is refused by what is left', async () => {
    const wrong = asserting({ aud: 'somebody else', jti: undefined })
    expect((await answerTo(wrong, 'assertion-audience')).issues).toEqual(['assertion-jti'])
    expect((await answerTo(wrong, 'assertion-audience', 'assertion-jti')).status).toBe(200)
  })

  test('names whom it may not: the token has it, and the description of another error no HID number of this one', async () => {
    const { answer } = await answerTo(organization(PARENT, 'NO:ORGNR:994598759:'), 'hid-1001')
    const { access_token = '' } = (await answer.json()) as { access_token?: string }
    expect(atob(access_token.split('.')[1] ?? '')).toContain(
      '"helseid://claims/client/claims/orgnr_parent":"994598759"',
    )
    const { answer: refused } = await answerTo(organization(PARENT, 'NO:ORGNR:12:34'), 'hid-1004')
    const { error_description } = (await refused.json()) as { error_description: string }
    expect(error_description).toMatch(/^HID-1001: /)
    expect(error_description).not.toContain('HID-1004')
  })
})

describe('strict R4', () => {
  test('an event with the fault is stored, and read as it was sent', async () => {
    const faulty = { ...NOTE, title: '', author: NOTE.author[0], meta: { tag: { code: 'mine' } } }
    const { simulator, status } = await answerTo(
      submission(JSON.stringify(faulty)),
      'r4-empty-string',
      'r4-array-expected',
    )
    expect(status).toBe(202)
    expect(await eventsOf(simulator)).toMatchObject([{ title: '', author: NOTE.author[0] }])
    const { entry } = (await (await jft(simulator, READ)).json()) as Bundle
    expect(entry?.[0]?.resource?.meta?.tag).toContainEqual({ code: 'mine' })
  })

  test('the other faults stay', async () => {
    const faulty = submission(JSON.stringify({ ...NOTE, title: '', colour: 'red' }))
    expect((await answerTo(faulty, 'r4-empty-string')).issues).toEqual(['r4-unknown-element'])
  })

  test('what is not JSON cannot be stored: 200 and nothing in it, no issue, and the step names the rule', async () => {
    const { simulator, answer, exchange } = await answerTo(submission('{'), 'json-syntax')
    expect([answer.status, await answer.text(), answer.headers.get('content-length')]).toEqual([200, '', '0'])
    expect(exchange).toMatchObject({ issues: [], warnings: [] })
    expect(await stepOf(simulator, 'fhir-r4')).toMatchObject({ outcome: 'switched-off', rules: ['json-syntax'] })
    expect(await eventsOf(simulator)).toEqual([])
  })

  test('a resource without a type meets the check of the type', async () => {
    const body = JSON.stringify({ ...NOTE, resourceType: undefined })
    const { issues } = await answerTo(submission(body), 'r4-resource-type-missing')
    expect(issues).toEqual(['jft-resource-type'])
    const { simulator } = await answerTo(submission(body), 'r4-resource-type-missing', 'jft-resource-type')
    expect(await eventsOf(simulator)).toMatchObject([{ resourceType: 'Composition', title: NOTE.title }])
  })

  test('the verdicts leave it out, of JFT, of VKP, and of both after each other', () => {
    const text = JSON.stringify({ ...NOTE, status: 'ferdig' })
    const issuesOf = (...switchedOff: RuleId[]) => {
      const { jft: strict, vkp, jftAfterVkp } = checkPayload(text, { switchedOff })
      return [strict, vkp, jftAfterVkp].map(({ issues }) => issues.map(({ rule }) => rule).join())
    }
    expect(issuesOf()).toEqual(['r4-code-not-in-value-set', 'vkp-code', 'vkp-not-forwarded'])
    expect(issuesOf('vkp-code')).toEqual(['r4-code-not-in-value-set', '', 'r4-code-not-in-value-set'])
    expect(issuesOf('r4-code-not-in-value-set')).toEqual(['', 'vkp-code', 'vkp-not-forwarded'])
    expect(issuesOf('vkp-not-forwarded')).toEqual(['r4-code-not-in-value-set', 'vkp-code', 'r4-code-not-in-value-set'])
  })

  test.each(['', '[]', 'null', '5', '{}', '{"resourceType":5}'])('verdicts on %j with everything off', (text) => {
    const switchedOff: RuleId[] = [
      'json-syntax',
      'r4-object-expected',
      'r4-resource-type-missing',
      'r4-resource-type-not-string',
      'vkp-json',
      'vkp-resource-type',
      'vkp-endpoint-type',
      'jft-endpoint-type',
      'vkp-not-forwarded',
    ]
    expect(checkPayload(text, { switchedOff })).toMatchObject({ jft: { issues: [] }, vkp: { issues: [] } })
  })
})

describe('identity numbers', () => {
  test('of the real series are taken, and masked all the same', async () => {
    const number = realIdentityNumber()
    const { simulator, status } = await answerTo(identityNumber(number, 'test', ORGANIZATION), 'identity-number-real')
    expect(status).toBe(202)
    expect(JSON.stringify(await eventsOf(simulator))).not.toContain(number)
    expect(JSON.stringify(await lastOf(simulator))).not.toContain(number)
  })
})

describe('a search', () => {
  test('with a wrong parameter continues without it', async () => {
    const { simulator } = await answerTo(reading({}), 'search-count', 'search-parameter')
    const id = await submitted(simulator)
    const { entry } = (await (await jft(simulator, `${READ}?_count=0&colour=red`)).json()) as Bundle
    expect(entry?.map(({ resource }) => resource?.id)).toEqual([id])
  })

  test('with a cursor that is none gives the first page, with that of another type the next', async () => {
    const { simulator } = await answerTo(reading({}), 'search-cursor')
    const next = await nextPage(simulator)
    const count = async (path: string) => ((await (await jft(simulator, path)).json()) as Bundle).entry?.length ?? 0
    expect(await count(`${READ}?cursor=abc`)).toBe(2)
    expect(await count(next)).toBe(1)
    expect(await count(next.replace('Composition', 'Bundle'))).toBe(0)
  })

  test('has no warning any more', async () => {
    const second: Provocation = { act: async (simulator) => jft(simulator, `${await nextPage(simulator)}&_count=5`) }
    expect((await answerTo(second)).exchange?.warnings.map(({ rule }) => rule)).toEqual(['search-cursor-ignored'])
    const { simulator, exchange } = await answerTo(second, 'search-cursor-ignored')
    expect(exchange?.warnings).toEqual([])
    expect(await stepOf(simulator, 'search')).toMatchObject({ outcome: 'passed' })
  })

  test('for the status of another municipality’s event gets it', async () => {
    const { simulator } = await answerTo(reading({}), 'jft-event-unknown')
    const answer = await jft(simulator, `${READ}/${await submitted(simulator, PROXIED)}/$status`)
    expect(await answer.json()).toMatchObject({ read: null, failed: null })
    const nowhere = await jft(simulator, `${READ}/0d426c95-68dc-4b3a-acd9-8b214cdc7609/$status`)
    expect([nowhere.status, await nowhere.text()]).toEqual([200, ''])
  })
})

describe('VKP', () => {
  test('takes what its parser refuses, and puts it into the EHR', async () => {
    const { simulator, status } = await answerTo(toClassic({ colour: 'red' }), 'vkp-unknown-element')
    expect(status).toBe(200)
    expect(await simulator.world.state.notes.list(ORGANIZATION)).toMatchObject([
      { source: expect.stringContaining('"colour"') },
    ])
  })

  test('corrects, and does not say so', async () => {
    const single = throughVkp({}, JSON.stringify({ ...NOTE, author: NOTE.author[0] }))
    const { simulator, exchange } = await answerTo(single, 'vkp-corrected')
    expect(exchange?.warnings).toEqual([])
    expect(await eventsOf(simulator)).toMatchObject([{ author: NOTE.author }])
  })

  test('hides that JFT failed, and says that the event was not delivered', async () => {
    const down = withFault(injecting(500, 'jft-write'), throughVkp())
    const { status, exchange } = await answerTo(down, 'vkp-jft-failed')
    expect([status, exchange?.warnings.map(({ rule }) => rule)]).toEqual([200, ['vkp-undelivered']])
  })
})

describe('the EHR', () => {
  test('answers for a patient without the service', async () => {
    const without = vkpSearch('condition', PERSON, { headers: { servicecodes: 'gps' } })
    const { answer } = await answerTo(without, 'ehr-service')
    expect(await answer.json()).toMatchObject({ resourceType: 'Bundle', type: 'searchset' })
  })
})

describe('HTTP', () => {
  test('a body of any size and content type', async () => {
    const large = submission(
      JSON.stringify(NOTE),
      { assumptions: { sizeLimitBytes: 10 } },
      { headers: { 'content-type': 'text/plain' } },
    )
    expect((await answerTo(large, 'http-size')).issues).toEqual(['http-content-type'])
    expect((await answerTo(large, 'http-content-type')).issues).toEqual(['http-size'])
    expect((await answerTo(large, 'http-content-type', 'http-size')).status).toBe(202)
  })

  test.each<[RuleId, string]>([
    ['http-host', 'http://evil.example/'],
    ['http-path', 'http://localhost:7357/s/default/nothing'],
    ['sim-sandbox', 'http://localhost:7357/s/nowhere/_sim/info'],
  ])('%s outside of all surfaces', async (rule, url) => {
    const answer = await createSimulator({ switchedOff: [rule] }).fetch(new Request(url))
    expect([answer.status, await answer.text(), answer.headers.get('jftsim-switched-off')]).toEqual([200, '', rule])
  })
})

describe('a fault', () => {
  test('whose refusal is switched off fires, and the request continues', async () => {
    const { simulator, status, exchange } = await answerTo(withFault(injecting(503), reading({})), 'injected-503')
    expect(status).toBe(200)
    expect(exchange?.injected).toMatchObject([{ effect: 'status 503' }])
    expect(await stepOf(simulator, exchange?.injected?.[0]?.step ?? '')).toMatchObject({ outcome: 'injected' })
  })
})

describe('which rules', () => {
  const post = (simulator: Simulator, path: string, body: unknown) =>
    send(simulator, path, { method: 'POST', body: JSON.stringify(body) })

  test('an unknown id is an error that suggests the one that was meant', async () => {
    const wrong = () => createSimulator({ switchedOff: ['token-audiense', 'xyz'] as unknown as RuleId[] })
    expect(wrong).toThrow(OptionsError)
    expect(wrong).toThrow(
      'switchedOff.0: There is no rule "token-audiense". Did you mean token-audience?\nswitchedOff.1: There is no rule "xyz". GET /_sim/rules lists them.',
    )
    const answer = await post(createSimulator(), '/_sim/sandboxes', { switchedOff: ['jft-rat'] })
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('Did you mean jft-rate?')])
  })

  test('the list of rules says it of each', async () => {
    const simulator = createSimulator({ switchedOff: ['jft-rate'] })
    const { rules } = (await (await send(simulator, '/_sim/rules')).json()) as RuleList
    expect(rules.filter(({ switchedOff }) => switchedOff).map(({ id }) => id)).toEqual(['jft-rate'])
  })

  test('a sandbox has its own, keeps them over a reset, and hands them to its forks', async () => {
    const simulator = createSimulator({ switchedOff: ['search-sort'] })
    const resource = { resourceType: 'Composition', title: 'without the rest' }
    await post(simulator, '/_sim/sandboxes', {
      name: 'one',
      switchedOff: ['r4-missing-element'],
      events: [{ municipality: ORGANIZATION, resource }],
    })
    await post(simulator, '/_sim/sandboxes/one/reset', {})
    await post(simulator, '/_sim/sandboxes/one/fork', { name: 'two' })
    await post(simulator, '/_sim/sandboxes', { name: 'three' })
    const offIn = async (name: string) => [...((await simulator.sandboxes.find(name))?.settings.switchedOff ?? [])]
    expect(await Promise.all(['default', 'one', 'two', 'three'].map(offIn))).toEqual([
      ['search-sort'],
      ['r4-missing-element'],
      ['r4-missing-element'],
      ['search-sort'],
    ])
    expect(await (await simulator.sandboxes.find('one'))?.state.events.usage()).toMatchObject({ records: 1 })
  })

  test('under auth relaxed, what is waived is waived, and what is switched off is not found', async () => {
    const anonymous: Provocation = {
      input: { auth: 'relaxed' },
      act: (simulator) => send(simulator, WRITE, { method: 'POST', body: '{}' }),
    }
    const relaxed = await answerTo(anonymous)
    expect([relaxed.status, relaxed.issues]).toEqual([415, ['http-content-type']])
    expect(relaxed.answer.headers.get('jftsim-would-refuse')).toMatch(/^token-missing: .*; dpop-missing: .*token-scope/)
    const { answer, status } = await answerTo(anonymous, 'token-missing', 'token-scope')
    expect([status, answer.headers.get('jftsim-switched-off')]).toEqual([415, 'token-missing, token-scope'])
    expect(answer.headers.get('jftsim-would-refuse')).toMatch(/^dpop-missing: [^;]*; jft-municipality: [^;]*$/)
  })
})
