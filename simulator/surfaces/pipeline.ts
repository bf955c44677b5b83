import { stopwatch } from '../clock.ts'
import type { Destination, Origins } from '../origins.ts'
import { issueOf } from '../rules/catalogue.ts'
import type { Issue } from '../rules/issue.ts'
import { redactIssue } from '../rules/redact.ts'
import type { ExchangeCaller, Step } from '../store/journal.ts'
import type { World } from '../world.ts'
import type { Answer } from './answer.ts'
import { readBody } from './body.ts'
import { captureExchange } from './capture.ts'
import type { Context } from './context.ts'
import { Rejection } from './rejection.ts'
import { matchRoute, type Route } from './route.ts'
import { nearest } from './suggest.ts'

/** One HTTP API: its routes, and how it words a refusal. */
export interface Surface {
  readonly routes: readonly Route[]
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
  issues: readonly Issue[]
  caller: ExchangeCaller
  event?: string
  body?: string
  planned: readonly string[]
  journaled: boolean
}

/** Takes one request through its surface: route, steps, refusal, journal. Never throws. */
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
  const headers = { ...answer.headers, ...empty, ...common(ctx, draft) }
  if (draft.journaled) captureExchange(world, to.surface, request, { ...answer, headers }, draft)
  return new Response(answer.body ?? null, { status: answer.status, headers })
}

function begin(world: World, surface: Surface, parent: string | undefined): Draft {
  return {
    ...(parent === undefined ? {} : { parent }),
    id: surface.journaled ? world.journal.open() : '',
    elapsed: stopwatch(),
    steps: [],
    warnings: [],
    waived: [],
    issues: [],
    caller: {},
    planned: [],
    journaled: surface.journaled,
  }
}

async function answerOf(
  surface: Surface,
  ctx: Context & { params: Record<string, string> },
  draft: Draft,
): Promise<Answer> {
  try {
    const { route, params } = await ctx.step('route', () => findRoute(surface.routes, ctx))
    draft.planned = route.steps
    if (route.quiet) draft.journaled = false
    Object.assign(ctx.params, params)
    return await route.handler(ctx)
  } catch (thrown) {
    const { status, issues, extra } = thrown instanceof Rejection ? thrown : fault(thrown)
    draft.issues = issues.map(redactIssue)
    const answer = surface.refusal(new Rejection(status, draft.issues, extra), ctx)
    return { ...answer, headers: { ...answer.headers, ...extra.headers } }
  }
}

function findRoute(routes: readonly Route[], ctx: Context) {
  const match = matchRoute(routes, ctx.request.method, ctx.path)
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

function createContext(world: World, to: Destination, request: Request, draft: Draft) {
  const url = new URL(request.url)
  return {
    world,
    surface: to.surface,
    request,
    origins: to.origins satisfies Origins,
    path: to.path,
    query: url.searchParams,
    params: {} as Record<string, string>,
    step: (name, work) => step(draft, name, work),
    refuse(rejection) {
      if (world.auth === 'strict' || !(rejection instanceof Rejection)) throw rejection
      draft.waived.push(...rejection.issues)
    },
    warn: (...issues) => void draft.warnings.push(...issues),
    identify: (caller) => {
      draft.caller = caller
    },
    touch: (event) => {
      draft.event = event
    },
    fetch: (leg) => world.fetch(leg, draft.id),
    async readBody(limit) {
      draft.body = await readBody(request, limit)
      return draft.body
    },
  } satisfies Context
}

async function step<T>(draft: Draft, name: string, work: () => T | Promise<T>): Promise<T> {
  const elapsed = stopwatch()
  const waivedBefore = draft.waived.length
  const end = (outcome: Step['outcome'], issues: readonly Issue[]) => {
    const rules = [...new Set(issues.map((issue) => issue.rule))]
    draft.steps.push({ name, outcome, milliseconds: elapsed(), rules })
  }
  try {
    const result = await work()
    const waived = draft.waived.slice(waivedBefore)
    end(waived.length > 0 ? 'waived' : 'passed', waived)
    return result
  } catch (thrown) {
    end('stopped', thrown instanceof Rejection ? thrown.issues : [])
    throw thrown
  }
}

/** What every answer of the simulator carries, whatever became of it. */
function common(ctx: Context, draft: Draft): Record<string, string> {
  if (!draft.journaled) return {}
  const headers: Record<string, string> = {
    'jftsim-exchange': `${new URL(ctx.world.origins.local.control).origin}/#/exchanges/${draft.id}`,
  }
  const refused = draft.waived.map((issue) => `${issue.rule}: ${issue.message}`).join('; ')
  if (refused !== '') headers['jftsim-would-refuse'] = headerText(refused)
  return headers
}

/** Header values are ASCII without line breaks (RFC 9110, section 5.5). */
export function headerText(text: string): string {
  return text.replace(/[^\x20-\x7e]+/g, '?').slice(0, 2_000)
}
