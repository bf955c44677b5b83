import { z } from 'zod'
import { duration } from '../../ground/text/duration.ts'
import { type Answer, json } from '../../http/answer.ts'
import type { Context } from '../../http/context.ts'
import { readJsonAs } from '../../http/json-body.ts'
import { Rejection } from '../../http/rejection.ts'
import { issueOf } from '../../rules/catalogue.ts'
import type { ClockReading } from './types.ts'

const time = z.iso.datetime({ offset: true })

export const clockSchema = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('frozen'), at: time.optional() }),
  z.strictObject({
    mode: z.literal('running'),
    at: time.optional(),
    rate: z.number().positive().max(100_000).default(1),
  }),
  z.strictObject({ mode: z.literal('machine') }),
])

/** `GET /_sim/clock`. */
export async function readClock(ctx: Context): Promise<Answer> {
  return json(200, reading(ctx))
}

/** `PUT /_sim/clock`: freezes it, lets it run at a rate from a time, or puts it back to the machine's. */
export async function setClock(ctx: Context): Promise<Answer> {
  const wanted = await readJsonAs(ctx, clockSchema)
  await ctx.world.time.set((clock) => {
    if (wanted.mode === 'machine') clock.resume()
    else if (wanted.mode === 'frozen') clock.freeze(millisecondsOf(wanted.at))
    else clock.run(wanted.rate, millisecondsOf(wanted.at))
  })
  await ctx.world.state.faults.expire(ctx.world.time.clock.now())
  await ctx.world.robots.tick()
  return json(200, reading(ctx))
}

export const advanceSchema = z.strictObject({ by: duration })

/** `POST /_sim/clock/advance`: moves it, and lets the robots do what became due. */
export async function advanceClock(ctx: Context): Promise<Answer> {
  const { by } = await readJsonAs(ctx, advanceSchema)
  if (by < 0) {
    throw new Rejection(400, [issueOf('http-body', 'by: the clock goes forward only; set it with PUT /_sim/clock.')])
  }
  await ctx.world.time.set((clock) => clock.advance(by))
  await ctx.world.state.faults.expire(ctx.world.time.clock.now())
  await ctx.world.robots.tick()
  return json(200, reading(ctx))
}

function millisecondsOf(at: string | undefined): number | undefined {
  return at === undefined ? undefined : Date.parse(at)
}

/** The time as every check has it. */
function reading({ world }: Context): ClockReading {
  const { clock } = world.time
  const { frozen, rate } = clock.state
  return { mode: frozen ? 'frozen' : 'running', now: new Date(clock.now()).toISOString(), rate }
}
