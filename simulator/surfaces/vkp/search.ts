import type { Answer } from '../../http/answer.ts'
import type { Context } from '../../http/context.ts'
import { FORM, readFields, readFormText } from '../../http/form.ts'
import { headerTextOf } from '../../http/header-text.ts'
import { Rejection } from '../../http/rejection.ts'
import { issueOf } from '../../rules/catalogue.ts'
import { issuesOfEhr } from '../../rules/vkp/forward.ts'
import { checkSearch, isReal, readServiceCodes, SEARCH_FORMS, type SearchType } from '../../rules/vkp/search.ts'
import type { RegisterEntry } from '../../state/records.ts'
import { forwardedHeaders } from './as-is.ts'
import { CALLER_STEPS, requireVkpCaller } from './caller.ts'
import { askVendorEhr, passOn, unreachable } from './ehr-call.ts'

/** The resources that can be searched, as they stand in a path. */
export const SEARCH_TYPES = Object.keys(SEARCH_FORMS) as SearchType[]

export const SEARCH_STEPS = ['type', ...CALLER_STEPS, 'service-codes', 'body', 'parameters', 'ehr'] as const

/** Bytes of a search; no limit of VKP's is known. */
const LIMIT = 64 * 1024

/** `POST /epj/r4/{orgnr}/{type}/_search`: patient information, which VKP asks the EHR for and passes on as it comes. */
export async function search(ctx: Context): Promise<Answer> {
  const type = await ctx.step('type', () => requireSearchType(ctx))
  const entry = await requireVkpCaller(ctx, type, 'read')
  await ctx.step('service-codes', () => requireServiceCodes(ctx, entry))
  const form = await ctx.step('body', () => readForm(ctx))
  await ctx.step('parameters', () => requireParameters(ctx, type, form))
  return ctx.step('ehr', () => askEhr(ctx, type, entry, form))
}

function requireSearchType(ctx: Context): SearchType {
  const sent = (ctx.params.type ?? '').toLowerCase()
  const type = SEARCH_TYPES.find((one) => one === sent)
  if (type) return type
  const message = `VKP does not search ${JSON.stringify(ctx.params.type)}; it searches ${SEARCH_TYPES.join(', ')}.`
  throw new Rejection(404, [issueOf('http-path', message)])
}

function requireServiceCodes(ctx: Context, { orgnr, vkpId, serviceCodes }: RegisterEntry): void {
  const { codes, issues } = readServiceCodes(headerTextOf(ctx.request.headers, 'servicecodes'))
  const worded = codes.length > 0 ? issues : issues.map((issue) => coded(ctx, issue))
  if (worded.length > 0) ctx.refuse(new Rejection(400, worded))
  const refused = codes.filter((code) => !serviceCodes.includes(code))
  const message = (code: string) =>
    `${orgnr} has not approved ${vkpId} for ${code}; approved: ${serviceCodes.join(', ')}.`
  if (refused.length === 0) return
  ctx.refuseUnlessRelaxed(
    new Rejection(
      400,
      refused.map((code) => issueOf('vkp-service-not-approved', message(code))),
    ),
  )
}

/** Which code the missing header has is a setting. */
function coded(ctx: Context, issue: ReturnType<typeof issueOf>) {
  return { ...issue, evidence: { vkpCode: ctx.world.settings.assumptions.vkpServiceCodesMissing } }
}

function readForm(ctx: Context): Promise<string> {
  return readFormText(ctx, LIMIT, (message) => new Rejection(400, [issueOf('vkp-parameter-format', message)]))
}

function requireParameters(ctx: Context, type: SearchType, form: string): void {
  const fields = readFields(ctx, form)
  const issues = checkSearch(type, fields, ctx.world.settings.assumptions.vkpMissingDates)
  if (issues.length > 0) ctx.refuse(new Rejection(400, issues))
  const identifier = fields.get(SEARCH_FORMS[type].identifier)
  if (ctx.world.settings.environment === 'test' && isReal(identifier))
    ctx.warn([issueOf('vkp-identity-number', REAL, { severity: 'warning' })])
}

const REAL =
  'The identity number is of the real series; in Test use a synthetic one. It is masked in what is kept and answered.'

/** The header by which the EHR stand-in says why a search found nothing. */
const NOTHING_FOUND = 'jftsim-nothing-found'

async function askEhr(ctx: Context, type: SearchType, { orgnr, vkpId }: RegisterEntry, body: string): Promise<Answer> {
  const { ehrUrl } = await ctx.world.state.routes.find(orgnr, vkpId)
  const url = `${ehrUrl ?? `${ctx.origins.ehr}/epj/r4/${orgnr}`}/${type}/_search${ctx.url.search}`
  const headers = new Headers(forwardedHeaders(ctx.request.headers))
  if (body === '') headers.set('content-type', FORM)
  const request = new Request(url, { method: 'POST', headers, body, redirect: 'manual' })
  if (ehrUrl !== undefined) return refusedByEhr(ctx, await askVendorEhr(ctx, request))
  const answered = await ctx
    .fetch(request)
    .then((answer) => {
      const why = answer.headers.get(NOTHING_FOUND)
      if (why !== null) ctx.warn([issueOf('ehr-nothing-found', why)])
      return passOn(answer)
    })
    .catch((fault: unknown) => unreachable(url, fault))
  return refusedByEhr(ctx, answered)
}

/** A refusal of the EHR's is passed on as it came, and is a refusal of the vendor's request. */
function refusedByEhr(ctx: Context, answer: Answer): Answer {
  if (answer.status >= 400)
    ctx.refuse(new Rejection(answer.status, issuesOfEhr(answer.status, textOf(answer)), { answer }))
  return answer
}

function textOf({ body }: Answer): string {
  return body instanceof Uint8Array ? new TextDecoder().decode(body) : ''
}
