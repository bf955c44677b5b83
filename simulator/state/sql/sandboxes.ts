import { DEFAULT_SANDBOX } from '../../ground/origins.ts'
import { readSpec, type SandboxSpec } from '../sandbox-spec.ts'
import type { Sandboxes, WorldMaker } from '../sandboxes.ts'
import { dump, load, type Snapshot } from '../snapshot.ts'
import type { PresenceParts } from './presence.ts'
import { createRegister, refuseName, type WorldBeginning } from './register.ts'
import { keepSnapshot, readSnapshot, readSnapshots } from './snapshots.ts'
import type { LiveWorld } from './worlds.ts'

export interface SqlSandboxesOptions extends PresenceParts {
  readonly seed: WorldMaker['seed']
  /** Makes worlds in memory: for what is not kept. */
  readonly scratch: WorldMaker['make']
}

/** The sandboxes of a simulator whose state is kept in a database; the default one is there when it resolves. */
export async function openSandboxes(parts: SqlSandboxesOptions): Promise<Sandboxes> {
  const { options, database, hub } = parts
  const register = createRegister(parts)
  const { add, exchange, begin } = createBuilder(parts, register)
  const specOf = (input: unknown) => numberedSpec(parts, input)
  /** Does something with a sandbox that is there. */
  const at = async <T>(name: string, work: (live: LiveWorld) => Promise<T>): Promise<T | undefined> => {
    const live = await register.look(name)
    return live && work(live)
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
    snapshot: (name) => at(name, ({ world }) => dump(world)),
    keepSnapshot: (name, as) =>
      at(name, async ({ world }) => {
        const snapshot = await dump(world)
        await database.transaction((query) => keepSnapshot(query, name, as, snapshot))
        return snapshot
      }),
    snapshots: (name) => at(name, () => readSnapshots(database.query, name)),
    initial: (name) => readSnapshot(database.query, name, 'initial'),
    scratch: (name) =>
      at(name, async (live) => {
        const snapshot = await dump(live.world)
        const world = parts.scratch({ ...live.spec, quiet: true }, sandboxes, snapshot)
        await load(world, snapshot)
        return world
      }),
    restore: (name, snapshot) => exchange(name, snapshot, 'as-before'),
    rebase: (name, snapshot) => exchange(name, snapshot, snapshot),
    async reset(name) {
      const begin = await readSnapshot(database.query, name, 'begin')
      return exchange(name, begin, begin)
    },
    fork: (name, as) =>
      at(name, async ({ spec, world }) => add({ ...spec, name: (await specOf(as)).name }, await dump(world))),
  }
  hub.heard(({ of, world }) => {
    if (of === 'closed') register.forget(world)
  })
  await begin()
  return sandboxes
}

/** The spec of a new sandbox, which has a number where it has no name. */
async function numberedSpec({ options, database }: PresenceParts, input: unknown): Promise<SandboxSpec> {
  const [row] = await database.query("SELECT nextval('jftsim.sandbox_number') AS number")
  return readSpec(input, options, () => `sandbox-${String(row?.number)}`)
}

/** Makes worlds, and puts them into the register. */
function createBuilder({ options, worlds, seed }: SqlSandboxesOptions, register: ReturnType<typeof createRegister>) {
  const build = async (spec: SandboxSpec, snapshot?: Snapshot) => {
    const live = await worlds.create(spec, snapshot)
    await (snapshot ? load(live.world, snapshot) : seed(live.world, spec))
    return live
  }
  return {
    /** Finds the default sandbox, or makes it. */
    async begin(): Promise<void> {
      if (await register.look(DEFAULT_SANDBOX)) return
      const live = await build({ name: DEFAULT_SANDBOX, options, events: [] })
      if (!(await register.attach(live))) await register.retire(live.id)
      await register.look(DEFAULT_SANDBOX)
    },
    async add(spec: SandboxSpec, begin?: Snapshot) {
      await register.requireRoom(spec.name)
      const live = await build(spec, begin)
      if (await register.attach(live, begin)) return live.world
      await register.retire(live.id)
      return refuseName(spec.name)
    },
    /** Puts another world in the place of the one that is there, unless somebody else has. */
    async exchange(name: string, state: Snapshot | undefined, begin: WorldBeginning) {
      const before = await register.look(name)
      if (!before) return undefined
      const live = await build(before.spec, state)
      const put = await register.replace(before.id, live, begin)
      await register.retire(put ? before.id : live.id)
      return (await register.look(name))?.world
    },
  }
}
