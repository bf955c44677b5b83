import { z } from 'zod'
import { createWorld, dump, type Shared, sharedParts } from '../create-world.ts'
import { createClock } from '../ground/clock.ts'
import { DEFAULT_SANDBOX } from '../ground/origins.ts'
import type { Platform } from '../ground/platform.ts'
import type { Assumptions } from '../ground/settings/assumptions.ts'
import {
  type OptionFault,
  readOptions,
  type SimulatorInput,
  type SimulatorOptions,
} from '../ground/settings/options.ts'
import { validateStrict } from '../rules/fhir/strict.ts'
import { inForce } from '../rules/in-force.ts'
import { EVENT_TYPES } from '../rules/jft/event-types.ts'
import { keepEvent, outOfMemory } from '../services/events/submit.ts'
import type { Client } from './memory/clients.ts'
import type { StoredEvent } from './memory/events.ts'
import type { FaultState } from './memory/faults.ts'
import type { RegisterEntry, VkpRoute } from './memory/routes.ts'
import type { World } from './world.ts'

/** All that a sandbox remembers, the journal aside: what a snapshot keeps, a fork copies and a restore puts back. */
export interface Snapshot {
  readonly assumptions: Assumptions
  readonly clock: ReturnType<typeof createClock>['state']
  /** Where the sequence of identifiers stands; `undefined` without a seed. */
  readonly ids: number | undefined
  readonly events: readonly StoredEvent[]
  readonly clients: readonly Client[]
  readonly routes: readonly VkpRoute[]
  readonly register: readonly RegisterEntry[]
  readonly faults: FaultState
}

/** What a sandbox is made with, and what a reset goes back to. Options that are left out are the simulator's. */
export interface SandboxSpec {
  readonly name: string
  /** Makes identifiers repeatable; the name by default. */
  readonly seed?: string | undefined
  /** Freezes the clock at this time, ISO 8601. */
  readonly frozenAt?: string | undefined
  readonly options: SimulatorOptions
  readonly events: readonly SeedEvent[]
}

/** An event that is there from the beginning. */
export interface SeedEvent {
  readonly municipality: string
  readonly resource: Readonly<Record<string, unknown>>
  readonly clientId?: string | undefined
  readonly clientName?: string | undefined
  readonly sourceSystem?: string | undefined
}

/** A sandbox cannot be made so; `faults` has every reason. */
export class SandboxError extends Error {
  readonly faults: readonly OptionFault[]

  constructor(faults: readonly OptionFault[]) {
    super(faults.map(({ option, message }) => `${option}: ${message}`).join('\n'))
    this.name = 'SandboxError'
    this.faults = faults
  }
}

/** The sandboxes of one simulator. `default` always exists. */
export interface Sandboxes {
  /** Makes a sandbox from what a user wrote. Throws a `SandboxError`. */
  create(input: unknown): World
  /** The sandbox of that name, kept alive by asking for it. */
  find(name: string): World | undefined
  list(): readonly World[]
  /** Forgets a sandbox. False when there is none, or when it is the default one. */
  remove(name: string): boolean
  /** Puts a sandbox back to what it was made with. */
  reset(name: string): World | undefined
  /** What the sandbox remembers now. */
  snapshot(name: string): Snapshot | undefined
  /** The snapshots that a sandbox keeps by name, oldest first. They go with it, and with a reset. */
  snapshots(name: string): Map<string, Snapshot> | undefined
  /** A copy of a sandbox that is not kept: for a request that shall change nothing. */
  scratch(name: string): World | undefined
  /** What the sandbox remembered when it began. */
  initial(name: string): Snapshot | undefined
  /** Puts a sandbox back to a snapshot. */
  restore(name: string, snapshot: Snapshot): World | undefined
  /** As `restore`, and a reset goes back to that snapshot from now on. */
  rebase(name: string, snapshot: Snapshot): World | undefined
  /** A new sandbox that remembers what `name` remembers. Throws a `SandboxError`. */
  fork(name: string, as: unknown): World | undefined
}

const NAME = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/
const MEGABYTE = 1024 * 1024

/** A sandbox for one test needs less than a simulator that runs for days. */
const LIMITS = { eventBytes: 64 * MEGABYTE, journalBytes: 8 * MEGABYTE, noteBytes: 2 * MEGABYTE }

const seedEvent = z.strictObject({
  municipality: z.string().regex(/^\d{9}$/, 'must be nine digits'),
  resource: z.record(z.string(), z.unknown()),
  clientId: z.string().optional(),
  clientName: z.string().optional(),
  sourceSystem: z.string().optional(),
})

const specSchema = z.strictObject({
  name: z.string().regex(NAME, 'must be 1 to 63 lower-case letters, digits and hyphens').optional(),
  seed: z.string().max(200).optional(),
  frozenAt: z.iso.datetime({ offset: true }).optional(),
  events: z.array(seedEvent).default([]),
  ...Object.fromEntries(
    ['environment', 'auth', 'clients', 'limits', 'assumptions', 'switchedOff', 'routes', 'vkp'].map((name) => [
      name,
      z.unknown().optional(),
    ]),
  ),
})

interface Kept {
  readonly spec: SandboxSpec
  /** A state that the sandbox began from, in place of what its spec makes. */
  readonly begin: Snapshot | undefined
  /** What it remembered when it began. */
  readonly initial: Snapshot
  readonly snapshots: Map<string, Snapshot>
  world: World
  /** Machine time of the last use, in milliseconds. */
  used: number
}

/** Creates the register with its default sandbox. Throws a `SandboxError` when the options are wrong. */
export function createSandboxes(
  options: SimulatorOptions,
  platform: Platform,
  dispatch: Shared['dispatch'],
): Sandboxes {
  const machine = createClock(platform.wall)
  const kept = new Map<string, Kept>()
  const parts = sharedParts(platform)
  let made = 0

  const build = (spec: SandboxSpec, snapshot?: Snapshot) => {
    const { name, seed } = spec
    const world = createWorld(
      { name, seed, options: spec.options, platform, snapshot },
      { ...parts, sandboxes, dispatch },
    )
    if (!snapshot) plant(world, spec)
    return world
  }
  const keep = (spec: SandboxSpec, begin?: Snapshot) => {
    const world = build(spec, begin)
    kept.set(spec.name, { spec, begin, initial: dump(world), snapshots: new Map(), world, used: machine.now() })
    return world
  }
  /** Another state for a sandbox; what a reset goes back to stays. */
  const replace = (name: string, state: Snapshot) => {
    const entry = kept.get(name)
    if (!entry) return undefined
    entry.world.journal.close()
    entry.world = build(entry.spec, state)
    return entry.world
  }
  const restart = (name: string, begin = kept.get(name)?.begin) => {
    const entry = kept.get(name)
    if (!entry) return undefined
    entry.world.journal.close()
    return keep(entry.spec, begin)
  }
  const expire = () => {
    for (const [name, { used }] of kept) {
      if (name !== DEFAULT_SANDBOX && used < machine.now() - options.limits.sandboxIdleMinutes * 60_000)
        kept.delete(name)
    }
  }
  const nextSpec = (input: unknown) => {
    expire()
    const spec = readSpec(input, options, () => `sandbox-${++made}`)
    if (kept.has(spec.name))
      throw new SandboxError([{ option: 'name', message: `There is a sandbox ${spec.name} already.` }])
    if (kept.size > options.limits.sandboxes) {
      throw new SandboxError([
        { option: 'limits.sandboxes', message: `There are ${kept.size} sandboxes: delete some.` },
      ])
    }
    return spec
  }
  const sandboxes: Sandboxes = {
    create: (input) => keep(nextSpec(input)),
    find(name) {
      const entry = kept.get(name)
      if (entry) entry.used = machine.now()
      return entry?.world
    },
    list() {
      expire()
      return [...kept.values()].map(({ world }) => world)
    },
    remove(name) {
      if (name === DEFAULT_SANDBOX) return false
      kept.get(name)?.world.journal.close()
      return kept.delete(name)
    },
    reset: (name) => restart(name),
    initial: (name) => kept.get(name)?.initial,
    rebase: (name, snapshot) => restart(name, snapshot),
    snapshot(name) {
      const world = kept.get(name)?.world
      return world && dump(world)
    },
    snapshots: (name) => kept.get(name)?.snapshots,
    scratch(name) {
      const entry = kept.get(name)
      return entry && build(entry.spec, dump(entry.world))
    },
    restore: (name, snapshot) => replace(name, snapshot),
    fork(name, as) {
      const entry = kept.get(name)
      if (!entry) return undefined
      const { name: forked } = nextSpec(as)
      return keep({ ...entry.spec, name: forked }, dump(entry.world))
    },
  }
  keep({ name: DEFAULT_SANDBOX, options, events: [] })
  return sandboxes
}

/** Reads what a user wrote. An option of the simulator holds where the sandbox has no own. */
function readSpec(input: unknown, base: SimulatorOptions, nameIt: () => string): SandboxSpec {
  const parsed = specSchema.safeParse(input)
  if (!parsed.success) throw new SandboxError(parsed.error.issues.flatMap(faultsOf))
  const { name = nameIt(), seed = name, frozenAt, events, ...own } = parsed.data
  const read = readOptions({ ...base, ...own, ...merged(base, own) })
  if ('faults' in read) throw new SandboxError(read.faults)
  return { name, seed, frozenAt, events, options: read.options }
}

function merged(base: SimulatorOptions, own: Readonly<Record<string, unknown>>): Partial<SimulatorInput> {
  const assumptions = { ...base.assumptions, ...(own.assumptions as object | undefined) }
  const limits = { ...base.limits, ...LIMITS, ...(own.limits as object | undefined) }
  return { assumptions, limits }
}

function faultsOf(issue: z.core.$ZodIssue): OptionFault[] {
  const path = issue.path.map(String)
  if (issue.code !== 'unrecognized_keys') return [{ option: path.join('.'), message: issue.message }]
  const known = [...Object.keys(specSchema.shape)].join(', ')
  return issue.keys.map((key) => ({
    option: [...path, key].join('.'),
    message: `There is no such option; there are ${known}.`,
  }))
}

/** Puts the first events in, under the sandbox's clock and identifiers. */
function plant(world: World, { frozenAt, events }: SandboxSpec): void {
  if (frozenAt !== undefined) world.clock.freeze(Date.parse(frozenAt))
  const faults = events.flatMap((event, index) => plantEvent(world, event, `events.${index}`))
  if (faults.length > 0) throw new SandboxError(faults)
}

function plantEvent(world: World, seed: SeedEvent, option: string): OptionFault[] {
  const { resource, municipality, clientName, sourceSystem, clientId = 'seed' } = seed
  const text = JSON.stringify(resource)
  const issues = inForce(validateStrict(text).issues, world.switchedOff)
  if (issues.length > 0) {
    return issues.map(({ expression, message }) => ({
      option: `${option}.resource`,
      message: `${expression ?? ''}: ${message}`,
    }))
  }
  const type = EVENT_TYPES.find((one) => one === resource.resourceType)
  if (!type) return [{ option: `${option}.resource`, message: `JFT takes ${EVENT_TYPES.join(', ')}.` }]
  const kept = keepEvent(world, { text, resource, type, municipality, clientId, clientName, sourceSystem })
  return kept === 'full' ? [{ option, message: outOfMemory(world).message }] : []
}
