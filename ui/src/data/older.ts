import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useRef } from 'react'
import { api, type EventList, type ExchangeSummary, PAGE } from './api.ts'
import { useDebounced } from './debounce.ts'
import { appendEvents, appendExchanges } from './merge.ts'
import { keys, queries } from './queries.ts'

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

/** So many dropped requests are a reason to read again, also while more are dropped. */
const MANY = 500
/** Milliseconds in which no more were dropped. */
const QUIET = 2_000

/** Forgets the requests that the journal has dropped: the page would list and count them still. */
export function useDropped(): void {
  const client = useQueryClient()
  const { exchanges: kept = 0, dropped = 0 } = useQuery(queries.journal).data ?? {}
  const settled = useDebounced(dropped, QUIET)
  const forget = useEffectEvent(() => {
    client.setQueryData<readonly ExchangeSummary[]>(keys.exchanges, (list) => list?.slice(0, Math.max(kept, PAGE)))
    void client.invalidateQueries({ queryKey: keys.refused })
  })
  const times = Math.floor(dropped / MANY)
  useEffect(() => {
    if (times + settled > 0) forget()
  }, [times, settled])
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
