import { expect, test } from 'vitest'
import type { ValueSchema } from '../data/api.ts'
import { initialOf, nameOfVariant, variantOf } from '../parts/schema-values.ts'
import { curlOf, draftOf, orderOf } from './fault-draft.ts'

const STATUS: ValueSchema = {
  type: 'object',
  properties: {
    kind: { type: 'string', const: 'status' },
    status: { type: 'number', enum: [401, 503] },
    retryAfter: { type: 'integer' },
  },
  required: ['kind', 'status'],
}
const VARIANTS: readonly ValueSchema[] = [
  { type: 'number' },
  {
    type: 'object',
    properties: { distribution: { const: 'uniform' }, min: { type: 'number' }, max: { type: 'number' } },
    required: ['distribution', 'min', 'max'],
  },
]
const LATENCY: ValueSchema = {
  type: 'object',
  properties: { kind: { const: 'latency' }, delay: { anyOf: VARIANTS } },
  required: ['kind', 'delay'],
}

test('an effect begins with what it must have', () => {
  expect(initialOf(STATUS)).toEqual({ kind: 'status', status: 401 })
  expect(initialOf(LATENCY)).toEqual({ kind: 'latency', delay: '' })
})

test('a variant is known by the value that only it has, or by its type', () => {
  expect(VARIANTS.map(nameOfVariant)).toEqual(['number', 'uniform'])
  expect(variantOf(VARIANTS, { distribution: 'uniform', min: 1 })).toBe(VARIANTS[1])
  expect(variantOf(VARIANTS, 300)).toBe(VARIANTS[0])
})

test('what is left empty is left out of the order', () => {
  expect(orderOf(draftOf({ kind: 'status', status: 503, retryAfter: '' }))).toEqual({
    effect: { kind: 'status', status: 503 },
    expiresAfter: 'PT10M',
  })
})

test('an order has all that was filled in, with numbers as numbers', () => {
  const draft = draftOf({ kind: 'latency', delay: { distribution: 'uniform', min: 0, max: 20 } })
  const match = { ...draft.match, path: '*/$status', nth: '2' }
  const filledIn = { ...draft, surface: 'jft-read', step: 'event', match, times: '3', probability: '0.5', seed: 'a' }
  expect(orderOf(filledIn)).toEqual({
    surface: 'jft-read',
    step: 'event',
    match: { path: '*/$status', nth: 2 },
    effect: { kind: 'latency', delay: { distribution: 'uniform', min: 0, max: 20 } },
    times: 3,
    probability: 0.5,
    seed: 'a',
    expiresAfter: 'PT10M',
  })
  expect(orderOf({ ...filledIn, endless: true })).toMatchObject({ times: null })
})

test('a shell reads the order as it is', () => {
  expect(curlOf({ note: "it's down" }, 'http://localhost:7357/_sim')).toBe(
    [
      "curl -sS -i -X POST 'http://localhost:7357/_sim/faults' \\",
      "  -H 'Content-Type: application/json' \\",
      `  --data-raw '{"note":"it'\\''s down"}'`,
    ].join('\n'),
  )
})

test('a variant that is one value has no more to fill in', () => {
  const variants: readonly ValueSchema[] = [{ type: 'integer' }, { type: 'string', const: 'date' }]
  expect(variants.map(nameOfVariant)).toEqual(['integer', 'date'])
  expect(variants.map(initialOf)).toEqual(['', 'date'])
  expect([30, '', undefined, 'date'].map((value) => variants.indexOf(variantOf(variants, value)))).toEqual([0, 0, 0, 1])
})
