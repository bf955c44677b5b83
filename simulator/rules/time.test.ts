import { describe, expect, test } from 'vitest'
import { parseTime } from './time.ts'

const micros = (text: string) => Date.parse(text) * 1000

describe('a written time', () => {
  test('covers what its precision covers', () => {
    const noon = micros('2026-01-01T12:00:00Z')
    expect(parseTime('2026-01-01T12:00Z')).toEqual({ from: noon, until: noon + 60_000_000, hasMinutes: true })
    expect(parseTime('2026-01-01T12:00:00Z')).toEqual({ from: noon, until: noon + 1_000_000, hasMinutes: true })
    expect(parseTime('2026-01-01T12:00:00.01493Z')).toEqual({
      from: noon + 14_930,
      until: noon + 14_931,
      hasMinutes: true,
    })
    expect(parseTime('2026-01-01')).toEqual({
      from: micros('2026-01-01'),
      until: micros('2026-01-02'),
      hasMinutes: false,
    })
  })

  test('has an offset', () => {
    expect(parseTime('2026-01-01T12:00+01:00')?.from).toBe(micros('2026-01-01T11:00:00Z'))
    expect(parseTime('2026-01-01T12:00-05:30')?.from).toBe(micros('2026-01-01T17:30:00Z'))
  })

  test.each([
    '2026-02-29T12:00Z',
    '2026-01-01T24:00Z',
    '2026-01-01T12:60Z',
    '2026-01-01T12:00+15:00',
    '2026',
    'now',
    '',
  ])('%s is none', (text) => expect(parseTime(text)).toBeUndefined())
})
