import type { RateCounter, ReplayCache } from '../ports.ts'
import { batched } from './batches.ts'
import type { WorldPlace } from './place.ts'
import { sqlText } from './text.ts'

/** What one world remembers at most; past that the oldest are forgotten, in the background. */
export const MOST_REPLAYS = 100_000
export const MOST_RATES = 10_000

/** Values that may be used once, whichever process is asked. */
export function createSqlReplays({ database, world }: WorldPlace): ReplayCache {
  type Asked = { readonly value: string; readonly now: number; readonly expires: number }
  const ask = batched(async (asked: readonly Asked[]) => {
    // One statement cannot write a row twice: of those that are asked for twice at once, the first is the one.
    const firsts = [...new Map([...asked].reverse().map((one) => [one.value, one])).values()]
    const rows = await database.later(
      `INSERT INTO jftsim.replay AS kept (world, value, expires, asked)
       SELECT $1::uuid, one.* FROM unnest($2::text[], $3::float8[], $4::float8[]) AS one (value, expires, asked)
       ORDER BY one.value
       ON CONFLICT (world, value) DO UPDATE SET expires = excluded.expires, asked = excluded.asked
         WHERE kept.expires < excluded.asked
       RETURNING value`,
      [world, firsts.map(({ value }) => value), firsts.map(({ expires }) => expires), firsts.map(({ now }) => now)],
    )
    const fresh = new Set(rows.map(({ value }) => String(value)))
    // `delete` tells whether it was still there: the first that asks has it.
    return asked.map(({ value }) => !fresh.delete(value))
  })
  return { seen: (value, now, expires) => ask({ value: sqlText(value), now, expires }) }
}

/** Counts requests, whichever process has them. */
export function createSqlRates({ database, world }: WorldPlace): RateCounter {
  const count = batched(async (windows: readonly string[]) => {
    const asked = new Map<string, number>()
    for (const name of windows) asked.set(name, (asked.get(name) ?? 0) + 1)
    const names = [...asked.keys()].sort()
    const rows = await database.later(
      `INSERT INTO jftsim.rate AS kept (world, name, requests)
       SELECT $1::uuid, one.name, one.requests FROM unnest($2::text[], $3::bigint[]) AS one (name, requests)
       ON CONFLICT (world, name) DO UPDATE SET requests = kept.requests + excluded.requests
       RETURNING name, requests`,
      [world, names, names.map((name) => asked.get(name) ?? 0)],
    )
    const next = new Map(
      rows.map(({ name, requests }) => [String(name), Number(requests) - (asked.get(String(name)) ?? 0)]),
    )
    return windows.map((name) => {
      const ordinal = (next.get(name) ?? 0) + 1
      next.set(name, ordinal)
      return ordinal
    })
  })
  return { count: (window) => count(sqlText(window)) }
}
