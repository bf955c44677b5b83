import type { Exchange } from '../exchange.ts'
import { matches } from '../exchange-filter.ts'
import { exchangeSize } from '../exchange-size.ts'
import { createListeners } from '../memory/listeners.ts'
import type { Journal } from '../ports.ts'
import { batched } from './batches.ts'
import { rowsInChunks } from './chunks.ts'
import type { Row, SqlQuery } from './database.ts'
import { createFeed } from './feed.ts'
import type { WorldPlace } from './place.ts'
import { sqlText } from './text.ts'

/** Rows at a time, where many are looked through. */
const CHUNK = 200

/** Creates the journal of a world. What is too much is trimmed behind the back of whoever writes. */
export function createSqlJournal(place: WorldPlace, maxBytes: number): Journal {
  const { database, world } = place
  const { query, later } = database
  const ends = createListeners<undefined>()
  const usage = async () => {
    const [row] = await query('SELECT exchanges, bytes, dropped FROM jftsim.journal WHERE world = $1', [world])
    const { exchanges = 0, bytes = 0, dropped = 0 } = row ?? {}
    return { exchanges: Number(exchanges), bytes: Number(bytes), dropped: Number(dropped), maxBytes }
  }
  const since = (sequence: number) => readSince(query, world, sequence)
  const feed = createFeed<Exchange>(since, async () => newestOf(query, world))
  const close = () => {
    ends.tell(undefined)
    ends.clear()
    feed.clear()
  }
  place.heard(({ of, from = 0, to = 0 }) => {
    if (of === 'journal') void feed.moved(from, to)
    if (of === 'closed') close()
  })
  place.missed(() => void feed.catchUp())
  const open = database.shared ? createShared(later, world) : createOwn(later, world)
  const trim = createTrim(place, maxBytes)
  const record = batched(async (drafts: readonly Omit<Exchange, 'sequence'>[]) => {
    const { first, bytes } = await write(place, drafts)
    const exchanges = drafts.map((draft, index): Exchange => ({ sequence: first + index, ...draft }))
    if (bytes > maxBytes) void trim()
    await feed.moved(first, first + drafts.length - 1, exchanges)
    return exchanges
  })
  return {
    open,
    record,
    noteUnheard: (id) => writeUnheard(place, id),
    ...createReader(query, world, usage),
    since,
    usage,
    subscribe(listener, closed = () => {}) {
      const stops = [feed.add(listener), ends.add(closed)]
      return () => {
        for (const stop of stops) stop()
      }
    },
    close,
  }
}

/** What a journal looks up. */
function createReader(
  query: SqlQuery,
  world: string,
  usage: Journal['usage'],
): Pick<Journal, 'find' | 'list' | 'count'> {
  return {
    async find(id) {
      const rows = await query(`${SELECT} WHERE world = $1 AND id = $2 ORDER BY sequence DESC LIMIT 1`, [
        world,
        sqlText(id),
      ])
      return rows[0] && exchangeOf(rows[0])
    },
    async list({ limit, before, ...filter }) {
      const found: Exchange[] = []
      if (limit <= 0) return found
      for await (const exchange of newestFirst(query, world, before)) {
        if (matches(exchange, filter)) found.push(exchange)
        if (found.length >= limit) break
      }
      return found
    },
    async count(filter) {
      if (Object.values(filter).every((wanted) => wanted === undefined)) return (await usage()).exchanges
      let count = 0
      for await (const exchange of newestFirst(query, world)) if (matches(exchange, filter)) count += 1
      return count
    },
  }
}

async function writeUnheard({ database: { query }, world }: WorldPlace, id: string): Promise<void> {
  const [row] = await query(`${SELECT} WHERE world = $1 AND id = $2 ORDER BY sequence DESC LIMIT 1`, [
    world,
    sqlText(id),
  ])
  if (!row) return
  const { sequence, ...exchange } = exchangeOf(row)
  const data = JSON.stringify({ ...exchange, response: { ...exchange.response, unheard: true } })
  await query('UPDATE jftsim.exchange SET data = $3 WHERE world = $1 AND sequence = $2', [world, sequence, data])
}

const SELECT = 'SELECT sequence, data FROM jftsim.exchange'

function exchangeOf({ sequence, data }: Row): Exchange {
  return { sequence: Number(sequence), ...(JSON.parse(String(data)) as Omit<Exchange, 'sequence'>) }
}

async function* readSince(query: SqlQuery, world: string, after: number): AsyncIterable<Exchange> {
  const sql = `${SELECT} WHERE world = $1 AND sequence > $2 ORDER BY sequence LIMIT ${CHUNK}`
  for await (const row of rowsInChunks(CHUNK, after, (from) => query(sql, [world, from]))) yield exchangeOf(row)
}

async function* newestFirst(query: SqlQuery, world: string, before = Number.MAX_SAFE_INTEGER): AsyncIterable<Exchange> {
  const sql = `${SELECT} WHERE world = $1 AND sequence < $2 ORDER BY sequence DESC LIMIT ${CHUNK}`
  for await (const row of rowsInChunks(CHUNK, before, (below) => query(sql, [world, below]))) yield exchangeOf(row)
}

async function newestOf(query: SqlQuery, world: string): Promise<number> {
  const [row] = await query('SELECT sequence FROM jftsim.journal WHERE world = $1', [world])
  return Number(row?.sequence ?? 0)
}

/** Ids that all processes count together. */
function createShared(query: SqlQuery, world: string): () => Promise<string> {
  const open = batched((items: readonly undefined[]) => openMany(query, world, items.length))
  return () => open(undefined)
}

/** Ids that a process takes at a time where it is the only one: after a crash those that are left are not given. */
const BLOCK = 100

function createOwn(query: SqlQuery, world: string): () => Promise<string> {
  let ids: string[] = []
  const more = batched(async (items: readonly undefined[]) => {
    if (ids.length < items.length) ids = [...ids, ...(await openMany(query, world, BLOCK + items.length))]
    return items.map(() => ids.shift() ?? '')
  })
  return async () => ids.shift() ?? more(undefined)
}

async function openMany(query: SqlQuery, world: string, count: number): Promise<string[]> {
  const [row] = await query(
    `INSERT INTO jftsim.counter VALUES ($1, 'exchange', $2)
     ON CONFLICT (world, name) DO UPDATE SET value = jftsim.counter.value + excluded.value RETURNING value`,
    [world, count],
  )
  const last = Number(row?.value)
  return Array.from({ length: count }, (_, index) => `x${last - count + index + 1}`)
}

/** Writes exchanges under the next sequence numbers, which others wait for until these are committed. */
async function write({ database, world, news }: WorldPlace, drafts: readonly Omit<Exchange, 'sequence'>[]) {
  const sizes = drafts.map((draft) => exchangeSize({ sequence: 0, ...draft }))
  const total = sizes.reduce((sum, size) => sum + size, 0)
  const shared = news({ of: 'journal' }) !== null
  const [row] = await database.later(WRITE, [
    world,
    drafts.length,
    total,
    drafts.map(({ id }) => sqlText(id)),
    sizes,
    drafts.map((draft) => JSON.stringify(draft)),
    shared,
  ])
  return { first: Number(row?.sequence) - drafts.length + 1, bytes: Number(row?.bytes) }
}

const WRITE = `
  WITH head AS (
    INSERT INTO jftsim.journal AS j (world, sequence, exchanges, bytes) VALUES ($1::uuid, $2::bigint, $2::bigint, $3::bigint)
    ON CONFLICT (world) DO UPDATE
    SET sequence = j.sequence + $2::bigint, exchanges = j.exchanges + $2::bigint, bytes = j.bytes + $3::bigint
    RETURNING sequence, bytes
  ), written AS (
    INSERT INTO jftsim.exchange (world, sequence, id, bytes, data)
    SELECT $1::uuid, head.sequence - $2::bigint + one.place, one.id, one.bytes, one.data
    FROM head, unnest($4::text[], $5::bigint[], $6::text[]) WITH ORDINALITY AS one (id, bytes, data, place)
  )
  SELECT sequence, bytes, CASE WHEN $7::boolean THEN pg_notify('jftsim', json_build_object(
    'world', $1::uuid, 'of', 'journal', 'from', sequence - $2::bigint + 1, 'to', sequence)::text) END
  FROM head`

/** Drops the oldest while there is too much; one such run at a time. */
function createTrim({ database, world }: WorldPlace, maxBytes: number): () => Promise<void> {
  let running = false
  return async () => {
    if (running) return
    running = true
    try {
      while (await database.transaction((query) => trimSome(query, world, maxBytes)));
    } catch {
      // What stays now goes the next time.
    } finally {
      running = false
    }
  }
}

/** Drops up to a chunk of the oldest. True: there is more to drop. The newest is kept, however large it is. */
async function trimSome(query: SqlQuery, world: string, maxBytes: number): Promise<boolean> {
  const [head] = await query('SELECT sequence, bytes FROM jftsim.journal WHERE world = $1 FOR UPDATE', [world])
  let excess = Number(head?.bytes ?? 0) - maxBytes
  if (excess <= 0) return false
  const oldest = await query(
    `SELECT sequence, bytes FROM jftsim.exchange WHERE world = $1 AND sequence < $2 ORDER BY sequence LIMIT ${CHUNK}`,
    [world, Number(head?.sequence)],
  )
  let upTo = 0
  let count = 0
  let freed = 0
  for (const { sequence, bytes } of oldest) {
    if (excess <= 0) break
    upTo = Number(sequence)
    count += 1
    freed += Number(bytes)
    excess -= Number(bytes)
  }
  if (count === 0) return false
  await query('DELETE FROM jftsim.exchange WHERE world = $1 AND sequence <= $2', [world, upTo])
  await query(
    `UPDATE jftsim.journal SET exchanges = exchanges - $2::bigint, dropped = dropped + $2::bigint, bytes = bytes - $3::bigint
     WHERE world = $1`,
    [world, count, freed],
  )
  return excess > 0
}
