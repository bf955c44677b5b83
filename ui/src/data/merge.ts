import type { EventList, EventSummary, ExchangeSummary } from './api.ts'

/** How many rows a list keeps, the newest. */
export const KEPT = { events: 200_000, exchanges: 50_000 } as const

/**
 * An update of the cached list of events: changed ones stay in their place, new ones come first. A list that was never
 * read stays unread.
 */
export function mergeEvents(changes: readonly EventSummary[]) {
  return (list: EventList | undefined): EventList | undefined => {
    if (!list || changes.length === 0) return list
    const latest = new Map(changes.map((event) => [event.id, event]))
    const created = new Set(changes.filter(isUntouched).map((event) => event.id))
    const kept = list.events.map((event) => {
      const change = latest.get(event.id)
      if (change?.type !== event.type) return event
      latest.delete(event.id)
      return change
    })
    // What is neither in the list nor new has changed behind the end of the list.
    const added = [...latest.values()].filter((event) => created.has(event.id)).reverse()
    const usage = { ...list.usage, events: list.usage.events + added.length }
    return { usage, matching: usage.events, events: [...added, ...kept].slice(0, KEPT.events) }
  }
}

function isUntouched({ read, acknowledged, failed }: EventSummary): boolean {
  return read === null && acknowledged === null && failed === null
}

/** An update of the cached list of events: older ones at its end. Those that are there already are not added again. */
export function appendEvents(older: EventList) {
  return (list: EventList | undefined): EventList | undefined => {
    if (!list) return list
    const known = new Set(list.events.map((event) => event.id))
    const added = older.events.filter((event) => !known.has(event.id))
    return { usage: older.usage, matching: older.matching, events: [...list.events, ...added].slice(0, KEPT.events) }
  }
}

/** An update of a cached list of exchanges, newest first. Those that are there already are not added again. */
export function mergeExchanges(arrived: readonly ExchangeSummary[]) {
  return (list: readonly ExchangeSummary[] | undefined): readonly ExchangeSummary[] | undefined => {
    if (!list || arrived.length === 0) return list
    const newest = list[0]?.sequence ?? 0
    const added = arrived.filter((exchange) => exchange.sequence > newest).reverse()
    return added.length === 0 ? list : [...added, ...list].slice(0, KEPT.exchanges)
  }
}

/** An update of a cached list of exchanges: older ones at its end. */
export function appendExchanges(older: readonly ExchangeSummary[]) {
  return (list: readonly ExchangeSummary[] | undefined): readonly ExchangeSummary[] | undefined => {
    if (!list) return list
    const oldest = list.at(-1)?.sequence ?? Number.POSITIVE_INFINITY
    return [...list, ...older.filter((exchange) => exchange.sequence < oldest)].slice(0, KEPT.exchanges)
  }
}
