import { describe, expect, test } from 'vitest'
import { noteFactory } from '../../fixtures/index.ts'
import { startJft } from '../surfaces/jft.fixture.ts'
import { CLASSIC, startVkp } from '../surfaces/vkp/vkp.fixture.ts'

const NOTE = JSON.stringify(noteFactory.build())

describe('a path in another form than the documented one', () => {
  test.each([
    ['/write/v1/composition', '/v1/Composition'],
    ['/write/V1/Composition', '/v1/Composition'],
    ['/write/v1/COMPOSITION', '/v1/Composition'],
    ['/write/v1/Composition/', '/v1/Composition'],
  ])('%s is taken as %s, with a warning', async (path, written) => {
    const jft = startJft()
    const answer = await jft.call('POST', path, { body: NOTE })
    const { warnings, event } = await jft.lastExchange()
    expect([answer.status, event?.split('/')[0]]).toEqual([202, 'Composition'])
    expect(warnings.map(({ rule }) => rule)).toEqual(['http-path-form'])
    expect(warnings[0]?.message).toContain(`taken as ${written},`)
  })

  test.each([
    '/read/v1/composition',
    '/read/v1/Composition/',
    '/read/v1/composition/_SEARCH',
    '/read/V1/bundle/_search/',
  ])('a search at %s finds what the documented path finds', async (path) => {
    const jft = startJft()
    await jft.submit(noteFactory.build())
    const isPost = /_search/i.test(path)
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const answer = await jft.call(isPost ? 'POST' : 'GET', path, isPost ? { body: '', headers } : {})
    const { entry = [] } = (await answer.json()) as { entry?: unknown[] }
    expect([answer.status, entry.length]).toEqual([200, path.toLowerCase().includes('bundle') ? 0 : 1])
  })

  test('the documented form has no warning', async () => {
    const jft = startJft()
    await jft.call('POST', '/write/v1/Composition', { body: NOTE })
    expect((await jft.lastExchange()).warnings).toEqual([])
  })

  test.each(['/write/v1/composition', '/write/V1/Composition', '/write/v1/Composition/'])(
    '%s is 404 where the setting wants the exact form, and says what was meant',
    async (path) => {
      const jft = startJft({ assumptions: { pathForms: 'exact' } })
      const answer = await jft.call('POST', path, { body: NOTE })
      expect([answer.status, await answer.text()]).toEqual([404, expect.stringMatching(/Did you mean|Paths here/)])
    },
  )

  test.each(['/write/v1/Compositon', '/write/v1/Composition//', '/write/v1//Composition', '//write/v1/Composition'])(
    '%s is no form of a path',
    async (path) => {
      expect((await startJft().call('POST', path, { body: NOTE })).status).toBe(404)
    },
  )

  test('a type that is nearly right is named', async () => {
    const answer = await startJft().call('POST', '/write/v1/Compositon', { body: NOTE })
    expect(await answer.text()).toContain('Did you mean Composition?')
  })

  test('VKP takes a slash at the end, and any letter case without a word', async () => {
    for (const [type, rules] of [
      ['composition/', ['http-path-form']],
      ['Composition', []],
    ] as const) {
      const vkp = startVkp()
      expect((await vkp.call(`${CLASSIC}/${type}`, { body: NOTE })).status).toBe(200)
      expect((await vkp.story()).at(-1)?.warnings.map(({ rule }) => rule)).toEqual(rules)
    }
  })
})

describe('metadata, the first call of client libraries of FHIR, is 404 wherever there is none', () => {
  test.each(['/write/v1/metadata', '/read/v1/metadata', '/pit/v1/metadata', '/vkp/epj/r4/312229544/metadata'])(
    '%s',
    async (path) => {
      const { simulator } = startJft()
      const answer = await simulator.fetch(new Request(`http://localhost:7357${path}`))
      expect([answer.status, answer.headers.get('allow')]).toEqual([404, null])
    },
  )

  test('a path that is there has the methods of its own', async () => {
    const { simulator } = startJft()
    const answer = await simulator.fetch(new Request('http://localhost:7357/write/v1/Composition'))
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST'])
  })
})

describe('a header that has no effect has a warning', () => {
  test.each([
    ['if-none-exist', 'identifier=urn:x|1', 1],
    ['if-match', 'W/"1"', 1],
    ['prefer', 'respond-async', 1],
    ['prefer', 'return=minimal, Respond-Async', 1],
    ['prefer', 'return=minimal', 0],
    ['if-none-match', '*', 0],
  ])('%s: %s', async (name, value, warnings) => {
    const jft = startJft()
    const answer = await jft.call('POST', '/write/v1/Composition', { body: NOTE, headers: { [name]: value } })
    const exchange = await jft.lastExchange()
    expect([answer.status, exchange.warnings.map(({ rule }) => rule)]).toEqual([
      202,
      Array.from({ length: warnings }, () => 'http-header-without-effect'),
    ])
  })
})
