import { DEFAULT_SANDBOX } from '../../ground/origins.ts'
import type { SimulatorOptions } from '../options.ts'
import { SandboxError } from '../sandbox-spec.ts'
import { dump, type Snapshot } from '../snapshot.ts'
import type { Database, SqlQuery } from './database.ts'
import { createPresence, type PresenceParts } from './presence.ts'
import { writeBeginning } from './snapshots.ts'
import type { LiveWorld } from './worlds.ts'

/** What a reset goes back to: a snapshot, what the spec makes, or whatever it was. */
export type WorldBeginning = Snapshot | undefined | 'as-before'

/** Says that there is a sandbox of that name. */
export function refuseName(name: string): never {
  return refuse('name', `There is a sandbox ${name} already.`)
}

function refuse(option: string, message: string): never {
  throw new SandboxError([{ option, message }])
}

/** The names of the sandboxes, and which world each has. */
export function createRegister(parts: PresenceParts) {
  const { options, database, hub } = parts
  const { look, use, ofDefault, forget, ...presence } = createPresence(parts)
  const retire = async (id: string) => {
    await database.query('UPDATE jftsim.world SET retired = clock_timestamp() WHERE world = $1', [id])
    forget(id)
    await hub.tell({ world: id, of: 'closed' })
  }
  const expire = async () => {
    for (const id of await deleteIdle(database.query, options)) await retire(id)
  }
  /** False: there is a sandbox of that name already. */
  const attach = async (live: LiveWorld, begin?: Snapshot): Promise<boolean> => {
    const attached = await insert(database, live, begin)
    if (attached) presence.keep(live)
    return attached
  }
  return {
    look,
    use,
    ofDefault,
    forget,
    retire,
    attach,
    async list() {
      await expire()
      return presence.all()
    },
    async requireRoom(name: string) {
      await expire()
      await requireRoom(database.query, options, name)
    },
    /** False: the sandbox has another world by now. */
    async replace(before: string, live: LiveWorld, begin: WorldBeginning): Promise<boolean> {
      const replaced = await update(database, before, live, begin)
      if (replaced) presence.keep(live)
      if (replaced) presence.forgetOwn(before)
      return replaced
    },
    async remove(name: string): Promise<boolean> {
      if (name === DEFAULT_SANDBOX) return false
      const [row] = await database.query('DELETE FROM jftsim.sandbox WHERE name = $1 RETURNING world', [name])
      if (row) await retire(String(row.world))
      return row !== undefined
    },
  }
}

/** Deletes the sandboxes that nobody has used for long; gives the ids of their worlds. */
async function deleteIdle(query: SqlQuery, { limits }: SimulatorOptions): Promise<string[]> {
  const rows = await query(
    `DELETE FROM jftsim.sandbox WHERE name <> $1 AND used < clock_timestamp() - make_interval(secs => $2::float8)
     RETURNING world`,
    [DEFAULT_SANDBOX, limits.sandboxIdleMinutes * 60],
  )
  return rows.map(({ world }) => String(world))
}

async function requireRoom(query: SqlQuery, { limits }: SimulatorOptions, name: string): Promise<void> {
  const [row] = await query(
    'SELECT count(*)::bigint AS count, count(*) FILTER (WHERE name = $1)::bigint AS same FROM jftsim.sandbox',
    [name],
  )
  if (Number(row?.same) > 0) refuseName(name)
  if (Number(row?.count) > limits.sandboxes)
    refuse('limits.sandboxes', `There are ${String(row?.count)} sandboxes: delete some.`)
}

async function insert(database: Database, live: LiveWorld, begin: Snapshot | undefined): Promise<boolean> {
  const { name } = live.spec
  const initial = await dump(live.world)
  return database.transaction(async (run) => {
    const rows = await run(
      'INSERT INTO jftsim.sandbox (name, world, spec) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING name',
      [name, live.id, JSON.stringify(live.spec)],
    )
    if (rows.length === 0) return false
    await writeBeginning(run, name, initial, begin)
    return true
  })
}

async function update(database: Database, before: string, live: LiveWorld, begin: WorldBeginning): Promise<boolean> {
  const { name } = live.spec
  const initial = begin === 'as-before' ? undefined : await dump(live.world)
  return database.transaction(async (run) => {
    const rows = await run('UPDATE jftsim.sandbox SET world = $2 WHERE name = $1 AND world = $3 RETURNING name', [
      name,
      live.id,
      before,
    ])
    if (rows.length === 0) return false
    if (begin === 'as-before' || !initial) return true
    await run('DELETE FROM jftsim.snapshot WHERE sandbox = $1', [name])
    await writeBeginning(run, name, initial, begin)
    return true
  })
}
