import type { Simulator } from '../index.ts'

/** Milliseconds between two looks at what is due by the simulator's clock. */
const TICK = 500

/** From now on, lets the robots of every sandbox do what is due, and ends the faults that have expired. Returns the stop. */
export function keepTicking({ sandboxes }: Simulator): () => void {
  const tick = async () => {
    for (const { robots, state, time } of await sandboxes.list()) {
      await state.faults.expire(time.clock.now())
      void robots.tick()
    }
  }
  const ticking = setInterval(() => void tick(), TICK)
  return () => clearInterval(ticking)
}
