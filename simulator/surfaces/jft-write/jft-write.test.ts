import { describe, expect, test } from 'vitest'
import { noteFactory } from '../../../fixtures/index.ts'
import { realIdentityNumber } from '../../rules/identifiers.fixture.ts'
import { startJft } from '../jft.fixture.ts'

const note = JSON.stringify(noteFactory.build())
const noteOf = (identityNumber: string) =>
  noteFactory.build({}, { transient: { patient: { identityNumber, name: 'X' } } })

describe('submitting', () => {
  test('202, no body, and the status URL on the ReadAPI', async () => {
    const jft = startJft()
    const answer = await jft.call('POST', '/write/v1/Composition', { body: note })
    expect(answer.status).toBe(202)
    expect(await answer.text()).toBe('')
    expect(answer.headers.get('location')).toMatch(
      /^http:\/\/localhost:7357\/read\/v1\/Composition\/[0-9a-f-]{36}\/\$status$/,
    )
  })

  test('goes through every step that the route names', async () => {
    const jft = startJft()
    await jft.call('POST', '/write/v1/Composition', { body: note })
    const { steps, issues, caller, event } = await jft.lastExchange()
    expect(steps.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual([
      'route passed',
      'type passed',
      'token passed',
      'scope passed',
      'claims passed',
      'rate passed',
      'content-type passed',
      'body passed',
      'fhir-r4 passed',
      'resource-type passed',
      'identifiers passed',
      'store passed',
    ])
    expect(issues).toEqual([])
    expect(caller).toMatchObject({ clientName: 'Bruno-Local', municipality: '313231593' })
    expect(event).toMatch(/^Composition\//)
  })

  test('a refused format gives every issue, Firely’s code and the place, and shows which steps were not reached', async () => {
    const jft = startJft()
    const { author, title, ...rest } = noteFactory.build()
    const body = JSON.stringify({ ...rest, author: author[0], title: '' }, null, 2)
    const answer = await jft.call('POST', '/write/v1/Composition', { body })
    expect(answer.status).toBe(400)
    expect(answer.headers.get('content-type')).toBe('application/fhir+json; charset=utf-8')
    const line = body.split('\n').findIndex((text) => text.includes('"author"')) + 1
    expect(await answer.json()).toMatchObject({
      resourceType: 'OperationOutcome',
      issue: [
        {
          code: 'structure',
          details: {
            coding: [{ system: 'http://firely.com/CodeSystem/ErrorMessages', code: 'JSON111' }],
            text: 'Expected start of array.',
          },
          expression: ['Composition.author[0]'],
          location: [`line ${line}, position 14`],
        },
        { expression: ['Composition.title'], details: { coding: [{ code: 'JSON127' }] } },
      ],
    })
    const { steps } = await jft.lastExchange()
    expect(steps.slice(-4).map(({ name, outcome, rules }) => [name, outcome, rules])).toEqual([
      ['fhir-r4', 'stopped', ['r4-array-expected', 'r4-empty-string']],
      ['resource-type', 'not-reached', []],
      ['identifiers', 'not-reached', []],
      ['store', 'not-reached', []],
    ])
  })

  test('nhn-source-system comes back as a tag; nhn-event-id is echoed', async () => {
    const jft = startJft()
    const headers = { 'nhn-source-system': 'Bruno V0.1.2', 'nhn-event-id': 'abc' }
    const answer = await jft.call('POST', '/write/v1/Composition', { body: note, headers })
    expect(answer.headers.get('nhn-event-id')).toBe('abc')
    const found = await jft.search('Composition')
    expect(found.entry?.[0]?.resource?.meta?.tag).toEqual([
      { system: 'https://fhir.jft.nhn.no/parent-organization-number', code: '313231593' },
      { system: 'https://fhir.jft.nhn.no/source-client-id', code: 'acdc0123-acdc-0123-4567-0123456789ab' },
      { system: 'https://fhir.jft.nhn.no/source-client-name', code: 'Bruno-Local' },
      { system: 'https://fhir.jft.nhn.no/source-system-name', code: 'Bruno V0.1.2' },
    ])
  })
})

describe('a nhn-source-system beyond ASCII has a warning', () => {
  const bytes = (text: string) => String.fromCharCode(...new TextEncoder().encode(text))

  test.each([
    ['Bl?b?r 1.0', /\? where a letter was probably meant/],
    ['Tr??bl', /\? where a letter was probably meant/],
    [bytes('Blåbær 1.0'), /letters beyond ASCII/],
    ['Bl\u00e5b\u00e6r', /letters beyond ASCII/],
  ])('%s', async (name, message) => {
    const jft = startJft()
    const answer = await jft.call('POST', '/write/v1/Composition', {
      body: note,
      headers: { 'nhn-source-system': name },
    })
    const { warnings } = await jft.lastExchange()
    expect([answer.status, warnings.map(({ rule }) => rule)]).toEqual([202, ['jft-source-system']])
    expect(warnings[0]?.message).toMatch(message)
  })

  test.each(['Bruno V0.1.2', 'What? Nothing', 'a?1'])('%s has none', async (name) => {
    const jft = startJft()
    await jft.call('POST', '/write/v1/Composition', { body: note, headers: { 'nhn-source-system': name } })
    expect((await jft.lastExchange()).warnings).toEqual([])
  })
})

describe('refusals of a submission', () => {
  const sent = (body: string, path = '/write/v1/Composition') => startJft().call('POST', path, { body })

  test.each([
    [
      '413 past 1 MiB, counted in bytes',
      JSON.stringify({ ...noteFactory.build(), title: 'å'.repeat(600_000) }),
      413,
      'http-size',
    ],
    ['400 for what is not JSON', '{"resourceType":', 400, 'json-syntax'],
    [
      '400 for another resource type',
      JSON.stringify({ resourceType: 'Patient', active: true }),
      400,
      'jft-resource-type',
    ],
    ['400 for an invalid identity number', JSON.stringify(noteOf('12345678901')), 400, 'identity-number-invalid'],
  ])('%s', async (_name, body, status, rule) => {
    const jft = startJft()
    const answer = await jft.call('POST', '/write/v1/Composition', { body })
    expect(answer.status).toBe(status)
    expect(await jft.issues(answer)).toEqual([{ rule }])
  })

  test('400 for a real identity number, which appears nowhere', async () => {
    const jft = startJft()
    const number = realIdentityNumber()
    const answer = await jft.call('POST', '/write/v1/Composition', { body: JSON.stringify(noteOf(number), null, 1) })
    expect(answer.status).toBe(400)
    const text = await answer.clone().text()
    expect(await jft.issues(answer)).toEqual([{ rule: 'identity-number-real' }])
    expect(text).toMatch(/"location":\["line \d+, position \d+"\]/)
    expect(text + JSON.stringify(await jft.lastExchange())).not.toContain(number)
  })

  test('415 without a JSON content type', async () => {
    const jft = startJft()
    for (const type of ['text/plain', 'application/xml', 'application/json; charset=iso-8859-1']) {
      const answer = await jft.call('POST', '/write/v1/Composition', { body: note, headers: { 'content-type': type } })
      expect(answer.status).toBe(415)
    }
  })

  test('404 for a type without an endpoint, 405 for another method', async () => {
    const answer = await sent('{}', '/write/v1/Encounter')
    expect(answer.status).toBe(404)
    const jft = startJft()
    const wrongMethod = await jft.call('GET', '/write/v1/Composition')
    expect([wrongMethod.status, wrongMethod.headers.get('allow')]).toEqual([405, 'POST'])
  })

  test('400 for bytes that are not UTF-8', async () => {
    const answer = await startJft().call('POST', '/write/v1/Composition', { body: new Uint8Array([0x7b, 0xff, 0x7d]) })
    expect(answer.status).toBe(400)
  })

  test('507 when memory is full, and nothing that was accepted is lost', async () => {
    const jft = startJft({ limits: { eventBytes: 8_000 } })
    const ids: string[] = []
    for (;;) {
      const answer = await jft.call('POST', '/write/v1/Composition', { body: note })
      if (answer.status === 507) break
      ids.push(answer.headers.get('location')?.split('/').at(-2) ?? '')
    }
    expect(ids.length).toBeGreaterThan(1)
    const found = await jft.search('Composition?_count=50')
    expect(found.entry?.map((entry) => entry.resource?.id)).toEqual(ids)
  })
})

describe('claims', () => {
  const status = async (call: Parameters<ReturnType<typeof startJft>['call']>[2]) => {
    const jft = startJft()
    const answer = await jft.call('POST', '/write/v1/Composition', { body: note, ...call })
    return [answer.status, answer.status === 202 ? [] : await jft.issues(answer)]
  }

  test('without orgnr_parent', async () => {
    expect(await status({ orgnr: null })).toEqual([403, [{ rule: 'jft-municipality' }]])
  })
  test('a real municipality in Test', async () => {
    expect(await status({ orgnr: '994598759' })).toEqual([403, [{ rule: 'organization-number-real' }]])
  })
  test('a real supplier in Test is the documented exception', async () => {
    expect(await status({ supplier: '994598759' })).toEqual([202, []])
  })
  test('a number with a wrong control digit', async () => {
    expect(await status({ orgnr: '313231590' })).toEqual([403, [{ rule: 'organization-number-invalid' }]])
  })
  test('without the scope', async () => {
    expect(await status({ scope: ['nhn:other/api'] })).toEqual([403, [{ rule: 'token-scope' }]])
  })
})

describe('acknowledging', () => {
  test.each(['$journaling-acknowledged', '%24journaling-acknowledged'])(
    '202 and the status URL by %s',
    async (operation) => {
      const jft = startJft()
      const id = await jft.submit(noteFactory.build())
      const answer = await jft.call('POST', `/write/v1/Composition/${id}/${operation}`)
      expect(answer.status).toBe(202)
      expect(answer.headers.get('location')).toBe(`http://localhost:7357/read/v1/Composition/${id}/$status`)
    },
  )

  test('the first time is kept when it is repeated', async () => {
    const jft = startJft()
    const id = await jft.submit(noteFactory.build())
    const status = async () => (await jft.call('GET', `/read/v1/Composition/${id}/$status`)).json()
    await jft.call('POST', `/write/v1/Composition/${id}/$journaling-acknowledged`)
    const first = await status()
    jft.clock.advance(60_000)
    await jft.call('POST', `/write/v1/Composition/${id}/$journaling-acknowledged`)
    expect(await status()).toEqual(first)
  })

  test('404 for another municipality, another type, and an unknown id', async () => {
    const jft = startJft()
    const id = await jft.submit(noteFactory.build())
    const foreign = await jft.call('POST', `/write/v1/Composition/${id}/$journaling-acknowledged`, {
      orgnr: '312229544',
    })
    const wrongType = await jft.call('POST', `/write/v1/Bundle/${id}/$journaling-acknowledged`)
    const unknown = await jft.call('POST', '/write/v1/Bundle/123/$journaling-acknowledged')
    for (const answer of [foreign, wrongType, unknown]) {
      expect(answer.status).toBe(404)
      expect(await jft.issues(answer)).toEqual([{ rule: 'jft-event-unknown' }])
    }
  })
})

describe('settings for silent points', () => {
  test('problem+json instead of an OperationOutcome', async () => {
    const jft = startJft({ assumptions: { errorBody: 'problem-json' } })
    const answer = await jft.call('POST', '/write/v1/Composition', {
      body: '{"resourceType":"Composition","title":""}',
    })
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
    expect(await answer.json()).toMatchObject({
      status: 400,
      errors: { 'Composition.title': [expect.stringContaining('JSON127')] },
    })
  })

  test('the same body twice is a conflict, when asked for', async () => {
    const jft = startJft({ assumptions: { duplicateSubmission: 'conflict' } })
    const first = await jft.call('POST', '/write/v1/Composition', { body: note })
    const second = await jft.call('POST', '/write/v1/Composition', { body: note })
    expect([first.status, second.status]).toEqual([202, 409])
  })

  test('a limit of requests per minute answers 429 with an empty body', async () => {
    const jft = startJft({ assumptions: { requestsPerMinute: 1 } })
    await jft.submit(noteFactory.build())
    const answer = await jft.call('POST', '/write/v1/Composition', { body: note })
    expect([answer.status, await answer.text()]).toEqual([429, ''])
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  test('Firely SDK 6 words the same fault in its own way', async () => {
    const jft = startJft({ assumptions: { firelySdk: 6 } })
    const { author, ...rest } = noteFactory.build()
    const answer = await jft.call('POST', '/write/v1/Composition', {
      body: JSON.stringify({ ...rest, author: author[0] }),
    })
    expect(await answer.json()).toMatchObject({ issue: [{ details: { coding: [{ code: 'PVAL127' }] } }] })
  })
})
