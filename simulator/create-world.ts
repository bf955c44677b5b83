import { createClock } from './ground/clock.ts'
import { createIds } from './ground/ids.ts'
import { createOrigins } from './ground/origins.ts'
import type { Platform } from './ground/platform.ts'
import { VERSION } from './ground/version.ts'
import { createRobots } from './robots/robots.ts'
import type { EventType } from './rules/jft/event-types.ts'
import { READY_MADE_REGISTER, READY_MADE_ROUTES, readyMadeClients } from './services/clients/ready-made-clients.ts'
import { parseRegistration } from './services/clients/registration.ts'
import { type Submission, submitEvent } from './services/events/submit.ts'
import { EVENTS } from './state/collections.ts'
import { createClientRegister } from './state/memory/clients.ts'
import { createFaultStore } from './state/memory/faults.ts'
import { createJournal } from './state/memory/journal.ts'
import { createJournalNotes } from './state/memory/journal-notes.ts'
import { createSigningKeys } from './state/memory/keys.ts'
import { createPopulation } from './state/memory/population.ts'
import { createRateCounter } from './state/memory/rates.ts'
import { createReplayCache } from './state/memory/replays.ts'
import { createResourceStore } from './state/memory/resources.ts'
import { createRouteTable, createVkpRegister } from './state/memory/routes.ts'
import { SandboxError, type SandboxSpec, type SeedEvent } from './state/sandbox-spec.ts'
import type { WorldMaker } from './state/sandboxes.ts'
import type { Snapshot } from './state/snapshot.ts'
import type { World } from './state/world.ts'

type Dispatch = (world: World, request: Request, parent?: string) => Promise<Response>

/** Makes the worlds of a simulator. What costs something to make is made once for all of them. */
export function worldMaker(platform: Platform, dispatch: Dispatch): WorldMaker {
  const parts = { keys: platform.keys ?? createSigningKeys(), population: createPopulation() }
  return {
    make: (spec, sandboxes, snapshot) => createWorld(spec, { ...parts, sandboxes, platform, dispatch, snapshot }),
    plant,
  }
}

interface Parts extends Pick<World, 'sandboxes' | 'keys' | 'population'> {
  readonly platform: Platform
  readonly dispatch: Dispatch
  readonly snapshot: Snapshot | undefined
}

/** Throws a `Rejection` when a client of the options is no registration. */
function createWorld({ name, seed, options }: SandboxSpec, { platform, dispatch, snapshot, ...parts }: Parts): World {
  const publicUrl = options.publicUrl ?? `http://${options.host}:${options.port}`
  const clock = snapshot ? createClock(platform.wall, snapshot.clock) : (platform.clock ?? createClock(platform.wall))
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
    clock,
    ids: createIds(seed, snapshot?.ids),
    origins: createOrigins(publicUrl, options.environment, name),
    events: createResourceStore(EVENTS, { maxBytes: options.limits.eventBytes, stamp: () => clock.stamp() }),
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
  return world
}

function noNetwork(): Promise<Response> {
  return Promise.reject(new Error('This simulator has no way out to the network.'))
}

/** Puts the first events in, under the sandbox's clock and identifiers. Rejects with a `SandboxError`. */
async function plant(world: World, { frozenAt, events }: SandboxSpec): Promise<void> {
  if (frozenAt !== undefined) world.clock.freeze(Date.parse(frozenAt))
  for (const [index, seed] of events.entries()) {
    const { issue } = await submitEvent(world, submissionOf(seed))
    if (issue) throw new SandboxError([{ option: `events.${index}`, message: issue.message }])
  }
}

function submissionOf({ resource, clientId = 'seed', ...seed }: SeedEvent): Submission {
  return { ...seed, clientId, text: JSON.stringify(resource), type: resource.resourceType as EventType }
}
