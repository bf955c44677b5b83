import type { Assumptions } from '../../ground/settings/assumptions.ts'
import { serviceOf } from '../../ground/surfaces.ts'
import { issueOf } from '../../rules/catalogue.ts'
import { organizationSeries } from '../../rules/identifiers.ts'
import type { Issue } from '../../rules/issue.ts'
import { operationOutcome, problemDetails, withMore } from '../../rules/operation-outcome.ts'
import { withVerdicts } from '../../rules/verdicts-outcome.ts'
import type { Answer } from '../answer.ts'
import { authenticate, type Caller, requireScope } from '../caller.ts'
import type { Context } from '../context.ts'
import { Rejection } from '../rejection.ts'

/** What NHN's FHIR APIs have in common: who may call, for which municipality, how often, and how they word a refusal. */

/** What a route asks of an access token. */
export interface Access {
  /** The short name of the API, as in `aud`. */
  readonly audience: string
  /** The token needs one of them. */
  readonly scopes: readonly string[]
  /** Whether organisation numbers may be of any series. */
  readonly anyOrganization?: boolean
}

/** Who calls for a municipality, which is there and is of the right series. */
export interface MunicipalCaller extends Caller {
  readonly municipality: string
}

/** The steps that `requireCaller` takes. */
export const CALLER_STEPS = ['token', 'scope', 'claims', 'rate'] as const

/** The first steps of an endpoint: who calls, with which scope, and for which municipality. */
export async function requireCaller(
  ctx: Context,
  { audience, scopes, anyOrganization }: Access,
): Promise<MunicipalCaller> {
  const caller = await ctx.step('token', () => authenticate(ctx, audience))
  await ctx.step('scope', () => requireScope(ctx, caller, scopes))
  const municipality = await ctx.step('claims', () => requireMunicipality(ctx, caller, anyOrganization))
  await ctx.step('rate', () => requireRate(ctx, audience, caller.clientId))
  ctx.warn(withoutEffect(ctx))
  return { ...caller, municipality }
}

/** Headers that change what a request means, and here change nothing: whoever sends one believes in what it asks for. */
const WITHOUT_EFFECT = {
  'if-none-exist': 'asks to store nothing where such a resource is there already; nothing was looked for.',
  'if-match': 'asks to change nothing but that version; no version was looked at.',
} as const

function withoutEffect({ request: { headers } }: Context): Issue[] {
  const issue = (text: string) => issueOf('http-header-without-effect', text)
  const sent = Object.entries(WITHOUT_EFFECT).filter(([name]) => headers.has(name))
  const prefers = (headers.get('prefer') ?? '').toLowerCase().split(/[,;]/)
  const waits = prefers.some((one) => one.trim() === 'respond-async')
  return [
    ...sent.map(([name, text]) => issue(`${name} ${text}`)),
    ...(waits ? [issue('Prefer: respond-async asks for an answer that comes later; this is the answer.')] : []),
  ]
}

function requireMunicipality(ctx: Context, caller: Caller, anyOrganization = false): string {
  const { assumptions } = ctx.world.settings
  if (caller.municipality === undefined) {
    const message = 'The access token has no helseid://claims/client/claims/orgnr_parent.'
    ctx.refuseUnlessRelaxed(
      new Rejection(assumptions.missingMunicipalityStatus, [issueOf('jft-municipality', message)]),
    )
    return 'unknown'
  }
  if (anyOrganization) return caller.municipality
  const issues = [
    ...checkOrganization('orgnr_parent', caller.municipality, ctx),
    ...(caller.supplier === undefined ? [] : checkOrganization('orgnr_supplier', caller.supplier, ctx)),
  ]
  if (issues.length > 0) ctx.refuseUnlessRelaxed(new Rejection(assumptions.organizationNumberStatus, issues))
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

/** A fixed window of one minute per client of an API, when the setting asks for a limit. */
async function requireRate(ctx: Context, audience: string, clientId: string): Promise<void> {
  const { world, now } = ctx
  const limit = world.settings.assumptions.requestsPerMinute
  if (limit === 0) return
  const window = Math.floor(now / 60_000)
  if ((await world.state.rates.count(`${audience}/${clientId}/${window}`)) <= limit) return
  const retryAfter = String(Math.ceil(((window + 1) * 60_000 - now) / 1000))
  const message = `${clientId} sent more than ${limit} requests in this minute.`
  ctx.refuse(new Rejection(429, [issueOf('jft-rate', message)], { headers: { 'retry-after': retryAfter } }))
}

/** The body is of a type that NHN's FHIR APIs take, in UTF-8. Throws 415 otherwise. */
export function requireContentType(ctx: Context): void {
  const sent = ctx.request.headers.get('content-type')
  const { contentTypes } = ctx.world.settings.assumptions
  const [type = '', ...parameters] = (sent ?? '').split(';').map((part) => part.trim().toLowerCase())
  const charset = parameters.find((part) => part.startsWith('charset='))?.replace(/^charset="?|"$/g, '')
  if (contentTypes.includes(type) && (charset === undefined || isUtf8(charset))) return
  const message = `Content-Type ${sent ?? '(none)'} is not one of ${contentTypes.join(', ')} in UTF-8.`
  ctx.refuse(new Rejection(415, [issueOf('http-content-type', message)]))
}

/** Whether a name of an encoding is one of UTF-8's, such as `utf8` (Encoding standard, section 4.2). */
function isUtf8(label: string): boolean {
  try {
    return new TextDecoder(label).encoding === 'utf-8'
  } catch {
    return false
  }
}

export const FHIR_JSON = 'application/fhir+json; charset=utf-8'

/** `nhn-event-id` is echoed; one is made when none was sent, if the setting says so. */
export function eventIdHeader(ctx: Context): Record<string, string> {
  const sent = ctx.request.headers.get('nhn-event-id')
  if (sent !== null) return { 'nhn-event-id': sent }
  return ctx.world.settings.assumptions.eventIdGenerated ? { 'nhn-event-id': ctx.world.time.ids.uuid() } : {}
}

/** The settings for the body of a refusal. */
export type RefusalSettings = Pick<Assumptions, 'errorBody' | 'unauthorizedBody'>

/** How a FHIR API words a refusal. Nobody has documented the body, so its forms are settings. */
export function fhirRefusal(rejection: Rejection, ctx: Context, settings: RefusalSettings): Answer {
  const { status, issues, extra } = rejection
  const service = serviceOf(ctx.surface)
  const bare = settings.unauthorizedBody === 'empty' || ctx.world.settings.assumptions.apiChallenge === 'nhn-samples'
  const silent = status === 429 || ((status === 401 || status === 403) && bare)
  if (silent) return { status, headers: eventIdHeader(ctx) }
  const problem = settings.errorBody === 'problem-json'
  const { more = 0, verdicts } = extra
  const outcome = operationOutcome(issues, service)
  const explained = withMore(verdicts === undefined ? outcome : withVerdicts(outcome, verdicts), more)
  const body = JSON.stringify(problem ? problemDetails(status, issues, service, { more, verdicts }) : explained)
  const type = problem ? 'application/problem+json; charset=utf-8' : FHIR_JSON
  // Issues are redacted before they get here, and what is put between them has no digits beside theirs.
  const isMasked = verdicts === undefined ? { isMasked: true as const } : {}
  return { status, headers: { 'content-type': type, ...eventIdHeader(ctx) }, body, ...isMasked }
}
