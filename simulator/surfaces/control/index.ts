import { assumptionsSchema } from '../../ground/settings/assumptions.ts'
import { registerBody, routesBody } from '../../ground/settings/vkp-configuration.ts'
import { type Answer, json } from '../../http/answer.ts'
import type { Context } from '../../http/context.ts'
import { ConnectionReset } from '../../http/delivery.ts'
import { readJson } from '../../http/json-body.ts'
import { type ApiInfo, openapiOf } from '../../http/openapi.ts'
import { openapi30Of } from '../../http/openapi-3.0.ts'
import { Rejection } from '../../http/rejection.ts'
import type { Operation, Route } from '../../http/route.ts'
import { defineSurface } from '../../http/surface.ts'
import { listedRules } from '../../rules/catalogue/listed.ts'
import { issueOf } from '../../rules/catalogue.ts'
import { explain } from '../../rules/operation-outcome.ts'
import { clientFile } from '../../services/clients/ready-made-clients.ts'
import { registerClient, registrationSchema } from '../../services/clients/registration.ts'
import { eventText } from '../../services/events/event-text.ts'
import { eventKey } from '../../state/collections.ts'
import { FILTER_NAMES } from '../../state/exchange-filter.ts'
import type { Client } from '../../state/records.ts'
import { specSchema } from '../../state/sandbox-spec.ts'
import { openCaseSchema } from './case/schema.ts'
import { exportCase, openCase } from './case-files.ts'
import { listCauses } from './causes.ts'
import { checkPayload } from './check.ts'
import { advanceClock, advanceSchema, clockSchema, readClock, setClock } from './clock.ts'
import { curlConfig } from './curl.ts'
import { listEvents } from './events.ts'
import { faultOrder } from './fault-order.ts'
import { addFault, listEffects, listFaults, listPresets, readFault, removeFault, removeFaults } from './faults.ts'
import { readFigures } from './figures.ts'
import {
  exchangeAsCurl,
  exchangeAsHar,
  exchangeAsTest,
  explainRequest,
  explainSchema,
  journalAsHar,
  listExchanges,
  readExchange,
  verify,
  verifySchema,
} from './journal.ts'
import { listPatients, readPatient } from './patients.ts'
import { configureRobot, listRobots } from './robots.ts'
import { readRegister, readRoutes, replaceRegister, replaceRoutes } from './routes.ts'
import {
  createSandbox,
  deleteSandbox,
  forkSandbox,
  listSandboxes,
  listSnapshots,
  readSandbox,
  resetSandbox,
  restoreSnapshot,
  takeSnapshot,
} from './sandboxes.ts'
import { listSearches } from './searches.ts'
import { changeSettings, settingsOf } from './settings.ts'
import { eventSummary, stream } from './stream.ts'
import { readTrace } from './trace.ts'
import type { EventDetail, Info, RuleList } from './types.ts'

/** `GET /_sim/info`. */
async function info(ctx: Context): Promise<Answer> {
  const { version, environment, auth } = ctx.world.settings
  const { origins } = ctx.world.net
  return json(200, { name: 'jft-simulator', version, environment, auth, origins: origins.played } satisfies Info)
}

/** `GET /_sim/rules`: every rule with its certainty and source, and every silent point with its setting. */
async function rules(ctx: Context): Promise<Answer> {
  const { switchedOff } = ctx.world.settings
  return json(200, {
    rules: listedRules().map((rule) => ({ ...rule, switchedOff: switchedOff.has(rule.id) })),
    settings: settingsOf(ctx.world.settings),
  } satisfies RuleList)
}

/** `GET /_sim/clients`: without keys. */
async function listClients(ctx: Context): Promise<Answer> {
  const clients = (await ctx.world.state.clients.list()).map(
    ({ publicKeys: _keys, keyName, published, ...client }) => ({
      ...client,
      readyMade: keyName !== undefined || published === true,
      file: `${ctx.origins.control}/clients/${encodeURIComponent(client.clientId)}`,
    }),
  )
  return json(200, { clients })
}

/** `GET /_sim/clients/{client_id}`: the file that HelseID's self-service gives, private key included on this machine. */
async function readClient(ctx: Context): Promise<Answer> {
  const client = await ctx.world.state.clients.find(ctx.params.clientId ?? '')
  if (!client) throw notFound(`There is no client ${ctx.params.clientId}; see ${ctx.origins.control}/clients.`)
  const { handsOutKeys } = ctx.world.settings
  return json(200, await clientFile(ctx.world.state.keys, client, { origins: ctx.origins, handsOutKeys }))
}

/** `POST /_sim/clients`: registers an own client by its public keys. */
async function addClient(ctx: Context): Promise<Answer> {
  const body = await ctx.step('body', () => readJson(ctx))
  const client = await ctx.step('client', () => requireClient(ctx, body))
  return json(201, client, { location: `${ctx.origins.control}/clients/${encodeURIComponent(client.clientId)}` })
}

async function requireClient(ctx: Context, body: unknown): Promise<Client> {
  const { client, issues } = await registerClient(ctx.world, body)
  if (client) return client
  throw new Rejection(400, issues)
}

/** `GET /_sim/events/{type}/{id}`. */
async function readEvent(ctx: Context): Promise<Answer> {
  const { type = '', id = '' } = ctx.params
  const event = await ctx.world.state.events.find(eventKey(type, id))
  if (!event) throw notFound(`There is no ${type} with the id ${id}.`)
  const summary = eventSummary(event, ctx.world.time.clock.micros())
  return json(200, { ...summary, resource: eventText(event, ctx.world.settings.assumptions) } satisfies EventDetail)
}

type Described = Omit<Operation, 'responses'>

type MadeBy = (path: string, summary: string, handler: Route['handler'], more?: Described) => Route

/** Makes routes of a method, each with what its description says beyond path and summary. */
function routesOf(method: Route['method']): MadeBy {
  return (path, summary, handler, more = {}) => {
    const responses = { '200': summary, '400': 'What is wrong, with the place of each' }
    const operation = { ...more, responses }
    return { method, path, summary, steps: [], handler: (ctx) => handler(ctx).catch(mapLegFailure), operation }
  }
}

const get = routesOf('GET')
const post = routesOf('POST')
const put = routesOf('PUT')
const del = routesOf('DELETE')

/** `GET /_sim/openapi.json`: this API, from its own routes. */
async function description(ctx: Context): Promise<Answer> {
  return json(200, openapiOf(control.routes, apiInfo(ctx)))
}

/** `GET /_sim/openapi-3.0.json`: the same for older generators. */
async function olderDescription(ctx: Context): Promise<Answer> {
  return json(200, openapi30Of(control.routes, apiInfo(ctx), []))
}

function apiInfo({ origins, world }: Context): ApiInfo {
  return { title: 'JFT simulator: control', version: world.settings.version, serverUrl: origins.control }
}

const named = (names: readonly string[]) => names.map((name) => ({ name, description: name }))

/** The simulator's own API. */
export const control = defineSurface({
  journaled: false,
  refusal: ({ status, issues, extra: { more = 0 } }) =>
    json(status, { issues: issues.map((issue) => explain(issue, 'simulator')), ...(more === 0 ? {} : { more }) }),
  routes: [
    get('/health', 'Whether the simulator runs', async (ctx) =>
      json(200, { status: 'ok', version: ctx.world.settings.version }),
    ),
    // What keeps the state was asked for the sandbox before this is reached.
    get('/ready', 'Whether requests can be answered: 503 while a database is away', async () =>
      json(200, { status: 'ready' }),
    ),
    get('/openapi.json', 'This API as OpenAPI 3.1', description),
    get('/openapi-3.0.json', 'This API for generators that do not know OpenAPI 3.1', olderDescription),
    get('/info', 'What is running, and its base URLs', info),
    get('/rules', 'The catalogue of rules, and the settings for silent points', rules),
    put('/settings', 'Change some settings from now on', changeSettings, { schema: assumptionsSchema }),
    get('/clients', 'The registered clients', listClients),
    get('/clients/:clientId', "A client's configuration file", readClient),
    post('/clients', 'Register a client by its public keys', addClient, { schema: registrationSchema }),
    get('/events', 'Events, newest first', listEvents, { query: named(['q', 'limit', 'skip']) }),
    get('/events/:type/:id', 'One event with its text', readEvent),
    get('/patients', 'What PIT has of patients, newest change first, and who has read it', listPatients),
    get('/patients/:id', 'One patient with its text and hand-overs', readPatient),
    get('/exchanges', 'The journal, newest first', listExchanges, {
      query: named([...FILTER_NAMES, 'q', 'limit', 'before']),
    }),
    get('/exchanges/:id', 'One exchange with headers, bodies and steps', readExchange),
    get('/exchanges/:id/curl', 'The request of an exchange as a command', exchangeAsCurl),
    get('/exchanges/:id/test', 'The request of an exchange as a test', exchangeAsTest),
    get('/exchanges/:id/har', 'An exchange as an HTTP Archive', exchangeAsHar),
    get('/har', 'The journal as an HTTP Archive', journalAsHar),
    get('/causes', 'Why requests were refused, with the request that shows each best', listCauses, {
      query: named(['q']),
    }),
    get('/figures', 'Events and refusals by minute, and how long events wait', readFigures),
    get('/trace', 'The whole way of an event, or of one exchange: oldest first', readTrace, {
      query: named(['event', 'exchange']),
    }),
    get('/searches', 'How many pages each search took', listSearches),
    post('/verify', 'Assert how often matching exchanges occurred', verify, { schema: verifySchema }),
    post('/explain', 'What would happen to a request, and why; changes nothing', explainRequest, {
      schema: explainSchema,
    }),
    get('/stream', 'Exchanges and events as they happen (server-sent events)', stream),
    get('/routes', 'How VKP delivers, per municipality and vendor', readRoutes),
    put('/routes', 'Replace all routes', replaceRoutes, { schema: routesBody }),
    get('/vkp/register', "VKP's register: whose system may call for which municipality", readRegister),
    put('/vkp/register', "Replace VKP's register", replaceRegister, { schema: registerBody }),
    get('/robots', 'The robots, their settings, and what they are doing', listRobots),
    put('/robots/:name', "Change a robot's settings", configureRobot),
    get('/faults', 'Active and past faults', listFaults),
    post('/faults', 'Add a fault, by a preset or in full', addFault, { schema: faultOrder }),
    del('/faults', 'Remove all faults', removeFaults),
    get('/faults/presets', 'Faults by name', listPresets),
    get('/faults/effects', 'The effects a fault can have, and where', listEffects),
    get('/faults/:id', 'One fault', readFault),
    del('/faults/:id', 'Remove a fault', removeFault),
    get('/curl', 'A curl config with a token and proof for one request', curlConfig),
    post('/check', 'What JFT and VKP say of a payload, and PIT of a patient', checkPayload),
    get('/case', 'This sandbox as a case file: what it was made with, and its exchanges', exportCase),
    post('/case', 'Open a case file: a new sandbox in which its exchanges are replayed', openCase, {
      schema: openCaseSchema,
    }),
    post('/reset', 'Put this sandbox back to what it was made with', resetSandbox),
    get('/clock', 'The time of this sandbox', readClock),
    put('/clock', 'Freeze the clock, let it run at a rate, or put it back to the machine’s', setClock, {
      schema: clockSchema,
    }),
    post('/clock/advance', 'Move the clock', advanceClock, { schema: advanceSchema }),
    get('/sandboxes', 'The sandboxes', listSandboxes),
    post('/sandboxes', 'Create a sandbox: a fresh, isolated state', createSandbox, { schema: specSchema }),
    get('/sandboxes/:name', 'One sandbox', readSandbox),
    del('/sandboxes/:name', 'Delete a sandbox', deleteSandbox),
    post('/sandboxes/:name/reset', 'Put a sandbox back to what it was made with', resetSandbox),
    post('/sandboxes/:name/fork', 'A new sandbox with the same state', forkSandbox),
    get('/sandboxes/:name/snapshots', 'The snapshots of a sandbox', listSnapshots),
    post('/sandboxes/:name/snapshots/:snapshot', 'Save the state under a name', takeSnapshot),
    post('/sandboxes/:name/snapshots/:snapshot/restore', 'Go back to a snapshot', restoreSnapshot),
  ],
})

/** A fault that breaks what the control API calls itself does not break the control API. */
function mapLegFailure(thrown: unknown): never {
  if (!(thrown instanceof ConnectionReset)) throw thrown
  throw new Rejection(409, [issueOf('injected-call', 'A fault broke the connection of a call that this answer needs.')])
}

function notFound(message: string): Rejection {
  return new Rejection(404, [issueOf('http-path', message)])
}
