import { SILENT_POINTS } from '../assumptions.ts'
import { clientFile } from '../ready-made-clients.ts'
import { CATALOGUE, issueOf } from '../rules/catalogue.ts'
import { explain, sourceText } from '../rules/operation-outcome.ts'
import type { Exchange, JournalQuery } from '../store/journal.ts'
import { type Answer, json } from './answer.ts'
import type { Context } from './context.ts'
import type { EventDetail, EventList, ExchangeDetail, ExchangeList, Info } from './control-types.ts'
import { curlConfig } from './curl.ts'
import { eventText } from './event-text.ts'
import type { Surface } from './pipeline.ts'
import { registerClient } from './registration.ts'
import { Rejection } from './rejection.ts'
import type { Route } from './route.ts'
import { eventSummary, exchangeSummary, stream } from './stream.ts'
import { nearest } from './suggest.ts'

const BODY_LIMIT = 256 * 1024

/** `GET /_sim/info`. */
async function info(ctx: Context): Promise<Answer> {
  const { version, environment, auth, origins } = ctx.world
  return json(200, { name: 'jft-simulator', version, environment, auth, origins: origins.local } satisfies Info)
}

/** `GET /_sim/rules`: every rule with its certainty and source, and every silent point with its setting. */
async function rules(ctx: Context): Promise<Answer> {
  const { assumptions } = ctx.world
  return json(200, {
    rules: Object.entries(CATALOGUE).map(([id, rule]) => ({ id, ...rule, source: sourceText(rule.source) })),
    settings: Object.entries(SILENT_POINTS).map(([name, { point, question, reasoning, schema }]) => ({
      name,
      value: assumptions[name as keyof typeof assumptions],
      default: schema.parse(undefined),
      point,
      question,
      reasoning,
    })),
  })
}

/** `GET /_sim/clients`: without keys. */
async function listClients(ctx: Context): Promise<Answer> {
  const clients = ctx.world.clients.list().map(({ publicKeys: _keys, keyName, ...client }) => ({
    ...client,
    readyMade: keyName !== undefined,
    file: `${ctx.origins.control}/clients/${client.clientId}`,
  }))
  return json(200, { clients })
}

/** `GET /_sim/clients/{client_id}`: the file that HelseID's self-service gives, private key included. */
async function readClient(ctx: Context): Promise<Answer> {
  const client = ctx.world.clients.find(ctx.params.clientId ?? '')
  if (!client) throw notFound(`There is no client ${ctx.params.clientId}; see ${ctx.origins.control}/clients.`)
  return json(200, await clientFile(ctx.world, client, ctx.origins))
}

/** `POST /_sim/clients`: registers an own client by its public keys. */
async function addClient(ctx: Context): Promise<Answer> {
  const body = await ctx.step('body', () => readJson(ctx))
  const client = await ctx.step('client', () => registerClient(ctx.world, body))
  return json(201, client, { location: `${ctx.origins.control}/clients/${client.clientId}` })
}

/** `GET /_sim/events`: newest submission first. */
async function listEvents(ctx: Context): Promise<Answer> {
  const { limit, skip } = readNumbers(ctx, { limit: 100, skip: 0 })
  const { events, clock } = ctx.world
  const now = clock.micros()
  const list = events.recent(Math.min(limit, 1_000), skip).map((event) => eventSummary(event, now))
  return json(200, { events: list, usage: events.usage } satisfies EventList)
}

/** `GET /_sim/events/{type}/{id}`. */
async function readEvent(ctx: Context): Promise<Answer> {
  const { type = '', id = '' } = ctx.params
  const event = ctx.world.events.find(type, id)
  if (!event) throw notFound(`There is no ${type} with the id ${id}.`)
  const summary = eventSummary(event, ctx.world.clock.micros())
  return json(200, { ...summary, resource: eventText(event) } satisfies EventDetail)
}

/** `GET /_sim/exchanges`: newest first; `surface`, `event` (`Type/id`) and `refused=true` narrow it. */
async function listExchanges(ctx: Context): Promise<Answer> {
  const { limit, before } = readNumbers(ctx, { limit: 50, before: Number.MAX_SAFE_INTEGER }, FILTERS)
  const { journal } = ctx.world
  const found = journal.list({ limit: Math.min(limit, 1_000), before, ...readFilters(ctx) })
  const next = found.length === limit ? (found.at(-1)?.sequence ?? null) : null
  return json(200, { exchanges: found.map(exchangeSummary), next, usage: journal.usage } satisfies ExchangeList)
}

const FILTERS = ['surface', 'event', 'refused']

function readFilters({ query }: Context): Omit<JournalQuery, 'limit'> {
  const [surface, event, refused] = FILTERS.map((name) => query.get(name))
  if (refused && refused !== 'true') {
    throw new Rejection(400, [issueOf('http-parameter', 'refused can be true, or be left out.')])
  }
  return { refused: refused === 'true', ...(surface ? { surface } : {}), ...(event ? { event } : {}) }
}

/** `GET /_sim/exchanges/{id}`. */
async function readExchange(ctx: Context): Promise<Answer> {
  const exchange = ctx.world.journal.find(ctx.params.id ?? '')
  if (!exchange) throw notFound(`The journal has no exchange ${ctx.params.id}; the oldest are dropped when it is full.`)
  return json(200, exchangeDetail(exchange))
}

function exchangeDetail({ issues, warnings, ...exchange }: Exchange): ExchangeDetail {
  return { ...exchange, issues: issues.map(explain), warnings: warnings.map(explain) }
}

/** `POST /_sim/reset`: no events, an empty journal. Clients and keys stay. */
async function reset(ctx: Context): Promise<Answer> {
  ctx.world.events.clear()
  ctx.world.journal.clear()
  return { status: 204 }
}

const get = (path: string, summary: string, handler: Route['handler']): Route => ({
  method: 'GET',
  path,
  summary,
  steps: [],
  handler: (ctx) => guarded(ctx, handler),
})
const post = (path: string, summary: string, handler: Route['handler']): Route => ({
  ...get(path, summary, handler),
  method: 'POST',
})

/** The simulator's own API. */
export const control: Surface = {
  journaled: false,
  refusal: ({ status, issues }) => json(status, { issues: issues.map(explain) }),
  routes: [
    get('/health', 'Whether the simulator runs', async (ctx) =>
      json(200, { status: 'ok', version: ctx.world.version }),
    ),
    get('/info', 'What is running, and its base URLs', info),
    get('/rules', 'The catalogue of rules, and the settings for silent points', rules),
    get('/clients', 'The registered clients', listClients),
    get('/clients/:clientId', "A client's configuration file", readClient),
    post('/clients', 'Register a client by its public keys', addClient),
    get('/events', 'Events, newest first', listEvents),
    get('/events/:type/:id', 'One event with its text', readEvent),
    get('/exchanges', 'The journal, newest first', listExchanges),
    get('/exchanges/:id', 'One exchange with headers, bodies and steps', readExchange),
    get('/stream', 'Exchanges and events as they happen (server-sent events)', stream),
    get('/curl', 'A curl config with a token and proof for one request', curlConfig),
    post('/reset', 'Forget all events and exchanges', reset),
  ],
}

/** Web pages of other origins are refused; programs send no Origin. */
async function guarded(ctx: Context, handler: Route['handler']): Promise<Answer> {
  const origin = ctx.request.headers.get('origin')
  const own = new URL(ctx.origins.control).origin
  if (origin !== null && origin !== own) {
    throw new Rejection(403, [issueOf('http-origin', `A page of ${origin} may not call ${own}.`)])
  }
  return handler(ctx)
}

function notFound(message: string): Rejection {
  return new Rejection(404, [issueOf('http-path', message)])
}

async function readJson(ctx: Context): Promise<unknown> {
  const text = await ctx.readBody(BODY_LIMIT)
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Rejection(400, [issueOf('http-body', `The body is not JSON: ${(error as Error).message}`)])
  }
}

/** Whole numbers from the query, and nothing else in it than those and `others`. */
function readNumbers<N extends Record<string, number>>(ctx: Context, defaults: N, others: readonly string[] = []): N {
  const known = [...Object.keys(defaults), ...others]
  const issues = [...ctx.query].flatMap(([name, value]) => {
    if (!known.includes(name)) return [unknownParameter(name, known)]
    const fine = others.includes(name) || /^\d{1,15}$/.test(value)
    return fine ? [] : [issueOf('http-parameter', `${name} must be a whole number, not ${JSON.stringify(value)}.`)]
  })
  if (issues.length > 0) throw new Rejection(400, issues)
  const read = Object.keys(defaults).map((name) => [name, Number(ctx.query.get(name) ?? defaults[name])])
  return Object.fromEntries(read)
}

function unknownParameter(name: string, known: readonly string[]) {
  const guess = nearest(name, known)
  const hint = guess === undefined ? `This path has ${known.join(', ')}.` : `Did you mean ${guess}?`
  return issueOf('http-parameter', `Unknown parameter ${JSON.stringify(name)}. ${hint}`)
}
