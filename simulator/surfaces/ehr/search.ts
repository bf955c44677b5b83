import { hash } from '../../ground/hash.ts'
import type { Answer } from '../../http/answer.ts'
import type { Context } from '../../http/context.ts'
import { FHIR_JSON } from '../../http/fhir/api.ts'
import { readFields } from '../../http/form.ts'
import { headerTextOf } from '../../http/header-text.ts'
import { Rejection } from '../../http/rejection.ts'
import { issueOf } from '../../rules/catalogue.ts'
import { checkSearch, readServiceCodes, SEARCH_FORMS, type SearchType } from '../../rules/vkp/search.ts'
import type { HealthRecord } from '../../state/population.ts'
import { whyNothing } from './nothing-found.ts'
import { readWanted, type Wanted, type Window } from './parameters.ts'
import { lastRevision, plannedVisits } from './plans.ts'
import {
  actionPlanOf,
  allergyOf,
  conditionOf,
  type EhrResource,
  episodeOf,
  medicationOf,
  patientOf,
  visitPlanOf,
} from './resources.ts'
import { plannedAround, recordOf } from './static-patients.ts'

/** What a search looks through a patient's record with. */
interface Query {
  readonly window: Window
  readonly codes: readonly string[]
  /** Milliseconds since the epoch. */
  readonly now: number
  /** The times around which the EHR has plans, newest first. */
  readonly planned: readonly number[]
}

/** What an endpoint finds in a record, and whether the Patient comes along with it. */
interface Search {
  readonly find: (record: HealthRecord, query: Query) => readonly EhrResource[]
  readonly withPatient?: boolean
}

const SEARCHES: Readonly<Record<SearchType, Search>> = {
  patient: { find: ({ person }) => [patientOf(person)] },
  episodeofcare: { find: episodes, withPatient: true },
  careplan: { find: visitPlans, withPatient: true },
  composition: { find: actionPlans },
  condition: { find: ({ person, conditions }) => conditions.map((one) => conditionOf(person, one)) },
  allergyintolerance: { find: ({ person, allergies }) => allergies.map((one) => allergyOf(person, one)) },
  medicationstatement: { find: ({ person, medications }) => medications.map((one) => medicationOf(person, one)) },
}

function episodes({ person, services }: HealthRecord, { codes }: Query): EhrResource[] {
  return services.filter(({ code }) => codes.includes(code)).map((service) => episodeOf(person, service))
}

/** Of the times that have plans in the window, the newest. */
function visitPlans({ person, visits }: HealthRecord, { now, window, planned: times }: Query): EhrResource[] {
  const [planned] = times.map((time) => plannedVisits(visits, now, window, time)).filter((found) => found.length > 0)
  return planned === undefined ? [] : [visitPlanOf(person, planned)]
}

function actionPlans({ person, actionPlans: plans }: HealthRecord, { window, planned }: Query): EhrResource[] {
  return plans.flatMap((plan) => {
    const [date] = planned
      .map((time) => lastRevision(plan, time))
      .filter((revised) => revised >= window.from && revised <= window.to)
    return date === undefined ? [] : [actionPlanOf(person, plan, date)]
  })
}

/** The endpoints that can be searched, as they stand in a path. */
export const SEARCH_TYPES = Object.keys(SEARCH_FORMS) as readonly SearchType[]

const BODY_LIMIT = 64 * 1024

/** `POST /epj/r4/{orgnr}/{type}/_search`: patient information, as VKP asks the EHR of a municipality for it. */
export async function searchPatients(ctx: Context): Promise<Answer> {
  await ctx.step('organization', () => requireOrganization(ctx))
  const type = await ctx.step('type', () => requireSearchType(ctx))
  const codes = await ctx.step('service-codes', () => requireServiceCodes(ctx))
  const { identityNumber, window } = await ctx.step('parameters', () => requireWanted(ctx, type))
  const records = await ctx.step('service', () => recordsWith(ctx, codes, identityNumber))
  const query = { codes, window, now: ctx.now, planned: plannedAround(ctx) }
  return ctx.step('search', async () => {
    const found = records.map((record) => ({ record, matches: SEARCHES[type].find(record, query) }))
    if (found.some(({ matches }) => matches.length > 0)) return searchset(ctx, SEARCHES[type], found)
    const [record] = records
    const message = await whyNothing(ctx, type, { identityNumber, ...(record && { record }) })
    ctx.warn([issueOf('ehr-nothing-found', message)])
    const answer = searchset(ctx, SEARCHES[type], found)
    return { ...answer, headers: { ...answer.headers, [NOTHING_FOUND]: message } }
  })
}

/** The header by which the EHR stand-in tells VKP why a search found nothing. */
export const NOTHING_FOUND = 'jftsim-nothing-found'

/** The steps that `searchPatients` takes. */
export const SEARCH_STEPS = ['organization', 'type', 'service-codes', 'parameters', 'service', 'search'] as const

/** Nine digits: VKP's samples use numbers with wrong control digits. Throws a `Rejection` 400. */
export function requireOrganization(ctx: Context): string {
  const { orgnr = '' } = ctx.params
  if (/^\d{9}$/.test(orgnr)) {
    ctx.identify({ municipality: orgnr })
    return orgnr
  }
  const message = `${JSON.stringify(orgnr)} is not an organisation number.`
  ctx.refuse(new Rejection(400, [issueOf('ehr-organization', message, { evidence: { vkpCode: '2.2' } })]))
  return orgnr
}

function requireSearchType(ctx: Context): SearchType {
  const { type = '' } = ctx.params
  const known = SEARCH_TYPES.find((one) => one === type.toLowerCase())
  if (known) return known
  const message = `The EHR has no search for ${type}; it has ${SEARCH_TYPES.join(', ')}.`
  throw new Rejection(404, [issueOf('http-path', message)])
}

function requireServiceCodes(ctx: Context): readonly string[] {
  const { codes, issues } = readServiceCodes(headerTextOf(ctx.request.headers, 'servicecodes'))
  if (issues.length > 0) ctx.refuse(new Rejection(400, issues))
  return codes
}

/** VKP has looked at the form before; whether dates may be missing is for VKP to say. */
async function requireWanted(ctx: Context, type: SearchType): Promise<Wanted> {
  const form = readFields(ctx, await ctx.readBody(BODY_LIMIT))
  const issues = checkSearch(type, form, 'accept')
  if (issues.length > 0) ctx.refuse(new Rejection(400, issues))
  return readWanted(type, form)
}

/** Patients with an active service among the codes; throws when the one who was asked for has none. */
async function recordsWith(
  ctx: Context,
  codes: readonly string[],
  identityNumber: string | undefined,
): Promise<readonly HealthRecord[]> {
  const { population } = ctx.world.state
  if (identityNumber === undefined) return (await population.list()).filter((record) => isServed(record, codes))
  const record = await recordOf(ctx, identityNumber)
  if (!record) return []
  if (isServed(record, codes)) return [record]
  const message = `The patient has no active service among ${codes.join(', ')}.`
  ctx.refuse(new Rejection(400, [issueOf('ehr-service', message, { evidence: { vkpCode: '1.3' } })]))
  return [record]
}

function isServed({ services }: HealthRecord, codes: readonly string[]): boolean {
  return services.some(({ code, status }) => status === 'active' && codes.includes(code))
}

interface Found {
  readonly record: HealthRecord
  readonly matches: readonly EhrResource[]
}

/** A searchset; `total` counts what matched, not the patients that come along (FHIR R4, 3.1.1.5.1). */
function searchset(ctx: Context, search: Search, found: readonly Found[]): Answer {
  const matches = found.flatMap((one) => one.matches.map((resource) => entryOf(ctx, resource, 'match')))
  const included = found
    .filter((one) => search.withPatient && one.matches.length > 0)
    .map(({ record }) => entryOf(ctx, patientOf(record.person), 'include'))
  const entry = [...matches, ...included]
  const bundle = {
    resourceType: 'Bundle',
    type: 'searchset',
    total: matches.length,
    ...(entry.length === 0 ? {} : { entry }),
  }
  const body = JSON.stringify(bundle)
  return { status: 200, headers: { 'content-type': FHIR_JSON, etag: `W/"${hash(body)}"` }, body }
}

function entryOf(ctx: Context, resource: EhrResource, mode: 'match' | 'include') {
  const fullUrl = `${ctx.origins.ehr}/epj/r4/${ctx.params.orgnr}/${resource.resourceType}/${resource.id}`
  return { fullUrl, resource, search: { mode } }
}
