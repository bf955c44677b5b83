import { formatSeconds } from '../../ground/clock.ts'
import type { Answer } from '../../http/answer.ts'
import { json } from '../../http/answer.ts'
import type { Context } from '../../http/context.ts'
import {
  CALLER_STEPS,
  eventIdHeader,
  FHIR_JSON,
  type JftCaller,
  jftRefusal,
  requireCaller,
  requireEvent,
  requireEventType,
} from '../../http/fhir/api.ts'
import { Rejection } from '../../http/rejection.ts'
import type { Route } from '../../http/route.ts'
import { defineSurface } from '../../http/surface.ts'
import { swaggerRoutes } from '../../http/swagger/swagger-page.ts'
import { issueOf } from '../../rules/catalogue.ts'
import { type Cursor, checkCursor, decodeCursor, encodeCursor } from '../../rules/jft/cursor.ts'
import { EVENT_TYPES, type EventType } from '../../rules/jft/event-types.ts'
import { readSearch, type Search } from '../../rules/jft/search.ts'
import { eventText } from '../../services/events/event-text.ts'
import { sealCursor } from '../../services/events/seal-cursor.ts'
import type { EventQuery, StoredEvent } from '../../state/memory/events.ts'
import type { Key } from '../../state/memory/sorted.ts'

/** `GET /v1/{type}`: the recommended search (JFT ReadAPI overview, "Retrieving events"). */
function searchByGet(ctx: Context): Promise<Answer> {
  return search(ctx, async () => [...ctx.query.entries()])
}

/** `POST /v1/{type}/_search`: the same search with its parameters in the body, and in the URL (FHIR R4, 3.1.1). */
function searchByPost(ctx: Context): Promise<Answer> {
  return search(ctx, async () => {
    requireForm(ctx)
    const body = new URLSearchParams(await ctx.readBody(ctx.world.assumptions.sizeLimitBytes))
    return [...ctx.query.entries(), ...body.entries()]
  })
}

async function search(ctx: Context, parameters: () => Promise<[string, string][]>): Promise<Answer> {
  const type = await ctx.step('type', () => requireEventType(ctx))
  const caller = await requireCaller(ctx)
  const sent = await ctx.step('parameters', parameters)
  const wanted = await ctx.step('search', () => requireSearch(ctx, sent))
  const query = await ctx.step('cursor', () => continueAt(ctx, wanted, type, caller))
  const page = await ctx.step('page', () => readPage(ctx, query, caller))
  ctx.handOut(page.events.map(({ type: of, id }) => `${of}/${id}`))
  const last = page.more ? page.events.at(-1) : undefined
  const next = last ? await nextUrl(ctx, query, last) : undefined
  return searchset(ctx, { self: selfUrl(ctx, type, sent), ...(next === undefined ? {} : { next }) }, page)
}

/** `GET /v1/{type}/{id}/$status` (JFT ReadAPI overview, "Retrieving event status"). */
async function status(ctx: Context): Promise<Answer> {
  await ctx.step('type', () => requireEventType(ctx))
  const caller = await requireCaller(ctx)
  const event = await ctx.step('event', () => requireEvent(ctx, caller))
  await ctx.step('registered', () => requireStatus(ctx, event))
  return json(200, statusOf(event, ctx.world.clock.micros()), eventIdHeader(ctx))
}

const SEARCH_STEPS = ['type', ...CALLER_STEPS, 'parameters', 'search', 'cursor', 'page'] as const
const SEARCH_PARAMETERS = [
  { name: '_count', description: 'Page size', example: '10' },
  { name: '_sort', description: '_lastUpdated (default) or -_lastUpdated' },
  { name: '_lastUpdated', description: 'Prefix and time, repeatable', example: 'ge2026-01-01T12:00Z' },
  { name: '_tag', description: 'Only acknowledged events' },
  { name: '_tag:not', description: 'Only events that are not acknowledged' },
  { name: 'cursor', description: 'From the next link of the page before; alone' },
]
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
      query: SEARCH_PARAMETERS,
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
  refusal: jftRefusal,
  routes: [...routes, ...swaggerRoutes('JFT ReadAPI', routes)],
})

function requireForm(ctx: Context): void {
  const sent = ctx.request.headers.get('content-type') ?? '(none)'
  if (sent.split(';')[0]?.trim().toLowerCase() === 'application/x-www-form-urlencoded') return
  const message = `Content-Type ${sent} is not application/x-www-form-urlencoded.`
  ctx.reject(new Rejection(415, [issueOf('http-content-type', message)]))
}

function requireSearch(ctx: Context, sent: readonly [string, string][]): Search {
  const { search: wanted, issues } = readSearch(sent, ctx.world.assumptions)
  const errors = issues.filter(({ severity }) => severity === 'error')
  if (ctx.inForce(errors).length > 0) throw new Rejection(400, issues)
  ctx.warn(...issues)
  return wanted
}

/** Which page to read: the filters of the first page, and where the page before ended. */
interface PageQuery {
  readonly type: EventType
  readonly municipality: string
  readonly search: Search
  readonly after?: Key
}

/** The query of the cursor where there is one that is good, otherwise of the parameters. */
async function continueAt(
  ctx: Context,
  sent: Search,
  type: EventType,
  { municipality }: JftCaller,
): Promise<PageQuery> {
  const cursor = sent.cursor === undefined ? undefined : await requireCursor(ctx, sent.cursor, type, municipality)
  if (!cursor) return { type, municipality, search: sent }
  const applies = ctx.world.assumptions.countWithCursor === 'apply' && sent.countGiven
  const search = { ...searchOf(cursor), countGiven: applies, ...(applies ? { count: sent.count } : {}) }
  return { type, municipality, search, after: { lastUpdated: cursor.lastUpdated, id: cursor.lastId } }
}

function searchOf({ count, descending, acknowledged, above, below }: Cursor): Omit<Search, 'countGiven'> {
  return {
    count,
    descending,
    ...(acknowledged === null ? {} : { acknowledged }),
    ...(above === null ? {} : { above }),
    ...(below === null ? {} : { below }),
  }
}

async function requireCursor(
  ctx: Context,
  text: string,
  type: EventType,
  municipality: string,
): Promise<Cursor | undefined> {
  const { assumptions, clock } = ctx.world
  const opened = decodeCursor(text)
  if (!opened || (await sealCursor(ctx.world, opened.cursor)) !== opened.seal) {
    const issue = issueOf('search-cursor', 'The cursor is not one that this service gave, or was changed.')
    ctx.reject(new Rejection(assumptions.invalidCursorStatus, [issue]))
    return undefined
  }
  const use = { type, municipality, now: clock.now(), lifetimeSeconds: assumptions.cursorLifetimeSeconds }
  const issues = checkCursor(opened.cursor, use)
  if (issues.length > 0) ctx.reject(new Rejection(assumptions.invalidCursorStatus, issues))
  return opened.cursor
}

/** Sorts after every id, so that a bound takes all events of its microsecond. */
const LAST_ID = '\uffff'

/** The keys of the page. Events whose registration is still under way lie in the future, and are not seen. */
function rangeOf({ type, municipality, search, after }: PageQuery, now: number): EventQuery {
  const { descending, acknowledged } = search
  const above = search.above === undefined ? undefined : { lastUpdated: search.above, id: LAST_ID }
  const until = Math.min(search.below ?? Number.POSITIVE_INFINITY, now + 1)
  const from = descending ? above : (after ?? above)
  return {
    type,
    municipality,
    descending,
    ...(acknowledged === undefined ? {} : { acknowledged }),
    ...(from === undefined ? {} : { above: from }),
    below: descending && after ? after : { lastUpdated: until, id: '' },
  }
}

/** The events of a page, marked as read, and whether there are more. */
function readPage(ctx: Context, query: PageQuery, caller: JftCaller) {
  const { assumptions, clock, events } = ctx.world
  const { count } = query.search
  const found = events.page(rangeOf(query, clock.micros()), count + 1)
  const total = assumptions.searchTotal ? { total: countAll(ctx, query) } : {}
  const page = found.slice(0, count).map((event) => markRead(ctx, event, caller))
  const [first] = page
  const delivered = first && ctx.injected('duplicate') ? [first, ...page] : page
  return { events: delivered, more: found.length > count, ...total }
}

/** All matches over all pages; walks them, which is why the setting is off. */
function countAll(ctx: Context, { type, municipality, search }: PageQuery): number {
  const all = rangeOf({ type, municipality, search }, ctx.world.clock.micros())
  return ctx.world.events.page(all, Number.MAX_SAFE_INTEGER).length
}

function markRead(ctx: Context, event: StoredEvent, caller: JftCaller): StoredEvent {
  const { assumptions, clock, events } = ctx.world
  const own = assumptions.readMarkedBy === 'other-than-submitter' && caller.clientId === event.clientId
  if (event.read !== null || own) return event
  const now = clock.stamp()
  return events.change(event, { read: now, ...(assumptions.readUpdatesLastUpdated ? { lastUpdated: now } : {}) })
}

/** `next` is a GET link that carries only the cursor (JFT ReadAPI overview, "Pagination example"). */
async function nextUrl(ctx: Context, query: PageQuery, last: StoredEvent): Promise<string> {
  const { type, municipality, search } = query
  const cursor: Cursor = {
    lastUpdated: last.lastUpdated,
    lastId: last.id,
    type,
    municipality,
    descending: search.descending,
    count: search.count,
    acknowledged: search.acknowledged ?? null,
    above: search.above ?? null,
    below: search.below ?? null,
    issued: ctx.world.clock.now(),
  }
  const text = encodeCursor(cursor, await sealCursor(ctx.world, cursor))
  return `${ctx.origins['jft-read']}/v1/${type}?cursor=${text}`
}

/** `self` shows the parameters that were used, as a GET URL (FHIR R4, 3.1.1.5.3). */
function selfUrl(ctx: Context, type: EventType, sent: readonly [string, string][]): string {
  const query = new URLSearchParams([...sent]).toString()
  return `${ctx.origins['jft-read']}/v1/${type}${query === '' ? '' : `?${query}`}`
}

interface Page {
  readonly events: readonly StoredEvent[]
  readonly total?: number
}

/** Concatenates the texts of the events: they are kept serialised, so that a page costs its bytes and no more. */
function searchset(ctx: Context, urls: Readonly<Record<string, string>>, page: Page): Answer {
  const link = Object.entries(urls).map(([relation, url]) => ({ relation, url }))
  const head = JSON.stringify({ resourceType: 'Bundle', type: 'searchset', total: page.total, link })
  const base = `${ctx.origins['jft-read']}/v1`
  const entries = page.events.map((event) => {
    const fullUrl = `${base}/${event.type}/${event.id}`
    return `{"fullUrl":"${fullUrl}","resource":${eventText(event, ctx.world.assumptions)},"search":{"mode":"match"}}`
  })
  const entry = entries.length === 0 ? '' : `,"entry":[${entries.join(',')}]`
  const body = `${head.slice(0, -1)}${entry}}`
  return { status: 200, headers: { 'content-type': FHIR_JSON, ...eventIdHeader(ctx) }, body }
}

function requireStatus(ctx: Context, event: StoredEvent): void {
  const { assumptions, clock } = ctx.world
  if (event.registered <= clock.micros() || assumptions.statusBeforeRegistered === 'null') return
  ctx.reject(new Rejection(404, [issueOf('jft-event-unknown', 'The event is not registered yet.')]))
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
