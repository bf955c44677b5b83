import type { Call, Evidence } from './evidence.ts'
import { blur } from './held-up.ts'
import { absence, combined, each, type Judge, type Judgment, listed, unclear } from './judgment.ts'
import { acknowledgements, eventOf, parametersOf, searches, typeOf } from './requests.ts'

/** A search that began, and the pages that were asked for after it. */
export interface Chain {
  readonly type: string
  readonly pages: Call[]
}

const FILTERS = ['_tag', '_tag:not', '_lastUpdated']

/** The link to the next page, as the answer has it. */
export function nextOf({ responseBody }: Call): string | undefined {
  const link = /"relation":"next","url":("(?:[^"\\]|\\.)*")/.exec(responseBody)?.[1]
  return link === undefined ? undefined : (JSON.parse(link) as string)
}

function cursorOf(url: string): string | null {
  return new URL(url).searchParams.get('cursor')
}

/** The chains of pages, told by the cursors that were handed out. */
export function chainsOf(evidence: Evidence): Chain[] {
  const chains: Chain[] = []
  const byCursor = new Map<string, Chain>()
  for (const call of searches(evidence)) {
    const cursor = parametersOf(call).get('cursor')
    const known = cursor === null ? undefined : byCursor.get(cursor)
    const chain = known ?? { type: typeOf(call), pages: [] }
    if (!known) chains.push(chain)
    chain.pages.push(call)
    const next = call.whole && call.status === 200 ? nextOf(call) : undefined
    const handedOut = next === undefined ? null : cursorOf(next)
    if (handedOut !== null) byCursor.set(handedOut, chain)
  }
  return chains
}

/** Pages that reached the program whole. */
export function delivered(calls: readonly Call[]): Call[] {
  return calls.filter(({ whole, status }) => whole && status === 200)
}

const readsEveryEvent: Judge = (evidence) => {
  const asked = searches(evidence)
  const seen = new Set(delivered(asked).flatMap(({ handedOut }) => handedOut))
  const due = dueEvents(evidence, seen)
  const missing = due.filter((event) => !seen.has(event))
  const message = `It saw ${due.length - missing.length} of ${due.length} events; missing ${listed(missing)}.`
  return absence(asked, due.length, missing, message)
}

/**
 * What it had to see. To a program that ended on its own: what was there when it last began to read the type. Nothing that
 * another client acknowledged first, which a search for what is not acknowledged does not give any more.
 */
function dueEvents(evidence: Evidence, seen: ReadonlySet<string>): string[] {
  const { events, acknowledgedByOthers, ending } = evidence
  const own = new Set(acknowledgements(evidence).map(eventOf))
  const last = new Map<string, number>()
  for (const { type, pages } of chainsOf(evidence)) last.set(type, pages[0]?.began ?? 0)
  return events.flatMap(({ type, id, registered }) => {
    const event = `${type}/${id}`
    // What is acknowledged before it is read, a search does not give either: that is another fault.
    if (acknowledgedByOthers.has(event) || (own.has(event) && !seen.has(event))) return []
    const until = ending?.by === 'program' ? last.get(type) : undefined
    return until !== undefined && Date.parse(registered ?? '') > until ? [] : [event]
  })
}

const readsNoneTwice: Judge = (evidence) => {
  const chains = chainsOf(evidence)
  const twice = chains.flatMap(({ pages }) => {
    const all = delivered(pages)
    const counts = countsOf(all.flatMap(({ handedOut }) => [...new Set(handedOut)]))
    const repeated = [...counts].filter(([, count]) => count > 1).map(([event]) => event)
    return repeated.length === 0 ? [] : [{ events: repeated, calls: all }]
  })
  const again = [...readAgain(evidence, chains), ...readOverAndOver(evidence)]
  const findings = [...twice, ...again].map(({ events, calls }) => ({ message: `${listed(events)}.`, calls }))
  const count = new Set([...twice, ...again].flatMap(({ events }) => events)).size
  return {
    exercised: delivered(searches(evidence)).length,
    findings: combined(findings, () => `It fetched ${count} events twice:`),
  }
}

/** Searches without any filter that hand out what the program has acknowledged before. */
function readAgain({ calls }: Evidence, chains: readonly Chain[]) {
  const acknowledged = new Map<string, number>()
  for (const { event, ended, status, surface, method } of calls) {
    if (surface === 'jft-write' && method === 'POST' && status === 202 && event !== undefined)
      acknowledged.set(event, ended)
  }
  return chains.flatMap(({ pages }) => {
    const [first] = pages
    if (!first || FILTERS.some((name) => parametersOf(first).has(name))) return []
    const repeated = delivered(pages).filter(({ handedOut, began }) =>
      handedOut.some((event) => (acknowledged.get(event) ?? Number.POSITIVE_INFINITY) < began),
    )
    const events = repeated.flatMap(({ handedOut }) => handedOut.filter((event) => acknowledged.has(event)))
    return events.length === 0 ? [] : [{ events, calls: repeated }]
  })
}

/** How often a search may give an event that its reader does nothing about. */
const OFTEN = 5

/** Events that were fetched over and over, with no attempt to acknowledge them before the last time. */
function readOverAndOver(evidence: Evidence) {
  const pages = delivered(searches(evidence))
  const counts = countsOf(pages.flatMap(({ handedOut }) => [...new Set(handedOut)]))
  const attempted = new Set(acknowledgements(evidence).map(eventOf))
  const events = [...counts].flatMap(([event, count]) => (count > OFTEN && !attempted.has(event) ? [event] : []))
  const [first] = events
  return first === undefined ? [] : [{ events, calls: pages.filter(({ handedOut }) => handedOut.includes(first)) }]
}

function countsOf(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}

const readsToTheEnd: Judge = (evidence) => {
  const chains = chainsOf(evidence).filter(({ pages }) => delivered(pages).length > 0)
  return each(chains, ({ type, pages }) => {
    const last = delivered(pages).at(-1)
    const next = last && nextOf(last)
    const asked =
      next !== undefined && pages.some((page) => page !== last && parametersOf(page).get('cursor') === cursorOf(next))
    if (!last || next === undefined || asked || wasStoppedThere(evidence, last)) return undefined
    if (isAskedWrongly(evidence, type, last)) return undefined
    return {
      message: `A search for ${type} ended after ${pages.length} pages, though the last one has a next link.`,
      calls: [last],
      absent: 'all',
    }
  })
}

/** It did ask for the page, in a way that was refused: that is another fault. */
function isAskedWrongly({ calls }: Evidence, type: string, last: Call): boolean {
  return searches({ calls }).some(
    (call) =>
      call.began >= last.ended &&
      typeOf(call) === type &&
      parametersOf(call).has('cursor') &&
      call.status >= 400 &&
      call.injected.length === 0,
  )
}

/** A program that was stopped in the middle of its pages has not given up on them; one that ended on its own has. */
function wasStoppedThere({ calls, ending }: Evidence, page: Call): boolean {
  return ending?.by !== 'program' && !searches({ calls }).some(({ began }) => began > page.ended)
}

const followsNextAsGiven: Judge = (evidence) => {
  const pages = searches(evidence).filter((call) => parametersOf(call).has('cursor'))
  const links = new Set(delivered(searches(evidence)).flatMap((call) => nextOf(call) ?? []))
  const cursors = new Set([...links].map(cursorOf))
  return each(pages, (call) => {
    const asked = parametersOf(call)
    const filters = FILTERS.filter((name) => asked.has(name))
    if (filters.length > 0) return { message: `A cursor was combined with ${filters.join(' and ')}.`, calls: [call] }
    if (!cursors.has(asked.get('cursor'))) {
      return { message: 'A cursor was sent that no answer had handed out: it was edited or made.', calls: [call] }
    }
    if (call.method === 'POST' || links.has(withoutSort(call.url))) return undefined
    return { message: `The next link was not followed as given: ${call.url.search}`, calls: [call] }
  })
}

/** "When a cursor is provided, the `_sort` parameter is ignored": it may stand beside it. */
function withoutSort(url: URL): string {
  return url.href.replace(/(?<=[?&])_sort=[^&]*&?/g, '').replace(/[?&]$/, '')
}

/** What a timer may be early by. */
const EARLY = 0.9

const pollsAsTold: Judge = (evidence): Judgment => {
  const { poll } = evidence
  const chains = chainsOf(evidence).filter(({ pages: [first] }) => first && !parametersOf(first).has('cursor'))
  if (poll === undefined) return { exercised: 0, findings: [] }
  const pairs = [...new Set(chains.map(({ type }) => type))].flatMap((type) => {
    const own = chains.filter((chain) => chain.type === type)
    return own.slice(1).flatMap((chain, at) => {
      const before = own[at]?.pages[0]
      const [first] = chain.pages
      // The repetition of a search that failed is not a poll.
      return before && first && before.whole && before.status === 200 ? [{ type, before, first }] : []
    })
  })
  const byFirst = new Map(pairs.map((pair) => [pair.first, pair]))
  const { findings, unclear: open } = each(pairs, ({ type, before, first }) => {
    const seconds = (first.began - before.began) / 1000
    if (seconds >= poll * EARLY) return undefined
    // Rounds at a fixed rate come late after a slow one, and are then in step again.
    const one = byFirst.get(before)
    const two = one ? (first.began - one.before.began) / 1000 : 0
    if (two >= 2 * poll * EARLY) return undefined
    const blurred = blur(evidence.stalls, before.began - poll * 1000, first.began)
    if (seconds + blurred / 1000 >= poll * EARLY) return unclear('Two polls came one shortly after the other', blurred)
    return {
      message: `${type} was asked for again after ${seconds.toFixed(2)} s; ${poll} s were told.`,
      calls: [before, first],
    }
  })
  const found = combined(findings, (count) => `${count} polls came too soon.`)
  return { exercised: pairs.length, findings: found, unclear: open }
}

/** Requirements on a record system that reads. */
export const READING = {
  'reads-every-event': readsEveryEvent,
  'reads-none-twice': readsNoneTwice,
  'reads-to-the-end': readsToTheEnd,
  'follows-next-as-given': followsNextAsGiven,
  'polls-as-told': pollsAsTold,
} as const satisfies Record<string, Judge>

/** When each event first reached the program whole, by `Type/id`. */
export function firstReadings(evidence: Evidence): Map<string, Call> {
  const first = new Map<string, Call>()
  for (const call of delivered(searches(evidence))) {
    for (const event of call.handedOut) if (!first.has(event)) first.set(event, call)
  }
  return first
}
