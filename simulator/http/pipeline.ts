import { append } from '../ground/append.ts'
import { DEFAULT_SANDBOX, type Destination, type Origins } from '../ground/origins.ts'
import { ANSWER } from '../ground/surfaces.ts'
import { maskIdentityNumbers } from '../ground/text/mask/mask.ts'
import { suggest } from '../ground/text/suggest.ts'
import { activeIssues } from '../rules/active-issues.ts'
import { issueOf } from '../rules/catalogue.ts'
import type { Issue } from '../rules/issue.ts'
import { shownIssues } from '../rules/operation-outcome.ts'
import { redactIssues } from '../rules/redact.ts'
import type { World } from '../state/world.ts'
import type { Answer } from './answer.ts'
import { readBody } from './body.ts'
import { captureExchange } from './capture.ts'
import type { Context } from './context.ts'
import { bodyOf, bytesOf, ConnectionReset } from './delivery.ts'
import { beginExchange, type ExchangeDraft, noteSuppressed, takeStep } from './exchange.ts'
import { answerFailure, failureOf, safeIssues } from './failure.ts'
import { injected, interrupt, spoil } from './faults.ts'
import { API_ANSWER, refuseForeignPages } from './guard.ts'
import { wireHeaders } from './header-text.ts'
import { maskAnswer, maskedHeader } from './masked.ts'
import type { PlainOutcome } from './plain-answer.ts'
import { Rejection } from './rejection.ts'
import type { Route } from './route.ts'
import { suppressedHeader } from './suppressed.ts'
import type { Surface } from './surface.ts'
import { keepExchangeOf } from './unheard.ts'

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
): Promise<PlainOutcome> {
  const now = world.time.clock.now()
  const draft = await beginExchange(world, surface, parent)
  try {
    return await finish(surface, createContext(world, to, request, draft, now), draft)
  } catch (thrown) {
    if (thrown instanceof ConnectionReset) throw thrown
    const { journaled, id, progress } = draft
    const { surface: name } = to
    return answerFailure(world, request, thrown, { surface: name, steps: progress.taken, ...(journaled ? { id } : {}) })
  }
}

async function finish(surface: Surface, ctx: RoutedContext, draft: ExchangeDraft): Promise<PlainOutcome> {
  const { answer, outcome } = prepared(surface, ctx, draft, await answerOf(surface, ctx, draft))
  if (draft.journaled) await captureExchange(ctx, answer, draft)
  if (draft.faults.reset) throw draft.faults.reset
  if (draft.journaled) keepExchangeOf(outcome, ctx.world.state.journal, draft.id)
  return outcome
}

/** The answer with what every answer carries, and what goes out of it. One that HTTP cannot carry is our own bug: a 500. */
function prepared(surface: Surface, ctx: Context, draft: ExchangeDraft, answer: Answer): Prepared {
  if (draft.faults.reset) return { answer, outcome: Response.error() }
  try {
    return withOutcome(ctx, draft, answer)
  } catch (thrown) {
    const failure = failureOf(thrown)
    draft.findings.refused = safeIssues(failure.issues)
    return withOutcome(ctx, draft, surface.refusal(new Rejection(500, draft.findings.refused), ctx))
  }
}

interface Prepared {
  readonly answer: Answer
  readonly outcome: PlainOutcome
}

function withOutcome(ctx: Context, draft: ExchangeDraft, answer: Answer): Prepared {
  const whole = asAsked(ctx.request, { ...maskAnswer(answer), headers: headersOf(ctx, draft, answer) })
  return { answer: whole, outcome: outcomeOf(whole, ctx.world) }
}

function outcomeOf(whole: Answer, { surroundings: { pause } }: World): PlainOutcome {
  const { status, body, delivery } = whole
  const headers = wireHeaders(whole.headers ?? {})
  if (delivery !== undefined || body instanceof ReadableStream)
    return new Response(bodyOf(whole, pause), { status, headers })
  return { status, headers, ...(body === undefined ? {} : { body }) }
}

function headersOf(ctx: Context, draft: ExchangeDraft, answer: Answer): Record<string, string> {
  const empty = answer.body === undefined && answer.status !== 204 ? { 'content-length': '0' } : {}
  return { ...API_ANSWER, ...masked({ ...answer.headers, ...empty, ...common(ctx, draft) }) }
}

/** A HEAD has the headers of the GET, with the length of the body that it does not have (RFC 9110, section 9.3.2). */
function asAsked({ method }: Request, answer: Answer): Answer {
  const { body, status, headers } = answer
  if (method !== 'HEAD' || body === undefined) return answer
  if (body instanceof ReadableStream) void body.cancel()
  const length = body instanceof ReadableStream ? {} : { 'content-length': String(bytesOf(body).length) }
  return { status, headers: { ...headers, ...length } }
}

/** Headers repeat what was sent, such as nhn-event-id. */
function masked(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, maskIdentityNumbers(value)]))
}

async function answerOf(surface: Surface, ctx: RoutedContext, draft: ExchangeDraft): Promise<Answer> {
  try {
    const { route, params } = await takeStep(draft, 'route', () => {
      refuseForeignPages(ctx)
      return findRoute(surface, ctx)
    })
    append(draft.progress.planned, route.steps)
    if (route.quiet) draft.journaled = false
    Object.assign(ctx.params, params)
    return await applyAnswerFaults(ctx, draft, await route.handler(ctx))
  } catch (thrown) {
    if (thrown instanceof ConnectionReset) {
      draft.faults.reset = thrown
      return { status: 0 }
    }
    const { status, issues, extra } = thrown instanceof Rejection ? thrown : failureOf(thrown)
    const { mostIssues } = ctx.world.settings.assumptions
    const { shown, more } = shownIssues(noteSuppressed(draft, issues), mostIssues, extra.more)
    const refused = redactIssues(shown)
    draft.findings.refused = refused
    draft.findings.more = more
    // The handler had nothing to continue with: no answer of the service would be true.
    if (refused.length === 0 && issues.length > 0) return { status: 200 }
    if (extra.verdicts) draft.findings.verdicts = extra.verdicts
    const answer = extra.answer ?? surface.refusal(new Rejection(status, refused, { ...extra, more }), ctx)
    return { ...answer, headers: { ...answer.headers, ...extra.headers } }
  }
}

/** A refused request is not spoilt further. The step shows only where a fault fired in it. */
async function applyAnswerFaults(ctx: Context, draft: ExchangeDraft, answer: Answer): Promise<Answer> {
  if (ctx.world.state.faults.idle || !draft.journaled || answer.status >= 400) return answer
  const sent = await ctx.step(ANSWER, () => spoil(ctx, answer))
  if (draft.progress.taken.at(-1)?.outcome === 'passed') draft.progress.taken.pop()
  return sent
}

function findRoute(surface: Surface, ctx: Context) {
  const anyForm = surface.pathForms && ctx.world.settings.assumptions.pathForms === 'any'
  const match = surface.findRoute(ctx.request.method, ctx.path, anyForm)
  if (match.route) {
    if (match.written !== undefined) ctx.warn([otherForm(ctx, match.written)])
    return match
  }
  if (match.allow.length > 0) throw wrongMethod(ctx, match.allow)
  throw unknownPath(surface.routes, ctx)
}

function otherForm({ path }: Context, written: string): Issue {
  return issueOf('http-path-form', `${path} was taken as ${written}, which is how the documents write it.`)
}

function wrongMethod(ctx: Context, allow: readonly string[]): Rejection {
  const message = `${ctx.request.method} is not a method of ${ctx.path}; it has ${allow.join(', ')}.`
  return new Rejection(405, [issueOf('http-method', message)], { headers: { allow: allow.join(', ') } })
}

function unknownPath(routes: readonly Route[], ctx: Context): Rejection {
  const paths = [...new Set(routes.map((route) => route.path))]
  const hint = suggest(ctx.path, paths, `Paths here: ${paths.join(', ')}.`)
  return new Rejection(404, [issueOf('http-path', `${ctx.surface} has no path ${ctx.path}. ${hint}`)])
}

type RoutedContext = Context & { params: Record<string, string> }

function createContext(
  world: World,
  to: Destination,
  request: Request,
  draft: ExchangeDraft,
  now: number,
): RoutedContext {
  const { findings, facts } = draft
  const ctx: RoutedContext = {
    world,
    now,
    asOf: world.time.clock.micros(),
    surface: to.surface,
    request,
    url: to.url,
    origins: to.origins satisfies Origins,
    path: to.path,
    query: to.url.searchParams,
    params: {},
    step(name, work) {
      if (world.state.faults.idle || !draft.journaled) return takeStep(draft, name, work)
      return takeStep(draft, name, async () => {
        await interrupt(ctx, draft, name)
        return work()
      })
    },
    injected: (kind) => injected(ctx, draft, kind),
    plan: (...names) => void append(draft.progress.planned, names),
    refuseUnlessRelaxed(rejection) {
      if (world.settings.auth === 'strict') ctx.refuse(rejection)
      else append(findings.waived, ctx.activeIssues(rejection.issues))
    },
    refuse(rejection) {
      if (ctx.activeIssues(rejection.issues).length > 0) throw rejection
    },
    activeIssues: (issues) => noteSuppressed(draft, issues),
    warn: (issues) => void append(findings.warnings, activeIssues(issues, world.settings.switchedOff)),
    identify: (caller) => {
      facts.caller = caller
    },
    touch: (event) => {
      facts.event = event
    },
    handOut: (events) => {
      facts.events = events
    },
    fetch: (leg) => world.net.fetch(leg, draft.id),
    async readBody(limit) {
      facts.body = await readBody(ctx, limit, (text) => {
        facts.body = text
      })
      return facts.body
    },
  }
  return ctx
}

/** What every answer of the simulator carries, whatever became of it. */
function common(ctx: Context, draft: ExchangeDraft): Record<string, string> {
  const suppressed = suppressedHeader(draft.findings.suppressed)
  if (!draft.journaled) return suppressed
  const headers: Record<string, string> = {
    'jftsim-exchange': linkTo(ctx.world, draft.id),
    ...suppressed,
    ...maskedHeader(draft.findings.warnings),
  }
  const refused = draft.findings.waived.map((issue) => `${issue.rule}: ${issue.message}`).join('; ')
  const faults = draft.faults.injected.map(({ fault, effect }) => `${fault} ${effect}`).join('; ')
  if (faults !== '') headers['jftsim-fault'] = headerText(faults)
  if (refused !== '') headers['jftsim-would-refuse'] = headerText(refused)
  return headers
}

/** Where the dashboard shows the exchange. The default sandbox needs no name. */
export function linkTo(
  { settings: { name }, net: { origins } }: Pick<World, 'settings' | 'net'>,
  exchange: string,
): string {
  const sandbox = name === DEFAULT_SANDBOX ? '' : `?sandbox=${name}`
  return `${origins.home}/${sandbox}#/exchanges/${exchange}`
}

/** Header values are ASCII without line breaks (RFC 9110, section 5.5). */
export function headerText(text: string): string {
  return text.replace(/[^\x20-\x7e]+/g, '?').slice(0, 2_000)
}
