import { issueOf } from '../../rules/catalogue.ts'
import { type Cursor, type CursorUse, checkCursor, decodeCursor, encodeCursor } from '../../rules/jft/cursor.ts'
import type { ReadSearch, Search } from '../../rules/jft/search.ts'
import { sealCursor } from '../../services/events/seal-cursor.ts'
import type { Key } from '../../state/records.ts'
import type { Answer } from '../answer.ts'
import type { Context } from '../context.ts'
import { Rejection } from '../rejection.ts'
import { eventIdHeader, FHIR_JSON } from './api.ts'

/** What a search is for: a resource type, of one municipality. */
export type Searched = Pick<CursorUse, 'type' | 'municipality'>

/** A search, and where the page before ended. */
export interface Continued {
  readonly search: Search
  readonly after?: Key
}

/** The parameters of `POST …/_search`: those of the URL and those of the body (FHIR R4, 3.1.1). Throws 415 and 413. */
export async function formParameters(ctx: Context): Promise<[string, string][]> {
  const sent = ctx.request.headers.get('content-type') ?? '(none)'
  if (sent.split(';')[0]?.trim().toLowerCase() !== 'application/x-www-form-urlencoded') {
    const message = `Content-Type ${sent} is not application/x-www-form-urlencoded.`
    ctx.reject(new Rejection(415, [issueOf('http-content-type', message)]))
  }
  const body = new URLSearchParams(await ctx.readBody(ctx.world.settings.assumptions.sizeLimitBytes))
  return [...ctx.query.entries(), ...body.entries()]
}

/** The search where nothing is wrong with it. Throws a `Rejection` 400 with all that is. */
export function requireSearch(ctx: Context, { search, issues }: ReadSearch): Search {
  const errors = issues.filter(({ severity }) => severity === 'error')
  if (ctx.inForce(errors).length > 0) throw new Rejection(400, issues)
  ctx.warn(...issues)
  return search
}

/** The query of the cursor where there is one that is good, otherwise of the parameters. */
export async function continueAt(ctx: Context, sent: Search, searched: Searched): Promise<Continued> {
  const cursor = sent.cursor === undefined ? undefined : await requireCursor(ctx, sent.cursor, searched)
  if (!cursor) return { search: sent }
  const applies = ctx.world.settings.assumptions.countWithCursor === 'apply' && sent.countGiven
  const search = { ...searchOf(cursor), countGiven: applies, ...(applies ? { count: sent.count } : {}) }
  return { search, after: { lastUpdated: cursor.lastUpdated, id: cursor.lastId } }
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

async function requireCursor(ctx: Context, text: string, searched: Searched): Promise<Cursor | undefined> {
  const { assumptions } = ctx.world.settings
  const opened = decodeCursor(text)
  if (!opened || (await sealCursor(ctx.world, opened.cursor)) !== opened.seal) {
    const issue = issueOf('search-cursor', 'The cursor is not one that this service gave, or was changed.')
    ctx.reject(new Rejection(assumptions.invalidCursorStatus, [issue]))
    return undefined
  }
  const use = { ...searched, now: ctx.now, lifetimeSeconds: assumptions.cursorLifetimeSeconds }
  const issues = checkCursor(opened.cursor, use)
  if (issues.length > 0) ctx.reject(new Rejection(assumptions.invalidCursorStatus, issues))
  return opened.cursor
}

/** A cursor that goes on behind `end`. */
export async function nextCursor(ctx: Context, search: Search, searched: Searched, end: Key): Promise<string> {
  const cursor: Cursor = {
    ...searched,
    lastUpdated: end.lastUpdated,
    lastId: end.id,
    descending: search.descending,
    count: search.count,
    acknowledged: search.acknowledged ?? null,
    above: search.above ?? null,
    below: search.below ?? null,
    issued: ctx.world.time.clock.now(),
  }
  return encodeCursor(cursor, await sealCursor(ctx.world, cursor))
}

/** A URL that shows the parameters that were used (FHIR R4, 3.1.1.5.3). */
export function selfUrl(base: string, sent: readonly [string, string][]): string {
  const query = new URLSearchParams([...sent]).toString()
  return `${base}${query === '' ? '' : `?${query}`}`
}

/** What a searchset has. */
export interface Searchset {
  /** By relation. */
  readonly links: Readonly<Record<string, string>>
  readonly total?: number | undefined
  /** Where each resource is, and its text. */
  readonly entries: readonly (readonly [fullUrl: string, text: string])[]
}

/** Concatenates texts of resources: they are kept serialised, so that a page costs its bytes and no more. */
export function searchset(ctx: Context, { links, total, entries }: Searchset): Answer {
  const link = Object.entries(links).map(([relation, url]) => ({ relation, url }))
  const head = JSON.stringify({ resourceType: 'Bundle', type: 'searchset', total, link })
  const texts = entries.map(([url, text]) => `{"fullUrl":"${url}","resource":${text},"search":{"mode":"match"}}`)
  const entry = texts.length === 0 ? '' : `,"entry":[${texts.join(',')}]`
  const body = `${head.slice(0, -1)}${entry}}`
  return { status: 200, headers: { 'content-type': FHIR_JSON, ...eventIdHeader(ctx) }, body }
}
