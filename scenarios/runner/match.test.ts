import { describe, expect, test } from 'vitest'
import type { Matcher } from '../pack/step.ts'
import { mismatch } from './match.ts'

describe('values are as a matcher wants them', () => {
  test.each<[readonly unknown[], Matcher]>([
    [['a'], 'a'],
    [[5], 5],
    [[true], true],
    [[], null],
    [
      ['a', 'b'],
      ['a', 'b'],
    ],
    [[], []],
    [[{ a: 1, b: 2 }], [{ b: 2, a: 1 }]],
    [['note-1', 'note-2'], { matches: '^note-\\d$' }],
    [['a'], { not: 'b' }],
    [['a'], { exists: true }],
    [[], { exists: false }],
    [['a', 'a'], { count: 2 }],
    [['a', 'b'], { unique: true, count: 2 }],
    [['a', 'b', 'c'], { includes: ['c', 'a'], excludes: ['d'] }],
    [['a'], { 'one-of': ['a', 'b'] }],
    [['b', 'a'], { 'same-set': ['a', 'b'] }],
    [[5], { 'at-least': 5, 'at-most': 5 }],
  ])('%j: %j', (values, matcher) => {
    expect(mismatch(values, matcher)).toBeUndefined()
  })
})

describe('values are not as a matcher wants them, and it says what it wanted', () => {
  test.each<[readonly unknown[], Matcher, unknown, unknown]>([
    [['a'], 'b', 'b', 'a'],
    [[], 'b', 'b', null],
    [['5'], 5, 5, '5'],
    [
      ['b', 'a'],
      ['a', 'b'],
      ['a', 'b'],
      ['b', 'a'],
    ],
    [['a'], null, null, 'a'],
    [[], { matches: 'a' }, 'matches a', null],
    [['a', 'b'], { matches: 'a' }, 'matches a', ['a', 'b']],
    [['a'], { not: 'a' }, { not: 'a' }, 'a'],
    [[], { exists: true }, 'a value', null],
    [['a'], { count: 2 }, '2 values', '1 values'],
    [['a', 'b', 'a'], { unique: true }, 'no value twice', ['a']],
    [['a'], { includes: ['b'] }, { includes: ['b'] }, ['a']],
    [['a'], { excludes: ['a'] }, { excludes: ['a'] }, ['a']],
    [['c'], { 'one-of': ['a', 'b'] }, { 'one-of': ['a', 'b'] }, 'c'],
    [['a', 'a'], { 'same-set': ['a'] }, ['a'], ['a', 'a']],
    [[4], { 'at-least': 5 }, 'at least 5', 4],
    [[], { 'at-most': 5 }, 'at most 5', null],
  ])('%j: %j', (values, matcher, expected, actual) => {
    expect(mismatch(values, matcher)).toEqual({ expected, actual })
  })
})
