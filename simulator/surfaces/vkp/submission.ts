import type { Answer } from '../../http/answer.ts'
import type { Context } from '../../http/context.ts'
import { Rejection } from '../../http/rejection.ts'
import { issueOf } from '../../rules/catalogue.ts'
import { type Correction, correct } from '../../rules/fhir/correct.ts'
import { validateLenient } from '../../rules/fhir/lenient.ts'
import { isMembers } from '../../rules/finding.ts'
import type { Issue } from '../../rules/issue.ts'
import { judgeAsVkp } from '../../services/verdicts/verdicts.ts'
import { EVENT_TYPES } from '../../state/memory/events.ts'
import type { RegisterEntry, VkpRoute } from '../../state/memory/routes.ts'
import { CALLER_STEPS, requireVkpCaller } from './caller.ts'
import { forward } from './forward.ts'
import { callLeg } from './leg.ts'
import { eventId } from './refusal.ts'

/** The resource types that VKP takes, by their names in the path (VKP.Samples, HelseId.json: the scopes to write). */
const TYPES = {
  bundle: 'Bundle',
  composition: 'Composition',
  medicationdispense: 'MedicationDispense',
  encounter: 'Encounter',
  communication: 'Communication',
} as const

/** A resource type that VKP takes. */
export type SubmissionType = (typeof TYPES)[keyof typeof TYPES]

/** The types as they stand in a path. */
export const SUBMISSION_TYPES = Object.keys(TYPES)

export const SUBMISSION_STEPS = ['type', ...CALLER_STEPS, 'body', 'lenient-r4', 'resource-type', 'delivery'] as const

/** Bytes of a submission. VKP names no limit; this one keeps the simulator's memory. */
const LIMIT = 16 * 1024 * 1024

/** `POST /epj/r4/{orgnr}/{type}`: an event, whatever its content type: NHN's sample sends text/plain. */
export async function submit(ctx: Context): Promise<Answer> {
  const type = await ctx.step('type', () => requireSubmissionType(ctx))
  const entry = await requireVkpCaller(ctx, type.toLowerCase(), 'write')
  const text = await ctx.step('body', () => ctx.readBody(LIMIT))
  const resource = await ctx.step('lenient-r4', () => requireLenientR4(ctx, text))
  await ctx.step('resource-type', () => requireResourceType(ctx, resource, type))
  const { mode } = await ctx.step('delivery', () => chooseRoute(ctx, entry, type))
  return mode === 'proxy' ? deliverToJft(ctx, entry, type, text) : deliverToEhr(ctx, entry, type, text)
}

/** The answer to an event that was taken. */
export function taken(ctx: Context): Answer {
  return { status: ctx.world.assumptions.vkpSuccessStatus, headers: eventId(ctx) }
}

function requireSubmissionType(ctx: Context): SubmissionType {
  const sent = (ctx.params.type ?? '').toLowerCase()
  const type = Object.values(TYPES).find((one) => one.toLowerCase() === sent)
  if (type) return type
  const message = `VKP has no endpoint for ${JSON.stringify(ctx.params.type)}; it takes ${SUBMISSION_TYPES.join(', ')}.`
  throw new Rejection(404, [issueOf('vkp-endpoint-type', message)])
}

function requireLenientR4(ctx: Context, text: string): unknown {
  const { resource, issues } = validateLenient(text)
  if (issues.length > 0) ctx.reject(new Rejection(400, issues))
  const { vkpProfileCheck } = ctx.world.assumptions
  const missing = vkpProfileCheck === 'reject' ? judgeAsVkp(text, ctx.world) : []
  if (missing.length > 0) throw new Rejection(400, missing)
  return resource
}

function requireResourceType(ctx: Context, resource: unknown, type: SubmissionType): void {
  const sent = isMembers(resource) ? String(resource.resourceType) : ''
  if (sent.toLowerCase() === type.toLowerCase()) return
  const message = `The body is a ${sent}, and the path is for ${type}.`
  ctx.reject(new Rejection(400, [issueOf('vkp-body-type', message, { pointer: '/resourceType' })]))
}

/** JFT has no endpoint for two of VKP's types; what VKP does with them is a setting. */
function chooseRoute(ctx: Context, { orgnr, vkpId }: RegisterEntry, type: SubmissionType): VkpRoute {
  const route = ctx.world.routes.find(orgnr, vkpId)
  if (route.mode === 'classic' || EVENT_TYPES.some((one) => one === type)) return route
  if (ctx.world.assumptions.vkpNotForwarded === 'classic') return { ...route, mode: 'classic' }
  ctx.reject(new Rejection(400, [issueOf('vkp-type-not-forwarded', `JFT has no endpoint for ${type}.`)]))
  return route
}

/** The reverse proxy: corrects the event and posts it to JFT. */
async function deliverToJft(ctx: Context, entry: RegisterEntry, type: SubmissionType, text: string): Promise<Answer> {
  ctx.plan('corrections', 'token-exchange', 'jft')
  const { text: corrected, corrections } = correct(text, ctx.world.assumptions.corrections)
  await ctx.step('corrections', () => ctx.warn(...corrections.map(correctionIssue)))
  return (await forward(ctx, entry, { type, text, corrected })) ?? taken(ctx)
}

/** A correction as the journal shows it. Values are texts: a bare number would not survive masking. */
function correctionIssue({ kind, expression, pointer, before, after }: Correction): Issue {
  const evidence = { kind, before: excerpt(before), after: excerpt(after) }
  return issueOf('vkp-corrected', `VKP corrected ${expression}: ${kind}.`, { expression, pointer, evidence })
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
  if (answer.status === 201) return
  const rule = answer.status === 503 || answer.status === 504 ? 'vkp-timed-out' : 'vkp-ehr-failed'
  ctx.reject(new Rejection(400, [issueOf(rule, `The EHR answered ${answer.status} to the event.`)]))
}
