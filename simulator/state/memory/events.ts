import type { EventKind } from '../../rules/jft/event-kind.ts'
import type { EventType } from '../../rules/jft/event-types.ts'
import { createSortedIndex, type Key, type Range, type SortedIndex } from './sorted.ts'

/** One event. Times are microseconds since the epoch; `null`: has not happened. */
export interface StoredEvent extends Key {
  readonly type: EventType
  /** What it is about, by VKP's codes; the resource type where they do not say. */
  readonly kind: EventKind | EventType
  /** Organisation number of the municipality that the event belongs to. */
  readonly municipality: string
  /** When JFT has processed it; in the future while registration is under way. */
  readonly registered: number
  readonly read: number | null
  readonly acknowledged: number | null
  readonly failed: number | null
  readonly clientId: string
  readonly clientName?: string
  readonly sourceSystem?: string
  /** The resource's JSON text around the value of `meta.lastUpdated`, which is the only part that can change. */
  readonly textBefore: string
  readonly textAfter: string
}

/** Which events a page has. Bounds are exclusive. */
export interface EventQuery extends Range {
  readonly type: EventType
  readonly municipality: string
  /** Only acknowledged events, only the others, or (absent) both. */
  readonly acknowledged?: boolean
}

/** A change to an event after it was stored. */
export type EventChange = Partial<Pick<StoredEvent, 'read' | 'acknowledged' | 'failed' | 'lastUpdated'>>

/** The events of one sandbox. A page costs O(log n + page), whatever is stored. */
export interface EventStore {
  /** False when the event does not fit into memory any more: nothing was stored, nothing is dropped. */
  add(event: StoredEvent): boolean
  find(type: string, id: string): StoredEvent | undefined
  /** The first `limit` events of the query. */
  page(query: EventQuery, limit: number): readonly StoredEvent[]
  /** Stores the change and returns the event as it is now. */
  change(event: StoredEvent, change: EventChange): StoredEvent
  /** Every event, oldest submission first. */
  all(): readonly StoredEvent[]
  /** Newest submission first, for the dashboard: those after the first `skip`. */
  recent(limit: number, skip: number): readonly StoredEvent[]
  /** Calls the listener after each addition and change. */
  subscribe(listener: (event: StoredEvent) => void): () => void
  clear(): void
  readonly usage: { readonly events: number; readonly bytes: number; readonly maxBytes: number }
}

/** What an event costs beside its text: the object, its ids, three places in indexes. */
const OVERHEAD = 600

/** Creates an empty store that takes about `maxBytes` of events. */
export function createEventStore(maxBytes: number): EventStore {
  const byId = new Map<string, StoredEvent>()
  const order: string[] = []
  const indexes = new Map<string, SortedIndex<StoredEvent>>()
  const listeners = new Set<(event: StoredEvent) => void>()
  let bytes = 0

  const index = (name: string) => {
    const known = indexes.get(name)
    if (known) return known
    const created = createSortedIndex<StoredEvent>()
    indexes.set(name, created)
    return created
  }
  const tell = (event: StoredEvent) => {
    for (const listener of listeners) listener(event)
  }
  const insert = (event: StoredEvent) => {
    byId.set(event.id, event)
    for (const name of indexNames(event)) index(name).insert(event)
  }
  return {
    add(event) {
      const size = OVERHEAD + event.textBefore.length + event.textAfter.length
      if (bytes + size > maxBytes) return false
      bytes += size
      order.push(event.id)
      insert(event)
      tell(event)
      return true
    },
    find(type, id) {
      const event = byId.get(id)
      return event?.type === type ? event : undefined
    },
    page: (query, limit) => index(indexName(query, query.acknowledged)).take(query, limit),
    change(event, change) {
      const changed = { ...event, ...change }
      for (const name of indexNames(event)) index(name).remove(event)
      insert(changed)
      tell(changed)
      return changed
    },
    all: () => order.flatMap((id) => byId.get(id) ?? []),
    recent(limit, skip) {
      const end = Math.max(order.length - skip, 0)
      const ids = order.slice(Math.max(end - limit, 0), end).reverse()
      return ids.flatMap((id) => byId.get(id) ?? [])
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    clear() {
      byId.clear()
      order.length = 0
      indexes.clear()
      bytes = 0
    },
    get usage() {
      return { events: byId.size, bytes, maxBytes }
    },
  }
}

type Owner = Pick<StoredEvent, 'type' | 'municipality'>

function indexName({ municipality, type }: Owner, acknowledged?: boolean): string {
  const filter = acknowledged === undefined ? 'all' : acknowledged ? 'acknowledged' : 'open'
  return `${municipality}/${type}/${filter}`
}

function indexNames(event: StoredEvent): string[] {
  return [indexName(event), indexName(event, event.acknowledged !== null)]
}
