import { DEFAULT_SANDBOX } from '../../ground/origins.ts'
import type { SimulatorOptions } from '../options.ts'
import { readSpec, SandboxError, type SandboxSpec } from '../sandbox-spec.ts'
import type { Sandboxes, WorldMaker } from '../sandboxes.ts'
import { dump, load, type Snapshot } from '../snapshot.ts'
import { batched } from './batches.ts'
import type { Database, Query, Row } from './database.ts'
import type { Hub } from './hub.ts'
import { type DatabaseTime, LIGHT, type LiveWorld, renew, type Worlds } from './worlds.ts'

/** Snapshots that one sandbox keeps by name; a further one takes the place of the oldest. */
const SNAPSHOTS = 20

export interface SqlSandboxesOptions {
  readonly options: SimulatorOptions
  readonly database: Database
  readonly hub: Hub
  readonly time: DatabaseTime
  readonly worlds: Worlds
  readonly seed: WorldMaker['seed']
  /** Makes worlds in memory: for what is not kept. */
  readonly scratch: WorldMaker['make']
}

/** The sandboxes of a simulator whose state is kept in a database; the default one is there when it resolves. */
export async function openSandboxes(parts: SqlSandboxesOptions): Promise<Sandboxes> {
  const { options, database, hub, worlds, seed } = parts
  const register = createRegister(parts)
  const build = async (spec: SandboxSpec, snapshot?: Snapshot) => {
    const live = await worlds.create(spec, snapshot)
    await (snapshot ? load(live.world, snapshot) : seed(live.world, spec))
    return live
  }
  const specOf = async (input: unknown) => {
    const [row] = await database.query("SELECT nextval('jftsim.sandbox_number') AS number")
    return readSpec(input, options, () => `sandbox-${String(row?.number)}`)
  }
  const add = async (spec: SandboxSpec, begin?: Snapshot) => {
    await register.requireRoom(spec.name)
    const live = await build(spec, begin)
    if (await register.attach(live, begin)) return live.world
    await register.retire(live.id)
    return refuse('name', `There is a sandbox ${spec.name} already.`)
  }
  /** Puts another world in the place of the one that is there, unless somebody else has. */
  const exchange = async (name: string, state: Snapshot | undefined, begin: Beginning) => {
    const before = await register.look(name)
    if (!before) return undefined
    const live = await build(before.spec, state)
    const put = await register.replace(before.id, live, begin)
    await register.retire(put ? before.id : live.id)
    return (await register.look(name))?.world
  }
  const sandboxes: Sandboxes = {
    get default() {
      return register.ofDefault().world
    },
    check: (input) => void readSpec(input, options, () => DEFAULT_SANDBOX),
    create: async (input, way) => add({ ...(await specOf(input)), closed: way === 'no-way-out' }),
    find: async (name) => (await register.use(name))?.world,
    list: async () => (await register.list()).map(({ world }) => world),
    remove: (name) => register.remove(name),
    async snapshot(name) {
      const live = await register.look(name)
      return live && dump(live.world)
    },
    async keepSnapshot(name, as) {
      const live = await register.look(name)
      if (!live) return undefined
      const snapshot = await dump(live.world)
      await database.transaction((query) => keep(query, name, as, snapshot))
      return snapshot
    },
    async snapshots(name) {
      const live = await register.look(name)
      return live && readSnapshots(database.query, name)
    },
    initial: (name) => readOne(database.query, name, 'initial'),
    async scratch(name) {
      const live = await register.look(name)
      if (!live) return undefined
      const snapshot = await dump(live.world)
      const world = parts.scratch(live.spec, sandboxes, snapshot)
      await load(world, snapshot)
      return world
    },
    restore: (name, snapshot) => exchange(name, snapshot, 'as-before'),
    rebase: (name, snapshot) => exchange(name, snapshot, snapshot),
    async reset(name) {
      const begin = await readOne(database.query, name, 'begin')
      return exchange(name, begin, begin)
    },
    async fork(name, as) {
      const live = await register.look(name)
      return live && add({ ...live.spec, name: (await specOf(as)).name }, await dump(live.world))
    },
  }
  hub.heard(({ of, world }) => {
    if (of === 'closed') register.forget(world)
  })
  await register.begin(build)
  return sandboxes
}

/** What a reset goes back to: a snapshot, what the spec makes, or whatever it was. */
type Beginning = Snapshot | undefined | 'as-before'

function refuse(option: string, message: string): never {
  throw new SandboxError([{ option, message }])
}

async function readOne(query: Query, sandbox: string, use: 'initial' | 'begin'): Promise<Snapshot | undefined> {
  const [row] = await query("SELECT data FROM jftsim.snapshot WHERE sandbox = $1 AND use = $2 AND name = ''", [
    sandbox,
    use,
  ])
  return row && snapshotOf(row)
}

function snapshotOf({ data }: Row): Snapshot {
  return JSON.parse(String(data)) as Snapshot
}

async function readSnapshots(query: Query, sandbox: string): Promise<ReadonlyMap<string, Snapshot>> {
  const rows = await query(
    "SELECT name, data FROM jftsim.snapshot WHERE sandbox = $1 AND use = 'named' ORDER BY ordinal",
    [sandbox],
  )
  return new Map(rows.map((row) => [String(row.name), snapshotOf(row)]))
}

async function keep(query: Query, sandbox: string, name: string, snapshot: Snapshot): Promise<void> {
  await query("DELETE FROM jftsim.snapshot WHERE sandbox = $1 AND use = 'named' AND name = $2", [sandbox, name])
  await write(query, sandbox, 'named', name, snapshot)
  await query(
    `DELETE FROM jftsim.snapshot WHERE sandbox = $1 AND use = 'named' AND ordinal NOT IN (
       SELECT ordinal FROM jftsim.snapshot WHERE sandbox = $1 AND use = 'named' ORDER BY ordinal DESC LIMIT ${SNAPSHOTS})`,
    [sandbox],
  )
}

async function write(query: Query, sandbox: string, use: string, name: string, snapshot: Snapshot): Promise<void> {
  await query('INSERT INTO jftsim.snapshot (sandbox, use, name, data) VALUES ($1, $2, $3, $4)', [
    sandbox,
    use,
    name,
    JSON.stringify(snapshot),
  ])
}

/** Who is there. Each request looks, in one statement for all that look at once. */
function createRegister({ options, database, hub, time, worlds }: SqlSandboxesOptions) {
  const { query } = database
  const { limits } = options
  const known = new Map<string, LiveWorld>()
  let ofDefault: LiveWorld | undefined
  /** Milliseconds after which the use of a sandbox is written down again. */
  const TOUCH = Math.min(60_000, limits.sandboxIdleMinutes * 6_000)
  const FROM = 'FROM jftsim.sandbox s JOIN jftsim.world w USING (world) JOIN jftsim.ledger l USING (world)'

  /** What the options of this process say holds: where it listens, and for the default sandbox all. */
  const specOf = (row: Row): SandboxSpec => {
    const spec = JSON.parse(String(row.spec)) as SandboxSpec
    if (spec.name === DEFAULT_SANDBOX) return { ...spec, options }
    const { port, host, publicUrl, handOutKeys } = options
    return { ...spec, options: { ...spec.options, port, host, publicUrl, handOutKeys } }
  }
  const open = async (id: string) => {
    const [row] = await query('SELECT spec FROM jftsim.sandbox WHERE world = $1', [id])
    if (!row) return undefined
    const live = await worlds.open(id, specOf(row))
    await live.robots.reload()
    known.set(id, live)
    return live
  }
  const forget = (id: string) => {
    known.get(id)?.world.state.journal.close()
    known.delete(id)
    forgetOwn(id)
    hub.drop(id)
  }
  const meet = async (row: Row): Promise<LiveWorld | undefined> => {
    const id = String(row.world)
    const live = known.get(id) ?? (await open(id))
    if (!live) return undefined
    const version = Number(row.version)
    if (version > live.header.version) await worlds.reload(live, version)
    renew(live.header, row)
    await live.ids.refill()
    if (live.spec.name === DEFAULT_SANDBOX) ofDefault = live
    return live
  }
  const touch = async (row: Row) => {
    if (Number(row.idle) * 1000 < TOUCH) return
    await database.later('UPDATE jftsim.sandbox SET used = clock_timestamp() WHERE name = $1', [String(row.name)])
  }
  const rowsOf = async (where: string, values: readonly (readonly string[])[]) => {
    const asked = time.machine()
    const rows = await query(`SELECT ${LIGHT} ${FROM} ${where}`, values)
    if (rows[0]) time.learn(Number(rows[0].wall), asked)
    return rows
  }
  const lookAll = batched(async (names: readonly string[]) => {
    const rows = await rowsOf('WHERE s.name = ANY($1::text[])', [[...new Set(names)]])
    const found = new Map<string, { readonly live: LiveWorld; readonly row: Row }>()
    for (const row of rows) {
      const live = await meet(row)
      if (live) found.set(String(row.name), { live, row })
    }
    return names.map((name) => found.get(name))
  })
  /** Where nobody else has the database, what this process knows of its sandboxes is all that there is to know. */
  const own = new Map<string, { readonly live: LiveWorld; touched: number }>()
  const forgetOwn = (id: string) => {
    for (const [name, { live }] of own) if (live.id === id) own.delete(name)
  }
  const lookUp = async (name: string) => {
    const mine = own.get(name)
    if (mine && time.machine() - mine.touched < TOUCH) {
      await mine.live.ids.refill()
      return { live: mine.live }
    }
    const met = await lookAll(name)
    if (met && !database.shared) own.set(name, { live: met.live, touched: time.machine() })
    return met
  }
  const look = async (name: string) => (await lookUp(name))?.live
  const retire = async (id: string) => {
    await query('UPDATE jftsim.world SET retired = clock_timestamp() WHERE world = $1', [id])
    forget(id)
    await hub.tell({ world: id, of: 'closed' })
  }
  const expire = async () => {
    const rows = await query(
      `DELETE FROM jftsim.sandbox WHERE name <> $1 AND used < clock_timestamp() - make_interval(secs => $2::float8)
       RETURNING world`,
      [DEFAULT_SANDBOX, limits.sandboxIdleMinutes * 60],
    )
    for (const { world } of rows) await retire(String(world))
  }
  return {
    look,
    forget,
    retire,
    async use(name: string) {
      const met = await lookUp(name)
      if (met && 'row' in met) await touch(met.row)
      return met?.live
    },
    ofDefault(): LiveWorld {
      if (!ofDefault) throw new TypeError('the default sandbox always exists')
      return ofDefault
    },
    async list() {
      await expire()
      const rows = await rowsOf('ORDER BY s.ordinal', [])
      const met: LiveWorld[] = []
      for (const row of rows) met.push(...[await meet(row)].filter((one) => one !== undefined))
      return met
    },
    async requireRoom(name: string) {
      await expire()
      const [row] = await query(
        'SELECT count(*)::bigint AS count, count(*) FILTER (WHERE name = $1)::bigint AS same FROM jftsim.sandbox',
        [name],
      )
      if (Number(row?.same) > 0) refuse('name', `There is a sandbox ${name} already.`)
      if (Number(row?.count) > limits.sandboxes)
        refuse('limits.sandboxes', `There are ${String(row?.count)} sandboxes: delete some.`)
    },
    /** False: there is a sandbox of that name already. */
    async attach(live: LiveWorld, begin?: Snapshot): Promise<boolean> {
      const initial = await dump(live.world)
      const attached = await database.transaction(async (run) => {
        const rows = await run(
          'INSERT INTO jftsim.sandbox (name, world, spec) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING name',
          [live.spec.name, live.id, JSON.stringify(live.spec)],
        )
        if (rows.length === 0) return false
        await write(run, live.spec.name, 'initial', '', initial)
        if (begin) await write(run, live.spec.name, 'begin', '', begin)
        return true
      })
      if (attached) known.set(live.id, live)
      return attached
    },
    /** False: the sandbox has another world by now. */
    async replace(before: string, live: LiveWorld, begin: Beginning): Promise<boolean> {
      const { name } = live.spec
      const initial = begin === 'as-before' ? undefined : await dump(live.world)
      const replaced = await database.transaction(async (run) => {
        const rows = await run('UPDATE jftsim.sandbox SET world = $2 WHERE name = $1 AND world = $3 RETURNING name', [
          name,
          live.id,
          before,
        ])
        if (rows.length === 0) return false
        if (begin === 'as-before' || !initial) return true
        await run('DELETE FROM jftsim.snapshot WHERE sandbox = $1', [name])
        await write(run, name, 'initial', '', initial)
        if (begin) await write(run, name, 'begin', '', begin)
        return true
      })
      if (replaced) known.set(live.id, live)
      if (replaced) forgetOwn(before)
      return replaced
    },
    async remove(name: string): Promise<boolean> {
      if (name === DEFAULT_SANDBOX) return false
      const [row] = await query('DELETE FROM jftsim.sandbox WHERE name = $1 RETURNING world', [name])
      if (row) await retire(String(row.world))
      return row !== undefined
    },
    /** Finds the default sandbox, or makes it. */
    async begin(build: (spec: SandboxSpec) => Promise<LiveWorld>): Promise<void> {
      if (await look(DEFAULT_SANDBOX)) return
      const live = await build({ name: DEFAULT_SANDBOX, options, events: [] })
      if (!(await this.attach(live))) await retire(live.id)
      await look(DEFAULT_SANDBOX)
    },
  }
}
