import { expect, test } from 'vitest'
import type { EventSummary, SearchPages } from '../shell/api.ts'
import { MINUTES, minutesOf, pagesPerSearch, waitsOf } from './chart-data.ts'

const event = (registered: string, acknowledged: string | null = null): EventSummary => ({
  id: registered,
  type: 'Composition',
  kind: 'note',
  municipality: '313231593',
  clientId: 'c',
  clientName: null,
  sourceSystem: null,
  lastUpdated: registered,
  registered,
  read: null,
  acknowledged,
  failed: null,
})

test('each of the last minutes has its count, those before have none', () => {
  const events = ['10:01:00', '10:00:50', '10:00:10', '09:00:00'].map((time) => event(`2026-11-22T${time}Z`))
  const minutes = minutesOf(events, [], Date.parse('2026-11-22T10:01:59Z'))
  expect(minutes).toHaveLength(MINUTES)
  expect(minutes.slice(-2).map((minute) => minute.events)).toEqual([2, 1])
  expect(minutes.reduce((sum, minute) => sum + minute.events, 0)).toBe(3)
})

test('waits are in seconds, ascending; what is not acknowledged is open', () => {
  const events = [
    event('2026-11-22T10:00:00Z', '2026-11-22T10:00:09Z'),
    event('2026-11-22T10:00:00Z', '2026-11-22T10:00:00.500Z'),
    event('2026-11-22T10:00:00Z'),
  ]
  expect(waitsOf(events)).toEqual({ seconds: [0.5, 9], open: 1 })
})

test('searches are counted by their pages, those that were not read to the end apart', () => {
  const search = (pages: number, complete = true): SearchPages => ({
    exchange: 'x1',
    time: '2026-11-22T10:00:00Z',
    url: '/v1/Bundle',
    client: null,
    municipality: null,
    pages,
    complete,
  })
  expect(pagesPerSearch([])).toEqual([])
  const buckets = pagesPerSearch([search(1), search(1), search(2, false), search(6), search(10, false)])
  expect(buckets).toHaveLength(6)
  expect(buckets.filter(({ complete, partial }) => complete + partial > 0)).toEqual([
    { from: 1, to: 1, complete: 2, partial: 0 },
    { from: 2, to: 2, complete: 0, partial: 1 },
    { from: 6, to: 10, complete: 1, partial: 1 },
  ])
  expect(pagesPerSearch([search(400)]).at(-1)).toEqual({ from: 21, to: undefined, complete: 1, partial: 0 })
})
