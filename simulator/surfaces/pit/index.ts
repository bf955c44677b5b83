import { SURFACES, scopeOf } from '../../ground/surfaces.ts'
import type { Answer } from '../../http/answer.ts'
import { stepsOf, type TakenBody, takeBody } from '../../http/body-steps.ts'
import type { Context } from '../../http/context.ts'
import {
  type Access,
  CALLER_STEPS,
  eventIdHeader,
  fhirRefusal,
  type MunicipalCaller,
  requireCaller,
  requireContentType,
} from '../../http/fhir/api.ts'
import {
  continueSearch,
  cursorAfter,
  describeParameters,
  requireSearch,
  searchset,
  sentInBody,
  sentInUrl,
  urlWith,
} from '../../http/fhir/search.ts'
import { Rejection } from '../../http/rejection.ts'
import type { Route } from '../../http/route.ts'
import { defineSurface } from '../../http/surface.ts'
import { swaggerRoutes } from '../../http/swagger/swagger-page.ts'
import { issueOf } from '../../rules/catalogue.ts'
import { maskedAt } from '../../rules/masked.ts'
import { PATIENT_SEARCH } from '../../rules/pit/patient-search.ts'
import type { Sent } from '../../rules/search/endpoint.ts'
import type { SearchOptions } from '../../rules/search/search.ts'
import { SAMPLE_PATIENT } from '../../services/events/sample-event.ts'
import { takeOver } from '../../services/pit/hand-over.ts'
import { type PatientPage, type PatientQuery, patientText, readPatients } from '../../services/pit/page.ts'
import { PIT_CHECKS } from '../../services/pit-checks.ts'
import type { StoredPatient } from '../../state/records.ts'

/** `POST /v1/Patient`: hands a patient over (PIT-API overview, "Submitting patient resources"). */
async function handOver(ctx: Context): Promise<Answer> {
  const caller = await requireCaller(ctx, accessTo(ctx, 'write'))
  await ctx.step('content-type', () => requireContentType(ctx))
  const { pitSizeLimitBytes: limit, identityNumberStatus } = ctx.world.settings.assumptions
  const statusOf = (rule: string) => {
    if (rule === 'http-size') return 413
    return rule.startsWith('identity-number-') ? identityNumberStatus : 400
  }
  const body = await takeBody(ctx, { service: 'pit', limit, endpoint: 'Patient', statusOf })
  await ctx.step('store', () => store(ctx, body, caller))
  return { status: 202, headers: eventIdHeader(ctx) }
}

/** `GET /v1/Patient`: the municipality's patients (PIT-API overview, "Retrieving patient resources"). */
function searchByGet(ctx: Context): Promise<Answer> {
  return search(ctx, () => sentInUrl(ctx))
}

/** `POST /v1/Patient/_search`, which no page mentions: it is there where the setting says so. */
function searchByPost(ctx: Context): Promise<Answer> {
  const { pitSearchByPost, pitSizeLimitBytes } = ctx.world.settings.assumptions
  if (pitSearchByPost === 'as-jft') return search(ctx, () => sentInBody(ctx, pitSizeLimitBytes))
  const message = 'PIT documents GET /v1/Patient and no _search; the setting pitSearchByPost says what is assumed.'
  throw new Rejection(404, [issueOf('http-path', message)])
}

async function search(ctx: Context, parameters: () => Promise<Sent[]>): Promise<Answer> {
  const { municipality } = await requireCaller(ctx, accessTo(ctx, 'read'))
  const searched = { type: 'Patient', municipality }
  const sent = await ctx.step('parameters', parameters)
  const wanted = await ctx.step('search', () => requireSearch(ctx, PATIENT_SEARCH, sent, optionsOf(ctx)))
  const { assumptions } = ctx.world.settings
  const query = await ctx.step('cursor', () => continueSearch(ctx, wanted, searched, assumptions))
  const { patients, end } = await ctx.step('page', () => deliverPage(ctx, { municipality, ...query }))
  ctx.handOut(patients.map(({ id }) => `Patient/${id}`))
  const base = `${ctx.origins.pit}/v1/Patient`
  const next = end && urlWith(base, [['cursor', await cursorAfter(ctx, end, query.search, searched)]])
  const links = { self: urlWith(base, sent), ...(next === undefined ? {} : { next }) }
  const matches = patients.map((patient) => ({ fullUrl: `${base}/${patient.id}`, pieces: [patientText(patient)] }))
  return searchset(ctx, { links }, matches)
}

const SEARCH_STEPS = [...CALLER_STEPS, 'parameters', 'search', 'cursor', 'page'] as const
const REFUSALS = {
  '401': 'No valid DPoP token',
  '403': 'No scope, or a refused organisation',
}
const routes: readonly Route[] = [
  {
    method: 'POST',
    path: '/v1/Patient',
    summary: 'Submit a patient',
    steps: [...CALLER_STEPS, 'content-type', ...stepsOf(PIT_CHECKS), 'store'],
    handler: handOver,
    operation: {
      body: { 'application/json': SAMPLE_PATIENT },
      responses: {
        '202': 'Accepted: queued for processing',
        '400': 'Not FHIR R4, not a Patient, or a refused identity number',
        ...REFUSALS,
        '413': 'Larger than about 900 KB',
        '415': 'Not a JSON content type',
      },
    },
  },
  {
    method: 'GET',
    path: '/v1/Patient',
    summary: 'Retrieve patients',
    steps: SEARCH_STEPS,
    handler: searchByGet,
    operation: {
      query: describeParameters(PATIENT_SEARCH),
      responses: { '200': 'A searchset Bundle', '400': 'A refused parameter or cursor', ...REFUSALS },
    },
  },
  {
    method: 'POST',
    path: '/v1/Patient/_search',
    summary: 'Retrieve patients, parameters in the body',
    steps: SEARCH_STEPS,
    handler: searchByPost,
  },
]

/** Pasientinformasjonstjenesten, real host `api.pit.test.nhn.no`. */
export const pit = defineSurface({
  journaled: true,
  pathForms: true,
  refusal: (rejection, ctx) => fhirRefusal(rejection, ctx, ctx.world.settings.assumptions),
  routes: [...routes, ...swaggerRoutes('PIT', routes, ['Patient'])],
})

/** PIT HelseID page, "Scopes". */
function accessTo({ world }: Context, direction: 'read' | 'write'): Access {
  const anyOrganization = world.settings.assumptions.pitOrganizationNumbers === 'not-checked'
  return { audience: SURFACES.pit.token.audience, scopes: [scopeOf('pit', direction)], anyOrganization }
}

/** What PIT documents is not a setting; what it leaves open is as JFT has it, where it has no setting of its own. */
function optionsOf({ world }: Context): SearchOptions {
  const { assumptions } = world.settings
  return {
    ...assumptions,
    countDefault: 20,
    countMax: 50,
    countOutOfRange: assumptions.pitCountOutOfRange,
    lastUpdatedPrefix: 'required',
    lastUpdatedPrecision: 'minute',
    tags: {},
  }
}

/** A 202 is given for what is stored, and nothing else; two faults keep it from ever being processed, which nobody is told. */
async function store(ctx: Context, body: TakenBody, caller: MunicipalCaller): Promise<StoredPatient> {
  const fate = (await ctx.injected('stuck-registration')) ?? (await ctx.injected('failed'))
  const { patient, masked, issue } = await takeOver(ctx.world, { ...body, ...caller, fate: fate?.kind })
  if (!patient) throw new Rejection(507, [issue])
  ctx.warn(maskedAt(masked))
  ctx.touch(`Patient/${patient.id}`)
  return patient
}

/** Faults deliver the first patient of the page twice, or leave patients for the next page. */
async function deliverPage(ctx: Context, query: PatientQuery): Promise<PatientPage> {
  const atMost = (await ctx.injected('short-page'))?.events
  const page = await readPatients(ctx.world.state.patients, query, ctx.asOf, atMost)
  const [first] = page.patients
  return first && (await ctx.injected('duplicate')) ? { ...page, patients: [first, ...page.patients] } : page
}
