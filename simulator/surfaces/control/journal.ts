import { z } from 'zod'
import { collect } from '../../ground/collect.ts'
import { serviceOf } from '../../ground/surfaces.ts'
import { isEventStream } from '../../ground/text/event-stream.ts'
import { maskIdentityNumbers } from '../../ground/text/mask/mask.ts'
import { type Answer, json } from '../../http/answer.ts'
import type { Context } from '../../http/context.ts'
import { ConnectionReset } from '../../http/delivery.ts'
import { readJsonAs, readSentJsonAs } from '../../http/json-body.ts'
import { readNumbers } from '../../http/parameters.ts'
import { Rejection } from '../../http/rejection.ts'
import { issueOf } from '../../rules/catalogue.ts'
import type { Issue } from '../../rules/issue.ts'
import { explain } from '../../rules/operation-outcome.ts'
import type { Exchange } from '../../state/exchange.ts'
import { differences, type ExchangeFilter, FILTER_NAMES, matches } from '../../state/exchange-filter.ts'
import { asCurl, asHar, asTest } from './export-exchange.ts'
import { EXCHANGE_SEARCH, foundExchanges, readSearch } from './find.ts'
import { exchangeSummary } from './stream.ts'
import type { ExchangeDetail, ExchangeList, Explanation, Verification } from './types.ts'

/** `GET /_sim/exchanges`: newest first; the filters of `ExchangeFilter` and the search `q` narrow it. */
export async function listExchanges(ctx: Context): Promise<Answer> {
  const page = readNumbers(ctx, { limit: 50, before: Number.MAX_SAFE_INTEGER }, [...FILTER_NAMES, 'q'])
  const limit = Math.min(page.limit, 1_000)
  const { journal } = ctx.world.state
  const { found, matching } = await pageOf(ctx, limit, page.before)
  const next = found.length === limit ? (found.at(-1)?.sequence ?? null) : null
  const exchanges = found.map(exchangeSummary)
  return json(200, { exchanges, next, matching, usage: await journal.usage() } satisfies ExchangeList)
}

/** One page of what is looked for, and how many there are on all. */
async function pageOf(ctx: Context, limit: number, before: number) {
  const { journal } = ctx.world.state
  const filter = readFilter(ctx)
  const clauses = readSearch(ctx, EXCHANGE_SEARCH)
  if (clauses.length === 0) {
    const [found, matching] = await Promise.all([journal.list({ limit, before, ...filter }), journal.count(filter)])
    return { found, matching }
  }
  const found: Exchange[] = []
  let matching = 0
  for await (const exchange of foundExchanges(journal, clauses, filter)) {
    matching += 1
    if (exchange.sequence < before && found.length < limit) found.push(exchange)
  }
  return { found, matching }
}

function readFilter({ query }: Context): ExchangeFilter {
  const { status, refused, ...texts } = Object.fromEntries(
    FILTER_NAMES.map((name) => [name, maskIdentityNumbers(query.get(name) ?? '') || undefined]),
  )
  const issues = [
    ...(status === undefined || /^\d{3}$/.test(status) ? [] : ['status must be three digits.']),
    ...(refused === undefined || refused === 'true' ? [] : ['refused can be true, or be left out.']),
  ].map((message) => issueOf('http-parameter', message))
  if (issues.length > 0) throw new Rejection(400, issues)
  return {
    ...texts,
    status: status === undefined ? undefined : Number(status),
    refused: refused === 'true' || undefined,
  }
}

/** `GET /_sim/exchanges/{id}`. */
export async function readExchange(ctx: Context): Promise<Answer> {
  return json(200, exchangeDetail(await requireExchange(ctx)))
}

/** `GET /_sim/exchanges/{id}/curl`: the request as a command; the token has to be a fresh one. */
export async function exchangeAsCurl(ctx: Context): Promise<Answer> {
  return text(asCurl(await requireExchange(ctx), ctx.origins))
}

/** `GET /_sim/exchanges/{id}/test`: the request as a test for vitest, jest or node:test. */
export async function exchangeAsTest(ctx: Context): Promise<Answer> {
  return text(asTest(await requireExchange(ctx), ctx.origins))
}

/** `GET /_sim/exchanges/{id}/har`: the exchange as an HTTP Archive 1.2. */
export async function exchangeAsHar(ctx: Context): Promise<Answer> {
  return json(200, asHar([await requireExchange(ctx)], ctx.world.settings.version))
}

/** `GET /_sim/har`: all exchanges that are kept, oldest first, as one HTTP Archive. */
export async function journalAsHar(ctx: Context): Promise<Answer> {
  return json(200, asHar(await collect(ctx.world.state.journal.since(0)), ctx.world.settings.version))
}

export const verifySchema = z.strictObject({
  surface: z.string().optional(),
  method: z.string().optional(),
  path: z.string().optional(),
  status: z.int().min(100).max(599).optional(),
  rule: z.string().optional(),
  client: z.string().optional(),
  municipality: z.string().optional(),
  event: z.string().optional(),
  text: z.string().optional(),
  refused: z.boolean().optional(),
  times: z
    .union([z.int().min(0), z.strictObject({ atLeast: z.int().min(0).optional(), atMost: z.int().min(0).optional() })])
    .default({ atLeast: 1 }),
})

/** How many near misses are explained. */
const NEAREST = 3

/** `POST /_sim/verify`: asserts how often matching exchanges occurred, and names the nearest misses. */
export async function verify(ctx: Context): Promise<Answer> {
  const { times, ...filter } = await readJsonAs(ctx, verifySchema)
  const all = await collect(ctx.world.state.journal.since(0))
  const matched = all.filter((exchange) => matches(exchange, filter))
  const { atLeast = 0, atMost = Number.POSITIVE_INFINITY } =
    typeof times === 'number' ? { atLeast: times, atMost: times } : times
  const verified = matched.length >= atLeast && matched.length <= atMost
  return json(200, {
    verified,
    count: matched.length,
    expected: times,
    matched: matched.map(({ id }) => id),
    nearest: verified || matched.length > atMost ? [] : nearMisses(all, filter),
  } satisfies Verification)
}

function nearMisses(all: readonly Exchange[], filter: ExchangeFilter): Verification['nearest'] {
  return all
    .map((exchange) => ({ id: exchange.id, differences: differences(exchange, filter) }))
    .filter((miss) => miss.differences.length > 0)
    .sort((a, b) => a.differences.length - b.differences.length)
    .slice(0, NEAREST)
}

export const explainSchema = z.strictObject({
  method: z.enum(['GET', 'POST', 'PUT', 'DELETE']).default('POST'),
  url: z.string().min(1),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.string().optional(),
})

/**
 * `POST /_sim/explain`: takes a request through all its steps on a copy of the sandbox, and says what would happen and
 * why. Nothing changes: no event, no exchange, no used proof. Nobody waits: of a fault's latency there is the number, and a slow body comes at once.
 */
export async function explainRequest(ctx: Context): Promise<Answer> {
  const { method, url, headers, body } = await readSentJsonAs(ctx, explainSchema)
  const scratch = await ctx.world.surroundings.sandboxes.scratch(ctx.world.settings.name)
  if (!scratch) throw new Rejection(404, [issueOf('sim-sandbox', `There is no sandbox ${ctx.world.settings.name}.`)])
  const request = toRequest(ctx, url, { method, headers, ...(body === undefined || method === 'GET' ? {} : { body }) })
  const answer = await scratch.net.fetch(request).catch(brokenOff)
  const [exchange] = await scratch.state.journal.list({ limit: 1 })
  return json(200, {
    status: answer.status,
    headers: Object.fromEntries(answer.headers),
    body: await wholeBody(answer),
    exchange: exchange ? exchangeDetail(exchange) : null,
  } satisfies Explanation)
}

/** Null: a stream that has no end. */
async function wholeBody(answer: Response): Promise<string | null> {
  if (!isEventStream(answer)) return answer.text()
  await answer.body?.cancel()
  return null
}

/** A fault resets the connection: status 0, as the journal has it. */
function brokenOff(thrown: unknown): Response {
  if (thrown instanceof ConnectionReset) return Response.error()
  throw thrown
}

/** A path is below the sandbox's own base. */
function toRequest({ origins }: Context, url: string, init: RequestInit): Request {
  try {
    return new Request(url.startsWith('/') ? origins.control.replace(/\/_sim$/, '') + url : url, init)
  } catch (error) {
    throw new Rejection(400, [issueOf('http-body', `Not a valid request: ${(error as Error).message}`)])
  }
}

async function requireExchange({ world, params }: Context): Promise<Exchange> {
  const exchange = await world.state.journal.find(params.id ?? '')
  if (exchange) return exchange
  const message = `The journal has no exchange ${params.id}; the oldest are dropped when it is full.`
  throw new Rejection(404, [issueOf('http-path', message)])
}

function exchangeDetail({ issues, warnings, ...exchange }: Exchange): ExchangeDetail {
  const explained = (issue: Issue) => explain(issue, serviceOf(exchange.surface))
  return { ...exchange, issues: issues.map(explained), warnings: warnings.map(explained) }
}

function text(body: string): Answer {
  return { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body }
}
