import { expect, test } from 'vitest'
import { duration, milliseconds } from './duration.ts'

test('a duration in milliseconds', () => {
  expect(['PT0.5S', 'PT10M', 'PT1H30M', 'P1DT1S'].map(milliseconds)).toEqual([500, 600_000, 5_400_000, 86_401_000])
  expect(['PT0.5S', 90, 'P1D'].map((one) => duration.parse(one))).toEqual([500, 90, 86_400_000])
})

test.each(['10 minutes', 'P', 'PT', 'P1DT', 'PT1', 'P1M', ''])('%j is not one', (text) => {
  expect(() => milliseconds(text)).toThrow(`${text} is not a duration such as PT10M.`)
  expect(duration.safeParse(text).error?.issues[0]?.message).toBe('must be a duration such as PT10M, or milliseconds')
})
