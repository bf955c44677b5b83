import { formatStamp } from '../../ground/clock.ts'
import { serviceOf } from '../../ground/surfaces.ts'
import { maskText } from '../../ground/text/mask/mask.ts'
import type { Answer } from '../../http/answer.ts'
import type { Context } from '../../http/context.ts'
import { describeEffect, type Fault } from '../../rules/faults/faults.ts'
import { explain } from '../../rules/operation-outcome.ts'
import type { Exchange } from '../../state/exchange.ts'
import type { FaultChange, StoredEvent } from '../../state/records.ts'
import type { World } from '../../state/world.ts'
import type { EventSummary, ExchangeSummary, FaultInfo, StreamMessages } from './types.ts'

/** An event as lists and the stream show it. `now`: microseconds, decides whether it is registered yet. */
export function eventSummary(event: StoredEvent, now: number): EventSummary {
  const time = (micros: number | null) => (micros === null ? null : formatStamp(micros))
  return {
    id: event.id,
    type: event.type,
    kind: event.kind,
    municipality: event.municipality,
    clientId: event.clientId,
    clientName: event.clientName ?? null,
    sourceSystem: event.sourceSystem ?? null,
    lastUpdated: formatStamp(event.lastUpdated),
    registered: event.registered <= now ? formatStamp(event.registered) : null,
    read: time(event.read),
    acknowledged: time(event.acknowledged),
    failed: time(event.failed),
  }
}

/** An exchange as lists and the stream show it. */
export function exchangeSummary(exchange: Exchange): ExchangeSummary {
  const { request, response, caller, issues, warnings } = exchange
  const service = serviceOf(exchange.surface)
  return {
    sequence: exchange.sequence,
    id: exchange.id,
    surface: exchange.surface,
    time: exchange.time,
    milliseconds: exchange.milliseconds,
    method: request.method,
    url: request.url,
    status: response.status,
    clientName: caller.clientName ?? caller.clientId ?? null,
    municipality: caller.municipality ?? null,
    event: exchange.event ?? null,
    ...(exchange.events === undefined ? {} : { events: exchange.events }),
    parent: exchange.parent ?? null,
    steps: exchange.steps,
    issues: issues.map((issue) => explain(issue, service)),
    warnings: warnings.map((issue) => explain(issue, service)),
    injected: exchange.injected ?? [],
  }
}

/** A fault as lists and the stream show it. */
export function faultInfo(fault: Fault): FaultInfo {
  const { surface = null, step = null, seed = null, preset = null, note = null, created, expires, ...rest } = fault
  const summary = describeEffect(fault.effect)
  const times = { created: new Date(created).toISOString(), expires: new Date(expires).toISOString() }
  return { ...rest, surface, step, seed, preset, note, summary, ...times }
}

/** Bytes that may wait for a slow reader; past that the connection is ended, and the reader resumes by id. */
const BACKLOG = 1024 * 1024

/**
 * `GET /_sim/stream`: exchanges and events as server-sent events (HTML standard, 9.2). The id of a message is the
 * sequence number of an exchange, so a reader that comes back with `Last-Event-ID` misses none that is still kept.
 */
export async function stream(ctx: Context): Promise<Answer> {
  const seen = Number(ctx.request.headers.get('last-event-id') ?? Number.NaN)
  let stop = () => {}
  const body = new ReadableStream<Uint8Array>(
    {
      async start(controller) {
        const wire = openWire(controller, () => stop())
        wire.send('retry: 1000\n\n')
        const exchanges = inOrder(wire.send, seen)
        stop = follow(ctx.world, wire, exchanges.add)
        ctx.request.signal.addEventListener('abort', stop)
        if (!Number.isNaN(seen))
          for await (const missed of ctx.world.state.journal.since(seen)) exchanges.catchUp(missed)
        exchanges.caughtUp()
      },
      cancel: () => stop(),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: BACKLOG }),
  )
  return { status: 200, headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' }, body }
}

interface Wire {
  readonly send: (text: string) => void
  readonly end: () => void
}

/** Sends text, and ends the connection of a reader for whom too much waits. */
function openWire(controller: ReadableStreamDefaultController<Uint8Array>, stop: () => void): Wire {
  const encoder = new TextEncoder()
  let open = true
  const end = () => {
    stop()
    if (open) controller.close()
    open = false
  }
  return {
    end,
    send(text) {
      if (!open) return
      if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(text))
      else end()
    },
  }
}

/** What happens from now on, as messages. Gives the way to stop. */
function follow({ state, time }: World, { send, end }: Wire, ofExchange: (exchange: Exchange) => void): () => void {
  const ofFault = ({ change, fault, exchange }: FaultChange) =>
    send(message('fault', { change, fault: faultInfo(fault), exchange: exchange ?? null }))
  const stops = [
    state.journal.subscribe(ofExchange, end),
    state.events.subscribe(({ record }) => send(message('event', eventSummary(record, time.clock.micros())))),
    state.faults.subscribe(ofFault),
  ]
  return () => {
    for (const stop of stops.splice(0)) stop()
  }
}

/** Exchanges in their order, each once: those that come while older ones are read wait for these. */
function inOrder(send: (text: string) => void, seen: number) {
  let last = Number.isNaN(seen) ? 0 : seen
  let waiting: Exchange[] | undefined = []
  const pass = (exchange: Exchange) => {
    if (exchange.sequence <= last) return
    last = exchange.sequence
    send(exchangeMessage(exchange))
  }
  return {
    add: (exchange: Exchange) => void (waiting ? waiting.push(exchange) : pass(exchange)),
    catchUp: pass,
    caughtUp() {
      const late = waiting ?? []
      waiting = undefined
      for (const exchange of late) pass(exchange)
    },
  }
}

function exchangeMessage(exchange: Exchange): string {
  return `id: ${exchange.sequence}\n${message('exchange', exchangeSummary(exchange))}`
}

function message<K extends keyof StreamMessages>(name: K, data: StreamMessages[K]): string {
  return `event: ${name}\ndata: ${maskText(JSON.stringify(data))}\n\n`
}
