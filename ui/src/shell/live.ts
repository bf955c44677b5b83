import type { QueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { ExchangeSummary, StreamMessages } from '../../../simulator/surfaces/control/types.ts'
import { CONTROL_URL, isRefused } from './api.ts'
import { type Batch, createBatch } from './batch.ts'
import { mergeEvents, mergeExchanges } from './merge.ts'
import { keys } from './queries.ts'

/** `lost`: the simulator does not answer; the connection is being tried again. */
export type LiveState = 'connecting' | 'live' | 'lost'

/** Milliseconds in which messages are gathered before the page is drawn. */
const GATHER = 100
/** Milliseconds until a stream that the browser has given up is opened again. */
const REOPEN = 1_000

type Message = {
  [K in keyof StreamMessages]: { readonly kind: K; readonly data: StreamMessages[K] }
}[keyof StreamMessages]

/** Keeps the query caches up to date from the one stream of the control API, for as long as the component lives. */
export function useLive(client: QueryClient): LiveState {
  const [state, setState] = useState<LiveState>('connecting')
  useEffect(() => connect(client, setState), [client])
  return state
}

function connect(client: QueryClient, report: (state: LiveState) => void): () => void {
  const batch = createBatch<Message>((messages) => apply(client, messages), scheduler(client))
  let source: EventSource
  let timer: ReturnType<typeof setTimeout> | undefined
  const open = () => {
    source = new EventSource(`${CONTROL_URL}/stream`)
    source.onopen = () => {
      report('live')
      // What happened while nobody listened, or before a restart, is only known by asking again.
      batch.clear()
      void client.invalidateQueries()
    }
    source.onerror = () => {
      report('lost')
      // After a network error the browser reconnects by itself; after an HTTP error it does not.
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(open, REOPEN)
    }
    listen(source, batch)
  }
  open()
  return () => {
    clearTimeout(timer)
    source.close()
    batch.clear()
  }
}

function listen(source: EventSource, batch: Batch<Message>): void {
  const kinds = ['event', 'exchange', 'fault'] satisfies (keyof StreamMessages)[]
  for (const kind of kinds) {
    source.addEventListener(kind, ({ data }) => batch.add({ kind, data: JSON.parse(data) } as Message))
  }
}

/** Waits while a query is under way: its answer may be older than the messages, and would overwrite them. */
function scheduler(client: QueryClient): (run: () => void) => void {
  const schedule = (run: () => void) => {
    setTimeout(() => (client.isFetching() > 0 ? schedule(run) : run()), GATHER)
  }
  return schedule
}

function apply(client: QueryClient, messages: readonly Message[]): void {
  const events = messages.flatMap((message) => (message.kind === 'event' ? [message.data] : []))
  const exchanges = messages.flatMap((message) => (message.kind === 'exchange' ? [message.data] : []))
  if (messages.some((message) => message.kind === 'fault')) void client.invalidateQueries({ queryKey: keys.faults })
  if (exchanges.some(({ surface }) => surface === 'pit')) void client.invalidateQueries({ queryKey: keys.patients })
  client.setQueryData(keys.events, mergeEvents(events))
  client.setQueryData(keys.exchanges, mergeExchanges(exchanges))
  client.setQueryData(keys.refused, mergeExchanges(exchanges.filter(isRefused)))
  for (const event of events) void client.invalidateQueries({ queryKey: keys.event(event.type, event.id) })
  for (const reference of new Set(exchanges.flatMap(eventsOf))) {
    const key = keys.exchangesOf(reference)
    if (client.getQueryData(key) === undefined) continue
    client.setQueryData(key, mergeExchanges(exchanges.filter((exchange) => eventsOf(exchange).includes(reference))))
  }
}

/** The events that an exchange made, touched or handed out. */
function eventsOf({ event, events = [] }: ExchangeSummary): readonly string[] {
  return event === null ? events : [event, ...events]
}
