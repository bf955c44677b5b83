import { describe, expect, test } from 'vitest'
import { noteFactory } from '../../../fixtures/index.ts'
import { IN_JSON, NUMBER, SPELLINGS, shows } from '../../ground/text/mask/mask.fixture.ts'
import { maskText } from '../../ground/text/mask/mask.ts'
import { createSimulator } from '../../simulator.ts'

/* A refusal is made of issues that were redacted, and goes out as it is: there is nothing in it that would be masked. */

const NOTE = noteFactory.build()
const spellings = [...Object.values(SPELLINGS), ...Object.values(IN_JSON).map((raw) => String(JSON.parse(`"${raw}"`)))]

/** A number where an issue quotes it, or stands beside digits of its own. */
const FAULTS: Readonly<Record<string, (spelt: string) => unknown>> = {
  'an unknown name': (spelt) => ({ ...NOTE, [spelt]: 1 }),
  'an unknown name in a list': (spelt) => ({ ...NOTE, section: [{ title: 'x' }, { [spelt]: { [spelt]: spelt } }] }),
  'a code': (spelt) => ({ ...NOTE, status: spelt }),
  'a type': (spelt) => ({ ...NOTE, resourceType: spelt }),
  'a time': (spelt) => ({ ...NOTE, date: spelt }),
  'a text for an object': (spelt) => ({ ...NOTE, subject: spelt, author: [spelt, 1] }),
  'a list for a text': (spelt) => ({ ...NOTE, title: [spelt, spelt] }),
  'an object for a text': (spelt) => ({ ...NOTE, title: { [spelt]: spelt } }),
  'a number for a text': () => ({ ...NOTE, title: Number(NUMBER), id: -Number(NUMBER) }),
  'a long text': (spelt) => ({ ...NOTE, status: `${'x'.repeat(990)} ${spelt} ${'y'.repeat(990)}` }),
  'a long name': (spelt) => ({ ...NOTE, [`${'x'.repeat(990)} ${spelt} ${'y'.repeat(990)}`]: 1 }),
}

const BASE = 'http://localhost:7357/write/v1/Composition'
const headers = { 'content-type': 'application/json', 'jftsim-municipality': '313231593' }

describe.each(['operation-outcome', 'problem-json'] as const)('as %s', (errorBody) => {
  const simulator = createSimulator({ auth: 'relaxed', assumptions: { errorBody } })
  const refusal = async (body: string) => {
    const answer = await simulator.fetch(new Request(BASE, { method: 'POST', headers, body }))
    expect(answer.status).toBe(400)
    return answer.text()
  }

  test.each(Object.entries(FAULTS))('%s', async (_, make) => {
    for (const spelt of spellings) {
      const text = await refusal(JSON.stringify(make(spelt)))
      expect(maskText(text)).toBe(text)
      expect(shows(text)).toBe(false)
    }
  })

  test('a text that is not JSON', async () => {
    for (const spelt of spellings) {
      for (const text of [`{"a":1,${spelt}`, `{"${spelt}" 1}`, spelt, `{"a":"${spelt}`]) {
        const refused = await refusal(text)
        expect(maskText(refused)).toBe(refused)
      }
    }
  })

  test('with a body so large that no verdicts are beside it', async () => {
    for (const spelt of spellings.filter((_, index) => index % 16 === 0)) {
      const section = Array.from({ length: 4_000 }, (_, index) => ({ [`${spelt} ${index}`]: spelt, title: [spelt] }))
      const text = await refusal(JSON.stringify({ ...NOTE, section }))
      expect(maskText(text)).toBe(text)
      expect(shows(text)).toBe(false)
    }
  })
})
