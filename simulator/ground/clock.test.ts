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

  test('continues from a state, and never behind a stamp that was given out', () => {
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

describe('a clock that goes back', () => {
  const HOUR = 3_600_000

  test('is back, and stamps continue behind the newest, whichever way it goes', () => {
    const ways: readonly ((clock: ReturnType<typeof createClock>) => void)[] = [
      (clock) => clock.freeze(1_000),
      (clock) => clock.run(1, 1_000),
      (clock) => clock.run(60, 1_000),
      (clock) => clock.resume(),
      (clock) => clock.advance(-HOUR),
    ]
    for (const goBack of ways) {
      const clock = createClock(() => 1_000)
      clock.freeze(1_000 + HOUR)
      const newest = clock.stamp()
      goBack(clock)
      expect(clock.now()).toBe(1_000)
      expect([clock.stamp(), clock.stamp()]).toEqual([newest + 1, newest + 2])
      expect(clock.micros()).toBeGreaterThanOrEqual(newest)
    }
  })

  test('of the machine does not stop the world: now runs, and what waits is registered', () => {
    let wall = 10 * HOUR
    const clock = createClock(() => wall)
    const registered = clock.stamp() + 5_000_000
    wall -= HOUR
    expect(clock.now()).toBe(9 * HOUR)
    wall += 4_000
    expect(clock.now()).toBe(9 * HOUR + 4_000)
    expect(clock.micros()).toBeLessThan(registered)
    wall += 20_000
    expect(clock.micros()).toBeGreaterThanOrEqual(registered)
  })

  test('has stamps that agree with it again once it has caught up', () => {
    let wall = 10 * HOUR
    const clock = createClock(() => wall)
    clock.stamp()
    wall -= HOUR
    for (let n = 0; n < 200; n += 1) {
      wall += 60_000
      clock.stamp()
    }
    expect(clock.stamp()).toBe(wall * 1000 + 1)
  })

  test('nothing has a stamp after it: then there is nothing to keep', () => {
    const clock = createClock(() => 10 * HOUR)
    clock.freeze(HOUR)
    expect([clock.now(), clock.micros(), clock.stamp()]).toEqual([HOUR, HOUR * 1000, HOUR * 1000])
  })

  test('micros and stamps never fall, whatever is done', () => {
    let wall = 0
    const clock = createClock(() => wall)
    let last = 0
    let random = 7
    const next = (below: number) => {
      random = (random * 48_271) % 2_147_483_647
      return random % below
    }
    for (let n = 0; n < 5_000; n += 1) {
      wall += next(2_000) - 900
      const way = next(12)
      if (way === 0) clock.freeze(next(10_000_000))
      if (way === 1) clock.run(1 + next(9), next(10_000_000))
      if (way === 2) clock.resume()
      if (way === 3) clock.advance(next(100_000) - 50_000)
      const stamp = clock.stamp()
      expect(stamp).toBeGreaterThan(last)
      expect(clock.micros()).toBeGreaterThanOrEqual(stamp)
      last = stamp
    }
  })
})
