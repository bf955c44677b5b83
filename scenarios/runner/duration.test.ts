import { expect, test } from 'vitest'
import { milliseconds } from './duration.ts'

test('a duration in milliseconds', () => {
  expect(['PT0.5S', 'PT10M', 'PT1H30M', 'P1DT1S'].map(milliseconds)).toEqual([500, 600_000, 5_400_000, 86_401_000])
  expect(() => milliseconds('10 minutes')).toThrow('10 minutes is no duration such as PT10M.')
})
