import { formatSeconds } from '../../ground/clock.ts'
import { EVENT_TYPES } from '../../ground/event-types.ts'
import type { Assumptions } from '../../ground/settings/assumptions.ts'
import type { Answer } from '../../http/answer.ts'
import { json } from '../../http/answer.ts'
import type { Context } from '../../http/context.ts'
import { CALLER_STEPS, eventIdHeader, type MunicipalCaller, requireCaller } from '../../http/fhir/api.ts'
import { JFT_ACCESS, jftRefusal, requireEvent, requireEventType } from '../../http/fhir/events.ts'
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
import { EVENT_SEARCH } from '../../rules/jft/event-search.ts'
import type { Sent } from '../../rules/search/endpoint.ts'
import type { SearchOptions } from '../../rules/search/search.ts'
import { eventPieces } from '../../services/events/event-text.ts'
import { type EventPage, type PageQuery, readPage } from '../../services/events/page.ts'
import type { StoredEvent } from '../../state/records.ts'

/** `GET /v1/{type}`: the recommended search (JFT ReadAPI overview, "Retrieving events"). */
function searchByGet(ctx: Context): Promise<Answer> {
  return search(ctx, () => sentInUrl(ctx))
}

/** `POST /v1/{type}/_search`: the same search with its parameters in the body, and in the URL (FHIR R4, 3.1.1). */
function searchByPost(ctx: Context): Promise<Answer> {
  return search(ctx, () => sentInBody(ctx, ctx.world.settings.assumptions.sizeLimitBytes))
}

async function search(ctx: Context, parameters: () => Promise<Sent[]>): Promise<Answer> {
  const { assumptions } = ctx.world.settings
  const type = await ctx.step('type', () => requireEventType(ctx))
  const caller = await requireCaller(ctx, JFT_ACCESS)
  const searched = { type, municipality: caller.municipality }
  const sent = await ctx.step('parameters', parameters)
  const wanted = await ctx.step('search', () => requireSearch(ctx, EVENT_SEARCH, sent, optionsOf(assumptions)))
  const query = await ctx.step('cursor', () => continueSearch(ctx, wanted, searched, assumptions))
  const page = await ctx.step('page', () => deliverPage(ctx, { ...searched, ...query }, caller))
  ctx.handOut(page.events.map(({ type: of, id }) => `${of}/${id}`))
  const base = `${ctx.origins['jft-read']}/v1`
  const next = page.end && (await cursorAfter(ctx, page.end, query.search, searched))
  const links = {
    self: urlWith(`${base}/${type}`, sent),
    // It carries only the cursor (JFT ReadAPI overview, "Pagination example").
    ...(next === undefined ? {} : { next: urlWith(`${base}/${type}`, [['cursor', next]]) }),
  }
  const matches = page.events.map((event) => ({
    fullUrl: `${base}/${event.type}/${event.id}`,
    pieces: eventPieces(event, assumptions),
  }))
  return searchset(ctx, { links, total: page.total }, matches)
}

function optionsOf(assumptions: Assumptions): SearchOptions {
  return { ...assumptions, tags: { acknowledged: assumptions.acknowledgedTag } }
}

/** `GET /v1/{type}/{id}/$status` (JFT ReadAPI overview, "Retrieving event status"). */
async function status(ctx: Context): Promise<Answer> {
  await ctx.step('type', () => requireEventType(ctx))
  const caller = await requireCaller(ctx, JFT_ACCESS)
  const event = await ctx.step('event', () => requireEvent(ctx, caller))
  await ctx.step('registered', () => requireStatus(ctx, event))
  return json(200, statusOf(event, ctx.asOf), eventIdHeader(ctx))
}

const SEARCH_STEPS = ['type', ...CALLER_STEPS, 'parameters', 'search', 'cursor', 'page'] as const
const REFUSALS = {
  '400': 'A refused parameter or cursor',
  '401': 'No valid DPoP token',
  '403': 'No scope, or a refused organisation',
}

const routes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/:type',
    summary: 'Search for events',
    steps: SEARCH_STEPS,
    handler: searchByGet,
    operation: {
      pathValues: { type: EVENT_TYPES },
      query: describeParameters(EVENT_SEARCH),
      responses: { '200': 'A searchset Bundle', ...REFUSALS },
    },
  },
  {
    method: 'POST',
    path: '/v1/:type/_search',
    summary: 'Search for events, parameters in the body',
    steps: SEARCH_STEPS,
    handler: searchByPost,
    operation: {
      pathValues: { type: EVENT_TYPES },
      body: { 'application/x-www-form-urlencoded': '_count=10&_sort=-_lastUpdated' },
      responses: { '200': 'A searchset Bundle', ...REFUSALS },
    },
  },
  {
    method: 'GET',
    path: '/v1/:type/:id/$status',
    summary: 'Read the status of an event',
    steps: ['type', ...CALLER_STEPS, 'event', 'registered'],
    handler: status,
    operation: {
      pathValues: { type: EVENT_TYPES },
      responses: { '200': 'Four times, as plain JSON', ...REFUSALS, '404': 'No such event in the municipality' },
    },
  },
]

/** The ReadAPI, real host `api.read.jft.test.nhn.no`. */
export const jftRead = defineSurface({
  journaled: true,
  pathForms: true,
  refusal: jftRefusal,
  routes: [...routes, ...swaggerRoutes('JFT ReadAPI', routes, EVENT_TYPES)],
})

/** The page, marked as read; faults deliver its first event twice, or leave events for the next page. */
async function deliverPage(ctx: Context, query: PageQuery, { clientId }: MunicipalCaller): Promise<EventPage> {
  const { assumptions } = ctx.world.settings
  const { events } = ctx.world.state
  const atMost = (await ctx.injected('short-page'))?.events
  const reader = { ...assumptions, clientId, now: ctx.asOf, peeks: ctx.request.method === 'HEAD' }
  const page = await readPage(events, query, { ...reader, ...(atMost === undefined ? {} : { atMost }) })
  const [first] = page.events
  return first && (await ctx.injected('duplicate')) ? { ...page, events: [first, ...page.events] } : page
}

function requireStatus(ctx: Context, event: StoredEvent): void {
  const { assumptions } = ctx.world.settings
  if (event.registered <= ctx.asOf || assumptions.statusBeforeRegistered === 'null') return
  ctx.refuse(new Rejection(404, [issueOf('jft-event-unknown', 'The event is not registered yet.')]))
}

function statusOf(event: StoredEvent, now: number) {
  const time = (micros: number | null) => (micros === null ? null : formatSeconds(micros))
  return {
    registered: event.registered <= now ? formatSeconds(event.registered) : null,
    read: time(event.read),
    journalingAcknowledged: time(event.acknowledged),
    failed: time(event.failed),
  }
}
