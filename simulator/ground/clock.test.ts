import { describe, expect, test } from 'vitest'
import { createClock, formatSeconds, formatStamp } from './clock.ts'

describe('a clock', () => {
  test('gives stamps that only grow, even when the time stands still', () => {
    const clock = createClock(() => 1_000)
    expect([clock.stamp(), clock.stamp(), clock.stamp()]).toEqual([1_000_000, 1_000_001, 1_000_002])
    expect(clock.micros()).toBe(1_000_002)
  })

  test('can be frozen, moved and set', () => {
    let wall = 5_000
    const clock = createClock(() => wall)
    clock.freeze()
    wall += 1_000
    expect(clock.now()).toBe(5_000)
    clock.advance(250)
    expect(clock.now()).toBe(5_250)
    clock.freeze(9_000)
    expect(clock.now()).toBe(9_000)
    clock.resume()
    expect(clock.now()).toBe(6_000)
  })

  test('runs at any pace from where it stands', () => {
    let wall = 0
    const clock = createClock(() => wall)
    clock.run(60, 1_000)
    wall += 1_000
    expect(clock.now()).toBe(61_000)
    clock.run(1)
    wall += 1_000
    expect(clock.now()).toBe(62_000)
  })

  test('goes on from a state, and never behind a stamp that was given out', () => {
    const clock = createClock(() => 1_000)
    clock.freeze(2_000)
    const stamp = clock.stamp()
    const copy = createClock(() => 50_000, clock.state)
    expect(copy.now()).toBe(2_000)
    copy.freeze(0)
    expect(copy.stamp()).toBeGreaterThan(stamp)
  })
})

test('a stamp has no trailing zeros', () => {
  const seconds = Date.UTC(2026, 4, 26, 10, 6, 17) * 1000
  expect(formatStamp(seconds + 14_930)).toBe('2026-05-26T10:06:17.01493+00:00')
  expect(formatStamp(seconds)).toBe('2026-05-26T10:06:17+00:00')
  expect(formatSeconds(seconds + 999_999)).toBe('2026-05-26T10:06:17+00:00')
})
