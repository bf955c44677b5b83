import type { Exchange } from '../exchange.ts'
import { matches } from '../exchange-filter.ts'
import { exchangeSize } from '../exchange-size.ts'
import type { Journal } from '../ports.ts'
import { createListeners } from './listeners.ts'

/** Creates a journal that keeps about `maxBytes` of exchanges. */
export function createJournal(maxBytes: number): Journal {
  const byId = new Map<string, { exchange: Exchange; bytes: number }>()
  const listeners = createListeners<Exchange>()
  const ends = createListeners<undefined>()
  let opened = 0
  let sequence = 0
  let bytes = 0
  let dropped = 0

  const makeRoom = () => {
    for (const [id, entry] of byId) {
      if (bytes <= maxBytes || byId.size === 1) return
      byId.delete(id)
      bytes -= entry.bytes
      dropped += 1
    }
  }
  return {
    async open() {
      opened += 1
      return `x${opened}`
    },
    async record(draft, characters) {
      sequence += 1
      const exchange = numbered(draft, sequence)
      const size = exchangeSize(exchange, characters)
      byId.set(exchange.id, { exchange, bytes: size })
      bytes += size
      makeRoom()
      listeners.tell(exchange)
      return exchange
    },
    async noteUnheard(id) {
      const entry = byId.get(id)
      if (entry) byId.set(id, { ...entry, exchange: unheard(entry.exchange) })
    },
    find: async (id) => byId.get(id)?.exchange,
    async list({ limit, before = Number.POSITIVE_INFINITY, ...filter }) {
      const newestFirst = [...byId.values()].reverse().map((entry) => entry.exchange)
      return newestFirst.filter((one) => one.sequence < before && matches(one, filter)).slice(0, limit)
    },
    count: async (filter) => [...byId.values()].filter(({ exchange }) => matches(exchange, filter)).length,
    async *since(after) {
      for (const { exchange } of [...byId.values()]) if (exchange.sequence > after) yield exchange
    },
    subscribe(listener, closed = () => {}) {
      const stops = [listeners.add(listener), ends.add(closed)]
      return () => {
        for (const stop of stops) stop()
      }
    },
    close() {
      ends.tell(undefined)
      ends.clear()
      listeners.clear()
    },
    usage: async () => ({ exchanges: byId.size, bytes, dropped, maxBytes }),
  }
}

/** The exchange with its number; a text that is made when it is read stays so. */
function numbered(draft: Omit<Exchange, 'sequence'>, sequence: number): Exchange {
  const exchange: Record<string, unknown> = { sequence }
  for (const key of Object.keys(draft) as (keyof typeof draft)[]) {
    if (key === 'warnings') Object.defineProperty(exchange, key, { get: () => draft.warnings, enumerable: true })
    else exchange[key] = draft[key]
  }
  return exchange as unknown as Exchange
}

/** The same exchange, whose answer did not arrive; its texts are still made when they are read. */
function unheard(exchange: Exchange): Exchange {
  const response = {
    ...Object.getOwnPropertyDescriptors(exchange.response),
    unheard: { value: true, enumerable: true },
  }
  return Object.defineProperties(
    {},
    {
      ...Object.getOwnPropertyDescriptors(exchange),
      response: { value: Object.defineProperties({}, response), enumerable: true },
    },
  ) as Exchange
}
