import type { Key, NewEvent, Range, StoredEvent } from './records.ts'

/**
 * What the services ask of the place where state is kept. Every port is asynchronous, small, and takes keys and functions,
 * never an object that somebody found earlier: whoever reads, decides and writes does it inside `change`.
 *
 * `subscribe` alone is synchronous: it is no state, but how this process learns that there is something new to read. Who
 * was away catches up by `since`.
 */

/** What records can be searched by: names and exact values. */
export type Facets = Readonly<Record<string, string | boolean>>

/** One kind of record that a service keeps: how it is stored, and which ordered lists there are of it. */
export interface Collection<N, R extends Key, W extends Facets> {
  /** What a record is found by, and what never changes. One that is added under the same key takes the other's place. */
  readonly keyOf: (record: N | R) => string
  /** The record as it is stored at `stamp`, in place of `before` where there was one. */
  readonly stored: (record: N, stamp: number, before: R | undefined) => R
  readonly facetsOf: (record: R) => Required<W>
  /** The combinations of facets that a query may name. Each is kept in the order of `lastUpdated`. */
  readonly indexes: readonly (readonly (keyof W & string)[])[]
  /** Characters that a record takes, beside what any record takes. */
  readonly sizeOf: (record: R) => number
}

/** Which records a page has. Bounds are exclusive. */
export interface ResourceQuery<W extends Facets> extends Range {
  /** Exact values, for one of the combinations that the collection has an index of. */
  readonly where: W
}

/** What may be changed of a record after it was stored. */
export type ResourceChange<R extends Key> = Partial<Omit<R, 'id'>>

/** A record as it was after its latest change. */
export interface Change<R> {
  /** Grows with each addition and change, in the order in which they took place. */
  readonly sequence: number
  readonly record: R
}

/**
 * The records of one kind in one sandbox. The store gives the stamps, so their order is the order in which records became
 * visible: a reader who goes on behind the last one that it has seen misses none.
 */
export interface ResourceStore<N, R extends Key, W extends Facets> {
  /** Stores a record, in place of one with the same key. `full`: it does not fit; nothing was stored, nothing is dropped. */
  add(record: N): Promise<R | 'full'>
  find(key: string): Promise<R | undefined>
  /** The first `limit` records of the query. Costs O(log n + page), whatever is stored. */
  page(query: ResourceQuery<W>, limit: number): Promise<readonly R[]>
  /** How many records the query has on all pages. */
  count(query: ResourceQuery<W>): Promise<number>
  /**
   * Changes a record as `change` says of what it is now; `undefined`: it stays. No other change comes between, and `change`
   * may be called again where one has: it decides, and does nothing else. `stamp` gives the time of the change, newer than
   * any before. Gives the record as it is then; `undefined`: there is none with that key.
   */
  change(key: string, change: (now: R, stamp: () => number) => ResourceChange<R> | undefined): Promise<R | undefined>
  /** Newest addition first: those after the first `skip`. */
  recent(limit: number, skip: number): Promise<readonly R[]>
  /** What was added or changed after `sequence`, each record once, as it is now. Ends with the newest change. */
  since(sequence: number): AsyncIterable<Change<R>>
  /** Stores records as they are, with the stamps that they have. False when they do not fit: those that do are stored. */
  load(records: readonly R[]): Promise<boolean>
  usage(): Promise<Usage>
  /** Calls the listener after each addition and change. Gives the way to unsubscribe. */
  subscribe(listener: (change: Change<R>) => void): () => void
}

/** How much room is taken. */
export interface Usage {
  readonly records: number
  readonly bytes: number
  readonly maxBytes: number
}

/** What events are searched by. `acknowledged`: only acknowledged events, only the others, or (absent) both. */
export type EventFilter = {
  readonly municipality: string
  readonly type: string
  readonly acknowledged?: boolean
}

export type EventQuery = ResourceQuery<EventFilter>

/** The events of one sandbox. Their keys are `Type/id`. */
export type EventStore = ResourceStore<EventSubmission, StoredEvent, EventFilter>

/** An event, and what becomes of it when it is stored. */
export interface EventSubmission extends NewEvent {
  /** Microseconds until JFT has processed it. */
  readonly delay: number
  /** Whether the processing fails. */
  readonly fails: boolean
}
