import { afterEach, describe, expect, test, vi } from 'vitest'
import { noteFactory } from '../../../fixtures/index.ts'
import { Path } from './path.ts'
import { validateStrict } from './strict.ts'
import { Findings } from './strict-findings.ts'
import { Places } from './strict-places.ts'
import { Path5 } from './strict5-path.ts'

/*
 * What is only counted costs nothing that is only told: beyond the limit no place is spelled, no message is placed, and no
 * value keeps a map. Calls are counted, and no time is taken.
 */

afterEach(() => vi.restoreAllMocks())

const many = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value)
const note = (members: object) => JSON.stringify({ ...noteFactory.build(), ...members })

const FAULTS: Readonly<Record<string, (count: number) => string>> = {
  'numbers for objects': (count) => note({ extension: many(count, 1) }),
  'empty strings': (count) => note({ category: many(count, '') }),
  'empty objects': (count) => note({ author: many(count, {}) }),
  'extensions without a value': (count) => note({ extension: many(count, { url: '', valueString: '' }) }),
  'names that nobody knows': (count) => note(Object.fromEntries(many(count, 0).map((_, at) => [`x${at}`, 1]))),
  'codes that nobody knows': (count) =>
    note({ section: many(count, { title: 'x', mode: 'snap', text: { div: 'x' } }) }),
  'times without an offset': (count) =>
    note({ author: many(count, { identifier: { period: { start: '2026-01-01T08:00:00' } } }) }),
  'a name again and again': (count) => note({}).replace('{', `{${'"status":"final",'.repeat(count)}`),
}

/** How often paths are printed, places counted, and findings kept, of a text with so many faults. */
function workOf(text: string) {
  const spies = [
    vi.spyOn(Path5.prototype, 'toString'),
    vi.spyOn(Places.prototype, 'of'),
    vi.spyOn(Findings.prototype, 'add'),
  ]
  const { issues, more = 0 } = validateStrict(text)
  const calls = spies.map(({ mock }) => mock.calls.length)
  vi.restoreAllMocks()
  return { found: issues.length + more, told: issues.length, calls }
}

describe('the work of telling does not grow with what is only counted', () => {
  test.each(Object.entries(FAULTS))('%s', (_name, make) => {
    const [some, lots] = [workOf(make(2_000)), workOf(make(8_000))]
    expect(lots.found).toBeGreaterThan(some.found * 3)
    expect([some.told, lots.told]).toEqual([1_000, 1_000])
    expect(lots.calls).toEqual(some.calls)
  })
})

test('a value keeps no map of its parts', () => {
  let made = 0
  class CountedMap<K, V> extends Map<K, V> {
    constructor(entries?: Iterable<readonly [K, V]> | null) {
      super(entries)
      made++
    }
  }
  const madeFor = (given: number): number => {
    const text = JSON.stringify({ resourceType: 'Patient', name: [{ given: many(given, 'x') }], x: 1 })
    made = 0
    validateStrict(text)
    return made
  }
  validateStrict(note({ x: 1 }))
  vi.stubGlobal('Map', CountedMap)
  try {
    expect(madeFor(1_000)).toBeGreaterThan(0)
    expect(madeFor(4_000)).toBe(madeFor(1_000))
  } finally {
    vi.unstubAllGlobals()
  }
})

test('a place is spelled when it is told', () => {
  const spelled = vi.spyOn(new Path().place.constructor.prototype as { pointer(): string }, 'pointer')
  validateStrict(note({ extension: many(5_000, 1) }))
  const once = spelled.mock.calls.length
  spelled.mockClear()
  validateStrict(note({ extension: many(20_000, 1) }))
  expect(spelled.mock.calls.length).toBe(once)
  expect(once).toBeGreaterThan(1_000)
})
