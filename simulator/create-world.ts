import { createClock } from './ground/clock.ts'
import { createIds } from './ground/ids.ts'
import { createOrigins } from './ground/origins.ts'
import type { Platform } from './ground/platform.ts'
import type { SimulatorOptions } from './ground/settings/options.ts'
import { VERSION } from './ground/version.ts'
import { createRobots } from './robots/robots.ts'
import { READY_MADE_REGISTER, READY_MADE_ROUTES, readyMadeClients } from './services/clients/ready-made-clients.ts'
import { parseRegistration } from './services/clients/registration.ts'
import { createClientRegister } from './state/memory/clients.ts'
import { createEventStore } from './state/memory/events.ts'
import { createFaultStore } from './state/memory/faults.ts'
import { createJournal } from './state/memory/journal.ts'
import { createJournalNotes } from './state/memory/journal-notes.ts'
import { createSigningKeys } from './state/memory/keys.ts'
import { createPopulation } from './state/memory/population.ts'
import { createRateCounter } from './state/memory/rates.ts'
import { createReplayCache } from './state/memory/replays.ts'
import { createRouteTable, createVkpRegister } from './state/memory/routes.ts'
import type { Snapshot } from './state/sandboxes.ts'
import type { World } from './state/world.ts'

/** What a sandbox's world is made of. */
export interface WorldSettings {
  readonly name: string
  /** Makes identifiers repeatable; without it they are random. */
  readonly seed?: string | undefined
  readonly options: SimulatorOptions
  readonly platform: Platform
  /** The state to begin with, in place of an empty one. */
  readonly snapshot?: Snapshot | undefined
}

/** The parts of a world that all sandboxes of a simulator share. */
export type Shared = Pick<World, 'sandboxes' | 'keys' | 'population'> & {
  readonly dispatch: (world: World, request: Request, parent?: string) => Promise<Response>
}

/** The parts that cost something to make, once for all sandboxes. */
export function sharedParts(platform: Platform): Pick<World, 'keys' | 'population'> {
  return { keys: platform.keys ?? createSigningKeys(), population: createPopulation() }
}

/** Makes the state of one sandbox. Throws a `Rejection` when a client of the options is no registration. */
export function createWorld({ name, seed, options, platform, snapshot }: WorldSettings, shared: Shared): World {
  const publicUrl = options.publicUrl ?? `http://${options.host}:${options.port}`
  const { dispatch, ...parts } = shared
  let assumptions = snapshot?.assumptions ?? options.assumptions
  const world: World = {
    ...parts,
    name,
    seed,
    environment: options.environment,
    auth: options.auth,
    version: VERSION,
    get assumptions() {
      return assumptions
    },
    assume(others) {
      assumptions = others
    },
    switchedOff: new Set(options.switchedOff),
    clock: snapshot ? createClock(platform.wall, snapshot.clock) : (platform.clock ?? createClock(platform.wall)),
    ids: createIds(seed, snapshot?.ids),
    origins: createOrigins(publicUrl, options.environment, name),
    events: createEventStore(options.limits.eventBytes),
    journal: createJournal(options.limits.journalBytes),
    clients: createClientRegister([
      ...readyMadeClients(options.environment),
      ...options.clients.map(parseRegistration),
    ]),
    routes: createRouteTable([...options.routes, ...READY_MADE_ROUTES]),
    vkpRegister: createVkpRegister([...options.vkp.register, ...READY_MADE_REGISTER]),
    replays: createReplayCache(100_000),
    rates: createRateCounter(10_000),
    notes: createJournalNotes(options.limits.noteBytes),
    faults: createFaultStore(snapshot?.faults),
    robots: createRobots(() => world),
    fetch: (request, parent) => dispatch(world, request, parent),
    outbound: platform.outbound ?? noNetwork,
  }
  if (snapshot) load(world, snapshot)
  return world
}

function noNetwork(): Promise<Response> {
  return Promise.reject(new Error('This simulator has no way out to the network.'))
}

/** What a world remembers, the journal aside. Events are never changed in place, so a list of them is a copy. */
export function dump({ assumptions, clock, ids, events, clients, routes, vkpRegister, faults }: World): Snapshot {
  return {
    assumptions,
    clock: clock.state,
    ids: ids.state,
    events: events.all(),
    clients: clients.list(),
    routes: routes.list(),
    register: vkpRegister.list(),
    faults: faults.state,
  }
}

function load(world: World, snapshot: Snapshot): void {
  for (const event of snapshot.events) world.events.add(event)
  for (const client of snapshot.clients) world.clients.put(client)
  world.routes.replace(snapshot.routes)
  world.vkpRegister.replace(snapshot.register)
}
