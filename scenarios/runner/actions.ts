import { milliseconds } from '../../simulator/ground/text/duration.ts'
import { unknownName } from '../../simulator/ground/text/suggest.ts'
import { type Step, type StepAction, submissionSurface } from '../pack/step.ts'
import { actorOf } from './actors.ts'
import { awaitExchange } from './await.ts'
import { proofEdit } from './credentials.ts'
import { evaluate } from './fhirpath.ts'
import { isOfTarget, keepSecrets } from './foreign.ts'
import { formOf } from './form.ts'
import { exchange, type Message, type Reply } from './http.ts'
import type { MadePayload } from './payload.ts'
import { nextPayload, type Play, partyFor, type Run, type Turn } from './play.ts'

/** An event that a scenario submitted. */
interface SavedEvent {
  readonly id: string
  readonly type: string
  readonly path: string
  readonly location: string
  readonly resource: unknown
}

const submit: Run<'submit'> = async (turn) => {
  const { play, argument: spec, step, check } = turn
  const saved: SavedEvent[] = []
  for (let index = 0; index < (spec.count ?? 1); index += 1) {
    const payload = nextPayload(play, spec)
    const reply = await call(turn, actorOf(step, play.party), submission(play, spec, payload))
    saved.push(savedEvent(reply, payload))
    if (!(await check(reply))) break
  }
  if (spec.save !== undefined) play.values[spec.save] = spec.count === undefined ? saved[0] : saved
}

function submission(play: Play, spec: NonNullable<Step['submit']>, { body, type: own }: MadePayload): Message {
  const { urls } = play.place
  const type = spec.type ?? own ?? 'Composition'
  const surface = submissionSurface(spec)
  const url =
    surface === 'vkp'
      ? `${urls.vkp}/epj/r4/${spec.orgnr ?? play.municipality}/${type.toLowerCase()}`
      : `${urls[surface]}/v1/${type}`
  return { method: 'POST', url, headers: [['content-type', 'application/fhir+json']], body }
}

/** `Location` is `…/{type}/{id}/$status`. */
function savedEvent({ headers }: Reply, { resource }: MadePayload): SavedEvent {
  const location = headers.get('location') ?? ''
  const [type = '', id = ''] = location.split('/').slice(-3, -1)
  return { id, type, path: `${type}/${id}`, location, resource }
}

const search: Run<'search'> = async (turn) => {
  const { play, argument, step, check } = turn
  const { type, params = {}, method = 'GET' } = argument
  play.found.length = 0
  const query = formOf(params).toString()
  const base = `${play.place.urls['jft-read']}/v1/${type}`
  const message: Message =
    method === 'GET'
      ? { method, url: query === '' ? base : `${base}?${query}`, headers: [] }
      : form(`${base}/_search`, query)
  await check(await readPage(turn, actorOf(step, play.party), message))
}

function form(url: string, query: string): Message {
  return { method: 'POST', url, headers: [['content-type', 'application/x-www-form-urlencoded']], body: query }
}

async function readPage(turn: Turn, party: string, message: Message): Promise<Reply> {
  const { play } = turn
  const reply = await call(turn, party, message)
  if (reply.json !== undefined && reply.status === 200) play.page = reply.json
  play.found.push(...(evaluate(reply.json, "entry.resource.select(resourceType & '/' & id)") as string[]))
  return reply
}

/** Paging that does not end fails, and does not hang the run. */
const MAX_PAGES = 1_000

const follow: Run<'follow'> = async (turn) => {
  const { play, argument, step, check } = turn
  const {
    link = 'next',
    to,
    method = 'GET',
    params = {},
  } = typeof argument === 'string' ? { link: argument } : argument
  const party = actorOf(step, play.party)
  for (let page = 0; page < (to === 'end' ? MAX_PAGES : 1); page += 1) {
    const url = linkOf(play.page, link)
    if (url === undefined) return
    const reply = await readPage(turn, party, pageRequest(url, method, params))
    if (!(await check(reply)) || reply.status !== 200) return
  }
  if (to === 'end' && linkOf(play.page, link)) throw new Error(`Page ${MAX_PAGES} still has a ${link} link.`)
}

function linkOf(page: unknown, relation: string): string | undefined {
  return evaluate(page, `link.where(relation = '${relation}').url`)[0] as string | undefined
}

/** A POST hands the link's parameters in as a form (JFT ReadAPI overview, "Pagination example"). */
function pageRequest(link: string, method: 'GET' | 'POST', params: Readonly<Record<string, string>>): Message {
  const url = new URL(link)
  const plain = Object.keys(params).length === 0
  for (const [name, value] of Object.entries(params)) url.searchParams.append(name, value)
  if (method === 'GET') return { method, url: plain ? link : url.href, headers: [] }
  const at = url.pathname.replace(/\/_search$/, '')
  return form(`${url.origin}${at}/_search`, url.searchParams.toString())
}

const acknowledge: Run<'acknowledge'> = async (turn) => {
  const { play, argument: event, step, check } = turn
  const url = `${play.place.urls['jft-write']}/v1/${pathOf(play, event)}/$journaling-acknowledged`
  await check(await call(turn, actorOf(step, play.party), { method: 'POST', url, headers: [] }))
}

const status: Run<'status'> = async (turn) => {
  const { play, argument: event, step, check } = turn
  const url = `${play.place.urls['jft-read']}/v1/${pathOf(play, event)}/$status`
  await check(await call(turn, actorOf(step, play.party), { method: 'GET', url, headers: [] }))
}

/** `Type/id`: as it is written, or of a saved event. */
function pathOf({ values }: Play, event: string): string {
  if (event.includes('/')) return event
  const saved = values[event] as SavedEvent | undefined
  if (saved?.path !== undefined) return saved.path
  throw new Error(`There is no saved event ${event}.`)
}

const request: Run<'request'> = async (turn) => {
  const { play, argument, step, check } = turn
  const { method = 'GET', url, host, ...content } = argument
  const message = {
    method,
    url: based(url, play.place.urls),
    ...contentOf(content),
    ...(host === undefined ? {} : { host }),
  }
  const party = step.as ?? (message.url.startsWith(play.place.urls.control ?? '\0') ? 'nobody' : play.party)
  await check(await call(turn, party, message))
}

function based(url: string, urls: Readonly<Record<string, string>>): string {
  return url.replace(/^\{([\w-]+)\}/, (_, name: string) => {
    const base = urls[name]
    if (base !== undefined) return base
    throw new Error(unknownName('base URL', `{${name}}`, Object.keys(urls)))
  })
}

function contentOf({ body, text, form }: Omit<NonNullable<Step['request']>, 'method' | 'url' | 'host'>) {
  if (form !== undefined) {
    return {
      headers: [['content-type', 'application/x-www-form-urlencoded'] as const],
      body: formOf(form).toString(),
    }
  }
  if (text !== undefined) return { headers: [['content-type', 'application/fhir+json'] as const], body: text }
  if (body === undefined) return { headers: [] }
  return { headers: [['content-type', 'application/fhir+json'] as const], body: JSON.stringify(body) }
}

const token: Run<'token'> = async ({ play, argument, step, record, check }) => {
  const reply = await play.credentials.request(partyFor(play, step), argument, proofEdit(step.proof), record)
  const { access_token: accessToken } = (reply.json ?? {}) as { access_token?: unknown }
  if (argument.save !== undefined) play.values[argument.save] = accessToken
  await check(reply)
}

const testToken: Run<'test-token'> = async ({ play, argument, step, record, check }) => {
  await check(await play.credentials.requestTest(partyFor(play, step), argument, record))
}

const clock: Run<'clock'> = async ({ play: { place }, argument: { freeze, advance, rate } }) => {
  if (freeze !== undefined) await place.clock.change('PUT', '/clock', { mode: 'frozen', at: freeze })
  if (rate !== undefined) await place.clock.change('PUT', '/clock', { mode: 'running', rate })
  if (advance !== undefined) await place.clock.change('POST', '/clock/advance', { by: advance })
}

const fault: Run<'fault'> = async ({ play: { place }, argument }) => {
  if (!place.control) throw new Error('This target cannot be told to fail.')
  if (argument === 'none') return place.control('DELETE', '/faults')
  await place.control('POST', '/faults', typeof argument === 'string' ? { preset: argument } : argument)
}

const wait: Run<'wait'> = async ({ play: { place }, argument: { for: duration } }) => {
  if (duration !== undefined) await place.clock.pass(milliseconds(duration))
}

const checkPayload: Run<'check'> = async (turn) => {
  const { play, argument, check } = turn
  const { endpoint, forwarded } = argument
  const asked = formOf({ ...(endpoint && { endpoint }), ...(forwarded && { forwarded: 'true' }) }).toString()
  const url = `${play.place.urls.control}/check${asked && `?${asked}`}`
  await check(await call(turn, 'nobody', { method: 'POST', url, headers: [], body: nextPayload(play, argument).body }))
}

const journal: Run<'journal'> = async (turn) => {
  const { play, argument, check } = turn
  const url = `${play.place.urls.control}/exchanges?${formOf(argument)}`
  await check(await call(turn, 'nobody', { method: 'GET', url, headers: [] }))
}

/** What each action does. */
export const RUNS: { readonly [A in StepAction]: Run<A> } = {
  submit,
  search,
  follow,
  acknowledge,
  status,
  request,
  token,
  'test-token': testToken,
  clock,
  fault,
  wait,
  check: checkPayload,
  journal,
  await: awaitExchange,
}

/**
 * Sends with the party's token and proof, which other hosts than the target's do not get; a step's headers replace those of
 * the message.
 */
async function call({ play, step, record }: Turn, name: string, message: Message): Promise<Reply> {
  const party = partyFor(play, step, name)
  const { method, url } = message
  const changes = { proof: proofEdit(step.proof), token: step['access-token'] }
  const isOwn = isOfTarget(url, play.place.urls)
  const own = isOwn ? await play.credentials.authorize(party, { method, url }, changes, record) : []
  const replaced = Object.entries(step.headers ?? {})
  const kept = [...message.headers, ...own].filter(
    ([header]) => !replaced.some(([one]) => one.toLowerCase() === header),
  )
  const added = replaced.flatMap(([header, value]): [string, string][] =>
    value === null ? [] : [[header, String(value)]],
  )
  const sent = { ...message, headers: [...kept, ...added] }
  if (!isOwn) keepSecrets(sent, play.values)
  return exchange(play.place.send, sent, 'step', record)
}
