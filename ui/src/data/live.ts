import type { Query, QueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { takenBy } from '../../../simulator/ground/surfaces.ts'
import type { StreamMessages } from '../../../simulator/surfaces/control/types.ts'
import { api, CONTROL_URL, ControlError, isRefused } from './api.ts'
import { type Batch, createBatch } from './batch.ts'
import { mergeEvents, mergeExchanges } from './merge.ts'
import { keys } from './queries.ts'

/**
 * `lost`: the simulator does not answer; `gone`: it does, and has no such sandbox; `refused`: it wants an admin token;
 * `failed`: it answers with another error. All are tried again.
 */
export type LiveState = 'connecting' | 'live' | 'lost' | 'gone' | 'refused' | 'failed'

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
  const findAgain = createFinder(client)
  const change = (messages: readonly Message[]) => {
    apply(client, messages)
    findAgain()
  }
  const batch = createBatch<Message>(change, scheduler(client))
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
      void whyNot().then(report)
      // After a network error the browser reconnects on its own; after an HTTP error it does not.
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

/** An `EventSource` does not tell an answer that is an error from none. */
async function whyNot(): Promise<LiveState> {
  const error: unknown = await api.info().then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof ControlError)) return 'lost'
  if (error.status === 401 || error.status === 403) return 'refused'
  return error.status === 404 ? 'gone' : 'failed'
}

/** Milliseconds after what the server found until it is asked again. */
const AGAIN = 1_000

/** Asks for what the server counts and finds, after the last answer to that, and not more often than it can be read. */
function createFinder(client: QueryClient): () => void {
  let waits = false
  const again = () => {
    // An answer that is under way may be older than what has happened.
    if (client.isFetching({ queryKey: keys.found }) > 0) return void setTimeout(again, AGAIN)
    waits = false
    void client.invalidateQueries({ queryKey: keys.found })
  }
  return () => {
    if (waits) return
    waits = true
    setTimeout(again, AGAIN)
  }
}

function listen(source: EventSource, batch: Batch<Message>): void {
  const kinds = ['event', 'exchange', 'fault'] satisfies (keyof StreamMessages)[]
  for (const kind of kinds) {
    source.addEventListener(kind, ({ data }) => batch.add({ kind, data: JSON.parse(data) } as Message))
  }
}

/** Whether messages are merged into what the query answers. */
function isMerged({ queryKey }: Query): boolean {
  return queryKey[0] !== keys.found[0]
}

/** Waits while a query is under way: its answer may be older than the messages, and would overwrite them. */
function scheduler(client: QueryClient): (run: () => void) => void {
  const schedule = (run: () => void) => {
    setTimeout(() => (client.isFetching({ predicate: isMerged }) > 0 ? schedule(run) : run()), GATHER)
  }
  return schedule
}

function apply(client: QueryClient, messages: readonly Message[]): void {
  const events = messages.flatMap((message) => (message.kind === 'event' ? [message.data] : []))
  const exchanges = messages.flatMap((message) => (message.kind === 'exchange' ? [message.data] : []))
  if (messages.some((message) => message.kind === 'fault')) void client.invalidateQueries({ queryKey: keys.faults })
  if (exchanges.some(({ surface }) => takenBy(surface) === 'patients'))
    void client.invalidateQueries({ queryKey: keys.patients })
  client.setQueryData(keys.events, mergeEvents(events))
  client.setQueryData(keys.exchanges, mergeExchanges(exchanges))
  client.setQueryData(keys.refused, mergeExchanges(exchanges.filter(isRefused)))
  for (const event of events) void client.invalidateQueries({ queryKey: keys.event(event.type, event.id) })
}
