import { type EventList, type EventSummary, type ExchangeSummary, LIST_LIMIT } from './api.ts'

/**
 * An update of the cached list of events: changed ones stay in their place, new ones come first. A list that was never
 * read stays unread.
 */
export function mergeEvents(changes: readonly EventSummary[]) {
  return (list: EventList | undefined): EventList | undefined => {
    if (!list || changes.length === 0) return list
    const latest = new Map(changes.map((event) => [keyOf(event), event]))
    const kept = list.events.map((event) => {
      const change = latest.get(keyOf(event))
      latest.delete(keyOf(event))
      return change ?? event
    })
    const added = [...latest.values()].reverse()
    const usage = { ...list.usage, events: list.usage.events + added.length }
    return { usage, events: [...added, ...kept].slice(0, LIST_LIMIT) }
  }
}

/** An update of a cached list of exchanges, newest first. Those that are there already are not added again. */
export function mergeExchanges(arrived: readonly ExchangeSummary[]) {
  return (list: readonly ExchangeSummary[] | undefined): readonly ExchangeSummary[] | undefined => {
    if (!list || arrived.length === 0) return list
    const known = new Set(list.map((exchange) => exchange.sequence))
    const added = arrived.filter((exchange) => !known.has(exchange.sequence)).reverse()
    return added.length === 0 ? list : [...added, ...list].slice(0, LIST_LIMIT)
  }
}

function keyOf({ type, id }: EventSummary): string {
  return `${type}/${id}`
}
