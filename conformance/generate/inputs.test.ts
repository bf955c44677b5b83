import { describe, expect, test } from 'vitest'
import { validateStrict } from '../../simulator/rules/fhir/strict.ts'
import { parse, print } from './document.ts'
import { inputOf, inputs } from './inputs.ts'
import { Random } from './random.ts'
import { makeResource, RESOURCE_TYPES } from './resources.ts'
import { STRUCTURE } from './structure.ts'
import { BYTES, SIZES, TEXT } from './text.ts'

const SEED = 3

describe('inputs', () => {
  test('are the same bytes for the same seed, and one of them can be made alone', () => {
    const all = [...inputs(SEED, 50)]
    expect([...inputs(SEED, 50)]).toEqual(all)
    expect(inputOf(SEED, 49)).toEqual(all[49])
    expect([...inputs(SEED + 1, 50)].map(({ bytes }) => bytes.toString())).not.toEqual(
      all.map(({ bytes }) => bytes.toString()),
    )
  })

  test('are of every kind', () => {
    const kinds = new Set([...inputs(SEED, 4000)].map(({ kind }) => kind))
    const wanted = [
      ...['unchanged', 'spoilt-event', 'several-changes', 'literal-dateTime', 'literal-uri', 'literal-base64Binary'],
      ...Object.keys(STRUCTURE),
      ...Object.keys(TEXT).map((name) => `text-${name}`),
      ...Object.keys(BYTES).map((name) => `bytes-${name}`),
      ...Object.keys(SIZES).map((name) => `size-${name}`),
    ]
    expect(wanted.filter((kind) => !kinds.has(kind))).toEqual([])
  })
})

test.each(RESOURCE_TYPES)('a made %s is valid R4', (name) => {
  const made = [1, 2, 3].map((seed) => print(makeResource(name, new Random(seed))))
  expect(made.flatMap((text) => validateStrict(text).issues)).toEqual([])
})

test('a text is read and written again with its order, duplicates and numbers', () => {
  const text = '{"b":1.50,"a":[1e2,{}],"b":"\\u00e6"}'
  const value = parse(text)
  expect(value && print(value)).toBe(text)
})
