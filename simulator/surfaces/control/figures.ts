import { type Answer, json } from '../../http/answer.ts'
import type { Context } from '../../http/context.ts'
import { readNumbers } from '../../http/parameters.ts'
import type { StoredEvent } from '../../state/records.ts'
import { foundEvents, refusedExchanges } from './find.ts'
import type { Figures } from './found-types.ts'

const MINUTES = 30
const MINUTE = 60_000
/** Of how many of the newest events the figures are: they are asked for again and again. */
const MOST = 50_000

/** `GET /_sim/figures`: events and refusals of the last thirty minutes, and how far the events have come. */
export async function readFigures(ctx: Context): Promise<Answer> {
  readNumbers(ctx, {})
  const { events, journal } = ctx.world.state
  const { clock } = ctx.world.time
  const first = Math.floor(clock.now() / MINUTE) - MINUTES + 1
  const counts = emptyMinutes(first)
  const tally = createTally()
  for await (const event of foundEvents(events, [], clock.micros())) {
    if (tally.of === MOST) break
    tally.add(event)
    counts.add('events', Math.floor(event.registered / 1_000 / MINUTE))
  }
  for await (const { time } of refusedExchanges(journal)) {
    const minute = Math.floor(Date.parse(time) / MINUTE)
    if (minute < first) break
    counts.add('refused', minute)
  }
  const { records } = await events.usage()
  return json(200, { minutes: counts.minutes, events: records, ...tally.result() } satisfies Figures)
}

function emptyMinutes(first: number) {
  const minutes = Array.from({ length: MINUTES }, (_, at) => ({ start: (first + at) * MINUTE, events: 0, refused: 0 }))
  return {
    minutes,
    add(kind: 'events' | 'refused', minute: number) {
      const bar = minutes[minute - first]
      if (bar) bar[kind] += 1
    },
  }
}

function createTally() {
  const seconds: number[] = []
  const counts = { of: 0, unread: 0, unacknowledged: 0, failed: 0 }
  return {
    get of() {
      return counts.of
    },
    add({ registered, read, acknowledged, failed }: StoredEvent) {
      counts.of += 1
      if (acknowledged !== null) seconds.push((acknowledged - registered) / 1_000_000)
      else if (failed !== null) counts.failed += 1
      else if (read === null) counts.unread += 1
      else counts.unacknowledged += 1
    },
    result: () => ({ ...counts, waits: waitsOf(seconds) }),
  }
}

function waitsOf(seconds: number[]): Figures['waits'] {
  seconds.sort((one, other) => one - other)
  const median = seconds[Math.floor(seconds.length / 2)]
  const slowest = seconds.at(-1)
  return median === undefined || slowest === undefined ? null : { median, slowest }
}
