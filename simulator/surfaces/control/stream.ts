import { formatStamp } from '../../ground/clock.ts'
import { serviceOf } from '../../ground/surfaces.ts'
import { maskText } from '../../ground/text/mask/mask.ts'
import type { Answer } from '../../http/answer.ts'
import type { Context } from '../../http/context.ts'
import { describeEffect, type Fault } from '../../rules/faults/faults.ts'
import { explain } from '../../rules/operation-outcome.ts'
import type { Exchange } from '../../state/exchange.ts'
import type { Journal } from '../../state/ports.ts'
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

/** Bytes of older exchanges that a reader who comes back is sent, so that there is room for what happens meanwhile. */
const CATCH_UP = BACKLOG / 2

/**
 * `GET /_sim/stream`: exchanges and events as server-sent events (HTML standard, 9.2). The id of a message is the
 * sequence number of an exchange, so a reader that comes back with `Last-Event-ID` gets what it missed, as far as it is
 * still kept and fits; a message `missed` has the number of the others.
 */
export async function stream(ctx: Context): Promise<Answer> {
  let leave = () => {}
  const body = new ReadableStream<Uint8Array>(
    {
      async start(controller) {
        const wire = openWire(controller)
        leave = wire.leave
        wire.send('retry: 1000\n\n')
        const exchanges = inOrder(wire.send)
        wire.onEnd(follow(ctx.world, wire, exchanges.add))
        ctx.request.signal.addEventListener('abort', wire.end)
        await catchUp(ctx, wire.send, exchanges.pass)
        exchanges.caughtUp()
      },
      cancel: () => leave(),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: BACKLOG }),
  )
  return { status: 200, headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' }, body }
}

interface Wire {
  readonly send: (text: string) => void
  /** Ends the stream. */
  readonly end: () => void
  /** The reader has ended it. */
  readonly leave: () => void
  /** What is to be done when it ends; at once, where it has. */
  readonly onEnd: (stop: () => void) => void
}

/** Sends text, and ends the connection of a reader for whom too much waits. Once it has ended, nothing more is done. */
function openWire(controller: ReadableStreamDefaultController<Uint8Array>): Wire {
  const encoder = new TextEncoder()
  let open = true
  let stop = () => {}
  const leave = () => {
    open = false
    stop()
  }
  const end = () => {
    if (!open) return
    leave()
    controller.close()
  }
  return {
    end,
    leave,
    onEnd(how) {
      stop = how
      if (!open) stop()
    },
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

/** What a reader missed since the id that it names: the number of those that it cannot get, then the others. */
async function catchUp(
  { request, world: { state } }: Context,
  send: Wire['send'],
  pass: (exchange: Exchange) => void,
): Promise<void> {
  const named = request.headers.get('last-event-id')
  if (named === null || !/^\d+$/.test(named)) return
  const { exchanges, dropped } = await state.journal.usage()
  // A number beyond the newest is of the journal before a reset: all of this one is new to the reader.
  const seen = Number(named) > exchanges + dropped ? 0 : Number(named)
  const kept = await newestSince(state.journal, seen)
  const missed = exchanges + dropped - seen - kept.length
  if (missed > 0) send(message('missed', { missed }))
  for (const exchange of kept) pass(exchange)
}

/** The newest exchanges after a sequence number, oldest first: as many as fit. */
async function newestSince(journal: Journal, seen: number): Promise<readonly Exchange[]> {
  const kept: { readonly exchange: Exchange; readonly size: number }[] = []
  let size = 0
  for await (const exchange of journal.since(seen)) {
    const own = exchangeMessage(exchange).length
    kept.push({ exchange, size: own })
    size += own
    while (size > CATCH_UP) size -= kept.shift()?.size ?? 0
  }
  return kept.map(({ exchange }) => exchange)
}

/** Exchanges in their order, each once: those that come while older ones are read wait for these. */
function inOrder(send: (text: string) => void) {
  let last = 0
  let waiting: Exchange[] | undefined = []
  const pass = (exchange: Exchange) => {
    if (exchange.sequence <= last) return
    last = exchange.sequence
    send(exchangeMessage(exchange))
  }
  return {
    pass,
    add: (exchange: Exchange) => void (waiting ? waiting.push(exchange) : pass(exchange)),
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
