import { formatStamp } from '../../ground/clock.ts'
import { serviceOf } from '../../ground/surfaces.ts'
import type { Answer } from '../../http/answer.ts'
import type { Context } from '../../http/context.ts'
import { describeEffect, type Fault } from '../../rules/faults/faults.ts'
import { explain } from '../../rules/operation-outcome.ts'
import type { StoredEvent } from '../../state/memory/events.ts'
import type { FaultChange } from '../../state/memory/faults.ts'
import type { Exchange } from '../../state/memory/journal.ts'
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
  const { journal, events, faults, clock } = ctx.world
  const encoder = new TextEncoder()
  const seen = Number(ctx.request.headers.get('last-event-id') ?? Number.NaN)
  const stops: (() => void)[] = []
  const stop = () => {
    for (const end of stops.splice(0)) end()
  }
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const send = (text: string) => {
          const chunk = encoder.encode(text)
          if ((controller.desiredSize ?? 0) > 0) controller.enqueue(chunk)
          else end()
        }
        const end = () => {
          stop()
          controller.close()
        }
        send('retry: 1000\n\n')
        if (!Number.isNaN(seen)) for (const missed of journal.since(seen)) send(exchangeMessage(missed))
        stops.push(journal.subscribe((exchange) => send(exchangeMessage(exchange)), end))
        stops.push(events.subscribe((event) => send(message('event', eventSummary(event, clock.micros())))))
        const ofFault = ({ change, fault, exchange }: FaultChange) =>
          send(message('fault', { change, fault: faultInfo(fault), exchange: exchange ?? null }))
        stops.push(faults.subscribe(ofFault))
        ctx.request.signal.addEventListener('abort', stop)
      },
      cancel: stop,
    },
    new ByteLengthQueuingStrategy({ highWaterMark: BACKLOG }),
  )
  return { status: 200, headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' }, body }
}

function exchangeMessage(exchange: Exchange): string {
  return `id: ${exchange.sequence}\n${message('exchange', exchangeSummary(exchange))}`
}

function message<K extends keyof StreamMessages>(name: K, data: StreamMessages[K]): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`
}
