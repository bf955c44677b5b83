import { type Answer, json } from '../../http/answer.ts'
import type { Context } from '../../http/context.ts'
import { readNumbers } from '../../http/parameters.ts'
import type { StoredEvent } from '../../state/records.ts'
import { foundEvents, readSearch } from './find.ts'
import { EVENT_FIELDS } from './searchable.ts'
import { eventSummary } from './stream.ts'
import type { EventList } from './types.ts'

/** `GET /_sim/events`: newest submission first; the search `q` narrows it. */
export async function listEvents(ctx: Context): Promise<Answer> {
  const page = readNumbers(ctx, { limit: 100, skip: 0 }, ['q'])
  const { events } = ctx.world.state
  const now = ctx.world.time.clock.micros()
  const { records, ...usage } = await events.usage()
  const { found, matching = records } = await pageOf(ctx, Math.min(page.limit, 1_000), page.skip, now)
  const list = found.map((event) => eventSummary(event, now))
  return json(200, { events: list, matching, usage: { events: records, ...usage } } satisfies EventList)
}

interface Page {
  readonly found: readonly StoredEvent[]
  /** Absent where nothing is looked for. */
  readonly matching?: number
}

async function pageOf(ctx: Context, limit: number, skip: number, now: number): Promise<Page> {
  const { events } = ctx.world.state
  const clauses = readSearch(ctx, EVENT_FIELDS)
  if (clauses.length === 0) return { found: await events.recent(limit, skip) }
  const found: StoredEvent[] = []
  let matching = 0
  for await (const event of foundEvents(events, clauses, now)) {
    if (matching >= skip && found.length < limit) found.push(event)
    matching += 1
  }
  return { found, matching }
}
