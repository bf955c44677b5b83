import { anyEvent, type Event, KINDS, type Kind, MUNICIPALITIES, seedFixtures, spoil } from '../fixtures/index.ts'
import { EVENT_TYPES } from '../simulator/ground/event-types.ts'
import { authorize, type BoundToken, type ClientFile, requestToken } from './helseid-client.ts'

/** How the story reaches a simulator: its base URLs, a way to send, the clients' files, and the time. */
export interface StoryDoor {
  readonly urls: Readonly<Record<'helseid' | 'jft-write' | 'jft-read' | 'control', string>>
  readonly fetch: (request: Request) => Promise<Response>
  /** The configuration file of the client of that name. */
  client(name: string): Promise<ClientFile>
  readonly clock: {
    read(): Promise<{ readonly now: string }>
    advance(by: string): Promise<unknown>
  }
}

/** One exchange of the story; base URLs are replaced by `{surface}`. */
export interface StoryLine {
  readonly request: string
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
}

/** Headers that belong to the connection and not to the answer. */
const TRANSPORT = ['connection', 'content-length', 'date', 'keep-alive', 'transfer-encoding']

/**
 * The life of one event of each kind: submitted by a vendor, found by a record system page by page, acknowledged, and its
 * status at each step; then what is refused. Gives what was asked and answered, token requests aside.
 */
export async function tellStory(door: StoryDoor): Promise<StoryLine[]> {
  const transcript: StoryLine[] = []
  const vendor = callerOf(door, await tokenOf(door, 'Bruno-Local'), transcript)
  const ehr = callerOf(door, await tokenOf(door, 'EHR-Local'), transcript)
  const { 'jft-write': write, 'jft-read': read } = door.urls

  seedFixtures(7357)
  const events = (Object.keys(KINDS) as Kind[]).map((kind) => anyEvent(kind))
  const statuses: string[] = []
  for (const event of events) {
    const { headers } = await vendor('POST', `${write}/v1/${event.resourceType}`, JSON.stringify(event))
    statuses.push(headers.get('location') ?? '')
  }
  for (const url of statuses) await vendor('GET', url)

  await door.clock.advance('PT1M')
  const found = []
  for (const type of EVENT_TYPES) found.push(await allPages(ehr, `${read}/v1/${type}?_count=2`))
  await door.clock.advance('PT1M')
  for (const path of found.flat()) await ehr('POST', `${write}/v1/${path}/$journaling-acknowledged`)
  for (const url of statuses) await vendor('GET', url)

  await tellRefusals(door, vendor, events)
  return transcript
}

async function tellRefusals({ urls }: StoryDoor, vendor: Caller, [event]: readonly Event[]): Promise<void> {
  const { 'jft-write': write, 'jft-read': read } = urls
  if (event) await vendor('POST', `${write}/v1/${event.resourceType}`, spoil(event, 'single-object'))
  await vendor('POST', `${write}/v1/Observation`, '{"resourceType":"Observation"}')
  await vendor('GET', `${read}/v1/Bundle/00000000-0000-4000-8000-000000000000/$status`)
  await vendor('GET', `${read}/v1/Bundle?_cuont=5`)
}

/** Sends a request with a token, and writes it down. */
type Caller = (method: string, url: string, body?: string) => Promise<{ readonly headers: Headers; body: unknown }>

function callerOf(door: StoryDoor, token: BoundToken, transcript: StoryLine[]): Caller {
  return async (method, url, body) => {
    const at = await timeOf(door)
    const sent = { ...(await authorize(token, method, url, () => at)), 'content-type': 'application/fhir+json' }
    const init = { method, headers: sent, ...(body === undefined ? {} : { body }) }
    const { status, headers, ...answer } = await door.fetch(new Request(url, init)).then(readAnswer)
    transcript.push(
      withoutBases(door, { request: `${method} ${url}`, status, headers: ownHeaders(headers), ...answer }),
    )
    return { headers, ...answer }
  }
}

async function readAnswer(answer: Response) {
  const text = await answer.text()
  const isJson = /json/.test(answer.headers.get('content-type') ?? '')
  return { status: answer.status, headers: answer.headers, body: isJson ? (JSON.parse(text) as unknown) : text }
}

function ownHeaders(headers: Headers): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => !TRANSPORT.includes(name)))
}

/** A searchset, as far as the story reads it. */
interface Page {
  readonly link: readonly { readonly relation: string; readonly url: string }[]
  readonly entry?: readonly { readonly resource: { readonly resourceType: string; readonly id: string } }[]
}

/** `Type/id` of every event, page after page. */
async function allPages(call: Caller, first: string): Promise<string[]> {
  const paths: string[] = []
  for (let url: string | undefined = first; url !== undefined; ) {
    const { link, entry = [] } = (await call('GET', url)).body as Page
    paths.push(...entry.map(({ resource }) => `${resource.resourceType}/${resource.id}`))
    url = link.find(({ relation }) => relation === 'next')?.url
  }
  return paths
}

async function tokenOf(door: StoryDoor, name: string): Promise<BoundToken> {
  const at = await timeOf(door)
  const wanted = { orgnr: MUNICIPALITIES.jft, scope: 'nhn:jft/api' }
  return requestToken(await door.client(name), wanted, { fetch: door.fetch, now: () => at })
}

async function timeOf(door: StoryDoor): Promise<number> {
  return Date.parse((await door.clock.read()).now)
}

function withoutBases({ urls }: StoryDoor, line: StoryLine): StoryLine {
  const bases = [...Object.entries(urls), ['simulator', new URL(urls.control).origin] as const]
  const text = bases.reduce((all, [name, url]) => all.replaceAll(url, `{${name}}`), JSON.stringify(line))
  return JSON.parse(text) as StoryLine
}
