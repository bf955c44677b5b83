import type { Answer } from '../../http/answer.ts'
import { verdictsOn } from '../../http/body-steps.ts'
import type { Context } from '../../http/context.ts'
import { headerOfText } from '../../http/header-text.ts'
import { maskedBehind } from '../../http/masked.ts'
import { Rejection } from '../../http/rejection.ts'
import { issueOf } from '../../rules/catalogue.ts'
import type { Issue } from '../../rules/issue.ts'
import { issuesOfJft, knownIn } from '../../rules/vkp/forward.ts'
import type { RegisterEntry } from '../../state/records.ts'
import { callLeg } from './leg.ts'
import { authorizationFor, exchangeToken } from './token-exchange.ts'

/** An event on its way to JFT. */
export interface ProxiedEvent {
  readonly type: string
  /** As the vendor sent it. */
  readonly text: string
  readonly corrected: string
}

/**
 * Posts an event to the WriteAPI as VKP: with an exchanged token, and a proof by VKP's own key. The answer to give the
 * vendor, or `undefined` for VKP's usual one. Throws a `Rejection` 400 where JFT did not take the event and the vendor is
 * told.
 */
export async function forward(ctx: Context, entry: RegisterEntry, event: ProxiedEvent): Promise<Answer | undefined> {
  const token = await ctx.step('token-exchange', () => tokenFor(ctx, entry.orgnr))
  return ctx.step('jft', async () => {
    const answer = await post(ctx, entry, event, token)
    if (answer.status === 202) return accepted(ctx, answer)
    return notDelivered(ctx, event, answer.status, await answer.text())
  })
}

/** Under `--auth relaxed` there may be no token to exchange; JFT, as relaxed, then takes the event without one. */
async function tokenFor(ctx: Context, orgnr: string): Promise<string | undefined> {
  try {
    return await exchangeToken(ctx, orgnr)
  } catch (thrown) {
    if (!(thrown instanceof Rejection)) throw thrown
    ctx.refuseUnlessRelaxed(thrown)
    return undefined
  }
}

async function post(ctx: Context, entry: RegisterEntry, event: ProxiedEvent, token: string | undefined) {
  const url = `${ctx.origins['jft-write']}/v1/${event.type}`
  const credentials =
    token === undefined
      ? { 'jftsim-municipality': headerOfText(entry.orgnr) }
      : await authorizationFor(ctx, token, 'POST', url)
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    ...credentials,
    ...sourceSystem(ctx, entry),
    ...sentEventId(ctx),
  }
  return callLeg(ctx, new Request(url, { method: 'POST', headers, body: event.corrected }))
}

function sourceSystem({ world }: Context, { vkpId }: RegisterEntry): Record<string, string> {
  const { vkpSourceSystem } = world.settings.assumptions
  if (vkpSourceSystem === 'none') return {}
  return { 'nhn-source-system': vkpSourceSystem === 'vkp' ? 'VKP' : headerOfText(vkpId) }
}

function sentEventId({ request }: Context): Record<string, string> {
  const sent = request.headers.get('nhn-event-id')
  return sent === null ? {} : { 'nhn-event-id': sent }
}

/** The vendor sees no trace of JFT, unless the setting passes JFT's answer on. */
async function accepted(ctx: Context, answer: Response): Promise<Answer | undefined> {
  const { status, headers } = answer
  ctx.warn(maskedBehind(answer))
  const location = headers.get('location') ?? ''
  const [type, id] = location.split('/').slice(-3)
  ctx.touch(`${type}/${id}`)
  return ctx.world.settings.assumptions.vkpProxyAnswer === 'jft' ? { status, headers: { location } } : undefined
}

/** Statuses that say that JFT does not answer now, and those that are about VKP's own call. */
const DOWN = [503, 504]
const OWN_FAULT = [401, 403, 429]

/** Tells the vendor, or only the municipality; a refusal of the body comes with both validators' verdicts on what was sent. */
async function notDelivered(
  ctx: Context,
  { text, type: endpoint }: ProxiedEvent,
  status: number,
  answer: string,
): Promise<undefined> {
  const { vkpJftRefusal, vkpJftDown } = ctx.world.settings.assumptions
  const refused = status < 500 && !OWN_FAULT.includes(status)
  const issues = refused ? issuesOfJft(status, answer) : failureOf(status, answer)
  const told = refused ? vkpJftRefusal === 'synchronous' : vkpJftDown === 'time-out'
  if (told && ctx.activeIssues(issues).length > 0) {
    if (!refused) throw new Rejection(400, issues)
    const verdicts = await verdictsOn(ctx, text, endpoint)
    throw new Rejection(400, knownIn(verdicts, issues), { verdicts })
  }
  ctx.warn(issues.map((issue) => issueOf('vkp-undelivered', `The event was not delivered. ${issue.message}`)))
}

function failureOf(status: number, text: string): Issue[] {
  if (DOWN.includes(status)) return [issueOf('vkp-timed-out', `JFT did not answer in time: ${status}.`)]
  const reasons = issuesOfJft(status, text).map((issue) => issue.message)
  return [issueOf('vkp-jft-failed', `JFT answered ${status} to VKP. ${reasons.join(' ')}`.trim())]
}
