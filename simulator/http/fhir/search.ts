import type { Assumptions } from '../../ground/settings/assumptions.ts'
import { isMasked, maskText } from '../../ground/text/mask/mask.ts'
import { issueOf } from '../../rules/catalogue.ts'
import type { Cursor, CursorUse } from '../../rules/search/cursor.ts'
import type { SearchEndpoint, Sent } from '../../rules/search/endpoint.ts'
import { readSearch, type Search, type SearchOptions } from '../../rules/search/search.ts'
import { openCursor, writeCursor } from '../../services/cursors.ts'
import type { Key } from '../../state/records.ts'
import type { Answer } from '../answer.ts'
import type { Context } from '../context.ts'
import { readFields, readFormText } from '../form.ts'
import { Rejection } from '../rejection.ts'
import type { Parameter } from '../route.ts'
import { eventIdHeader, FHIR_JSON } from './api.ts'

/** Searching at a FHIR API: parameters by GET or in the body, pages by cursor (FHIR R4, 3.1.1). */

/** The parameters of a search by GET. */
export function sentInUrl(ctx: Context): Promise<Sent[]> {
  return Promise.resolve([...ctx.query.entries()])
}

/** Those of a search by POST: from the URL and from the body, a form of at most `limit` bytes, or none. */
export async function sentInBody(ctx: Context, limit: number): Promise<Sent[]> {
  const refusal = (message: string) => new Rejection(415, [issueOf('http-content-type', message)])
  const body = readFields(ctx, await readFormText(ctx, limit, refusal))
  return [...ctx.query.entries(), ...body.entries()]
}

/** The parameters of an endpoint, for the description of its API. */
export function describeParameters({ parameters }: SearchEndpoint): readonly Parameter[] {
  return Object.entries(parameters).map(([name, { description, example }]) => ({
    name,
    description,
    ...(example === undefined ? {} : { example }),
  }))
}

/** The search that was asked for. Throws a `Rejection` 400 that has everything wrong with the parameters. */
export function requireSearch(
  ctx: Context,
  endpoint: SearchEndpoint,
  sent: readonly Sent[],
  options: SearchOptions,
): Search {
  const { search, issues } = readSearch(endpoint, sent, options)
  const errors = issues.filter(({ severity }) => severity === 'error')
  if (ctx.activeIssues(errors).length > 0) throw new Rejection(400, issues)
  ctx.warn(issues)
  return search
}

/** Whose records are searched. */
export type Searched = Pick<CursorUse, 'type' | 'municipality'>

/** The settings for cursors. */
export type CursorSettings = Pick<Assumptions, 'countWithCursor' | 'invalidCursorStatus' | 'cursorLifetimeSeconds'>

/** The search of the cursor where there is one that is good, otherwise of the parameters; and where the page before ended. */
export async function continueSearch(
  ctx: Context,
  sent: Search,
  searched: Searched,
  settings: CursorSettings,
): Promise<{ readonly search: Search; readonly after?: Key }> {
  const cursor = sent.cursor === undefined ? undefined : await requireCursor(ctx, sent.cursor, searched, settings)
  if (!cursor) return { search: sent }
  const applies = settings.countWithCursor === 'apply' && sent.countGiven
  const search = { ...searchOf(cursor), countGiven: applies, ...(applies ? { count: sent.count } : {}) }
  return { search, after: { lastUpdated: cursor.lastUpdated, id: cursor.lastId } }
}

function searchOf({ count, descending, where, above, below }: Cursor): Omit<Search, 'countGiven'> {
  return { count, descending, where, ...(above === null ? {} : { above }), ...(below === null ? {} : { below }) }
}

async function requireCursor(
  ctx: Context,
  text: string,
  searched: Searched,
  { invalidCursorStatus, cursorLifetimeSeconds: lifetimeSeconds }: CursorSettings,
): Promise<Cursor | undefined> {
  const { cursor, issues } = await openCursor(ctx.world, text, { ...searched, now: ctx.now, lifetimeSeconds })
  if (issues.length > 0) ctx.refuse(new Rejection(invalidCursorStatus, issues))
  return cursor
}

/** The cursor of the page after the one that ends there. */
export function cursorAfter(ctx: Context, end: Key, search: Search, { type, municipality }: Searched): Promise<string> {
  return writeCursor(ctx.world, {
    lastUpdated: end.lastUpdated,
    lastId: end.id,
    type,
    municipality,
    descending: search.descending,
    count: search.count,
    where: search.where,
    above: search.above ?? null,
    below: search.below ?? null,
    issued: ctx.world.time.clock.now(),
  })
}

/** A URL with parameters, as a GET. */
export function urlWith(base: string, sent: readonly Sent[]): string {
  const query = new URLSearchParams(sent.map(([name, value]): [string, string] => [name, value])).toString()
  return query === '' ? base : `${base}?${query}`
}

/** One match: its own URL, and its JSON text, cut at quotes and braces only: no number goes across. */
export interface Match {
  readonly fullUrl: string
  readonly pieces: readonly string[]
}

/** What a searchset says of itself: its links by relation, and how many match on all pages. */
export interface SearchsetHead {
  readonly links: Readonly<Record<string, string>>
  readonly total?: number | undefined
}

/** A searchset Bundle. Concatenates the texts of the matches: they are kept serialised, so that a page costs its bytes and no more. */
export function searchset(ctx: Context, { links, total }: SearchsetHead, matches: readonly Match[]): Answer {
  const link = Object.entries(links).map(([relation, url]) => ({ relation, url }))
  const head = JSON.stringify({ resourceType: 'Bundle', type: 'searchset', total, link })
  const entries = matches.map(entryOf)
  const entry = entries.length === 0 ? '' : `,"entry":[${entries.join(',')}]`
  const body = `${head.slice(0, -1)}${entry}}`
  const texts = [head, ...matches.map(({ fullUrl }) => fullUrl)]
  const known = matches.every(({ pieces }) => pieces.every(isMasked)) && texts.every((text) => maskText(text) === text)
  const headers = { 'content-type': FHIR_JSON, ...eventIdHeader(ctx) }
  return { status: 200, headers, body, ...(known ? { isMasked: true } : {}) }
}

function entryOf({ fullUrl, pieces }: Match): string {
  return `{"fullUrl":${JSON.stringify(fullUrl)},"resource":${pieces.join('')},"search":{"mode":"match"}}`
}
