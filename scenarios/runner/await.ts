import { milliseconds } from '../../simulator/ground/text/duration.ts'
import type { Control } from '../../simulator/surfaces/control/client.ts'
import type { ExchangeDetail, ExchangeList, ExchangeSummary } from '../../simulator/surfaces/control/types.ts'
import type { Step } from '../pack/step.ts'
import { type Reply, replyOf } from './http.ts'
import { recordedOf } from './journaled.ts'
import { type Place, sleep } from './place.ts'
import { nextPayload, type Play, partyFor, type Run, StepFailed, StepSkipped } from './play.ts'

type Awaited = NonNullable<Step['await']>

/** A request that somebody is to send. What only the sender has stands in braces. */
export interface AwaitedRequest {
  readonly method: string
  readonly url: string
  readonly headers: readonly (readonly [string, string])[]
  readonly body?: string
}

/** A step that waits for the vendor's own client. */
export interface Waiting {
  /** What to do, in words. */
  readonly says?: string
  readonly request: AwaitedRequest
  /** Base URLs of the sandbox, by surface. */
  readonly urls: Readonly<Record<string, string>>
  /** URL of the configuration file of a client that may send it. */
  readonly clientFile: string
  readonly municipality: string
  /** When it is over: milliseconds since the epoch, in wall-clock time. */
  readonly until: number
  /** What came in its place, oldest first: requests to the same surface, and what was refused elsewhere. */
  readonly others: readonly ExchangeSummary[]
  /** Ends the waiting; the scenario counts as skipped. */
  readonly skip: () => void
}

/** Who is told of requests that are waited for, and how the waiting is broken off. */
export interface Waits {
  /** Called when the waiting begins and when another request comes; with nothing when it is over. */
  readonly tell: (waiting: Waiting | undefined) => void
  readonly signal?: AbortSignal | undefined
}

/** Milliseconds between two looks at the journal. */
const LOOK = 200

/** Waits for an exchange that the scenario did not make itself, and hands over its answer. */
export const awaitExchange: Run<'await'> = async ({ play, argument: spec, step, record, check }) => {
  const { control } = play.place
  if (!control || !play.waits) throw new Error('There is nobody to be told of a request to send.')
  const seen: Seen = { control, play, spec }
  const { found, others, waiting } = await watch(seen, step, play.waits)
  if (found) play.awaited = found.sequence
  for (const { id } of found ? [found] : others.slice(-SHOWN)) {
    const detail = await control<ExchangeDetail>('GET', `/exchanges/${id}`)
    record({ ...recordedOf(detail), link: linkTo(play.place, id) })
    if (found) await check(replyOfDetail(detail))
  }
  if (!found)
    throw new StepFailed({ what: 'await', expected: lineOf(waiting.request), actual: others.map(lineOfOther) })
}

/** How many other requests are kept where the one did not come. */
const SHOWN = 5

/** Where to look, and for what. */
interface Seen {
  readonly control: Control
  readonly play: Play
  readonly spec: Awaited
}

interface Watched {
  readonly found: ExchangeSummary | undefined
  readonly others: readonly ExchangeSummary[]
  readonly waiting: Waiting
}

/** Looks until the exchange is there, its time is over, or somebody skips it: then it rejects with a `StepSkipped`. */
async function watch(seen: Seen, step: Step, { tell, signal }: Waits): Promise<Watched> {
  let skipped = false
  const skip = () => {
    skipped = true
  }
  const waiting: Waiting = { ...(await described(seen, step)), others: [], skip }
  let known = -1
  try {
    for (;;) {
      const came = await foreign(seen)
      const found = await firstOf(seen, came)
      const others = came.filter((one) => one.surface === seen.spec.surface || isRefused(one))
      if (found || Date.now() > waiting.until) return { found, others, waiting }
      if (skipped || signal?.aborted) throw new StepSkipped('was skipped while it waited for a client of your own')
      if (others.length !== known) tell({ ...waiting, others })
      known = others.length
      await sleep(LOOK)
    }
  } finally {
    tell(undefined)
  }
}

/** Exchanges of others since the last one that was waited for, oldest first; legs are the simulator's own. */
async function foreign({ control, play }: Seen): Promise<ExchangeSummary[]> {
  const { exchanges } = await control<ExchangeList>('GET', '/exchanges?limit=1000')
  return exchanges
    .filter(({ id, parent, sequence }) => parent === null && sequence > play.awaited && !play.own.has(id))
    .reverse()
}

/** The demand for a nonce refuses nothing: it is how every DPoP token request begins (RFC 9449, section 8). */
function isRefused({ status, issues }: ExchangeSummary): boolean {
  return status >= 400 && !(issues.length > 0 && issues.every(({ rule }) => rule === 'dpop-nonce'))
}

async function firstOf({ control, spec }: Seen, exchanges: readonly ExchangeSummary[]) {
  for (const one of exchanges.filter((candidate) => fits(candidate, spec))) {
    const parameters = spec.params === undefined ? undefined : await parametersOf(control, one)
    if (Object.entries(spec.params ?? {}).every(([name, value]) => parameters?.get(name) === value)) return one
  }
  return undefined
}

function fits({ surface, method, url, status }: ExchangeSummary, spec: Awaited): boolean {
  const path = new URL(url).pathname.replaceAll('%24', '$')
  return (
    surface === spec.surface &&
    [spec.method].flat().includes(method) &&
    [spec.path].flat().some((one) => path.endsWith(one)) &&
    (spec.status === undefined || spec.status === status)
  )
}

async function parametersOf(control: Control, { id, method, url }: ExchangeSummary): Promise<URLSearchParams> {
  if (method !== 'POST') return new URL(url).searchParams
  const { request } = await control<ExchangeDetail>('GET', `/exchanges/${id}`)
  return new URLSearchParams(request.body?.text)
}

async function described({ play, spec }: Seen, step: Step): Promise<Omit<Waiting, 'others' | 'skip'>> {
  const { urls } = play.place
  const party = partyFor(play, step)
  const { clientId } = await play.place.clientFile(party.client, party.like)
  return {
    ...(spec.says === undefined ? {} : { says: spec.says }),
    request: requestOf(play, spec, step),
    urls,
    clientFile: `${urls.control}/clients/${clientId}`,
    municipality: party.orgnr ?? play.municipality,
    until: Date.now() + milliseconds(spec.within),
  }
}

function requestOf(play: Play, spec: Awaited, step: Step): AwaitedRequest {
  const [method = 'GET'] = [spec.method].flat()
  const [path = ''] = [spec.path].flat()
  const url = `${play.place.urls[spec.surface]}${path}`
  const payload = spec.with && nextPayload(play, spec.with).body
  const body = payload === undefined || typeof payload === 'string' ? payload : new TextDecoder().decode(payload)
  const query = new URLSearchParams(spec.params).toString()
  const own: [string, string][] = [
    ...credentialsOf(spec, `${method} ${url}`, partyFor(play, step).scheme),
    ...(body === undefined ? [] : [['content-type', 'application/fhir+json'] as [string, string]]),
  ]
  const given = step.headers ?? {}
  const headers = [
    ...own.filter(([name]) => !Object.keys(given).some((one) => one.toLowerCase() === name)),
    ...Object.entries(given).flatMap(([name, value]): [string, string][] => (value === null ? [] : [[name, value]])),
  ]
  return { method, url: query === '' ? url : `${url}?${query}`, headers, ...(body === undefined ? {} : { body }) }
}

/** HelseID takes a proof for the request of a token; the APIs take the token, and a proof for each request. */
function credentialsOf({ surface }: Awaited, target: string, scheme: string): [string, string][] {
  const proof: [string, string] = ['dpop', `{proof for ${target}}`]
  if (surface === 'helseid') return [proof]
  if (surface === 'ehr' || surface === 'ttt') return []
  return [['authorization', `${scheme} {access token}`], ...(scheme === 'DPoP' ? [proof] : [])]
}

function lineOf({ method, url }: AwaitedRequest): string {
  return `${method} ${url}`
}

/** A request that was not the one, with why it was refused. */
export function lineOfOther({ method, url, status, issues: [issue] }: ExchangeSummary): string {
  const { pathname, search } = new URL(url)
  return `${method} ${pathname}${search} ${status}${issue ? ` ${issue.rule}: ${issue.message}` : ''}`
}

function linkTo({ urls, sandbox }: Place, id: string): string {
  return `${new URL(urls.control ?? '').origin}/?sandbox=${sandbox}#/exchanges/${id}`
}

function replyOfDetail({ id, response: { status, headers, body } }: ExchangeDetail): Reply {
  return {
    ...replyOf(status, new Headers(headers.map(([name, value]) => [name, value])), body?.text ?? ''),
    exchange: id,
  }
}
