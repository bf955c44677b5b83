import { expect, test } from 'vitest'
import { closingLines, sum, withReason } from './tally.mjs'

test('a run ends with one line for all its tests', () => {
  const unit = { passed: 40, failed: 1, skipped: [] }
  const browser = { passed: 2, failed: 0, skipped: [] }
  expect(closingLines(sum([unit, browser]))).toEqual(['42 passed, 1 failed'])
})

test('skipped tests are named, with the reason, on a line of their own', () => {
  const skipped = ['todo', withReason('samples', '../shared is absent')]
  expect(closingLines({ passed: 2, failed: 0, skipped })).toEqual([
    '2 skipped: todo; samples (../shared is absent)',
    '2 passed, 0 failed',
  ])
})
