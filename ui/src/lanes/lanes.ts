import { isSubmission, serviceOf, takenBy } from '../../../simulator/ground/surfaces.ts'
import { type EventSummary, type ExchangeSummary, isChallenge } from '../data/api.ts'

/** Who takes part: a client, or whoever answers. */
export type LaneParty = 'vendor' | Exclude<ReturnType<typeof serviceOf>, 'simulator'>

const ORDER: Readonly<Record<LaneParty, true>> = {
  vendor: true,
  vkp: true,
  helseid: true,
  jft: true,
  pit: true,
  ehr: true,
}

/** All of them, from left to right. */
export const PARTIES = Object.keys(ORDER) as LaneParty[]

/** What a request meant for the event. */
export type Meaning = 'registered' | 'read' | 'acknowledged' | 'challenge' | 'journaled'

/** One request, as an arrow from who made it to who answered it. */
export interface Arrow {
  readonly exchange: ExchangeSummary
  readonly from: LaneParty
  readonly to: LaneParty
  /** Milliseconds after the first request. */
  readonly after: number
  /** How many things VKP corrected in it. */
  readonly corrections: number
  readonly meaning: Meaning | undefined
}

const CORRECTED = ['vkp-corrected', 'vkp-value-changed']

/** The exchanges of a trace as arrows, in the order in which they began. */
export function arrowsOf(trace: readonly ExchangeSummary[]): readonly Arrow[] {
  const byId = new Map(trace.map((exchange) => [exchange.id, exchange]))
  const inOrder = [...trace].sort(
    (one, other) => startOf(one) - startOf(other) || depth(one, byId) - depth(other, byId),
  )
  const first = inOrder[0] === undefined ? 0 : startOf(inOrder[0])
  const sender = inOrder.find(submitsEvent)?.clientName
  const meanings = meaningsOf(inOrder)
  return inOrder.map((exchange) => ({
    exchange,
    from: callerOf(exchange, byId, sender),
    to: partyOf(exchange),
    after: startOf(exchange) - first,
    corrections: exchange.warnings.filter(({ rule }) => CORRECTED.includes(rule)).length,
    meaning: meanings.get(exchange.id),
  }))
}

/** The exchange that brought an event to each of its stages, where the trace has it. */
export function stagesOf(trace: readonly ExchangeSummary[]): Partial<Record<keyof EventSummary, string>> {
  const meanings = meaningsOf([...trace].sort((one, other) => startOf(one) - startOf(other)))
  return Object.fromEntries(Array.from(meanings, ([id, meaning]) => [meaning, id]))
}

function startOf({ time }: ExchangeSummary): number {
  return Date.parse(time)
}

function depth({ parent }: ExchangeSummary, byId: ReadonlyMap<string, ExchangeSummary>): number {
  const above = parent === null ? undefined : byId.get(parent)
  return above === undefined ? 0 : 1 + depth(above, byId)
}

function partyOf({ surface }: ExchangeSummary): LaneParty {
  const service = serviceOf(surface)
  return service === 'simulator' ? 'jft' : service
}

/** A leg comes from who answers its request. Of the others, those come from the record system that read and acknowledge. */
function callerOf(
  exchange: ExchangeSummary,
  byId: ReadonlyMap<string, ExchangeSummary>,
  sender: string | null | undefined,
): LaneParty {
  const above = exchange.parent === null ? undefined : byId.get(exchange.parent)
  if (above !== undefined) return partyOf(above)
  if (takenBy(exchange.surface) === 'patients') return exchange.method === 'GET' ? 'vendor' : 'ehr'
  const reads = exchange.surface === 'jft-read' || isAcknowledgement(exchange)
  return reads && exchange.clientName !== sender ? 'ehr' : 'vendor'
}

/** Lanes are about an event: a patient is something else. */
function submitsEvent({ surface, method, url }: ExchangeSummary): boolean {
  return takenBy(surface) === 'events' && isSubmission(surface, method, new URL(url).pathname)
}

function isAcknowledgement({ url }: ExchangeSummary): boolean {
  return /(?:\$|%24)journaling-acknowledged$/.test(new URL(url).pathname)
}

/** The first request of each meaning; every nonce challenge. */
function meaningsOf(inOrder: readonly ExchangeSummary[]): ReadonlyMap<string, Meaning> {
  const found = new Map<string, Meaning>()
  const given = new Set<Meaning>()
  for (const exchange of inOrder) {
    const meaning = meaningOf(exchange)
    if (meaning === undefined || (given.has(meaning) && meaning !== 'challenge')) continue
    given.add(meaning)
    found.set(exchange.id, meaning)
  }
  return found
}

function meaningOf(exchange: ExchangeSummary): Meaning | undefined {
  const { surface, status, url } = exchange
  if (isChallenge(exchange)) return 'challenge'
  if (status >= 400) return undefined
  if (isAcknowledgement(exchange)) return 'acknowledged'
  if (surface === 'jft-write' && submitsEvent(exchange)) return 'registered'
  if (surface === 'jft-read' && !/(?:\$|%24)status$/.test(new URL(url).pathname)) return 'read'
  return surface === 'ehr' && exchange.method === 'POST' ? 'journaled' : undefined
}
