import type { Snapshot } from '../snapshot.ts'
import type { Row, SqlQuery } from './database.ts'

/** Snapshots that one sandbox keeps by name; a further one takes the place of the oldest. */
const MOST = 20

/** What a sandbox began with, or what a reset goes back to. */
export async function readSnapshot(
  query: SqlQuery,
  sandbox: string,
  use: 'initial' | 'begin',
): Promise<Snapshot | undefined> {
  const [row] = await query("SELECT data FROM jftsim.snapshot WHERE sandbox = $1 AND use = $2 AND name = ''", [
    sandbox,
    use,
  ])
  return row && snapshotOf(row)
}

function snapshotOf({ data }: Row): Snapshot {
  return JSON.parse(String(data)) as Snapshot
}

/** The snapshots that a sandbox keeps by name, the oldest first. */
export async function readSnapshots(query: SqlQuery, sandbox: string): Promise<ReadonlyMap<string, Snapshot>> {
  const rows = await query(
    "SELECT name, data FROM jftsim.snapshot WHERE sandbox = $1 AND use = 'named' ORDER BY ordinal",
    [sandbox],
  )
  return new Map(rows.map((row) => [String(row.name), snapshotOf(row)]))
}

/** Keeps a snapshot by name; one of the same name goes. */
export async function keepSnapshot(query: SqlQuery, sandbox: string, name: string, snapshot: Snapshot): Promise<void> {
  await query("DELETE FROM jftsim.snapshot WHERE sandbox = $1 AND use = 'named' AND name = $2", [sandbox, name])
  await write(query, sandbox, { use: 'named', name, snapshot })
  await query(
    `DELETE FROM jftsim.snapshot WHERE sandbox = $1 AND use = 'named' AND ordinal NOT IN (
       SELECT ordinal FROM jftsim.snapshot WHERE sandbox = $1 AND use = 'named' ORDER BY ordinal DESC LIMIT ${MOST})`,
    [sandbox],
  )
}

/** Writes what a sandbox began with, and what a reset goes back to where that is not what its spec makes. */
export async function writeBeginning(
  query: SqlQuery,
  sandbox: string,
  initial: Snapshot,
  begin: Snapshot | undefined,
): Promise<void> {
  await write(query, sandbox, { use: 'initial', name: '', snapshot: initial })
  if (begin) await write(query, sandbox, { use: 'begin', name: '', snapshot: begin })
}

interface Written {
  readonly use: 'initial' | 'begin' | 'named'
  readonly name: string
  readonly snapshot: Snapshot
}

async function write(query: SqlQuery, sandbox: string, { use, name, snapshot }: Written): Promise<void> {
  await query('INSERT INTO jftsim.snapshot (sandbox, use, name, data) VALUES ($1, $2, $3, $4)', [
    sandbox,
    use,
    name,
    JSON.stringify(snapshot),
  ])
}
