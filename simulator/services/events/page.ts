import type { EventType } from '../../ground/event-types.ts'
import type { Assumptions } from '../../ground/settings/assumptions.ts'
import type { Search } from '../../rules/search/search.ts'
import { eventKey } from '../../state/collections.ts'
import type { EventQuery, EventStore } from '../../state/ports.ts'
import type { Key, Range, StoredEvent } from '../../state/records.ts'

/** Which page to read: the filters of the first page, and where the page before ended. */
export interface PageQuery {
  readonly type: EventType
  readonly municipality: string
  readonly search: Search
  readonly after?: Key
}

/** Who reads a page, and when (microseconds since the epoch). */
export interface Reader extends Pick<Assumptions, 'readMarkedBy' | 'readUpdatesLastUpdated' | 'searchTotal'> {
  readonly clientId: string
  readonly now: number
  /** The page has no more than these, though more are asked for; those that are left come next. */
  readonly atMost?: number
  /** Only asks how the page would be: nobody reads the events. */
  readonly peeks?: boolean
}

/** The events of one page, marked as read. */
export interface EventPage {
  readonly events: readonly StoredEvent[]
  /** Where the page ends, when there are more. Reading may move an event: this is where it stood in the search. */
  readonly end?: Key
  /** All matches over all pages, when the setting asks for them. */
  readonly total?: number
}

/** Reads one page. */
export async function readPage(events: EventStore, query: PageQuery, reader: Reader): Promise<EventPage> {
  const { count } = query.search
  const found = await events.page(queryOf(query, reader.now), count + 1)
  const { after: _after, ...whole } = query
  const total = reader.searchTotal ? { total: await events.count(queryOf(whole, reader.now)) } : {}
  const page = found.slice(0, Math.min(count, reader.atMost ?? count))
  const end = found.length > page.length ? endOf(page, found, query.search.descending) : undefined
  return {
    events: await Promise.all(page.map((event) => markRead(events, event, reader))),
    ...(end ? { end } : {}),
    ...total,
  }
}

/** Sorts after every id, so that a bound takes all events of its microsecond. */
const LAST_ID = '\uffff'

/** Sorts after every UUID, and can stand in a cursor. */
const AFTER_EACH_UUID = '~'

/** The key of the last record of a page; of a page without any, the one right before what was found. */
export function endOf(page: readonly Key[], [first]: readonly Key[], descending: boolean): Key | undefined {
  const last = page.at(-1)
  if (last) return { lastUpdated: last.lastUpdated, id: last.id }
  return first && { lastUpdated: first.lastUpdated, id: descending ? AFTER_EACH_UUID : '' }
}

/** The keys of a page. What is registered later lies in the future, and is not seen. */
export function rangeOf({ search, after }: Pick<PageQuery, 'search' | 'after'>, now: number): Range {
  const { descending } = search
  const above = search.above === undefined ? undefined : { lastUpdated: search.above, id: LAST_ID }
  const until = Math.min(search.below ?? Number.POSITIVE_INFINITY, now + 1)
  const from = descending ? above : (after ?? above)
  return {
    descending,
    ...(from === undefined ? {} : { above: from }),
    below: descending && after ? after : { lastUpdated: until, id: '' },
  }
}

function queryOf(query: PageQuery, now: number): EventQuery {
  const { type, municipality, search } = query
  const { acknowledged } = search.where
  const where = { type, municipality, ...(acknowledged === undefined ? {} : { acknowledged }) }
  return { where, ...rangeOf(query, now) }
}

/** The event as the page has it: as it was found, but for what reading changes. */
async function markRead(events: EventStore, event: StoredEvent, reader: Reader): Promise<StoredEvent> {
  if (reader.peeks) return event
  const own = reader.readMarkedBy === 'other-than-submitter' && reader.clientId === event.clientId
  // What was read once stays read, so there is nothing to ask for.
  if (event.read !== null || own) return event
  const read = await events.change(eventKey(event.type, event.id), (now, stamp) => {
    if (now.read !== null) return undefined
    return { read: stamp(), ...(reader.readUpdatesLastUpdated ? { lastUpdated: stamp() } : {}) }
  })
  return read ?? event
}
