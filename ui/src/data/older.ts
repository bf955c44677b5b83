import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { api, type EventList, type ExchangeSummary, PAGE } from './api.ts'
import { appendEvents, appendExchanges } from './merge.ts'
import { keys } from './queries.ts'

/** Reads older events while the end of the list is near, as `wanted` says. */
export function useOlderEvents(list: EventList, wanted: boolean): void {
  const client = useQueryClient()
  const more = list.events.length < list.usage.events
  useReader(wanted && more, list.events.length, async () => {
    const older = await api.events(list.events.length)
    client.setQueryData(keys.events, appendEvents(older))
    return older.events.length
  })
}

/** Reads older exchanges while the end of the list is near, as `wanted` says. */
export function useOlderExchanges(list: readonly ExchangeSummary[], wanted: boolean): void {
  const client = useQueryClient()
  const oldest = list.at(-1)?.sequence ?? 0
  useReader(wanted && list.length >= PAGE && oldest > 1, oldest, async () => {
    const older = await api.exchanges({ before: String(oldest) })
    client.setQueryData(keys.exchanges, appendExchanges(older))
    return older.length
  })
}

/** Calls `read` when it is wanted, one at a time, and not again from a place behind which there was nothing. */
function useReader(wanted: boolean, place: number, read: () => Promise<number>): void {
  const busy = useRef(false)
  const end = useRef<number>(undefined)
  useEffect(() => {
    if (!wanted || busy.current || end.current === place) return
    busy.current = true
    read()
      .then((count) => {
        if (count === 0) end.current = place
      })
      // The list stays as it is; the next scroll tries again.
      .catch(() => undefined)
      .finally(() => {
        busy.current = false
      })
  })
}
