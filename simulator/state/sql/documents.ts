import type { SqlQuery } from './database.ts'
import type { WorldPlace } from './place.ts'

/** A small thing of a world that is read and written as a whole. */
export interface StoredDocument<T> {
  read(): Promise<T>
  write(value: T): Promise<void>
  /** Reads, decides and writes under the lock of the world, so that no other change comes between. */
  change<A>(work: (value: T, query: SqlQuery) => Promise<{ readonly value?: T; readonly answer: A }>): Promise<A>
}

/** Creates the document of that name; `initial` is what it has while nobody has written it. */
export function createDocument<T>({ database, world }: WorldPlace, name: string, initial: T): StoredDocument<T> {
  const read = async (query: SqlQuery) => {
    const [row] = await query('SELECT data FROM jftsim.document WHERE world = $1 AND name = $2', [world, name])
    return row ? (JSON.parse(String(row.data)) as T) : initial
  }
  const write = async (query: SqlQuery, value: T) => {
    await query(
      `INSERT INTO jftsim.document VALUES ($1, $2, $3)
       ON CONFLICT (world, name) DO UPDATE SET data = excluded.data`,
      [world, name, JSON.stringify(value)],
    )
  }
  return {
    read: () => read(database.query),
    write: (value) => write(database.query, value),
    change: (work) =>
      database.transaction(async (query) => {
        await query('SELECT 1 FROM jftsim.world WHERE world = $1 FOR UPDATE', [world])
        const { value, answer } = await work(await read(query), query)
        if (value !== undefined) await write(query, value)
        return answer
      }),
  }
}
