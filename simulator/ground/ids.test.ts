import { expect, test } from 'vitest'
import { createIds } from './ids.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

test('identifiers are UUIDs of version 4, seeded or not', () => {
  for (const ids of [createIds(), createIds('a')]) {
    const made = Array.from({ length: 1_000 }, () => ids.uuid())
    expect(made.every((id) => UUID.test(id))).toBe(true)
    expect(new Set(made).size).toBe(1_000)
  }
})

test('the same seed gives the same sequence, another seed another', () => {
  const take = (seed: string) => Array.from({ length: 3 }, createIds(seed).uuid)
  expect(take('a')).toEqual(take('a'))
  expect(take('a')).not.toEqual(take('b'))
})

test('a sequence continues from its state', () => {
  const ids = createIds('a')
  ids.uuid()
  const copy = createIds(undefined, ids.state)
  expect(copy.hex(8)).toBe(ids.hex(8))
  expect(copy.fraction()).toBeLessThan(1)
})
