import {
  authorization,
  clientKey,
  newProofKey,
  requestToken,
  type TokenPost,
} from '../../services/tokens/helseid-client.ts'
import { type Control, controlAt } from '../../surfaces/control/client.ts'
import type {
  ClientList,
  EventList,
  EventSummary,
  ExchangeList,
  ExchangeSummary,
  SandboxInfo,
} from '../../surfaces/control/types.ts'
import type {
  ClientFile,
  ClockControl,
  Door,
  ExchangeQuery,
  OwnSandbox,
  Resource,
  Sandbox,
  SandboxSpec,
  Submitted,
  Token,
  TokenOptions,
  Urls,
} from './sandbox-types.ts'

/** The most that the control API lists at once. */
const PAGE = 1_000

/** Gives a sandbox its methods; all of them go through the door. */
export function sandboxBehind(door: Door): Sandbox {
  const control = controlAt(door.fetch, door.urls.control)
  const clock = clockOf(control)
  const client = (wanted?: string) => clientFile(control, door, wanted)
  const token = async (municipality: string, options: TokenOptions = {}) => {
    const { client: wanted, scope = 'nhn:jft/api' } = options
    return tokenFrom(door, await client(wanted), { municipality, scope }, clock)
  }
  const snapshots = `/sandboxes/${door.name}/snapshots`
  return {
    ...door,
    clock,
    client,
    token,
    events: () => allEvents(control),
    event: (type, id) => control('GET', `/events/${type}/${id}`),
    exchanges: (query = {}) => allExchanges(control, query),
    exchange: (id) => control('GET', `/exchanges/${id}`),
    submit: async (resource, municipality, options) => submit(door, resource, await token(municipality, options)),
    fault: (order) => control('POST', '/faults', order),
    reset: () => control('POST', '/reset'),
    snapshot: (name) => control('POST', `${snapshots}/${name}`),
    restore: (name) => control('POST', `${snapshots}/${name}/restore`),
  }
}

/** Makes a sandbox beside the one that `door` leads to. Rejects with a `ControlRefused` that names what is wrong. */
export async function createSandbox(door: Door, spec: SandboxSpec = {}): Promise<OwnSandbox> {
  const control = controlAt(door.fetch, door.urls.control)
  const { name, origins } = await control<SandboxInfo>('POST', '/sandboxes', spec)
  const forget = () => control<void>('DELETE', `/sandboxes/${name}`)
  const sandbox = sandboxBehind({ name, urls: origins as Urls, fetch: door.fetch })
  return { ...sandbox, delete: forget, [Symbol.asyncDispose]: forget }
}

function clockOf(control: Control): ClockControl {
  return {
    read: () => control('GET', '/clock'),
    freeze: (at) => control('PUT', '/clock', { mode: 'frozen', ...(at === undefined ? {} : { at }) }),
    advance: (by) => control('POST', '/clock/advance', { by }),
    resume: () => control('PUT', '/clock', { mode: 'machine' }),
  }
}

async function allEvents(control: Control): Promise<EventSummary[]> {
  const all: EventSummary[] = []
  for (;;) {
    const { events } = await control<EventList>('GET', `/events?limit=${PAGE}&skip=${all.length}`)
    for (const one of events) all.push(one)
    if (events.length < PAGE) return all
  }
}

async function allExchanges(control: Control, query: ExchangeQuery): Promise<ExchangeSummary[]> {
  const all: ExchangeSummary[] = []
  const filters = Object.entries(query).map(([name, value]): [string, string] => [name, String(value)])
  for (let before: number | null = null; ; ) {
    const position: [string, string][] = before === null ? [] : [['before', String(before)]]
    const search = new URLSearchParams([['limit', String(PAGE)], ...filters, ...position])
    const page: ExchangeList = await control('GET', `/exchanges?${search}`)
    for (const one of page.exchanges) all.push(one)
    if (page.next === null) return all
    before = page.next
  }
}

/** The file names the authority as this door's clients reach it. */
async function clientFile(control: Control, { urls }: Door, wanted?: string): Promise<ClientFile> {
  const { clients } = await control<ClientList>('GET', '/clients')
  const found = clients.find(({ clientId, name }) => wanted === undefined || wanted === clientId || wanted === name)
  if (!found) throw new Error(`There is no client ${wanted}; there are ${clients.map(({ name }) => name).join(', ')}.`)
  const file = await control<ClientFile>('GET', `/clients/${found.clientId}`)
  return { ...file, authority: urls.helseid }
}

/** Seconds for which a client assertion is good. */
const ASSERTION_LIFETIME = 30

/** HelseID refused a token; `message` has its whole answer. */
export class TokenRefused extends Error {}

async function tokenFrom(
  door: Door,
  { authority, clientId, privateJwk }: ClientFile,
  { municipality, scope }: { readonly municipality: string; readonly scope: string },
  clock: ClockControl,
): Promise<Token> {
  const moment = async () => {
    const now = Date.parse((await clock.read()).now)
    return { clock: { now: () => now }, ids: { uuid: () => crypto.randomUUID() } }
  }
  const proofKey = await newProofKey()
  const key = await clientKey(privateJwk)
  const grant = { grant_type: 'client_credentials', scope }
  const request = { authority, clientId, key, lifetime: ASSERTION_LIFETIME, municipality, grant, proofKey }
  const { accessToken, expiresIn, refused } = await requestToken(request, await moment(), (form) => post(door, form))
  if (refused) throw new TokenRefused(`HelseID at ${authority} answered ${refused.status}: ${refused.text}`)
  return {
    accessToken,
    expiresIn,
    async authorize(method, url) {
      const { authorization: header = '', dpop = '' } = await authorization(
        { accessToken, proofKey },
        { method, url },
        await moment(),
      )
      return { authorization: header, dpop }
    },
  }
}

async function post({ fetch }: Door, { url, headers, body }: TokenPost) {
  const answer = await fetch(new Request(url, { method: 'POST', headers: { ...headers }, body }))
  return { status: answer.status, nonce: answer.headers.get('dpop-nonce'), text: await answer.text() }
}

async function submit({ urls, fetch }: Door, resource: Resource, token: Token): Promise<Submitted> {
  const url = `${urls['jft-write']}/v1/${resource.resourceType}`
  const headers = { ...(await token.authorize('POST', url)), 'content-type': 'application/fhir+json' }
  const answer = await fetch(new Request(url, { method: 'POST', headers, body: JSON.stringify(resource) }))
  const location = answer.headers.get('location')
  if (answer.status !== 202 || location === null) {
    throw new Error(`POST ${url} answered ${answer.status}: ${await answer.text()}`)
  }
  return { id: location.split('/').at(-2) ?? '', location }
}
