import { type Clock, createClock } from './clock.ts'
import { createIds } from './ids.ts'
import { type OptionFault, readOptions, type SimulatorInput, type SimulatorOptions } from './options.ts'
import { createOrigins, type Destination, type SurfaceName } from './origins.ts'
import { readyMadeClients } from './ready-made-clients.ts'
import { issueOf } from './rules/catalogue.ts'
import { explain } from './rules/operation-outcome.ts'
import { type Client, createClientRegister } from './store/clients.ts'
import { createEventStore } from './store/events.ts'
import { createJournal } from './store/journal.ts'
import { createSigningKeys, type SigningKeys } from './store/keys.ts'
import { createRateCounter } from './store/rates.ts'
import { createReplayCache } from './store/replays.ts'
import { control } from './surfaces/control.ts'
import { ehr } from './surfaces/ehr.ts'
import { helseid } from './surfaces/helseid.ts'
import { jftRead } from './surfaces/jft-read.ts'
import { jftWrite } from './surfaces/jft-write.ts'
import { handle, type Surface } from './surfaces/pipeline.ts'
import { parseRegistration } from './surfaces/registration.ts'
import { Rejection } from './surfaces/rejection.ts'
import { ttt } from './surfaces/ttt.ts'
import { vkp } from './surfaces/vkp.ts'
import { VERSION } from './version.ts'
import type { World } from './world.ts'

/** A simulator without a door: the whole of it is `fetch`. */
export interface Simulator {
  /** Answers one request, whichever surface it is for. Never rejects. */
  readonly fetch: (request: Request) => Promise<Response>
  readonly options: SimulatorOptions
  readonly world: World
}

/** What the platform gives: all of it has a default that needs no platform. */
export interface Platform {
  readonly keys?: SigningKeys
  readonly clock?: Clock
  /** How to call a vendor's own EHR; without it, such a call fails. */
  readonly outbound?: (request: Request) => Promise<Response>
}

/** The options are wrong; `faults` has every one. */
export class OptionsError extends Error {
  readonly faults: readonly OptionFault[]

  constructor(faults: readonly OptionFault[]) {
    super(faults.map(({ option, message }) => `${option}: ${message}`).join('\n'))
    this.name = 'OptionsError'
    this.faults = faults
  }
}

const SURFACES: Readonly<Record<SurfaceName, Surface>> = {
  helseid,
  ttt,
  'jft-write': jftWrite,
  'jft-read': jftRead,
  vkp,
  ehr,
  control,
}

/** Composes a simulator. Throws an `OptionsError` when `input` is wrong. */
export function createSimulator(input: SimulatorInput = {}, platform: Platform = {}): Simulator {
  const read = readOptions(input)
  if ('faults' in read) throw new OptionsError(read.faults)
  const world = createWorld(read.options, platform)
  return { options: read.options, world, fetch: world.fetch }
}

function createWorld(options: SimulatorOptions, platform: Platform): World {
  const publicUrl = options.publicUrl ?? `http://${options.host}:${options.port}`
  const world: World = {
    environment: options.environment,
    auth: options.auth,
    version: VERSION,
    assumptions: options.assumptions,
    clock: platform.clock ?? createClock(),
    ids: createIds(),
    origins: createOrigins(publicUrl, options.environment),
    events: createEventStore(options.limits.eventBytes),
    journal: createJournal(options.limits.journalBytes),
    clients: createClientRegister([...readyMadeClients(), ...registeredClients(options)]),
    keys: platform.keys ?? createSigningKeys(),
    replays: createReplayCache(100_000),
    rates: createRateCounter(10_000),
    fetch: (request, parent) => dispatch(world, request, parent),
    outbound: platform.outbound ?? noNetwork,
  }
  return world
}

function noNetwork(): Promise<Response> {
  return Promise.reject(new Error('This simulator has no way out to the network.'))
}

function registeredClients({ clients }: SimulatorOptions): Client[] {
  const faults: OptionFault[] = []
  const registered = clients.flatMap((client, index) => {
    try {
      return [parseRegistration(client)]
    } catch (error) {
      if (!(error instanceof Rejection)) throw error
      faults.push(...error.issues.map(({ message }) => ({ option: `clients.${index}`, message })))
      return []
    }
  })
  if (faults.length > 0) throw new OptionsError(faults)
  return registered
}

/** Finds the surface that the request is for. */
function dispatch(world: World, request: Request, parent?: string): Promise<Response> {
  const to = world.origins.route(new URL(request.url))
  if (!to) return Promise.resolve(unknownHost(world, request))
  if (to.surface === undefined) return Promise.resolve(unknownPath(world, request))
  return handle(world, SURFACES[to.surface], to satisfies Destination, request, parent)
}

/** A host that is not ours is refused (RFC 9110, 7.4): a web page must not reach a developer's machine by a DNS trick. */
function unknownHost(world: World, request: Request): Response {
  const { host } = new URL(request.url)
  return refuse(421, issueOf('http-host', `This simulator does not play ${host}. It listens as ${bases(world)}.`))
}

function unknownPath(world: World, request: Request): Response {
  const { pathname } = new URL(request.url)
  return refuse(404, issueOf('http-path', `No surface has the path ${pathname}. Base URLs: ${bases(world)}.`))
}

function refuse(status: number, issue: Parameters<typeof explain>[0]): Response {
  return Response.json({ issues: [explain(issue)] }, { status })
}

function bases(world: World): string {
  return Object.values(world.origins.local).join(', ')
}
