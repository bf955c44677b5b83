import { describe, expect, test } from 'vitest'
import type { EventList, EventSummary, ExchangeSummary } from './api.ts'
import { appendEvents, appendExchanges, mergeEvents, mergeExchanges } from './merge.ts'

const event = (id: string, change: Partial<EventSummary> = {}): EventSummary => ({
  id,
  type: 'Composition',
  kind: 'note',
  municipality: '313231593',
  clientId: 'c',
  clientName: null,
  sourceSystem: null,
  lastUpdated: '2026-11-22T10:00:00.000000Z',
  registered: '2026-11-22T10:00:00.000000Z',
  read: null,
  acknowledged: null,
  failed: null,
  ...change,
})

const listOf = (...events: EventSummary[]): EventList => ({
  matching: events.length,
  events,
  usage: { events: events.length, bytes: 100, maxBytes: 1_000 },
})

const exchange = (sequence: number): ExchangeSummary => ({
  sequence,
  id: `x${sequence}`,
  surface: 'jft-write',
  time: '2026-11-22T10:00:00.000Z',
  milliseconds: 1,
  method: 'POST',
  url: 'http://localhost:7357/write/v1/Composition',
  status: 400,
  clientName: null,
  municipality: null,
  event: null,
  parent: null,
  steps: [],
  issues: [],
  warnings: [],
  injected: [],
})

describe('mergeEvents', () => {
  test('new events come first, the newest on top', () => {
    const merged = mergeEvents([event('b'), event('c')])(listOf(event('a')))
    expect(merged?.events.map(({ id }) => id)).toEqual(['c', 'b', 'a'])
    expect(merged?.usage.events).toBe(3)
  })

  test('a changed event stays in its place, with its last state', () => {
    const read = '2026-11-22T10:01:00.000000Z'
    const acknowledged = '2026-11-22T10:02:00.000000Z'
    const changes = [event('a', { read }), event('a', { read, acknowledged })]
    const merged = mergeEvents(changes)(listOf(event('b'), event('a')))
    expect(merged?.events).toEqual([event('b'), event('a', { read, acknowledged })])
    expect(merged?.usage.events).toBe(2)
  })

  test('a change behind the end of the list adds nothing', () => {
    const old = event('old', { read: '2026-11-22T10:01:00.000000Z' })
    expect(mergeEvents([old])(listOf(event('a')))).toEqual(listOf(event('a')))
  })

  test('a list that was never read stays unread', () => {
    expect(mergeEvents([event('a')])(undefined)).toBeUndefined()
  })
})

describe('mergeExchanges', () => {
  test('newest first, none twice', () => {
    const merged = mergeExchanges([exchange(2), exchange(3), exchange(4)])([exchange(2), exchange(1)])
    expect(merged?.map(({ sequence }) => sequence)).toEqual([4, 3, 2, 1])
  })

  test('nothing new leaves the list itself', () => {
    const list = [exchange(1)]
    expect(mergeExchanges([exchange(1)])(list)).toBe(list)
    expect(mergeExchanges([])(list)).toBe(list)
  })
})

describe('older rows', () => {
  test('events are put at the end, none twice', () => {
    const older = { ...listOf(event('a'), event('old')), usage: { events: 3, bytes: 1, maxBytes: 2 } }
    const list = appendEvents(older)(listOf(event('b'), event('a')))
    expect(list?.events.map(({ id }) => id)).toEqual(['b', 'a', 'old'])
    expect(list?.usage.events).toBe(3)
  })

  test('exchanges are put at the end, none twice', () => {
    const list = appendExchanges([exchange(3), exchange(2)])([exchange(4), exchange(3)])
    expect(list?.map(({ sequence }) => sequence)).toEqual([4, 3, 2])
  })
})
