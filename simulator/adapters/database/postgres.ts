import type { Client, Pool, PoolClient } from 'pg'
import { CHANNEL, type Database, type Row, type SqlQuery, type SqlValue, StoreLost } from '../../open-simulator.ts'

/** Connections that a process has at the most, of each kind. */
const CONNECTIONS = 8

/** Milliseconds: for a connection, for an answer, and for a process that holds a lock and says nothing. */
const CONNECTING = 3_000
const ANSWERING = 15_000
const SILENT = 10_000

/** Milliseconds between two attempts to hear again. */
const AGAIN = 500

/** Any number will do that others do not use in the same database: who holds it lets the robots work. */
const CHARGE = 7_357_002

/** Opens a PostgreSQL server by its URL. Rejects with a `StoreLost` where it does not answer. */
export async function openPostgres(url: string): Promise<Database> {
  const { pg } = await import('./pg-library.ts')
  const types = { getTypeParser: parserOf(pg.types) }
  const settings = {
    connectionString: url,
    types,
    connectionTimeoutMillis: CONNECTING,
    query_timeout: ANSWERING,
    statement_timeout: ANSWERING,
    idle_in_transaction_session_timeout: SILENT,
    keepAlive: true,
    application_name: 'jftsim',
  }
  const pool = new pg.Pool({ ...settings, max: CONNECTIONS })
  const laterPool = new pg.Pool({ ...settings, max: CONNECTIONS, options: '-c synchronous_commit=off' })
  for (const one of [pool, laterPool]) one.on('error', () => {})
  const ear = createEar(() => new pg.Client(settings))
  const query = queryOf(pool)
  await query('SELECT 1')
  return {
    query,
    later: queryOf(laterPool),
    transaction: (work) => transaction(pool, work),
    shared: true,
    hear: ear.hear,
    leads: ear.leads,
    async close() {
      await ear.close()
      await Promise.all([pool.end(), laterPool.end()])
    },
  }
}

/** Whole numbers of 64 bits are numbers here: none of ours is larger than 2^53. */
function parserOf(types: typeof import('pg').types): typeof types.getTypeParser {
  const whole = [types.builtins.INT8, types.builtins.NUMERIC]
  const getTypeParser = (id: number, format?: 'text' | 'binary') =>
    whole.includes(id) ? Number : (types.getTypeParser(id, format as 'text') as (text: string) => unknown)
  return getTypeParser as typeof types.getTypeParser
}

function queryOf(pool: Pool): SqlQuery {
  return (sql, values = []) => orLost(async () => (await pool.query<Row>(prepared(sql, values))).rows)
}

/** By their text: a statement that has a name is planned once by each connection. */
const names = new Map<string, string>()

/** Statements that have names: ours are far fewer, but for some with numbers in them. */
const NAMED = 200

function prepared(text: string, values: readonly SqlValue[]) {
  if (!names.has(text) && names.size < NAMED) names.set(text, `jftsim_${names.size}`)
  const name = values.length === 0 ? undefined : names.get(text)
  return { text, values: [...values], ...(name === undefined ? {} : { name }) }
}

async function transaction<T>(pool: Pool, work: (query: SqlQuery) => Promise<T>): Promise<T> {
  const client = await orLost(() => pool.connect())
  const query: SqlQuery = (sql, values = []) =>
    orLost(async () => (await client.query<Row>(prepared(sql, values))).rows)
  let broken: Error | undefined
  const onError = (error: Error) => {
    broken = error
  }
  client.on('error', onError)
  try {
    await query('BEGIN')
    const result = await work(query)
    await query('COMMIT')
    return result
  } catch (error) {
    if (error instanceof StoreLost) broken = error
    else broken = await rollBack(client)
    throw error
  } finally {
    client.off('error', onError)
    client.release(broken)
  }
}

/** Gives the reason where the connection is of no more use. */
async function rollBack(client: PoolClient): Promise<Error | undefined> {
  try {
    await client.query('ROLLBACK')
    return undefined
  } catch (error) {
    return error as Error
  }
}

/** A database that does not answer is no fault of the statement. */
async function orLost<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof StoreLost || isOfStatement(error)) throw error
    const { message, code } = error as NodeJS.ErrnoException
    throw new StoreLost(`The database does not answer (${message || code || 'no reason given'}).`, error)
  }
}

/**
 * Classes of SQLSTATE that are no fault of the statement: connection, resources, the operator, the system, and what another
 * transaction did (PostgreSQL, appendix A).
 */
const NOT_OF_STATEMENT = /^(?:08|40|53|55|57|58|XX)/

function isOfStatement(error: unknown): boolean {
  const { code } = error as { readonly code?: unknown }
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && !NOT_OF_STATEMENT.test(code) && code !== '25P03'
}

/** One connection by which this process hears the others, and holds the charge where it has it. */
function createEar(open: () => Client) {
  let client: Client | undefined
  let charged = false
  let closed = false
  let listeners: { readonly tell: (payload: string) => void; readonly missed: () => void } | undefined
  let connecting: Promise<Client | undefined> | undefined
  const lose = (lost: Client) => {
    if (client !== lost) return
    client = undefined
    charged = false
    void lost.end().catch(() => {})
    if (!closed) setTimeout(() => void connect(), AGAIN).unref()
  }
  const attempt = async () => {
    const next = open()
    next.on('error', () => lose(next))
    next.on('end', () => lose(next))
    next.on('notification', ({ payload = '' }) => listeners?.tell(payload))
    try {
      await next.connect()
      await next.query(`LISTEN ${CHANNEL}`)
    } catch {
      client = next
      lose(next)
      return undefined
    }
    client = next
    listeners?.missed()
    return next
  }
  const connect = () => {
    connecting ??= attempt().finally(() => {
      connecting = undefined
    })
    return connecting
  }
  return {
    hear(tell: (payload: string) => void, missed: () => void) {
      listeners = { tell, missed }
      void connect()
    },
    async leads() {
      if (closed || !client) return false
      const asked = client
      try {
        const sql = charged ? 'SELECT true AS held' : `SELECT pg_try_advisory_lock(${CHARGE}) AS held`
        const { rows } = await asked.query<{ held: boolean }>(sql)
        charged = client === asked && rows[0]?.held === true
      } catch {
        lose(asked)
      }
      return charged
    },
    async close() {
      closed = true
      await client?.end().catch(() => {})
    },
  }
}
