import { pathsOf } from '../rules/search/roads.ts'
import type { Exchange } from './exchange.ts'

/** What an exchange should be like. Everything that is given must hold. */
export interface ExchangeFilter {
  readonly surface?: string | undefined
  readonly method?: string | undefined
  /**
   * The end of the path, so that `/v1/Composition` finds it below any base URL, and also when it is searched by POST; the
   * query is left out.
   */
  readonly path?: string | undefined
  readonly status?: number | undefined
  /** The id of a rule that stopped it. */
  readonly rule?: string | undefined
  /** Id or name of the client. */
  readonly client?: string | undefined
  readonly municipality?: string | undefined
  /** The event that it made, touched or handed out, `Type/id`. */
  readonly event?: string | undefined
  /** A text anywhere in the URL, the headers or the bodies, in any case. */
  readonly text?: string | undefined
  /** Only those with a status of 400 or more. */
  readonly refused?: boolean | undefined
}

/** One way in which an exchange is not as wanted. */
export interface Mismatch {
  readonly field: keyof ExchangeFilter
  readonly expected: unknown
  readonly found: unknown
}

type Wanted = { readonly [K in keyof ExchangeFilter]-?: NonNullable<ExchangeFilter[K]> }
type Holds<K extends keyof Wanted> = (exchange: Exchange, wanted: Wanted[K]) => boolean

const HOLDS: { readonly [K in keyof Wanted]: Holds<K> } = {
  surface: (exchange, wanted) => exchange.surface === wanted,
  method: ({ request }, wanted) => request.method === wanted.toUpperCase(),
  path: ({ request }, wanted) => pathsOf(pathOf(request.url)).some((path) => path.endsWith(wanted)),
  status: ({ response }, wanted) => response.status === wanted,
  rule: ({ issues }, wanted) => issues.some(({ rule }) => rule === wanted),
  client: ({ caller }, wanted) => caller.clientId === wanted || caller.clientName === wanted,
  municipality: ({ caller }, wanted) => caller.municipality === wanted,
  event: ({ event, events = [] }, wanted) => event === wanted || events.includes(wanted),
  text: (exchange, wanted) => textOf(exchange).includes(wanted.toLowerCase()),
  refused: ({ response }, wanted) => !wanted || response.status >= 400,
}

const FOUND: { readonly [K in keyof Wanted]: (exchange: Exchange) => unknown } = {
  surface: ({ surface }) => surface,
  method: ({ request }) => request.method,
  path: ({ request }) => pathOf(request.url),
  status: ({ response }) => response.status,
  rule: ({ issues }) => issues.map(({ rule }) => rule),
  client: ({ caller }) => caller.clientName ?? caller.clientId ?? null,
  municipality: ({ caller }) => caller.municipality ?? null,
  event: ({ event, events }) => event ?? events ?? null,
  text: () => 'a text without it',
  refused: ({ response }) => response.status,
}

/** The names of all filters. */
export const FILTER_NAMES = Object.keys(HOLDS) as (keyof ExchangeFilter)[]

/** Where an exchange is not as wanted; nothing when it matches. */
export function differences(exchange: Exchange, filter: ExchangeFilter): Mismatch[] {
  return FILTER_NAMES.filter((field) => !holds(field, exchange, filter)).map((field) => ({
    field,
    expected: filter[field],
    found: FOUND[field](exchange),
  }))
}

/** Whether an exchange is as wanted. */
export function matches(exchange: Exchange, filter: ExchangeFilter): boolean {
  return FILTER_NAMES.every((field) => holds(field, exchange, filter))
}

function holds<K extends keyof Wanted>(field: K, exchange: Exchange, filter: ExchangeFilter): boolean {
  const wanted = filter[field]
  const check: Holds<K> = HOLDS[field]
  return wanted === undefined || check(exchange, wanted as Wanted[K])
}

function pathOf(url: string): string {
  return new URL(url).pathname.replaceAll('%24', '$')
}

function textOf({ request, response }: Exchange): string {
  const headers = [...request.headers, ...response.headers].map(([name, value]) => `${name}: ${value}`)
  return [request.url, ...headers, request.body?.text ?? '', response.body?.text ?? ''].join('\n').toLowerCase()
}
