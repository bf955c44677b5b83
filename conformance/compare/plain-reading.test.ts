import { expect, test } from 'vitest'
import { correct } from '../../simulator/rules/fhir/correct.ts'
import { readLeniently } from '../../simulator/rules/fhir/lenient.ts'
import { readSource } from '../../simulator/rules/fhir/lenient-json.ts'
import { readPlain } from '../../simulator/rules/fhir/lenient-plain.ts'
import { writeForwarded } from '../../simulator/rules/fhir/lenient-writer.ts'
import { isWhole } from '../../simulator/sample.fixture.ts'
import { print } from '../generate/document.ts'
import { inputs } from '../generate/inputs.ts'
import { Random } from '../generate/random.ts'
import { makeResource, RESOURCE_TYPES } from '../generate/resources.ts'

/*
 * What is read in haste must be read as the whole parser reads it: the same verdict, the same text forwarded, and nothing to
 * correct unless a value is written otherwise.
 */

function compare(text: string): 'quick' | 'slow' {
  const plain = readPlain(text)
  if (plain === undefined) return 'slow'
  const { root } = readLeniently(text, readSource(text))
  expect(root, text).toBeDefined()
  if (root === undefined) return 'slow'
  expect(plain.forwarded).toBe(writeForwarded(root))
  expect(plain.isChanged, text).toBe(root.isChanged)
  expect(plain.resource).toEqual(JSON.parse(text))
  const { corrections, edited, patch } = correct(text)
  if (!plain.isChanged) expect({ corrections, edited, patch }).toEqual({ corrections: [], edited: text, patch: [] })
  return 'quick'
}

test('resources of every kind', () => {
  const ways = RESOURCE_TYPES.flatMap((name) =>
    [1, 2, 3].map((seed) => compare(print(makeResource(name, new Random(seed))))),
  )
  expect(ways.filter((way) => way === 'quick').length).toBeGreaterThan(ways.length / 10)
})

test('resources with faults and oddities of every kind', () => {
  const decoder = new TextDecoder()
  const ways = Array.from(inputs(11, isWhole ? 20_000 : 3_000), ({ bytes }) => compare(decoder.decode(bytes)))
  expect(ways.filter((way) => way === 'quick').length).toBeGreaterThan(ways.length / 50)
})

test.each([
  '36.6',
  '36.60',
  '1e2',
  '1e-29',
  '1e+23',
  '-0',
  '0',
  '-5',
  '0.1',
  '36.800000000000004',
  '36.80000000000000411',
  '12345678901234567',
  '100000000000000000000',
  '0.1000000000000000000001',
  '10000000000.00000000001',
  '1.0',
])('a decimal that is sent as %s', (number) => {
  const text = `{"resourceType":"Observation","valueQuantity":{"value":${number}}}`
  compare(text)
  expect(correct(text).text).toBe(writeForwarded(readLeniently(text, readSource(text)).root ?? expect.fail()))
})

test.each([
  '"a\\u0085b"',
  '"a\\u2028b"',
  '"\\ud83d\\ude00"',
  '"\\ud83d"',
  '"å\\u00e5\\/\\n"',
  '" a"',
  '"a\\u00a0"',
  '""',
  '"\ud83d"',
])('a text that is sent as %s', (title) => void compare(`{"resourceType":"Composition","title":${title}}`))

test.each([
  '{"resourceType":"Composition","title":"a","title":"b"}',
  '{"resourceType":"Composition","title":"a","_title":{"id":"x"}}',
  '{"title":"a","resourceType":"Composition"}',
  '{"resourceType":"Observation","valueString":"a","valueBoolean":true}',
  '{"resourceType":"composition","title":"a"}',
  '{"resourceType":"Bundle","entry":[{"resource":{"id":"x"}}]}',
  '{"resourceType":"Bundle","entry":[{"fullUrl":"x","resource":{"resourceType":"Patient"}}]}',
  '{"resourceType":"Patient","contained":[{"resourceType":"Patient","contained":[{"resourceType":"Basic","id":"x"}]}]}',
  '{"resourceType":"ExampleScenario","instance":[{"resourceId":"x","resourceType":"Patient"}]}',
  '{"resourceType":"Patient","active":"true"}',
  '{"resourceType":"Patient","birthDate":"2026-1-1"}',
  '{"resourceType":"Patient","gender":"femal"}',
  '{"resourceType":"Patient"}',
  '{}',
  '[]',
  'null',
])('%s', (text) => void compare(text))
