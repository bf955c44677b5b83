import { stopwatch } from '../ground/clock.ts'
import { DEFAULT_SANDBOX, type Destination, type Origins } from '../ground/origins.ts'
import { ANSWER } from '../ground/surfaces.ts'
import { nearest } from '../ground/text/suggest.ts'
import { issueOf, type RuleId } from '../rules/catalogue.ts'
import { maskIdentityNumbers } from '../rules/identifiers.ts'
import { inForce, type SwitchedOff } from '../rules/in-force.ts'
import type { Issue } from '../rules/issue.ts'
import { redactIssue } from '../rules/redact.ts'
import type { Verdicts } from '../rules/verdicts.ts'
import { createPassage, type Passage } from '../state/memory/faults.ts'
import type { ExchangeCaller, Injection, Step } from '../state/memory/journal.ts'
import type { World } from '../state/world.ts'
import type { Answer } from './answer.ts'
import { readBody } from './body.ts'
import { captureExchange } from './capture.ts'
import type { Context } from './context.ts'
import { bodyOf, ConnectionReset } from './delivery.ts'
import { injected, interrupt, spoil } from './faults.ts'
import { Rejection } from './rejection.ts'
import { matchRoute, type Route } from './route.ts'
import { passedOverHeader } from './suppressed.ts'

/** One HTTP API: its routes, and how it words a refusal. */
export interface Surface {
  readonly routes: readonly Route[]
  /** Whether the names in a path may be in any letter case; parameters stay as they were sent. */
  readonly anyPathCase?: boolean
  /** Whether its exchanges go to the journal. The control API's do not: the dashboard would drown the rest. */
  readonly journaled: boolean
  readonly refusal: (rejection: Rejection, ctx: Context) => Answer
}

/** What is known of an exchange while it runs. */
export interface Draft {
  readonly id: string
  /** The exchange that this one is a leg of. */
  readonly parent?: string
  /** Milliseconds since the exchange began. */
  readonly elapsed: () => number
  readonly steps: Step[]
  readonly warnings: Issue[]
  readonly waived: Issue[]
  readonly switchedOff: SwitchedOff
  /** Rules that are switched off and would have found something, each as often as it would. */
  readonly passedOver: RuleId[]
  issues: readonly Issue[]
  verdicts?: Verdicts
  caller: ExchangeCaller
  event?: string
  events?: readonly string[]
  body?: string
  planned: string[]
  journaled: boolean
  /** The step that runs. */
  step: string
  readonly passage: Passage
  readonly injected: Injection[]
  /** A fault breaks the connection: there is no answer. */
  reset?: ConnectionReset
}

/**
 * Takes one request through its surface: route, steps, refusal, journal. Rejects with a `ConnectionReset` where a fault
 * breaks the connection, and with nothing else.
 */
export async function handle(
  world: World,
  surface: Surface,
  to: Destination,
  request: Request,
  parent?: string,
): Promise<Response> {
  const draft = begin(world, surface, parent)
  const ctx = createContext(world, to, request, draft)
  const answer = await answerOf(surface, ctx, draft)
  const empty = answer.body === undefined && answer.status !== 204 ? { 'content-length': '0' } : {}
  const headers = masked({ ...answer.headers, ...empty, ...common(ctx, draft) })
  if (draft.journaled) captureExchange(world, to.surface, request, { ...answer, headers }, draft)
  if (draft.reset) throw draft.reset
  return new Response(bodyOf(answer), { status: answer.status, headers })
}

/** Headers repeat what was sent, such as nhn-event-id. */
function masked(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, maskIdentityNumbers(value)]))
}

function begin(world: World, surface: Surface, parent: string | undefined): Draft {
  return {
    ...(parent === undefined ? {} : { parent }),
    id: surface.journaled ? world.journal.open() : '',
    elapsed: stopwatch(),
    steps: [],
    warnings: [],
    waived: [],
    switchedOff: world.switchedOff,
    passedOver: [],
    issues: [],
    caller: {},
    planned: [],
    journaled: surface.journaled,
    step: '',
    passage: createPassage(),
    injected: [],
  }
}

async function answerOf(surface: Surface, ctx: RoutedContext, draft: Draft): Promise<Answer> {
  try {
    const { route, params } = await step(draft, 'route', () => findRoute(surface, ctx))
    draft.planned.push(...route.steps)
    if (route.quiet) draft.journaled = false
    Object.assign(ctx.params, params)
    return await wayOut(ctx, draft, await route.handler(ctx))
  } catch (thrown) {
    if (thrown instanceof ConnectionReset) {
      draft.reset = thrown
      return { status: 0 }
    }
    const { status, issues, extra } = thrown instanceof Rejection ? thrown : fault(thrown)
    draft.issues = passOver(draft, issues).map(redactIssue)
    // The handler had nothing to go on with: no answer of the service would be true.
    if (draft.issues.length < issues.length && draft.issues.length === 0) return { status: 200 }
    if (extra.verdicts) draft.verdicts = extra.verdicts
    const answer = surface.refusal(new Rejection(status, draft.issues, extra), ctx)
    return { ...answer, headers: { ...answer.headers, ...extra.headers } }
  }
}

/** What the rules in force have found. */
function passOver(draft: Draft, issues: readonly Issue[]): readonly Issue[] {
  const found = inForce(issues, draft.switchedOff)
  if (found.length < issues.length) {
    draft.passedOver.push(...issues.filter((issue) => !found.includes(issue)).map(({ rule }) => rule))
  }
  return found
}

/** A refused request is not spoilt further. The step shows only where a fault fired in it. */
async function wayOut(ctx: Context, draft: Draft, answer: Answer): Promise<Answer> {
  if (ctx.world.faults.idle || !draft.journaled || answer.status >= 400) return answer
  const sent = await ctx.step(ANSWER, () => spoil(ctx, answer))
  if (draft.steps.at(-1)?.outcome === 'passed') draft.steps.pop()
  return sent
}

function findRoute({ routes, anyPathCase }: Surface, ctx: Context) {
  const match = matchRoute(routes, ctx.request.method, ctx.path, anyPathCase)
  if (match.route) return match
  if (match.allow.length > 0) throw wrongMethod(ctx, match.allow)
  throw unknownPath(routes, ctx)
}

function wrongMethod(ctx: Context, allow: readonly string[]): Rejection {
  const message = `${ctx.request.method} is not a method of ${ctx.path}; it has ${allow.join(', ')}.`
  return new Rejection(405, [issueOf('http-method', message)], { headers: { allow: allow.join(', ') } })
}

function unknownPath(routes: readonly Route[], ctx: Context): Rejection {
  const paths = [...new Set(routes.map((route) => route.path))]
  const guess = nearest(ctx.path, paths)
  const hint = guess === undefined ? `Paths here: ${paths.join(', ')}.` : `Did you mean ${guess}?`
  return new Rejection(404, [issueOf('http-path', `${ctx.surface} has no path ${ctx.path}. ${hint}`)])
}

/** Anything that is thrown and is no rejection is our own bug. */
function fault(thrown: unknown): Rejection {
  const message = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)
  return new Rejection(500, [issueOf('sim-fault', 'The simulator failed.', { evidence: { stack: message } })])
}

type RoutedContext = Context & { params: Record<string, string> }

function createContext(world: World, to: Destination, request: Request, draft: Draft): RoutedContext {
  const url = new URL(request.url)
  const ctx: RoutedContext = {
    world,
    surface: to.surface,
    request,
    origins: to.origins satisfies Origins,
    path: to.path,
    query: url.searchParams,
    params: {},
    step(name, work) {
      if (world.faults.idle || !draft.journaled) return step(draft, name, work)
      return step(draft, name, async () => {
        await interrupt(ctx, draft, name)
        return work()
      })
    },
    injected: (kind) => injected(ctx, draft, kind),
    plan: (...names) => void draft.planned.push(...names),
    refuse(rejection) {
      if (world.auth === 'strict') ctx.reject(rejection)
      else draft.waived.push(...ctx.inForce(rejection.issues))
    },
    reject(rejection) {
      if (ctx.inForce(rejection.issues).length > 0) throw rejection
    },
    inForce: (issues) => passOver(draft, issues),
    warn: (...issues) => void draft.warnings.push(...inForce(issues, world.switchedOff)),
    identify: (caller) => {
      draft.caller = caller
    },
    touch: (event) => {
      draft.event = event
    },
    handOut: (events) => {
      draft.events = events
    },
    fetch: (leg) => world.fetch(leg, draft.id),
    async readBody(limit) {
      draft.body = await readBody(ctx, limit)
      return draft.body
    },
  }
  return ctx
}

async function step<T>(draft: Draft, name: string, work: () => T | Promise<T>): Promise<T> {
  const elapsed = stopwatch()
  const waivedBefore = draft.waived.length
  const passedOverBefore = draft.passedOver.length
  const injectedBefore = draft.injected.length
  draft.step = name
  const end = (outcome: Step['outcome'], issues: readonly Issue[]) => {
    const passedOver = draft.passedOver.slice(passedOverBefore)
    const alone = passedOver.length > 0 && issues.length === 0
    const rules = [...new Set(alone ? passedOver : issues.map(({ rule }) => rule))]
    const how = alone && outcome !== 'injected' ? 'switched-off' : outcome
    draft.steps.push({ name, outcome: how, milliseconds: elapsed(), rules })
  }
  try {
    const result = await work()
    const waived = draft.waived.slice(waivedBefore)
    const met = draft.injected.length > injectedBefore
    end(met ? 'injected' : waived.length > 0 ? 'waived' : 'passed', waived)
    return result
  } catch (thrown) {
    const issues = thrown instanceof Rejection ? passOver(draft, thrown.issues) : []
    end(isInjected(thrown) ? 'injected' : 'stopped', issues)
    throw thrown
  }
}

function isInjected(thrown: unknown): boolean {
  return thrown instanceof ConnectionReset || (thrown instanceof Rejection && thrown.extra.injected === true)
}

/** What every answer of the simulator carries, whatever became of it. */
function common(ctx: Context, draft: Draft): Record<string, string> {
  const passedOver = passedOverHeader(draft.passedOver)
  if (!draft.journaled) return passedOver
  const headers: Record<string, string> = {
    'jftsim-exchange': linkTo(ctx.world, draft.id),
    ...passedOver,
  }
  const refused = draft.waived.map((issue) => `${issue.rule}: ${issue.message}`).join('; ')
  const faults = draft.injected.map(({ fault, effect }) => `${fault} ${effect}`).join('; ')
  if (faults !== '') headers['jftsim-fault'] = headerText(faults)
  if (refused !== '') headers['jftsim-would-refuse'] = headerText(refused)
  return headers
}

/** Where the dashboard shows the exchange. The default sandbox needs no name. */
function linkTo({ name, origins }: World, exchange: string): string {
  const sandbox = name === DEFAULT_SANDBOX ? '' : `?sandbox=${name}`
  return `${new URL(origins.local.control).origin}/${sandbox}#/exchanges/${exchange}`
}

/** Header values are ASCII without line breaks (RFC 9110, section 5.5). */
export function headerText(text: string): string {
  return text.replace(/[^\x20-\x7e]+/g, '?').slice(0, 2_000)
}
