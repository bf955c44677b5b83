import { worldMaker } from './create-world.ts'
import { type Destination, sandboxOf } from './ground/origins.ts'
import type { Platform } from './ground/platform.ts'
import { isPlayedIn, SURFACES as SURFACE_FACTS, type SurfaceName } from './ground/surfaces.ts'
import { unknownName } from './ground/text/suggest.ts'
import { ConnectionReset } from './http/delivery.ts'
import { answerFailure } from './http/failure.ts'
import { API_ANSWER } from './http/guard.ts'
import { handle } from './http/pipeline.ts'
import { type PlainOutcome, responseTo } from './http/plain-answer.ts'
import { suppressedHeader } from './http/suppressed.ts'
import type { Surface } from './http/surface.ts'
import { keptResponseTo } from './http/unheard.ts'
import { refuseUnread, type Unread } from './http/unread.ts'
import { issueOf } from './rules/catalogue.ts'
import type { Issue } from './rules/issue.ts'
import { explain } from './rules/operation-outcome.ts'
import { redactIssue } from './rules/redact.ts'
import { readRegistrations } from './services/clients/registration.ts'
import { type OptionFault, readOptions, type SimulatorInput, type SimulatorOptions } from './state/options.ts'
import { createSandboxes, type Sandboxes } from './state/sandboxes.ts'
import { StoreLost } from './state/store-lost.ts'
import type { World } from './state/world.ts'
import { control } from './surfaces/control/index.ts'
import { ehr } from './surfaces/ehr/index.ts'
import { helseid } from './surfaces/helseid/index.ts'
import { jftRead } from './surfaces/jft-read/index.ts'
import { jftWrite } from './surfaces/jft-write/index.ts'
import { pit } from './surfaces/pit/index.ts'
import { selvbetjening } from './surfaces/selvbetjening/index.ts'
import { ttt } from './surfaces/ttt/index.ts'
import { vkp } from './surfaces/vkp/index.ts'

/** A simulator without a door: the whole of it is `fetch`. */
export interface Simulator {
  /**
   * Answers one request, whichever surface it is for. Rejects only with a `ConnectionReset`, where a fault breaks the
   * connection.
   */
  readonly fetch: (request: Request) => Promise<Response>
  /** The same for a server, which can write most answers as they are. */
  readonly answer: (request: Request) => Promise<PlainOutcome>
  /** Answers what its server could not read as a request; it is in the journal of the default sandbox. */
  readonly refuseUnread: (unread: Unread) => Promise<Response>
  readonly options: SimulatorOptions
  readonly sandboxes: Sandboxes
  /** The default sandbox. */
  readonly world: World
  /** Whether this process does now what one process at a time does, where several share their state. */
  readonly isInCharge: () => Promise<boolean>
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
  selvbetjening,
  'jft-write': jftWrite,
  'jft-read': jftRead,
  pit,
  vkp,
  ehr,
  control,
}

/** Composes a simulator. Throws an `OptionsError` when `input` is wrong. */
export function createSimulator(input: SimulatorInput = {}, platform: Platform = {}): Simulator {
  const options = checkedOptions(input)
  return simulatorOf(options, createSandboxes(options, platform.wall, worldMaker(platform, dispatch)), platform)
}

/** The simulator that has those sandboxes; `refused` is told of requests that no sandbox is there for. */
export function simulatorOf(
  options: SimulatorOptions,
  sandboxes: Sandboxes,
  { refused }: Pick<Platform, 'refused'>,
  isInCharge: Simulator['isInCharge'] = async () => true,
): Simulator {
  const answer = async (request: Request) => {
    const outcome = await toSandbox(sandboxes, request).catch((thrown) => failed(sandboxes, request, thrown))
    const issue = UNPLACED.get(outcome)
    if (issue) refused?.({ status: outcome.status, rule: issue.rule, message: issue.message, more: 0 })
    return outcome
  }
  return {
    options,
    sandboxes,
    isInCharge,
    answer,
    get world() {
      return sandboxes.default
    },
    fetch: async (request) => keptResponseTo(await answer(request)),
    refuseUnread: async (unread) => {
      const { status, message } = unread
      refused?.({ status, rule: 'http-request', message, more: 0 })
      return refuseUnread(sandboxes.default, unread)
    },
  }
}

/** Whatever was thrown before a surface was found is our own bug as well. */
function failed(sandboxes: Sandboxes, request: Request, thrown: unknown): Promise<PlainOutcome> {
  if (thrown instanceof ConnectionReset) throw thrown
  const url = new URL(request.url)
  // The process lives, whatever becomes of its database: to start it again would mend nothing.
  if (thrown instanceof StoreLost && url.pathname === '/_sim/health') return toSurface(sandboxes.default, request, url)
  return answerFailure(sandboxes.default, request, thrown, {})
}

/** The options with their defaults. Throws an `OptionsError` that names every wrong one. */
export function checkedOptions(input: SimulatorInput): SimulatorOptions {
  const read = readOptions(input)
  if ('faults' in read) throw new OptionsError(read.faults)
  const { faults } = readRegistrations(read.options.clients)
  if (faults.length > 0) throw new OptionsError(faults)
  return read.options
}

/** Finds the sandbox that the request is for. */
async function toSandbox(sandboxes: Sandboxes, request: Request): Promise<PlainOutcome> {
  const url = new URL(request.url)
  const name = sandboxOf(url)
  const world = await sandboxes.find(name)
  if (world) return toSurface(world, request, url)
  const names = (await sandboxes.list()).map(({ settings }) => settings.name)
  const message = unknownName('sandbox', name, names, 'Make it with POST /_sim/sandboxes.')
  const issue = issueOf('sim-sandbox', message)
  return refuse(sandboxes.default, 404, issue)
}

/** A call that a sandbox makes within itself. */
export async function dispatch(world: World, request: Request, parent?: string): Promise<Response> {
  return responseTo(await toSurface(world, request, new URL(request.url), parent))
}

/** Finds the surface that the request is for. */
function toSurface(world: World, request: Request, url: URL, parent?: string): Promise<PlainOutcome> {
  const to = world.net.origins.route(url)
  if (!to) return Promise.resolve(unknownHost(world, url))
  if (to.surface === undefined) return Promise.resolve(unknownPath(world, url))
  if (!isPlayedIn(to.surface, world.settings.environment)) return Promise.resolve(inTestOnly(world, to.surface))
  return handle(world, SURFACES[to.surface], to satisfies Destination, request, parent)
}

/** A host that is not ours is refused (RFC 9110, 7.4): a web page must not reach a developer's machine by a DNS trick. */
function unknownHost(world: World, { host }: URL): Response {
  return refuse(
    world,
    421,
    issueOf('http-host', `This simulator does not play ${host}. It listens as ${bases(world)}.`),
  )
}

function unknownPath(world: World, { pathname }: URL): Response {
  return refuse(world, 404, issueOf('http-path', `No surface has the path ${pathname}. Base URLs: ${bases(world)}.`))
}

function inTestOnly(world: World, surface: SurfaceName): Response {
  const { title } = SURFACE_FACTS[surface]
  const message = `${title} is in Test only: its pages name no host in production. Start with --environment test.`
  return refuse(world, 404, issueOf('http-path', message))
}

/** Why a request was refused before there was a surface, and so a journal, to keep it. */
const UNPLACED = new WeakMap<PlainOutcome, Issue>()

/** Where the rule is switched off there is nothing to continue with: the answer is empty, as in the pipeline. */
function refuse({ settings: { switchedOff } }: World, status: number, issue: Issue): Response {
  if (switchedOff.has(issue.rule)) return new Response(null, { headers: suppressedHeader([issue.rule]) })
  const told = redactIssue(issue)
  const answer = Response.json({ issues: [explain(told, 'simulator')] }, { status, headers: API_ANSWER })
  UNPLACED.set(answer, told)
  return answer
}

function bases(world: World): string {
  return Object.values(world.net.origins.played).join(', ')
}
