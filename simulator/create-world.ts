import { createClock, pause } from './ground/clock.ts'
import type { EventType } from './ground/event-types.ts'
import { createIds } from './ground/ids.ts'
import { createOrigins, isLoopback } from './ground/origins.ts'
import type { Platform } from './ground/platform.ts'
import { VERSION } from './ground/version.ts'
import { refusalIn } from './http/refused.ts'
import { createRobots } from './robots/robots.ts'
import {
  privateJwkOf,
  READY_MADE_REGISTER,
  READY_MADE_ROUTES,
  readyMadeClients,
} from './services/clients/ready-made-clients.ts'
import { readRegistrations } from './services/clients/registration.ts'
import { type Submission, submitEvent } from './services/events/submit.ts'
import { createSigningKeys } from './state/memory/keys.ts'
import { createPopulation } from './state/memory/population.ts'
import { createMemoryState } from './state/memory/state.ts'
import { publicUrlOf } from './state/options.ts'
import type { Residents, State } from './state/ports.ts'
import type { Robots } from './state/robots.ts'
import { SandboxError, type SandboxSpec, type SeedEvent } from './state/sandbox-spec.ts'
import type { Sandboxes, WorldMaker } from './state/sandboxes.ts'
import type { Snapshot } from './state/snapshot.ts'
import type { Net, Settings, Time, World } from './state/world.ts'

export type Dispatch = (world: World, request: Request, parent?: string) => Promise<Response>
type SharedState = Pick<State, 'keys'> & { readonly population: Residents }

/** Makes the worlds of a simulator. What costs something to make is made once for all of them. */
export function worldMaker(platform: Platform, dispatch: Dispatch): WorldMaker {
  const shared = { keys: platform.keys ?? createSigningKeys(), population: createPopulation() }
  const make = (spec: SandboxSpec, sandboxes: Sandboxes, snapshot?: Snapshot) => {
    const settings = createSettings(spec, assumptionsOf(spec, snapshot))
    const time = createTime(spec, platform, snapshot)
    const state = createState(spec, time, shared)
    return assembleWorld({ spec, settings, time, state, sandboxes }, platform, dispatch)
  }
  return { make, seed }
}

function tellRefusals(world: World, tell: NonNullable<Platform['refused']>): void {
  world.state.journal.subscribe((exchange) => {
    const refusal = refusalIn(world, exchange)
    if (refusal) tell(refusal)
  })
}

/** What a world is made of. */
export interface WorldParts extends Pick<World, 'settings' | 'time' | 'state'> {
  readonly sandboxes: Sandboxes
  readonly spec: SandboxSpec
}

const atOnce = () => Promise.resolve()

/** Puts a world together. `robotsOf` may put something before its robots. */
export function assembleWorld(
  { spec, settings, time, state, sandboxes }: WorldParts,
  platform: Platform,
  dispatch: Dispatch,
  robotsOf = (own: Robots) => own,
): World {
  const net = createNet(spec, platform, (request, parent) => dispatch(world, request, parent))
  const privateJwk = (clientId: string) => privateJwkOf(state, clientId)
  const robots = robotsOf(createRobots({ settings, state, time, net, privateJwk }))
  const { aside, answered } = platform
  const world: World = {
    settings,
    state,
    time,
    net,
    robots,
    surroundings: {
      sandboxes,
      pause: spec.quiet ? atOnce : pause,
      ...(aside && { aside }),
      ...(answered && { answered }),
    },
  }
  if (platform.refused && !spec.quiet) tellRefusals(world, platform.refused)
  return world
}

/** The settings of a sandbox; what is assumed is kept by `assumed`. */
export function createSettings(
  { name, seed, options }: SandboxSpec,
  assumed: Pick<Settings, 'assumptions' | 'assume'>,
): Settings {
  const { environment, auth, switchedOff, host, handOutKeys, observed } = options
  return {
    name,
    seed,
    environment,
    auth,
    version: VERSION,
    handsOutKeys: handOutKeys || isLoopback(host),
    get assumptions() {
      return assumed.assumptions
    },
    assume: assumed.assume,
    observed,
    switchedOff: new Set(switchedOff),
  }
}

function assumptionsOf({ options }: SandboxSpec, snapshot?: Snapshot): Pick<Settings, 'assumptions' | 'assume'> {
  let assumptions = snapshot?.assumptions ?? options.assumptions
  return {
    get assumptions() {
      return assumptions
    },
    async assume(others) {
      assumptions = others
    },
  }
}

function createTime({ seed }: SandboxSpec, { wall, clock: given }: Platform, snapshot?: Snapshot): Time {
  const clock = snapshot ? createClock(wall, snapshot.clock) : (given ?? createClock(wall))
  return { clock, ids: createIds(seed, snapshot?.ids), set: async (change) => change(clock) }
}

/** Throws a `SandboxError` when a client of the options is not a registration. */
function createState(spec: SandboxSpec, { clock }: Time, shared: SharedState): State {
  const { limits } = spec.options
  return createMemoryState({ ...shared, limits, stamp: () => clock.stamp(), ...beginningOf(spec) })
}

/** What a sandbox has at first. Throws a `SandboxError` when a client of the options is not a registration. */
export function beginningOf({ options: { environment, routes, vkp, clients: own } }: SandboxSpec) {
  const { clients, faults } = readRegistrations(own)
  if (faults.length > 0) throw new SandboxError(faults)
  return {
    clients: [...readyMadeClients(environment), ...clients],
    routes: [...routes, ...READY_MADE_ROUTES],
    register: [...vkp.register, ...READY_MADE_REGISTER],
  }
}

function createNet(spec: SandboxSpec, { outbound = noNetwork }: Platform, fetch: Net['fetch']): Net {
  const { name, options, closed } = spec
  const origins = createOrigins(publicUrlOf(options), options.environment, name, options.port)
  return { origins, fetch, outbound: closed ? noNetwork : outbound }
}

function noNetwork(): Promise<Response> {
  return Promise.reject(new Error('there is no way out to the network from here'))
}

/** Puts the first events in, under the sandbox's clock and identifiers. Rejects with a `SandboxError`. */
export async function seed(world: World, { frozenAt, events }: SandboxSpec): Promise<void> {
  if (frozenAt !== undefined) await world.time.set((clock) => clock.freeze(Date.parse(frozenAt)))
  for (const [index, event] of events.entries()) {
    const { issue } = await submitEvent(world, submissionOf(event))
    if (issue) throw new SandboxError([{ option: `events.${index}`, message: issue.message }])
  }
}

function submissionOf({ resource, clientId = 'seed', ...seed }: SeedEvent): Submission {
  return { ...seed, clientId, resource, text: JSON.stringify(resource), type: resource.resourceType as EventType }
}
