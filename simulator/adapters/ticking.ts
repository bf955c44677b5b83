import type { Simulator } from '../index.ts'

/** Milliseconds between two looks at what is due by the simulator's clock. */
const TICK = 500

/** From now on, lets the robots of every sandbox do what is due, and ends the faults that have expired. Returns the stop. */
export function keepTicking({ sandboxes, isInCharge }: Simulator): () => void {
  const tick = async () => {
    if (!(await isInCharge())) return
    for (const { robots, state, time } of await sandboxes.list()) {
      if (!state.faults.idle) await state.faults.expire(time.clock.now())
      void robots.tick()
    }
  }
  let running = false
  const run = async () => {
    if (running) return
    running = true
    // What cannot be done now, as where a database is away, is done with a later tick.
    await tick().catch(() => {})
    running = false
  }
  const ticking = setInterval(() => void run(), TICK)
  return () => clearInterval(ticking)
}
