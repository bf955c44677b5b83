import { describe, expect, test } from 'vitest'
import {
  decimal,
  int32,
  isBase64,
  isCode,
  isDate,
  isDateTime,
  isId,
  isInstant,
  isInt64Text,
  isTime,
} from './literals.ts'

/* What .NET 10 said of each, run with both versions of the library. */

describe('a dateTime', () => {
  test.each([
    ['2026-05-26T10:06:17.014+02:00', true],
    ['2026-05-26T10:06:17,014+02:00', true],
    ['2026-05-26T10:06:17:014+02:00', false],
    ['2026-05-26T10Z', true],
    ['2026-05-26T10:06:17', false],
    ['2026-05-26T10:06:17+14:01', false],
    ['2026-05-26\n', true],
    ['2026-05-26\n\n', false],
    ['2026Z', false],
    ['2024-02-30', false],
    ['0001-01-01T00:00:00+14:00', false],
    ['0001-01-01T01:00:00+01:00', true],
    ['0001-01-01T00:59:59.99999999+01:00', true],
    ['9999-12-31T23:59:59-14:00', false],
    ['9999-12-31T23:59:59.99999994Z', true],
    ['9999-12-31T23:59:59.99999999Z', false],
  ])('%j: %s', (value, expected) => {
    expect(isDateTime(value, 8)).toBe(expected)
  })

  test('has no comma before .NET 8', () => {
    expect(isDateTime('2026-05-26T10:06:17,014+02:00', 6)).toBe(false)
    expect([isTime('10:06:17,5', 6), isTime('10:06:17,5', 8), isTime('10:06:17Z', 8)]).toEqual([false, true, false])
  })

  test('is an instant for SDK 5 without an offset, too, and for SDK 6 only with seconds and offset', () => {
    const values = ['2026', '2026Z', '2026-05-26T10:06:17', '2026-05-26T10:06Z', '2026-05-26T10:06:17Z']
    expect(values.map((value) => isInstant(value, 8, 5))).toEqual([true, true, true, true, true])
    expect(values.map((value) => isInstant(value, 8, 6))).toEqual([false, false, false, false, true])
  })
})

test('a date is of the calendar, and may end with a line feed', () => {
  expect(['2026-02-28', '2026-02-28\n', '2026'].every(isDate)).toBe(true)
  expect(['2026-02-29', '0000', '2026-2-1', '2026-02-28Z', ' 2026'].some(isDate)).toBe(false)
})

test('codes have single blanks inside, and .NET’s white space is not that of JavaScript', () => {
  expect(['a b', 'a\n', '\ufeff', 'a\u200bb'].every(isCode)).toBe(true)
  expect(['', ' a', 'a ', 'a  b', 'a\tb', 'a\u0085b', 'a\u00a0b', '\n'].some(isCode)).toBe(false)
  expect(isId('a\n')).toBe(true)
})

describe('base64', () => {
  test.each([
    ['QUJD', [true, true, true]],
    ['QU JD\r\n', [true, false, true]],
    ['AB==', [false, true, true]],
    ['QQ', [false, false, false]],
    ['QU\u00a0JD', [false, false, false]],
  ])('%j for SDK 5 on .NET 8 and 6, and for SDK 6', (value, expected) => {
    expect([isBase64(value, 5, 8), isBase64(value, 5, 6), isBase64(value, 6, 6)]).toEqual(expected)
  })
})

describe('a decimal', () => {
  test.each([
    ['36.60', '36.60'],
    ['1e2', '100'],
    ['1E-3', '0.001'],
    ['-0', '0'],
    ['-0.0', '0.0'],
    ['1e-400', '0.0000000000000000000000000000'],
    ['50.0000000000000000000000000001', '50.000000000000000000000000000'],
    ['899999999999999999999999998.25', '899999999999999999999999998.2'],
    ['4692360018793255021672061878.45', '4692360018793255021672061878.5'],
    ['79228162514264337593543950335', '79228162514264337593543950335'],
    ['79228162514264337593543950336', undefined],
    ['1e400', undefined],
  ])('%s is kept as %s', (raw, kept) => {
    expect(decimal(raw)).toBe(kept)
  })

  test('of a million digits is read in one go', () => {
    expect(decimal(`0.${'1'.repeat(1_000_000)}`)).toBe('0.1111111111111111111111111111')
    expect(decimal('1'.repeat(1_000_000))).toBeUndefined()
  })
})

test('integers are plain, and within their bits', () => {
  expect(['-0', '2147483647', '-2147483648'].map(int32)).toEqual([0, 2147483647, -2147483648])
  expect(['1.0', '1e2', '2147483648'].map(int32)).toEqual([undefined, undefined, undefined])
  expect([' 1 ', '+1', '9223372036854775807'].every(isInt64Text)).toBe(true)
  expect(['9223372036854775808', '1.0', 'x', ''].some(isInt64Text)).toBe(false)
})
