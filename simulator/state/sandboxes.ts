import { type Clock, createClock } from '../ground/clock.ts'
import { DEFAULT_SANDBOX } from '../ground/origins.ts'
import type { SimulatorOptions } from './options.ts'
import { readSpec, SandboxError, type SandboxSpec } from './sandbox-spec.ts'
import { dump, load, type Snapshot } from './snapshot.ts'
import type { World } from './world.ts'

/** The sandboxes of one simulator. */
export interface Sandboxes {
  /** The sandbox that always exists, as it is now. */
  readonly default: World
  /** Throws the `SandboxError` that `create` would reject with for what is wrong with the input itself. */
  check(input: unknown): void
  /**
   * Makes a sandbox from what a user wrote. `no-way-out`: whatever it is told, it never calls the network, nor does what is
   * made of it. Rejects with a `SandboxError`.
   */
  create(input: unknown, way?: 'no-way-out'): Promise<World>
  /** The sandbox of that name, kept alive by asking for it. */
  find(name: string): Promise<World | undefined>
  list(): Promise<readonly World[]>
  /** Forgets a sandbox. False when there is none, or when it is the default one. */
  remove(name: string): Promise<boolean>
  /** Puts a sandbox back to what it was made with. */
  reset(name: string): Promise<World | undefined>
  /** What the sandbox remembers now. */
  snapshot(name: string): Promise<Snapshot | undefined>
  /** Keeps what the sandbox remembers now under a name, instead of an older snapshot of that name. */
  keepSnapshot(name: string, as: string): Promise<Snapshot | undefined>
  /** The snapshots that a sandbox keeps by name, oldest first. They go with it, and with a reset. */
  snapshots(name: string): Promise<ReadonlyMap<string, Snapshot> | undefined>
  /** A copy of a sandbox that is not kept: for a request that should change nothing. */
  scratch(name: string): Promise<World | undefined>
  /** What the sandbox remembered when it began. */
  initial(name: string): Promise<Snapshot | undefined>
  /** Puts a sandbox back to a snapshot. */
  restore(name: string, snapshot: Snapshot): Promise<World | undefined>
  /** As `restore`, and a reset goes back to that snapshot from now on. */
  rebase(name: string, snapshot: Snapshot): Promise<World | undefined>
  /** A new sandbox that remembers what `name` remembers. Rejects with a `SandboxError`. */
  fork(name: string, as: unknown): Promise<World | undefined>
}

/** How a world comes into being; the composition root knows. */
export interface WorldMaker {
  /** A world with empty stores, whose clock, identifiers, settings and faults begin as the snapshot has them. */
  readonly make: (spec: SandboxSpec, sandboxes: Sandboxes, snapshot?: Snapshot) => World
  /** Puts the events in that the spec begins with. Rejects with a `SandboxError`. */
  readonly seed: (world: World, spec: SandboxSpec) => Promise<void>
}

interface Kept {
  readonly spec: SandboxSpec
  /** A state that the sandbox began from, instead of what its spec makes. */
  readonly begin: Snapshot | undefined
  /** What it remembered when it began. */
  readonly initial: Promise<Snapshot>
  readonly snapshots: Map<string, Snapshot>
  world: World
  /** Machine time of the last use, in milliseconds. */
  used: number
}

/** Snapshots that one sandbox keeps by name; a further one takes the place of the oldest. */
const SNAPSHOTS = 20

/** Creates the sandboxes of a simulator, with the default one. */
export function createSandboxes(
  options: SimulatorOptions,
  wall: (() => number) | undefined,
  { make, seed }: WorldMaker,
): Sandboxes {
  const register = createRegister(options, createClock(wall))
  const build: Build = async (spec, snapshot) => {
    const world = make(spec, sandboxes, snapshot)
    await (snapshot ? load(world, snapshot) : seed(world, spec))
    return world
  }
  const sandboxes: Sandboxes = {
    get default() {
      return register.ofDefault().world
    },
    check: (input) => void readSpec(input, options, () => DEFAULT_SANDBOX),
    find: async (name) => register.use(name)?.world,
    list: async () => register.list().map(({ world }) => world),
    remove: async (name) => register.remove(name),
    initial: async (name) => register.get(name)?.initial,
    snapshots: async (name) => register.get(name)?.snapshots,
    snapshot: (name) => dumpOf(register, name),
    async keepSnapshot(name, as) {
      const snapshot = await dumpOf(register, name)
      const entry = register.get(name)
      if (entry && snapshot) putLast(entry.snapshots, as, snapshot)
      return snapshot
    },
    ...additions(options, register, build),
    ...replacements(register, build),
  }
  const spec = { name: DEFAULT_SANDBOX, options, events: [] }
  register.keep(spec, make(spec, sandboxes))
  return sandboxes
}

type Register = ReturnType<typeof createRegister>
type Build = (spec: SandboxSpec, snapshot?: Snapshot) => Promise<World>

async function dumpOf(register: Register, name: string): Promise<Snapshot | undefined> {
  const entry = register.get(name)
  return entry && dump(entry.world)
}

/** Ways in which there comes to be one sandbox more. */
function additions(
  options: SimulatorOptions,
  register: Register,
  build: Build,
): Pick<Sandboxes, 'create' | 'fork' | 'scratch'> {
  let made = 0
  const specOf = (input: unknown) => readSpec(input, options, () => `sandbox-${++made}`)
  const add = (spec: SandboxSpec, begin?: Promise<Snapshot>) =>
    register.reserve(spec.name, async () => {
      const state = await begin
      return register.keep(spec, await build(spec, state), state)
    })
  return {
    async create(input, way) {
      const isReplayed = way === 'no-way-out'
      return add({ ...specOf(input), closed: isReplayed, quiet: isReplayed })
    },
    async fork(name, as) {
      const entry = register.get(name)
      return entry && add({ ...entry.spec, name: specOf(as).name }, dump(entry.world))
    },
    async scratch(name) {
      const entry = register.get(name)
      return entry && build({ ...entry.spec, quiet: true }, await dump(entry.world))
    },
  }
}

/** Ways in which a sandbox gets another state. */
function replacements(register: Register, build: Build): Pick<Sandboxes, 'reset' | 'rebase' | 'restore'> {
  /** `put` is left out where the sandbox went, or began again, while its new state was made. */
  const exchange = async (name: string, state: Snapshot | undefined, put: (entry: Kept, world: World) => void) => {
    const entry = register.get(name)
    if (!entry) return undefined
    const world = await build(entry.spec, state)
    if (register.get(name) === entry) put(entry, world)
    return register.get(name)?.world
  }
  const restart = (name: string, begin = register.get(name)?.begin) =>
    exchange(name, begin, ({ spec }, world) => void register.keep(spec, world, begin))
  return {
    reset: (name) => restart(name),
    rebase: (name, snapshot) => restart(name, snapshot),
    restore: (name, snapshot) =>
      exchange(name, snapshot, (entry, world) => {
        entry.world.state.journal.close()
        entry.world = world
      }),
  }
}

/** Who is there, and since when nobody has asked for them. */
function createRegister({ limits }: SimulatorOptions, machine: Clock) {
  const kept = new Map<string, Kept>()
  /** Names of sandboxes that are being made. */
  const reserved = new Set<string>()
  const expire = () => {
    for (const [name, { used, world }] of kept) {
      if (name === DEFAULT_SANDBOX || used >= machine.now() - limits.sandboxIdleMinutes * 60_000) continue
      kept.delete(name)
      world.state.journal.close()
    }
  }
  const requireRoom = (name: string) => {
    expire()
    const count = kept.size + reserved.size
    if (kept.has(name) || reserved.has(name)) refuse('name', `There is a sandbox ${name} already.`)
    if (count > limits.sandboxes) refuse('limits.sandboxes', `There are ${count} sandboxes: delete some.`)
  }
  return {
    get: (name: string) => kept.get(name),
    ofDefault(): Kept {
      const entry = kept.get(DEFAULT_SANDBOX)
      if (!entry) throw new TypeError('the default sandbox always exists')
      return entry
    },
    use(name: string) {
      const entry = kept.get(name)
      if (entry) entry.used = machine.now()
      return entry
    },
    list() {
      expire()
      return [...kept.values()]
    },
    keep(spec: SandboxSpec, world: World, begin?: Snapshot): Kept {
      const entry = { spec, begin, initial: dump(world), snapshots: new Map(), world, used: machine.now() }
      kept.get(spec.name)?.world.state.journal.close()
      kept.set(spec.name, entry)
      return entry
    },
    /** Keeps the name free while the sandbox is made. Rejects with a `SandboxError` when there is no room for it. */
    async reserve(name: string, work: () => Promise<Kept>): Promise<World> {
      requireRoom(name)
      reserved.add(name)
      try {
        const { world, initial } = await work()
        await initial
        return world
      } finally {
        reserved.delete(name)
      }
    },
    remove(name: string): boolean {
      if (name === DEFAULT_SANDBOX) return false
      kept.get(name)?.world.state.journal.close()
      return kept.delete(name)
    },
  }
}

function refuse(option: string, message: string): never {
  throw new SandboxError([{ option, message }])
}

function putLast(snapshots: Map<string, Snapshot>, name: string, snapshot: Snapshot): void {
  snapshots.delete(name)
  const [oldest] = snapshots.keys()
  if (snapshots.size >= SNAPSHOTS && oldest !== undefined) snapshots.delete(oldest)
  snapshots.set(name, snapshot)
}
