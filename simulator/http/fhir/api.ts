import type { Origins } from '../../ground/origins.ts'
import { issueOf } from '../../rules/catalogue.ts'
import { organizationSeries } from '../../rules/identifiers.ts'
import type { Issue } from '../../rules/issue.ts'
import { EVENT_TYPES, type EventType } from '../../rules/jft/event-types.ts'
import { operationOutcome, problemDetails } from '../../rules/operation-outcome.ts'
import { withVerdicts } from '../../rules/verdicts-outcome.ts'
import { unknownEndpoint } from '../../services/jft-checks.ts'
import type { StoredEvent } from '../../state/memory/events.ts'
import type { Answer } from '../answer.ts'
import { authenticate, type Caller, requireScope } from '../caller.ts'
import type { Context } from '../context.ts'
import { Rejection } from '../rejection.ts'

/** A caller of JFT: `municipality` is there, and is of the right series. */
export interface JftCaller extends Caller {
  readonly municipality: string
}

const JFT_AUDIENCE = 'nhn:jft'
const JFT_SCOPE = 'nhn:jft/api'

/** The first two steps of every JFT endpoint: who calls, and for which municipality. */
export async function requireCaller(ctx: Context): Promise<JftCaller> {
  const caller = await ctx.step('token', () => authenticate(ctx, JFT_AUDIENCE))
  await ctx.step('scope', () => requireScope(ctx, caller, JFT_SCOPE))
  const municipality = await ctx.step('claims', () => requireMunicipality(ctx, caller))
  await ctx.step('rate', () => requireRate(ctx, caller.clientId))
  return { ...caller, municipality }
}

/** The steps that `requireCaller` takes. */
export const CALLER_STEPS = ['token', 'scope', 'claims', 'rate'] as const

function requireMunicipality(ctx: Context, caller: Caller): string {
  const { assumptions } = ctx.world
  if (caller.municipality === undefined) {
    const message = 'The access token has no helseid://claims/client/claims/orgnr_parent.'
    ctx.refuse(new Rejection(assumptions.missingMunicipalityStatus, [issueOf('jft-municipality', message)]))
    return 'unknown'
  }
  const issues = [
    ...checkOrganization('orgnr_parent', caller.municipality, ctx),
    ...(caller.supplier === undefined ? [] : checkOrganization('orgnr_supplier', caller.supplier, ctx)),
  ]
  if (issues.length > 0) ctx.refuse(new Rejection(assumptions.organizationNumberStatus, issues))
  return caller.municipality
}

/** JFT WriteAPI overview, "Handling of organization numbers", with its exception for `orgnr_supplier` in Test. */
function checkOrganization(claim: string, number: string, ctx: Context): Issue[] {
  const series = organizationSeries(number)
  const { environment } = ctx.world
  if (series === 'invalid') {
    return [
      issueOf(
        'organization-number-invalid',
        `${claim} ${number} is not an organisation number: nine digits, the last a control digit.`,
      ),
    ]
  }
  if (environment === 'prod') {
    if (series === 'real') return []
    return [
      issueOf('organization-number-synthetic', `${claim} ${number} is synthetic; production takes only real ones.`),
    ]
  }
  if (series === 'synthetic' || claim === 'orgnr_supplier') return []
  return [issueOf('organization-number-real', `${claim} ${number} is not synthetic; Test takes only synthetic ones.`)]
}

/** A fixed window of one minute per client, when the setting asks for a limit. */
function requireRate(ctx: Context, clientId: string): void {
  const { world } = ctx
  const limit = world.assumptions.requestsPerMinute
  if (limit === 0) return
  const window = Math.floor(world.clock.now() / 60_000)
  if (world.rates.count(`${clientId}/${window}`) <= limit) return
  const retryAfter = String(Math.ceil(((window + 1) * 60_000 - world.clock.now()) / 1000))
  const message = `${clientId} sent more than ${limit} requests in this minute.`
  ctx.reject(new Rejection(429, [issueOf('jft-rate', message)], { headers: { 'retry-after': retryAfter } }))
}

/** The type in the path, when it is one that JFT has endpoints for. Throws 404 otherwise. */
export function requireEventType(ctx: Context): EventType {
  const sent = ctx.params.type ?? ''
  const type = EVENT_TYPES.find((one) => one === sent)
  if (type) return type
  throw new Rejection(404, [unknownEndpoint(sent)])
}

/** The event in the path, when the caller's municipality has it. */
export function requireEvent(ctx: Context, caller: JftCaller): StoredEvent {
  const { type = '', id = '' } = ctx.params
  const { assumptions, events } = ctx.world
  const event = events.find(type, id.toLowerCase())
  if (event?.municipality !== caller.municipality) {
    const issue = issueOf('jft-event-unknown', `Your municipality has no ${type} with the id ${id}.`)
    if (!event) throw new Rejection(404, [issue])
    ctx.reject(new Rejection(assumptions.foreignEventStatus, [issue]))
  }
  ctx.touch(`${event.type}/${event.id}`)
  return event
}

/** Where the status of an event is found. */
export function statusUrl(ctx: Context, event: Pick<StoredEvent, 'type' | 'id'>): string {
  const surface = ctx.world.assumptions.locationHost === 'read' ? 'jft-read' : 'jft-write'
  return `${ctx.origins[surface satisfies keyof Origins]}/v1/${event.type}/${event.id}/$status`
}

/** `202 Accepted` with the status URL, for a submission and for an acknowledgement. */
export function accepted(ctx: Context, event: Pick<StoredEvent, 'type' | 'id'>): Answer {
  const headers = { location: statusUrl(ctx, event), ...eventIdHeader(ctx) }
  if (ctx.world.assumptions.acceptedBody === 'empty') return { status: 202, headers }
  const issue = { severity: 'information', code: 'informational', diagnostics: `${event.type}/${event.id}` }
  const body = JSON.stringify({ resourceType: 'OperationOutcome', issue: [issue] })
  return { status: 202, headers: { ...headers, 'content-type': FHIR_JSON }, body }
}

export const FHIR_JSON = 'application/fhir+json; charset=utf-8'

/** `nhn-event-id` is echoed; one is made when none was sent, if the setting says so. */
export function eventIdHeader(ctx: Context): Record<string, string> {
  const sent = ctx.request.headers.get('nhn-event-id')
  if (sent !== null) return { 'nhn-event-id': sent }
  return ctx.world.assumptions.eventIdGenerated ? { 'nhn-event-id': ctx.world.ids.uuid() } : {}
}

/** How JFT's two APIs word a refusal. Nobody has documented the body, so both forms are settings. */
export function jftRefusal(rejection: Rejection, ctx: Context): Answer {
  const { assumptions } = ctx.world
  const { status, issues, extra } = rejection
  const silent = status === 429 || ((status === 401 || status === 403) && assumptions.unauthorizedBody === 'empty')
  if (silent) return { status, headers: eventIdHeader(ctx) }
  const problem = assumptions.errorBody === 'problem-json'
  const { verdicts } = extra
  const outcome = operationOutcome(issues, 'jft')
  const explained = verdicts === undefined ? outcome : withVerdicts(outcome, verdicts)
  const body = JSON.stringify(problem ? problemDetails(status, issues, 'jft', verdicts) : explained)
  const type = problem ? 'application/problem+json; charset=utf-8' : FHIR_JSON
  return { status, headers: { 'content-type': type, ...eventIdHeader(ctx) }, body }
}
