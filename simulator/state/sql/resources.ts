import type { Change, Collection, Facets, ResourceChange, ResourceQuery, ResourceStore, Usage } from '../ports.ts'
import type { Key } from '../records.ts'
import { StoreLost } from '../store-lost.ts'
import { batched } from './batches.ts'
import { rowsInChunks } from './chunks.ts'
import type { Row, SqlQuery, SqlValue } from './database.ts'
import { createFeed } from './feed.ts'
import { clockOver, readSeat, SEAT_COLUMNS } from './ledger.ts'
import type { WorldPlace } from './place.ts'
import { sqlText } from './text.ts'

/** What a record costs besides its text, as in memory. */
const OVERHEAD = 700

/** How a store is kept. */
export interface SqlStoreOptions {
  /** Under which name, among the records of the world. */
  readonly kind: string
  readonly maxBytes: number
  /** Another source of stamps than the clock of the world. */
  readonly stamp?: () => number
}

/** A record, and where it stands in the order of additions and of changes. */
interface Entry<R> {
  readonly record: R
  readonly bytes: number
  readonly added: number
  readonly sequence: number
}

type Write<N, R extends Key> =
  | { readonly add: N }
  | { readonly change: (now: R, stamp: () => number) => ResourceChange<R> | undefined; readonly key: string }
  | { readonly load: R }

type Written<R> = { readonly record: R | undefined; readonly full: boolean } | { readonly thrown: unknown }

/**
 * Creates the store of one kind of record in a world. Whatever writes locks the ledger of the world until it is committed, so
 * that stamps and sequences are given in the order in which they become visible, in whichever process.
 */
export function createSqlStore<N, R extends Key, W extends Facets>(
  collection: Collection<N, R, W>,
  place: WorldPlace,
  options: SqlStoreOptions,
): ResourceStore<N, R, W> {
  const { database, world } = place
  const { kind, maxBytes } = options
  if (collection.indexes.length > 2) throw new TypeError('The table of records has columns for two lists.')
  const writer = createWriter(collection, place, options)
  const usage = () => readUsage(database.query, world, kind, maxBytes)
  const since = (sequence: number) => readSince<R>(place, kind, sequence)
  const feed = createFeed<Change<R>>(since, async () => (await readShelf(database.query, world, kind)).sequence)
  place.heard(({ of, from = 0, to = 0 }) => {
    if (of === kind) void feed.moved(from, to)
  })
  place.missed(() => void feed.catchUp())
  const write = batched(async (writes: readonly Write<N, R>[]) => {
    const { results, changes, lastStamp } = await database.transaction((query) => writer(query, writes))
    place.stamped?.(lastStamp)
    const [first] = changes
    if (first) await feed.moved(first.sequence, changes.at(-1)?.sequence ?? first.sequence, changes)
    return results
  })
  const done = async (one: Write<N, R>) => {
    const result = await write(one)
    if ('thrown' in result) throw result.thrown
    return result
  }
  return {
    async add(record) {
      const { record: stored, full } = await done({ add: record })
      return full || stored === undefined ? 'full' : stored
    },
    change: async (key, change) => (await done({ change, key: sqlText(key) })).record,
    async load(records) {
      const loaded = await Promise.all(records.map((load) => done({ load })))
      return loaded.every(({ full }) => !full)
    },
    ...createReader(collection, place, kind),
    since,
    usage,
    subscribe: feed.add,
  }
}

/** What a store reads. */
function createReader<N, R extends Key, W extends Facets>(
  collection: Collection<N, R, W>,
  { database: { query: run }, world }: WorldPlace,
  kind: string,
): Pick<ResourceStore<N, R, W>, 'find' | 'page' | 'count' | 'recent'> {
  return {
    async find(key) {
      const rows = await run(`${SELECT} WHERE world = $1 AND kind = $2 AND key = $3`, [world, kind, sqlText(key)])
      return rows[0] && entryOf<R>(rows[0]).record
    },
    async page(query, limit) {
      const { sql, values } = rangeOf(collection, world, kind, query)
      const order = query.descending ? 'DESC' : 'ASC'
      const rows = await run(`${SELECT} ${sql} ORDER BY last_updated ${order}, id ${order} ${most(limit)}`, values)
      return rows.map((row) => entryOf<R>(row).record)
    },
    async count(query) {
      const { sql, values } = rangeOf(collection, world, kind, query)
      const [row] = await run(`SELECT count(*)::bigint AS n FROM jftsim.record ${sql}`, values)
      return Number(row?.n)
    },
    async recent(limit, skip) {
      const rows = await run(
        `${SELECT} WHERE world = $1 AND kind = $2 ORDER BY added DESC ${most(limit)} OFFSET ${skip}`,
        [world, kind],
      )
      return rows.map((row) => entryOf<R>(row).record)
    },
  }
}

const SELECT = 'SELECT data, bytes, added, sequence FROM jftsim.record'

/** Without a limit there may be as many as there are. */
function most(limit: number): string {
  return Number.isFinite(limit) ? `LIMIT ${limit}` : ''
}

function entryOf<R>(row: Row): Entry<R> {
  const record = JSON.parse(String(row.data)) as R
  return { record, bytes: Number(row.bytes), added: Number(row.added), sequence: Number(row.sequence) }
}

/** Rows at a time, where all are read. */
const CHUNK = 500

async function* readSince<R>({ database, world }: WorldPlace, kind: string, after: number): AsyncIterable<Change<R>> {
  const sql = `${SELECT} WHERE world = $1 AND kind = $2 AND sequence > $3 ORDER BY sequence LIMIT ${CHUNK}`
  for await (const row of rowsInChunks(CHUNK, after, (from) => database.query(sql, [world, kind, from]))) {
    const { record, sequence } = entryOf<R>(row)
    yield { record, sequence }
  }
}

async function readShelf(query: SqlQuery, world: string, kind: string) {
  const [row] = await query('SELECT records, bytes, sequence FROM jftsim.shelf WHERE world = $1 AND kind = $2', [
    world,
    kind,
  ])
  return { records: Number(row?.records ?? 0), bytes: Number(row?.bytes ?? 0), sequence: Number(row?.sequence ?? 0) }
}

async function readUsage(query: SqlQuery, world: string, kind: string, maxBytes: number): Promise<Usage> {
  const { records, bytes } = await readShelf(query, world, kind)
  return { records, bytes, maxBytes }
}

/** The text that stands for one value of each facet of an index. */
function listName(index: readonly string[], facets: Facets): string {
  return sqlText(JSON.stringify(index.map((name) => facets[name])))
}

/** Which rows a query has. Throws where the collection has no index for it. */
function rangeOf<R extends Key, W extends Facets>(
  { indexes }: Pick<Collection<never, R, W>, 'indexes'>,
  world: string,
  kind: string,
  { where, above, below }: ResourceQuery<W>,
): { readonly sql: string; readonly values: readonly SqlValue[] } {
  const wanted = Object.keys(where).filter((name) => where[name] !== undefined)
  const at = indexes.findIndex((one) => one.length === wanted.length && one.every((name) => wanted.includes(name)))
  const index = indexes[at]
  if (!index) throw new TypeError(`There is no index of ${wanted.join(', ')}.`)
  const values: SqlValue[] = [world, kind, listName(index, where)]
  const bound = (sign: string, key: Key | undefined) => {
    if (key === undefined) return ''
    values.push(Math.max(-LARGEST, Math.min(key.lastUpdated, LARGEST)), sqlText(key.id))
    return ` AND (last_updated, id) ${sign} ($${values.length - 1}::bigint, $${values.length})`
  }
  const bounds = bound('>', above) + bound('<', below)
  return { sql: `WHERE world = $1 AND kind = $2 AND list_${at + 1} = $3${bounds}`, values }
}

const LARGEST = Number.MAX_SAFE_INTEGER

/** Gives the function that does a list of writes in one transaction. */
function createWriter<N, R extends Key, W extends Facets>(
  collection: Collection<N, R, W>,
  place: WorldPlace,
  options: SqlStoreOptions,
) {
  const { world } = place
  const { kind, maxBytes } = options
  const keyOf = (write: Write<N, R>) =>
    'key' in write ? write.key : sqlText(collection.keyOf('add' in write ? write.add : write.load))
  return async (query: SqlQuery, writes: readonly Write<N, R>[]) => {
    const ledger = await lock(query, place, kind)
    const known = await readKnown<R>(query, world, kind, writes.map(keyOf))
    const seat = { current: ledger.seat }
    const stamp = options.stamp ?? clockOver(seat, () => ledger.wall).stamp
    const shelf = { ...ledger.shelf }
    const dirty = new Map<string, Entry<R>>()
    const put = (key: string, record: R, isNew: boolean) => {
      const before = known.get(key)
      const bytes = OVERHEAD + collection.sizeOf(record)
      const more = bytes - (before?.bytes ?? 0)
      if (isNew && shelf.bytes + more > maxBytes) return false
      shelf.bytes += more
      shelf.records += before ? 0 : 1
      shelf.sequence += 1
      const entry = { record, bytes, added: isNew ? shelf.sequence : (before?.added ?? 0), sequence: shelf.sequence }
      known.set(key, entry)
      dirty.set(key, entry)
      return true
    }
    const play = (write: Write<N, R>): Written<R> => {
      const key = keyOf(write)
      const before = known.get(key)?.record
      if ('change' in write) {
        const changed = before && write.change(before, once(stamp))
        if (before && changed) put(key, { ...before, ...changed }, false)
        return { record: known.get(key)?.record, full: false }
      }
      const record = 'load' in write ? write.load : collection.stored(write.add, stamp(), before)
      return put(key, record, true) ? { record, full: false } : { record: undefined, full: true }
    }
    const results = writes.map((write) => attempt(() => play(write)))
    if (dirty.size > 0) {
      const news = place.news({ of: kind, from: ledger.shelf.sequence + 1, to: shelf.sequence })
      await save(query, collection, { world, kind, dirty, shelf, lastStamp: seat.current.lastStamp, news })
    } else if (seat.current.lastStamp > ledger.seat.lastStamp) {
      await query('UPDATE jftsim.ledger SET last_stamp = $2 WHERE world = $1', [world, seat.current.lastStamp])
    }
    const changes = [...dirty.values()].map(({ record, sequence }) => ({ record, sequence }))
    return { results, lastStamp: seat.current.lastStamp, changes: changes.sort((a, b) => a.sequence - b.sequence) }
  }
}

/** What one write does wrong is not the fault of those that are written with it. */
function attempt<R>(play: () => Written<R>): Written<R> {
  try {
    return play()
  } catch (thrown) {
    return { thrown }
  }
}

function once(stamp: () => number): () => number {
  let taken: number | undefined
  return () => {
    taken ??= stamp()
    return taken
  }
}

/** Locks the ledger of the world until the transaction ends. */
async function lock(query: SqlQuery, { world, database }: WorldPlace, kind: string) {
  // The time is read when the lock is held: a stamp is never older than one that was given while this waited. A database that
  // nobody else has does one transaction at a time.
  if (database.shared) await query('SELECT 1 FROM jftsim.ledger WHERE world = $1 FOR UPDATE', [world])
  const [row] = await query(
    `SELECT ${SEAT_COLUMNS}, s.records, s.bytes, s.sequence
     FROM jftsim.ledger l LEFT JOIN jftsim.shelf s ON s.world = l.world AND s.kind = $2 WHERE l.world = $1`,
    [world, kind],
  )
  if (!row) throw new StoreLost('The sandbox was reset or deleted meanwhile.')
  const shelf = {
    records: Number(row.records ?? 0),
    bytes: Number(row.bytes ?? 0),
    sequence: Number(row.sequence ?? 0),
  }
  return { seat: readSeat(row), wall: Number(row.wall), shelf }
}

async function readKnown<R>(query: SqlQuery, world: string, kind: string, keys: readonly string[]) {
  const rows = await query(
    'SELECT key, data, bytes, added, sequence FROM jftsim.record WHERE world = $1 AND kind = $2 AND key = ANY($3::text[])',
    [world, kind, [...new Set(keys)]],
  )
  return new Map(rows.map((row) => [String(row.key), entryOf<R>(row)]))
}

interface Saved<R> {
  readonly world: string
  readonly kind: string
  readonly dirty: ReadonlyMap<string, Entry<R>>
  readonly shelf: { readonly records: number; readonly bytes: number; readonly sequence: number }
  readonly lastStamp: number
  readonly news: string | null
}

/** Writes all that has changed in one statement. */
async function save<N, R extends Key, W extends Facets>(
  query: SqlQuery,
  { facetsOf, indexes: [first = [], second] }: Collection<N, R, W>,
  { world, kind, dirty, shelf, lastStamp, news }: Saved<R>,
): Promise<void> {
  const entries = [...dirty]
  const column = <T>(value: (entry: Entry<R>, key: string) => T) => entries.map(([key, entry]) => value(entry, key))
  const facets = column(({ record }) => facetsOf(record))
  await query(SAVE, [
    world,
    kind,
    column((_entry, key) => key),
    column(({ record }) => sqlText(record.id)),
    column(({ record }) => record.lastUpdated),
    column(({ added }) => added),
    column(({ sequence }) => sequence),
    facets.map((one) => listName(first, one)),
    facets.map((one) => (second === undefined ? null : listName(second, one))),
    column(({ bytes }) => bytes),
    column(({ record }) => JSON.stringify(record)),
    lastStamp,
    shelf.records,
    shelf.bytes,
    shelf.sequence,
    news,
  ])
}

const SAVE = `
  WITH stamped AS (
    UPDATE jftsim.ledger SET last_stamp = $12::bigint WHERE world = $1::uuid
  ), counted AS (
    INSERT INTO jftsim.shelf VALUES ($1::uuid, $2::text, $13::bigint, $14::bigint, $15::bigint)
    ON CONFLICT (world, kind) DO UPDATE
    SET records = excluded.records, bytes = excluded.bytes, sequence = excluded.sequence
  ), written AS (
    INSERT INTO jftsim.record
      (world, kind, key, id, last_updated, added, sequence, list_1, list_2, bytes, data)
    SELECT $1::uuid, $2::text, * FROM unnest(
      $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[], $8::text[], $9::text[], $10::bigint[], $11::text[])
    ON CONFLICT (world, kind, key) DO UPDATE
    SET id = excluded.id, last_updated = excluded.last_updated, added = excluded.added, sequence = excluded.sequence,
      list_1 = excluded.list_1, list_2 = excluded.list_2, bytes = excluded.bytes, data = excluded.data
  )
  SELECT pg_notify('jftsim', $16::text) WHERE $16::text IS NOT NULL`
