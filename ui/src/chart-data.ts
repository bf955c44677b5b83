import type { EventSummary, ExchangeSummary } from './api.ts'

/** How many minutes the chart shows. */
export const MINUTES = 30
const MINUTE = 60_000

/** What happened in one minute; `start`: milliseconds since the epoch. */
export interface Minute {
  readonly start: number
  readonly events: number
  readonly refused: number
}

/** Events and refusals, each newest first, in each of the last minutes up to `now` (milliseconds), the oldest minute first. */
export function minutesOf(
  events: readonly EventSummary[],
  refused: readonly ExchangeSummary[],
  now: number,
): readonly Minute[] {
  const first = Math.floor(now / MINUTE) - MINUTES + 1
  const counts = {
    events: countByMinute(events, first, ({ registered, lastUpdated }) => registered ?? lastUpdated),
    refused: countByMinute(refused, first, ({ time }) => time),
  }
  return Array.from({ length: MINUTES }, (_, index) => {
    const minute = first + index
    return { start: minute * MINUTE, events: counts.events.get(minute) ?? 0, refused: counts.refused.get(minute) ?? 0 }
  })
}

function countByMinute<T>(rows: readonly T[], first: number, timeOf: (row: T) => string): ReadonlyMap<number, number> {
  const counts = new Map<number, number>()
  for (const row of rows) {
    const minute = Math.floor(Date.parse(timeOf(row)) / MINUTE)
    if (minute < first) break
    counts.set(minute, (counts.get(minute) ?? 0) + 1)
  }
  return counts
}

/** Seconds from registered to acknowledged, of those that are, ascending; and how many still wait. */
export function waitsOf(events: readonly EventSummary[]): {
  readonly seconds: readonly number[]
  readonly open: number
} {
  const seconds = events.flatMap(({ registered, acknowledged }) =>
    registered === null || acknowledged === null ? [] : [(Date.parse(acknowledged) - Date.parse(registered)) / 1000],
  )
  return { seconds: seconds.sort((one, other) => one - other), open: events.length - seconds.length }
}
