import type { EventSummary, ExchangeSummary, SearchPages } from '../shell/api.ts'

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

/** The searches that took so many pages; `to`: the most of them, `undefined` where there is no most. */
export interface PageBucket {
  readonly from: number
  readonly to: number | undefined
  /** Read to the last page. */
  readonly complete: number
  /** Not read further, though there was a `next` link. */
  readonly partial: number
}

/** The least pages of each bucket. */
const BUCKETS = [1, 2, 3, 4, 5, 6, 11, 21] as const

/** How many searches took how many pages. Buckets after the last that has any are left out. */
export function pagesPerSearch(searches: readonly SearchPages[]): readonly PageBucket[] {
  const buckets = BUCKETS.map((from, index) => {
    const next = BUCKETS[index + 1]
    const within = searches.filter(({ pages }) => pages >= from && (next === undefined || pages < next))
    const complete = within.filter((search) => search.complete).length
    return { from, to: next === undefined ? undefined : next - 1, complete, partial: within.length - complete }
  })
  return buckets.slice(0, buckets.findLastIndex(({ complete, partial }) => complete + partial > 0) + 1)
}
