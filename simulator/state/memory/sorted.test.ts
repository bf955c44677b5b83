import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Key, Range } from '../records.ts'
import { compareKeys, createSortedIndex } from './sorted.ts'

const key = (lastUpdated: number, id: string): Key => ({ lastUpdated, id })

describe('a sorted index', () => {
  test('walks a range in both directions, ends excluded', () => {
    const index = createSortedIndex<Key>()
    for (const one of [key(3, 'c'), key(1, 'a'), key(2, 'b'), key(2, 'a')]) index.insert(one)
    expect(index.take({ descending: false }, 10).map(({ id }) => id)).toEqual(['a', 'a', 'b', 'c'])
    expect(index.take({ above: key(2, 'a'), descending: false }, 1)).toEqual([key(2, 'b')])
    expect(index.take({ above: key(1, 'a'), below: key(3, 'c'), descending: true }, 10)).toEqual([
      key(2, 'b'),
      key(2, 'a'),
    ])
  })

  test('removes one item, and ignores a key that it does not have', () => {
    const index = createSortedIndex<Key>()
    index.insert(key(1, 'a'))
    index.remove(key(1, 'b'))
    expect(index.size).toBe(1)
    index.remove(key(1, 'a'))
    expect(index.size).toBe(0)
    expect(index.take({ descending: false }, 1)).toEqual([])
  })

  test('agrees with sorting a list, over thousands of inserts and removals', () => {
    const keys = fc.record({ lastUpdated: fc.integer({ min: 0, max: 400 }), id: fc.constantFrom('a', 'b', 'c', 'd') })
    const input = fc.record({
      inserts: fc.uniqueArray(keys, {
        selector: ({ lastUpdated, id }) => `${lastUpdated}${id}`,
        maxLength: 1500,
        minLength: 1,
      }),
      removeEvery: fc.integer({ min: 1, max: 5 }),
      from: keys,
      to: keys,
      descending: fc.boolean(),
    })
    fc.assert(
      fc.property(input, ({ inserts, removeEvery, from, to, descending }) => {
        const index = createSortedIndex<Key>()
        for (const one of inserts) index.insert(one)
        const removed = inserts.filter((_, at) => at % (removeEvery + 1) === 0)
        for (const one of removed) index.remove(one)
        const left = inserts.filter((one) => !removed.includes(one)).sort(compareKeys)
        const range: Range = { above: from, below: to, descending }
        const inside = left.filter((one) => compareKeys(one, from) > 0 && compareKeys(one, to) < 0)
        expect(index.count(range)).toBe(inside.length)
        expect(index.count({ descending })).toBe(left.length)
        const expected = (descending ? inside.reverse() : inside).slice(0, 20)
        expect(index.take(range, 20)).toEqual(expected)
        expect(index.size).toBe(left.length)
      }),
      { numRuns: 60, seed: 7357 },
    )
  })

  test('keeps its order across blocks', () => {
    const index = createSortedIndex<Key>()
    for (let n = 0; n < 5_000; n += 1) index.insert(key((n * 7919) % 5_003, 'x'))
    const all = index.take({ descending: false }, 10_000)
    expect(all).toHaveLength(5_000)
    expect(all.every((one, at) => at === 0 || compareKeys(all[at - 1] ?? one, one) < 0)).toBe(true)
  })
})
