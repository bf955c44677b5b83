import { expect, test } from 'vitest'
import type { EventSummary } from './api.ts'
import { MINUTES, minutesOf, waitsOf } from './chart-data.ts'

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
