import { describe, expect, test } from 'vitest'
import { noteFactory } from '../../../fixtures/index.ts'
import { startJft } from '../jft.fixture.ts'

const NOTE = noteFactory.build()

async function check(body: string) {
  const { simulator } = startJft()
  const answer = await simulator.fetch(new Request('http://localhost:7357/_sim/check', { method: 'POST', body }))
  expect(answer.status).toBe(200)
  expect(simulator.world.journal.usage.exchanges).toBe(0)
  return answer.json()
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

  test('what is no JSON is rejected by both', async () => {
    expect(await check('no JSON')).toMatchObject({ jft: { accepted: false }, vkp: { accepted: false }, patch: null })
  })
})
