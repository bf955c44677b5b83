import { describe, expect, test } from 'vitest'
import { identitySeries } from '../../simulator/ground/text/mask/series.ts'
import { type MadePayload, makePayload } from './payload.ts'

const SEED = 7
const MUNICIPALITY = '313231593'

const make = (spec: Parameters<typeof makePayload>[0]) => makePayload(spec, SEED, MUNICIPALITY)
const textOf = ({ body }: MadePayload) => (typeof body === 'string' ? body : new TextDecoder().decode(body))

test('the same seed makes the same fixture', () => {
  expect(make({ fixture: 'alarm' })).toEqual(make({ fixture: 'alarm' }))
  expect(make({ fixture: 'alarm' }).type).toBe('Bundle')
})

test('values are set and taken away by JSON Pointer', () => {
  const json = { resourceType: 'Composition', author: [{ display: 'a' }, { display: 'b' }] }
  const made = make({ json, set: { '/author/0/display': 'c', '/date': '2026' }, remove: ['/author/1'] })
  expect(JSON.parse(textOf(made))).toEqual({ resourceType: 'Composition', author: [{ display: 'c' }], date: '2026' })
})

test('the size is in bytes of UTF-8, whatever the text', () => {
  const { body } = make({ json: { title: 'å'.repeat(100) }, size: 400 })
  expect(new TextEncoder().encode(String(body)).byteLength).toBe(400)
})

test('bytes are sent as they are written', () => {
  expect(make({ hex: '7b ff 7D' }).body).toEqual(Uint8Array.of(0x7b, 0xff, 0x7d))
})

describe('faults', () => {
  const numberIn = (made: MadePayload) => /(?<!\d)\d{11}(?!\d)/.exec(textOf(made))?.[0] ?? ''

  test('a number of the real series takes the place of the first one, in an identifier or in words', () => {
    expect(identitySeries(numberIn(make({ fixture: 'note', fault: 'real-number' })))).toBe('real')
    const text = make({ json: { title: 'Ektefelle 02850097219 er varslet.' }, fault: 'real-number' })
    expect(identitySeries(numberIn(text))).toBe('real')
    expect(textOf(text)).toMatch(/"Ektefelle \d{11} er varslet\."/)
  })

  test('an old synthetic number has +40 on the month', () => {
    expect(numberIn(make({ fixture: 'note', fault: 'old-synthetic-number' })).slice(2, 4)).toBe('52')
  })

  test('long is a string of one character more than FHIR allows', () => {
    const { extension } = JSON.parse(textOf(make({ fixture: 'note', fault: 'long' })))
    expect(extension[0].valueString).toHaveLength(1_048_577)
  })

  test.each(['real-number', 'old-synthetic-number', 'long', 'deep'] as const)('%s is in what is kept, too', (fault) => {
    const made = make({ fixture: 'note', fault })
    expect(made.resource).toEqual(JSON.parse(textOf(made)))
  })
})
