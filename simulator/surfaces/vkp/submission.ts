import { EVENT_TYPES, SUBMISSION_TYPES, type SubmissionType } from '../../ground/event-types.ts'
import type { Answer } from '../../http/answer.ts'
import { stepsOf, takeBody } from '../../http/body-steps.ts'
import type { Context } from '../../http/context.ts'
import { maskedBehind } from '../../http/masked.ts'
import { Rejection } from '../../http/rejection.ts'
import { issueOf, type RuleId } from '../../rules/catalogue.ts'
import type { Correction } from '../../rules/fhir/correct.ts'
import type { Issue } from '../../rules/issue.ts'
import { issuesOfEhr } from '../../rules/vkp/forward.ts'
import { correctText } from '../../services/judging.ts'
import { unknownEndpoint, VKP_CHECKS, VKP_SIZE_LIMIT } from '../../services/vkp-checks.ts'
import type { RegisterEntry, VkpRoute } from '../../state/records.ts'
import { CALLER_STEPS, requireVkpCaller } from './caller.ts'
import { forward } from './forward.ts'
import { callLeg } from './leg.ts'
import { eventId } from './refusal.ts'

export const SUBMISSION_STEPS = ['type', ...CALLER_STEPS, ...stepsOf(VKP_CHECKS), 'delivery'] as const

/** `POST /epj/r4/{orgnr}/{type}`: an event, whatever its content type: NHN's sample sends text/plain. */
export async function submit(ctx: Context): Promise<Answer> {
  const type = await ctx.step('type', () => requireSubmissionType(ctx))
  const entry = await requireVkpCaller(ctx, type.toLowerCase(), 'write')
  const { text } = await takeBody(ctx, { service: 'vkp', limit: VKP_SIZE_LIMIT, endpoint: type, statusOf })
  const { mode } = await ctx.step('delivery', () => chooseRoute(ctx, entry, type))
  return mode === 'proxy' ? deliverToJft(ctx, entry, type, text) : deliverToEhr(ctx, entry, type, text)
}

/** The answer to an event that was taken. */
export function taken(ctx: Context): Answer {
  return { status: ctx.world.settings.assumptions.vkpSuccessStatus, headers: eventId(ctx) }
}

function requireSubmissionType(ctx: Context): SubmissionType {
  const sent = (ctx.params.type ?? '').toLowerCase()
  const type = SUBMISSION_TYPES.find((one) => one.toLowerCase() === sent)
  if (type) return type
  throw new Rejection(404, [unknownEndpoint(ctx.params.type ?? '')])
}

const statusOf = (rule: RuleId) => (rule === 'http-size' ? 413 : 400)

/** JFT has no endpoint for two of VKP's types; what VKP does with them is a setting. */
async function chooseRoute(ctx: Context, { orgnr, vkpId }: RegisterEntry, type: SubmissionType): Promise<VkpRoute> {
  const route = await ctx.world.state.routes.find(orgnr, vkpId)
  if (route.mode === 'classic' || EVENT_TYPES.some((one) => one === type)) return route
  if (ctx.world.settings.assumptions.vkpNotForwarded === 'classic') return { ...route, mode: 'classic' }
  ctx.refuse(new Rejection(400, [issueOf('vkp-type-not-forwarded', `JFT has no endpoint for ${type}.`)]))
  return route
}

/** The reverse proxy: corrects the event and posts it to JFT. */
async function deliverToJft(ctx: Context, entry: RegisterEntry, type: SubmissionType, text: string): Promise<Answer> {
  ctx.plan('corrections', 'token-exchange', 'jft')
  const corrected = await ctx.step('corrections', async () => {
    const { settings, surroundings } = ctx.world
    const made = await correctText(text, settings.assumptions.corrections, surroundings.aside)
    for (const correction of made.corrections) {
      if (correction.kind !== 'rewrite') ctx.warn([correctionIssue(correction)])
    }
    return made.text
  })
  return (await forward(ctx, entry, { type, text, corrected })) ?? taken(ctx)
}

/** A correction as the journal shows it. Values are texts: a bare number would not survive masking. */
function correctionIssue({ kind, expression, pointer, before, after }: Correction): Issue {
  const evidence = { kind, before: excerpt(before), after: excerpt(after) }
  const place = { expression, pointer, evidence }
  if (kind !== 'change-value') return issueOf('vkp-corrected', `VKP corrected ${expression}: ${kind}.`, place)
  return issueOf('vkp-value-changed', `VKP forwards another value in ${expression} than was sent.`, place)
}

const excerpt = (value: unknown) => JSON.stringify(value)?.slice(0, 500) ?? null

/** The route before JFT: VKP puts the event into the EHR itself, as it was sent. */
async function deliverToEhr(ctx: Context, entry: RegisterEntry, type: SubmissionType, text: string): Promise<Answer> {
  ctx.plan('ehr')
  await ctx.step('ehr', () => handToEhr(ctx, entry, type, text))
  return taken(ctx)
}

async function handToEhr(ctx: Context, { orgnr }: RegisterEntry, type: SubmissionType, text: string): Promise<void> {
  const url = `${ctx.origins.ehr}/journal/${orgnr}/${type}`
  const headers = { 'content-type': 'application/fhir+json; charset=utf-8' }
  const answer = await callLeg(ctx, new Request(url, { method: 'POST', headers, body: text }))
  if (answer.status === 201) return ctx.warn(maskedBehind(answer))
  const rule = answer.status === 503 || answer.status === 504 ? 'vkp-timed-out' : 'vkp-ehr-failed'
  const reasons = issuesOfEhr(answer.status, await answer.text()).filter((issue) => issue.rule !== 'vkp-ehr-failed')
  const message = [`The EHR answered ${answer.status} to the event.`, ...reasons.map((issue) => issue.message)].join(
    ' ',
  )
  ctx.refuse(new Rejection(400, [issueOf(rule, message)]))
}
