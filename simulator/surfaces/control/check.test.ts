import { describe, expect, test } from 'vitest'
import { noteFactory } from '../../../fixtures/index.ts'
import { startJft } from '../jft.fixture.ts'
import type { PayloadCheck } from './types.ts'

const NOTE = noteFactory.build()

async function check(body: string, query = ''): Promise<PayloadCheck> {
  const { simulator } = startJft()
  const url = `http://localhost:7357/_sim/check${query}`
  const answer = await simulator.fetch(new Request(url, { method: 'POST', body }))
  expect(answer.status).toBe(200)
  expect((await simulator.world.state.journal.usage()).exchanges).toBe(0)
  return (await answer.json()) as PayloadCheck
}

describe('POST /_sim/check', () => {
  test('a good payload is accepted by both', async () => {
    const verdicts = await check(JSON.stringify(NOTE))
    expect(verdicts).toMatchObject({ jft: { accepted: true }, vkp: { accepted: true, corrections: [] }, patch: null })
    expect(verdicts).not.toHaveProperty('corrected')
  })

  test('what VKP corrects comes with the patch and the corrected text', async () => {
    const [author] = NOTE.author
    expect(await check(JSON.stringify({ ...NOTE, author }))).toMatchObject({
      jft: { accepted: false, issues: [{ rule: 'r4-array-expected', expression: 'Composition.author' }] },
      vkp: { accepted: true, corrections: [{ kind: 'wrap', pointer: '/author' }] },
      jftAfterVkp: { accepted: true },
      patch: [{ op: 'replace', path: '/author', value: [author] }],
      corrected: JSON.stringify(NOTE),
    })
  })

  test('a patient gets the verdict of PIT; ?endpoint=Patient asks for it of anything', async () => {
    const text = '{"resourceType":"Patient","name":{"family":"HESTESKO"}}'
    expect(await check(text)).toMatchObject({
      pit: { accepted: false, issues: [{ rule: 'r4-array-expected', certainty: 'assumed' }] },
      fixed: '{"resourceType":"Patient","name":[{"family":"HESTESKO"}]}',
    })
    expect(await check(JSON.stringify(NOTE), '?endpoint=Patient')).toMatchObject({
      pit: { accepted: false, issues: [{ rule: 'pit-resource-type' }] },
      jft: { accepted: true },
    })
  })

  test('?forwarded=true adds exactly what VKP forwards, where it forwards', async () => {
    const sent =
      '{ "resourceType": "Composition", "title": "a\\u2028b", "meta": {"lastUpdated": "2026-05-26T10:06:17.50Z"} }'
    const forwarded =
      '{"resourceType":"Composition","meta":{"lastUpdated":"2026-05-26T10:06:17.5+00:00"},"title":"a\\u2028b"}'
    expect((await check(sent, '?forwarded=true')).vkp.forwarded).toBe(forwarded)
    expect((await check(sent)).vkp).not.toHaveProperty('forwarded')
    expect((await check('no JSON', '?forwarded=true')).vkp).not.toHaveProperty('forwarded')
  })

  test.each(['?forwarded=yes', '?forward=true'])('%s is refused, with the name', async (query) => {
    const { simulator } = startJft()
    const url = `http://localhost:7357/_sim/check${query}`
    const answer = await simulator.fetch(new Request(url, { method: 'POST', body: '{}' }))
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('forwarded')])
  })

  test('what is not JSON is rejected by both', async () => {
    expect(await check('no JSON')).toMatchObject({ jft: { accepted: false }, vkp: { accepted: false }, patch: null })
  })
})
