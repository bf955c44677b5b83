import type { Origins } from '../../ground/origins.ts'
import type { Service } from '../../ground/services.ts'
import { issueOf } from '../../rules/catalogue.ts'
import { organizationSeries } from '../../rules/identifiers.ts'
import type { Issue } from '../../rules/issue.ts'
import { EVENT_TYPES, type EventType } from '../../rules/jft/event-types.ts'
import { operationOutcome, problemDetails } from '../../rules/operation-outcome.ts'
import { withVerdicts } from '../../rules/verdicts-outcome.ts'
import { unknownEndpoint } from '../../services/jft-checks.ts'
import { eventKey } from '../../state/collections.ts'
import type { StoredEvent } from '../../state/records.ts'
import type { Answer } from '../answer.ts'
import { authenticate, type Caller, requireScope } from '../caller.ts'
import type { Context } from '../context.ts'
import { Rejection } from '../rejection.ts'

/** A caller that acts for a municipality: `municipality` is there, and is of the right series. */
export interface MunicipalCaller extends Caller {
  readonly municipality: string
}

/** What an endpoint asks of an access token. */
export interface Access {
  readonly audience: string
  readonly scope: string
  /** Whether organisation numbers must be of the environment's series. */
  readonly organizations: 'checked' | 'any'
}

const JFT: Access = { audience: 'nhn:jft', scope: 'nhn:jft/api', organizations: 'checked' }

/** The first steps of every endpoint of JFT and of PIT: who calls, and for which municipality. */
export async function requireCaller(ctx: Context, access: Access = JFT): Promise<MunicipalCaller> {
  const caller = await ctx.step('token', () => authenticate(ctx, access.audience))
  await ctx.step('scope', () => requireScope(ctx, caller, access.scope))
  const municipality = await ctx.step('claims', () => requireMunicipality(ctx, caller, access))
  await ctx.step('rate', () => requireRate(ctx, caller.clientId))
  return { ...caller, municipality }
}

/** The steps that `requireCaller` takes. */
export const CALLER_STEPS = ['token', 'scope', 'claims', 'rate'] as const

function requireMunicipality(ctx: Context, caller: Caller, { organizations }: Access): string {
  const { assumptions } = ctx.world.settings
  if (caller.municipality === undefined) {
    const message = 'The access token has no helseid://claims/client/claims/orgnr_parent.'
    ctx.refuse(new Rejection(assumptions.missingMunicipalityStatus, [issueOf('jft-municipality', message)]))
    return 'unknown'
  }
  if (organizations === 'any') return caller.municipality
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
  const { environment } = ctx.world.settings
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
async function requireRate(ctx: Context, clientId: string): Promise<void> {
  const { world, now } = ctx
  const limit = world.settings.assumptions.requestsPerMinute
  if (limit === 0) return
  const window = Math.floor(now / 60_000)
  if ((await world.state.rates.count(`${clientId}/${window}`)) <= limit) return
  const retryAfter = String(Math.ceil(((window + 1) * 60_000 - now) / 1000))
  const message = `${clientId} sent more than ${limit} requests in this minute.`
  ctx.reject(new Rejection(429, [issueOf('jft-rate', message)], { headers: { 'retry-after': retryAfter } }))
}

/** The body is of a type that the API takes, in UTF-8. Throws 415 otherwise. */
export function requireContentType(ctx: Context): void {
  const sent = ctx.request.headers.get('content-type')
  const { contentTypes } = ctx.world.settings.assumptions
  const [type = '', ...parameters] = (sent ?? '').split(';').map((part) => part.trim().toLowerCase())
  const charset = parameters.find((part) => part.startsWith('charset='))?.replace(/^charset="?|"$/g, '')
  if (contentTypes.includes(type) && (charset === undefined || charset === 'utf-8')) return
  const message = `Content-Type ${sent ?? '(none)'} is not one of ${contentTypes.join(', ')} in UTF-8.`
  ctx.reject(new Rejection(415, [issueOf('http-content-type', message)]))
}

/** The type in the path, when it is one that JFT has endpoints for. Throws 404 otherwise. */
export function requireEventType(ctx: Context): EventType {
  const sent = ctx.params.type ?? ''
  const type = EVENT_TYPES.find((one) => one === sent)
  if (type) return type
  throw new Rejection(404, [unknownEndpoint(sent)])
}

/** The event in the path, when the caller's municipality has it. */
export async function requireEvent(ctx: Context, caller: MunicipalCaller): Promise<StoredEvent> {
  const { type = '', id = '' } = ctx.params
  const { assumptions } = ctx.world.settings
  const { events } = ctx.world.state
  const event = await events.find(eventKey(type, id.toLowerCase()))
  if (!event) throw unknownEvent(ctx)
  if (event.municipality !== caller.municipality) ctx.reject(unknownEvent(ctx, assumptions.foreignEventStatus))
  ctx.touch(`${event.type}/${event.id}`)
  return event
}

/** The event in the path is not there, or is not the caller's. */
export function unknownEvent({ params: { type, id } }: Context, status = 404): Rejection {
  return new Rejection(status, [issueOf('jft-event-unknown', `Your municipality has no ${type} with the id ${id}.`)])
}

/** Where the status of an event is found. */
export function statusUrl(ctx: Context, event: Pick<StoredEvent, 'type' | 'id'>): string {
  const surface = ctx.world.settings.assumptions.locationHost === 'read' ? 'jft-read' : 'jft-write'
  return `${ctx.origins[surface satisfies keyof Origins]}/v1/${event.type}/${event.id}/$status`
}

/** `202 Accepted` with the status URL, for a submission and for an acknowledgement. */
export function accepted(ctx: Context, event: Pick<StoredEvent, 'type' | 'id'>): Answer {
  const headers = { location: statusUrl(ctx, event), ...eventIdHeader(ctx) }
  if (ctx.world.settings.assumptions.acceptedBody === 'empty') return { status: 202, headers }
  const issue = { severity: 'information', code: 'informational', diagnostics: `${event.type}/${event.id}` }
  const body = JSON.stringify({ resourceType: 'OperationOutcome', issue: [issue] })
  return { status: 202, headers: { ...headers, 'content-type': FHIR_JSON }, body }
}

export const FHIR_JSON = 'application/fhir+json; charset=utf-8'

/** `nhn-event-id` is echoed; one is made when none was sent, if the setting says so. */
export function eventIdHeader(ctx: Context): Record<string, string> {
  const sent = ctx.request.headers.get('nhn-event-id')
  if (sent !== null) return { 'nhn-event-id': sent }
  return ctx.world.settings.assumptions.eventIdGenerated ? { 'nhn-event-id': ctx.world.time.ids.uuid() } : {}
}

/** How an API of a service words a refusal. Nobody has documented the body, so both forms are settings. */
export function refusalOf(service: Service) {
  return (rejection: Rejection, ctx: Context): Answer => {
    const { assumptions } = ctx.world.settings
    const { status, issues, extra } = rejection
    const silent = status === 429 || ((status === 401 || status === 403) && assumptions.unauthorizedBody === 'empty')
    if (silent) return { status, headers: eventIdHeader(ctx) }
    const problem = assumptions.errorBody === 'problem-json'
    const { verdicts } = extra
    const outcome = operationOutcome(issues, service)
    const explained = verdicts === undefined ? outcome : withVerdicts(outcome, verdicts)
    const body = JSON.stringify(problem ? problemDetails(status, issues, service, verdicts) : explained)
    const type = problem ? 'application/problem+json; charset=utf-8' : FHIR_JSON
    return { status, headers: { 'content-type': type, ...eventIdHeader(ctx) }, body }
  }
}

/** How JFT's two APIs word a refusal. */
export const jftRefusal = refusalOf('jft')
