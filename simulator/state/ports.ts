import type { SigningKeys } from '../ground/keys.ts'
import type { Fault, FaultOrder, Visit } from '../rules/faults/faults.ts'
import type { Exchange } from './exchange.ts'
import type { ExchangeFilter } from './exchange-filter.ts'
import type { HealthRecord, PersonChange } from './population.ts'
import type {
  Client,
  FaultChange,
  FaultState,
  Firing,
  JournalNote,
  Key,
  KeyRange,
  NewEvent,
  Passage,
  PatientFate,
  PatientVersion,
  Range,
  RegisterEntry,
  StoredEvent,
  StoredPatient,
  VkpRoute,
} from './records.ts'

/**
 * Where the state of one sandbox is kept. Every port is asynchronous, small, and takes keys and functions, never an object
 * that somebody found earlier: whoever reads, decides and writes does it in one call.
 *
 * Two things are synchronous, since they are not state but what this process knows of it: `subscribe` and `close`, by which
 * it learns that there is something new to read (who was away catches up by `since`), and `FaultStore.idle`.
 */
export interface State {
  readonly events: EventStore
  /** What PIT has of patients. */
  readonly patients: PatientStore
  readonly journal: Journal
  readonly clients: ClientRegister
  /** How VKP delivers, per municipality and vendor. */
  readonly routes: RouteTable
  /** Whose system may call VKP for which municipality. */
  readonly vkpRegister: VkpRegister
  readonly keys: SigningKeys
  /** `jti` values of proofs and assertions that were seen, per place of use. */
  readonly replays: ReplayCache
  readonly rates: RateCounter
  /** The synthetic persons that the EHR stand-in has as patients. */
  readonly population: Population
  /** What the EHR stand-in has journaled. */
  readonly notes: JournalNotes
  /** The simulated failures that were ordered, and how often each has fired. */
  readonly faults: FaultStore
}

/** What records can be searched by: names and exact values. */
export type Facets = Readonly<Record<string, string | boolean>>

/** One kind of record that a service keeps: how it is stored, and which ordered lists there are of it. */
export interface Collection<N, R extends Key, W extends Facets> {
  /** What a record is found by, and what never changes. One that is added under the same key takes the other's place. */
  readonly keyOf: (record: N | R) => string
  /** The record as it is stored at `stamp`, instead of `before` where there was one. */
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
 * visible: a reader who continues behind the last one that it has seen misses none.
 */
export interface ResourceStore<N, R extends Key, W extends Facets> {
  /** Stores a record, instead of one with the same key. `full`: it does not fit; nothing was stored, nothing is dropped. */
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

/** What patients are found by. `queued`: only those of whom a version waits to be processed, or only the others. */
export type PatientFilter = {
  readonly municipality: string
  readonly queued?: boolean
}

/** The patients of one sandbox, one record for a municipality and person. */
export type PatientStore = ResourceStore<PatientSubmission, StoredPatient, PatientFilter>

/** A version of a patient, and when PIT will have processed it. */
export interface PatientSubmission extends PatientVersion {
  /** Of the record, where there is none of this person yet. */
  readonly id: string
  readonly municipality: string
  readonly person: string
  /** Microseconds. */
  readonly delay: number
  /** What keeps it from ever being processed, whatever the delay. */
  readonly fate?: PatientFate | undefined
}

/** Which exchanges a list has. */
export interface JournalQuery extends ExchangeFilter {
  readonly limit: number
  /** Only those with a smaller sequence number. */
  readonly before?: number
}

/** A ring of exchanges that is bounded in bytes: the oldest are dropped, and counted. */
export interface Journal {
  /** The id for an exchange that begins now: `x1`, `x2`, … */
  open(): Promise<string>
  /**
   * Adds an exchange under the next sequence number, and tells the subscribers. Its texts may be made when they are read;
   * `characters` says how many its request and its response have, so that nobody has to read them to know.
   */
  record(exchange: Omit<Exchange, 'sequence'>, characters?: number): Promise<Exchange>
  /** Notes that the client ended its connection before it had the whole answer. Of what is not kept any more nothing. */
  noteUnheard(id: string): Promise<void>
  find(id: string): Promise<Exchange | undefined>
  /** Newest first. */
  list(query: JournalQuery): Promise<readonly Exchange[]>
  /** How many of the exchanges that are kept match. */
  count(filter: ExchangeFilter): Promise<number>
  /** Oldest first, those after `sequence`, up to the newest. */
  since(sequence: number): AsyncIterable<Exchange>
  usage(): Promise<JournalUsage>
  /** Tells each exchange from now on; `closed` is called when no more will come. Gives the way to unsubscribe. */
  subscribe(listener: (exchange: Exchange) => void, closed?: () => void): () => void
  /** Ends all subscriptions: the sandbox was reset or deleted. */
  close(): void
}

/** How much of the traffic is kept. */
export interface JournalUsage {
  readonly exchanges: number
  readonly bytes: number
  readonly dropped: number
  readonly maxBytes: number
}

/** The clients of one sandbox. */
export interface ClientRegister {
  find(clientId: string): Promise<Client | undefined>
  list(): Promise<readonly Client[]>
  /** Adds the client, or replaces the one with the same id. */
  put(client: Client): Promise<void>
}

/** The routes of one sandbox. */
export interface RouteTable {
  /** The row that fits best: a municipality counts for more than a vendor. Without any row: classic. */
  find(orgnr: string, vkpId: string): Promise<VkpRoute>
  list(): Promise<readonly VkpRoute[]>
  /** Replaces all rows. */
  replace(routes: readonly VkpRoute[]): Promise<void>
}

/** VKP's own register of one sandbox. */
export interface VkpRegister {
  find(orgnr: string, vkpId: string): Promise<RegisterEntry | undefined>
  /** Whether any system may call for the municipality. */
  knows(orgnr: string): Promise<boolean>
  list(): Promise<readonly RegisterEntry[]>
  /** Replaces all entries. */
  replace(entries: readonly RegisterEntry[]): Promise<void>
}

/** Remembers values that may be used once, for as long as they could be used again. Bounded in number. */
export interface ReplayCache {
  /** True when `value` was seen within its lifetime; otherwise remembers it until `expires` (milliseconds). */
  seen(value: string, now: number, expires: number): Promise<boolean>
}

/** Counts requests in the present window of each client. Bounded in number of windows. */
export interface RateCounter {
  /** Adds one to the window and returns its count. */
  count(window: string): Promise<number>
}

/** The synthetic persons of the simulator, as all know them at first. */
export interface Residents {
  find(identityNumber: string): Promise<HealthRecord | undefined>
  list(): Promise<readonly HealthRecord[]>
}

/** The persons of one sandbox, the same in every municipality. A few: everything is found by looking through. */
export interface Population extends Residents {
  /** Lets something happen to a person; `undefined`: nobody is there with that id, or not any more. */
  change(change: PersonChange): Promise<HealthRecord | undefined>
  /** What has happened, oldest first. */
  changes(): Promise<readonly PersonChange[]>
  /** Lets that have happened, and nothing else. */
  load(changes: readonly PersonChange[]): Promise<void>
}

/** The notes of all municipalities, bounded in characters: the oldest are dropped, and counted. */
export interface JournalNotes {
  add(note: JournalNote): Promise<void>
  find(municipality: string, id: string): Promise<JournalNote | undefined>
  /** Newest first. */
  list(municipality: string): Promise<readonly JournalNote[]>
  dropped(): Promise<number>
}

/** The faults of one sandbox, in the order in which they were added. Times are milliseconds of its clock. */
export interface FaultStore {
  /**
   * Whether nothing can fire, as far as this process knows: true only while no fault is active. It is asked before each
   * step of each request, and so it is not a promise; a store that others write to as well says false until it knows better.
   */
  readonly idle: boolean
  /** Puts a fault into the queue for `lifetime` milliseconds. `undefined`: there are as many as there may be. */
  add(order: FaultOrder, now: number, lifetime: number): Promise<Fault | undefined>
  find(id: string): Promise<Fault | undefined>
  /** Oldest first; those that ended are kept for a while. */
  list(): Promise<readonly Fault[]>
  /** Takes a fault away, active or not. False when there is none of that id. */
  remove(id: string): Promise<boolean>
  /** What fires where a request stands, in order of creation; it counts as fired. `passage` is the request's own. */
  fire(exchange: string, passage: Passage, visit: Visit, now: number): Promise<readonly Firing[]>
  /** Ends what has expired. */
  expire(now: number): Promise<void>
  keys(): Promise<KeyRange>
  /** Makes HelseID sign with a new key from now on. */
  rotateKeys(oldKey: 'kept' | 'withdrawn'): Promise<void>
  /** All that the store remembers. */
  dump(): Promise<FaultState>
  /** Remembers that instead. */
  load(state: FaultState): Promise<void>
  subscribe(listener: (change: FaultChange) => void): () => void
}
