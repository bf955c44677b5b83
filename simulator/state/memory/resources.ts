import type { Change, Collection, Facets, ResourceQuery, ResourceStore } from '../ports.ts'
import type { Key } from '../records.ts'
import { createListeners } from './listeners.ts'
import { createSortedIndex, type SortedIndex } from './sorted.ts'

/** What a record costs besides its text: the object, its ids, its places in indexes. */
const OVERHEAD = 700

/** How much a store takes, and where its stamps come from. */
export interface StoreOptions {
  readonly maxBytes: number
  /** Microseconds since the epoch, larger with each call. */
  readonly stamp: () => number
}

/** A record, and the sequence of its latest change. */
interface Entry<R> {
  record: R
  sequence: number
}

/**
 * Creates an empty store in memory. What it does it does in one go, without letting anybody else in, so that a page, a
 * change and a stamp are each of one moment.
 */
export function createResourceStore<N, R extends Key, W extends Facets>(
  collection: Collection<N, R, W>,
  { maxBytes, stamp }: StoreOptions,
): ResourceStore<N, R, W> {
  const records = createRecords(collection, maxBytes)
  const { order, lists, changes } = records
  return {
    async add(sent) {
      const before = records.get(collection.keyOf(sent))
      const record = collection.stored(sent, stamp(), before?.record)
      return records.put(record) ? record : 'full'
    },
    find: async (key) => records.get(key)?.record,
    page: async (query, limit) => lists.of(query).take(query, limit),
    count: async (query) => lists.of(query).count(query),
    async change(key, change) {
      const entry = records.get(key)
      const changed = entry && change(entry.record, once(stamp))
      if (entry && changed) records.replace(entry, { ...entry.record, ...changed })
      return entry?.record
    },
    async recent(limit, skip) {
      const end = Math.max(order.length - skip, 0)
      const newest = order.slice(Math.max(end - limit, 0), end).reverse()
      return newest.map(({ record }) => record)
    },
    since: (sequence) => changes.since(sequence),
    load: async (list) => list.map(records.put).every(Boolean),
    usage: async () => records.usage(),
    subscribe: (listener) => changes.subscribe(listener),
  }
}

/** All records of a collection, with their places in its lists. */
function createRecords<N, R extends Key, W extends Facets>(collection: Collection<N, R, W>, maxBytes: number) {
  const byKey = new Map<string, Entry<R>>()
  /** Oldest addition first. */
  const order: Entry<R>[] = []
  const lists = createLists(collection)
  const changes = createChanges<R>()
  let bytes = 0
  const sizeOf = (record: R) => OVERHEAD + collection.sizeOf(record)
  return {
    order,
    lists,
    changes,
    get: (key: string) => byKey.get(key),
    /** False when it does not fit. */
    put(record: R): boolean {
      const key = collection.keyOf(record)
      const before = byKey.get(key)
      const more = sizeOf(record) - (before ? sizeOf(before.record) : 0)
      if (bytes + more > maxBytes) return false
      bytes += more
      if (before) {
        lists.remove(before.record)
        order.splice(order.indexOf(before), 1)
      }
      const entry = Object.assign(before ?? { sequence: 0 }, { record })
      byKey.set(key, entry)
      order.push(entry)
      lists.insert(record)
      changes.add(entry)
      return true
    },
    replace(entry: Entry<R>, record: R): void {
      bytes += sizeOf(record) - sizeOf(entry.record)
      lists.remove(entry.record)
      entry.record = record
      lists.insert(record)
      changes.add(entry)
    },
    usage: () => ({ records: byKey.size, bytes, maxBytes }),
  }
}

function once(stamp: () => number): () => number {
  let taken: number | undefined
  return () => {
    taken ??= stamp()
    return taken
  }
}

type Indexed<R extends Key, W extends Facets> = Pick<Collection<never, R, W>, 'facetsOf' | 'indexes'>

/** The ordered lists of a collection: one for each index and each value of its facets. */
function createLists<R extends Key, W extends Facets>({ facetsOf, indexes }: Indexed<R, W>) {
  const lists = new Map<string, SortedIndex<R>>()
  const nameOf = (index: readonly string[], facets: Facets) => JSON.stringify(index.map((name) => [name, facets[name]]))
  const namesOf = (record: R) => {
    const facets = facetsOf(record)
    return indexes.map((index) => nameOf(index, facets))
  }
  const list = (name: string) => {
    const known = lists.get(name) ?? createSortedIndex<R>()
    lists.set(name, known)
    return known
  }
  return {
    insert(record: R) {
      for (const name of namesOf(record)) list(name).insert(record)
    },
    remove(record: R) {
      for (const name of namesOf(record)) {
        list(name).remove(record)
        if (list(name).size === 0) lists.delete(name)
      }
    },
    /** The list that a query reads. Throws where the collection has no index for it. */
    of({ where }: ResourceQuery<W>): SortedIndex<R> {
      const wanted = Object.keys(where).filter((name) => where[name] !== undefined)
      const index = indexes.find((one) => one.length === wanted.length && one.every((name) => wanted.includes(name)))
      if (!index) throw new TypeError(`There is no index of ${wanted.join(', ')}.`)
      return lists.get(nameOf(index, where)) ?? createSortedIndex<R>()
    },
  }
}

/** The latest change of each record, in their order, and who is told of them. */
function createChanges<R>() {
  let log: { readonly sequence: number; readonly entry: Entry<R> }[] = []
  const listeners = createListeners<Change<R>>()
  let sequence = 0
  let kept = 0
  const isLatest = (one: (typeof log)[number]) => one.sequence === one.entry.sequence
  return {
    add(entry: Entry<R>) {
      sequence += 1
      if (entry.sequence === 0) kept += 1
      entry.sequence = sequence
      log.push({ sequence, entry })
      // Half of it is old news: what is left out was pushed since the last time, so that a push costs O(1).
      if (log.length > 2 * kept + 1_000) log = log.filter(isLatest)
      listeners.tell({ ...entry })
    },
    subscribe: listeners.add,
    async *since(after: number) {
      const newer = log.slice(log.findLastIndex((one) => one.sequence <= after) + 1)
      for (const { entry } of newer.filter(isLatest)) yield { ...entry }
    },
  }
}
