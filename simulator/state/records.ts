import type { EventKind } from '../rules/jft/event-kind.ts'
import type { EventType } from '../rules/jft/event-types.ts'

/** Where a record stands in the order of its list: by time first, then by id. */
export interface Key {
  /** Microseconds since the epoch. */
  readonly lastUpdated: number
  readonly id: string
}

/** A range of keys, both ends exclusive, and the direction to walk it in. */
export interface Range {
  readonly above?: Key
  readonly below?: Key
  readonly descending: boolean
}

/** What is known of an event before it is stored. */
export interface NewEvent {
  readonly id: string
  readonly type: EventType
  /** What it is about, by VKP's codes; the resource type where they do not say. */
  readonly kind: EventKind | EventType
  /** Organisation number of the municipality that the event belongs to. */
  readonly municipality: string
  readonly clientId: string
  readonly clientName?: string
  readonly sourceSystem?: string
  /** The resource's JSON text around the value of `meta.lastUpdated`, which is the only part that can change. */
  readonly textBefore: string
  readonly textAfter: string
}

/** One event. Times are microseconds since the epoch; `null`: has not happened. */
export interface StoredEvent extends NewEvent, Key {
  /** When JFT has processed it; in the future while registration is under way. */
  readonly registered: number
  readonly read: number | null
  readonly acknowledged: number | null
  readonly failed: number | null
}
