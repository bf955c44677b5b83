import { tokenOf } from '../ground/surfaces.ts'
import { issueOf } from '../rules/catalogue.ts'
import { delayOf } from '../rules/faults/fault-delay.ts'
import type { AnswerKind, HandlerKind, StepKind } from '../rules/faults/fault-places.ts'
import {
  describeEffect,
  type EffectKind,
  type EffectOf,
  type FaultEffect,
  type FaultStatus,
} from '../rules/faults/faults.ts'
import type { Firing } from '../state/records.ts'
import type { Answer } from './answer.ts'
import { challenge } from './challenge.ts'
import type { Context } from './context.ts'
import { bytesOf, ConnectionReset } from './delivery.ts'
import type { ExchangeDraft } from './exchange.ts'
import { Rejection } from './rejection.ts'

/**
 * What faults do as a step begins: first all delays, then at most one other effect. Throws the `Rejection` of an injected
 * status, or a `ConnectionReset`.
 */
export async function interrupt(ctx: Context, draft: ExchangeDraft, step: string): Promise<void> {
  const firing = await fire(ctx, draft, step)
  const delays = firing.map((one) => drawnDelay(one))
  note(draft, step, firing)
  const total = delays.reduce((sum, delay) => sum + delay, 0)
  if (total > 0) await ctx.world.surroundings.pause(total)
  for (const { fault } of firing) await act(ctx, fault.id, fault.effect)
}

/** The effect that a handler asks for, when a fault injects it here. */
export async function injected<K extends HandlerKind | AnswerKind>(
  ctx: Context,
  draft: ExchangeDraft,
  kind: K,
): Promise<EffectOf<K> | undefined> {
  if (ctx.world.state.faults.idle || !draft.journaled) return undefined
  const { running } = draft.progress
  const firing = await fire(ctx, draft, running, kind)
  note(draft, running, firing)
  return firing.map(({ fault }) => fault.effect).find((effect): effect is EffectOf<K> => effect.kind === kind)
}

/** The answer on its way out, as a fault spoils it. Only what has a body can be spoiled. */
export async function spoil(ctx: Context, answer: Answer): Promise<Answer> {
  const { body } = answer
  if (body === undefined || body instanceof ReadableStream) return answer
  const whole = { 'content-length': String(bytesOf(body).length) }
  for (const kind of Object.keys(SPOILERS) as AnswerKind[]) {
    const change = await spoiled(ctx, kind, whole)
    if (change) return { ...answer, ...change, headers: { ...answer.headers, ...change.headers } }
  }
  return answer
}

type Headers = NonNullable<Answer['headers']>

type Spoiler<K extends AnswerKind> = (effect: EffectOf<K>, whole: Headers) => Partial<Answer>

/** What each effect changes of an answer; `whole` is the header that tells the length of the whole body. */
const SPOILERS: { readonly [K in AnswerKind]: Spoiler<K> } = {
  truncate: ({ bytes }, whole) => ({ headers: whole, delivery: { cutAfter: bytes } }),
  'slow-body': (effect, whole) => ({ headers: whole, delivery: effect }),
  'content-type': ({ contentType }) => ({ headers: { 'content-type': contentType } }),
}

async function spoiled<K extends AnswerKind>(
  ctx: Context,
  kind: K,
  whole: Headers,
): Promise<Partial<Answer> | undefined> {
  const effect = await ctx.injected(kind)
  return effect && SPOILERS[kind](effect, whole)
}

function fire(ctx: Context, draft: ExchangeDraft, step: string, asked?: EffectKind): Promise<readonly Firing[]> {
  const { world, now, surface, path, params } = ctx
  const { clientId, municipality } = draft.facts.caller
  const method = ctx.request.method
  const visit = { surface, step, asked, method, path, type: params.type, clientId, municipality }
  return world.state.faults.fire(draft.id, draft.faults.passage, visit, now)
}

function drawnDelay({ fault: { effect, seed = '' }, ordinal }: Firing): number {
  return effect.kind === 'latency' ? delayOf(effect.delay, seed, ordinal) : 0
}

function note(draft: ExchangeDraft, step: string, firing: readonly Firing[]): void {
  for (const one of firing) {
    const { id, effect } = one.fault
    const drawn: FaultEffect = effect.kind === 'latency' ? { kind: 'latency', delay: drawnDelay(one) } : effect
    draft.faults.injected.push({ fault: id, effect: describeEffect(drawn), step })
  }
}

type Act<K extends EffectKind> = (ctx: Context, effect: EffectOf<K>, fault: string) => Promise<void> | void

/** What an effect does as the step begins at which it fires. */
const ACTS: { readonly [K in StepKind]: Act<K> } = {
  status: (ctx, effect, fault) => ctx.refuse(refusal(ctx, fault, effect)),
  reset: () => {
    throw new ConnectionReset()
  },
  'rotate-keys': ({ world }, { oldKey }) => world.state.faults.rotateKeys(oldKey),
}

async function act<K extends EffectKind>(ctx: Context, fault: string, effect: EffectOf<K>): Promise<void> {
  const acts: { readonly [K in EffectKind]?: Act<K> } = ACTS
  await acts[effect.kind as K]?.(ctx, effect, fault)
}

const MESSAGES: Readonly<Record<FaultStatus, string>> = {
  400: 'The request is not as the service wants it',
  401: 'The access token has expired',
  403: 'The caller has no access',
  404: 'There is no such resource',
  413: 'The body is too large',
  429: 'Too many requests',
  500: 'The service failed',
  502: 'The gateway got no valid answer',
  503: 'The service is not available',
  507: 'The service has no room for more',
}

/** The codes of RFC 6749, sections 4.1.2.1 and 5.2, where HelseID's usual one does not fit. */
const OAUTH_ERRORS: Readonly<Partial<Record<FaultStatus, string>>> = {
  401: 'invalid_client',
  403: 'unauthorized_client',
  503: 'temporarily_unavailable',
}

function refusal(ctx: Context, id: string, effect: EffectOf<'status'>): Rejection {
  const { status } = effect
  const issue = issueOf(`injected-${status}`, `${MESSAGES[status]}: injected by fault ${id}.`, {
    evidence: { fault: id },
  })
  const oauthError = OAUTH_ERRORS[status]
  const headers = headersOf(ctx, effect)
  return new Rejection(status, [issue], { headers, injected: true, ...(oauthError ? { oauthError } : {}) })
}

function headersOf({ now, surface }: Context, { status, retryAfter }: EffectOf<'status'>): Record<string, string> {
  const scheme = tokenOf(surface)?.scheme
  if (status === 401 && scheme !== undefined) {
    return challenge(scheme, 'error="invalid_token"', `error_description="${MESSAGES[401]}"`)
  }
  if (status !== 429 && status !== 503) return {}
  // A 503 need not say when the service is back (RFC 9110, section 15.6.4), and most do not.
  if (status === 503 && retryAfter === undefined) return {}
  const toFullMinute = 60_000 - (now % 60_000)
  if (retryAfter === 'date') return { 'retry-after': new Date(now + toFullMinute).toUTCString() }
  // A date of HTTP has whole seconds; nobody is asked for less than was ordered.
  if (typeof retryAfter === 'object')
    return { 'retry-after': new Date((Math.ceil(now / 1000) + retryAfter.date) * 1000).toUTCString() }
  return { 'retry-after': String(typeof retryAfter === 'number' ? retryAfter : Math.ceil(toFullMinute / 1000)) }
}
