import type { Place } from '../../runner/place.ts'
import type { StageTime } from '../stage-time.ts'

/** When a sandbox of a test begins. */
export const BEGINNING = '2026-03-02T12:00:00Z'

interface Sleeper {
  readonly at: number
  readonly wake: () => void
}

/** A time that is not the machine's, and a machine in it that may stand still. */
export interface VirtualTime extends StageTime {
  readonly end: () => void
  /** Nobody wakes for so long; then all do that should have. */
  readonly holdUp: (milliseconds: number) => void
}

/**
 * A time that stands still while anybody works, and continues to the next one who wakes when all sleep: programs wait for
 * minutes and the test for nothing, and a busy machine changes no order.
 */
export function virtualTime({ clock }: Pick<Place, 'clock'>): VirtualTime {
  let now = clock.now()
  let busy = 0
  let isRunning = false
  let isOver = false
  let heldUntil = now
  const sleepers: Sleeper[] = []
  /** The sandbox may be gone when the program is. */
  const advance = (milliseconds: number) =>
    clock.change('POST', '/clock/advance', { by: `PT${milliseconds / 1000}S` }).catch((error: unknown) => {
      if (!isOver) throw error
    })
  const run = async () => {
    while (sleepers.length > 0 && !isOver) {
      await settled()
      if (isOver) return
      if (busy > 0) continue
      sleepers.sort((one, other) => one.at - other.at)
      const at = Math.max(sleepers[0]?.at ?? now, heldUntil)
      if (at > now) await advance(at - now)
      now = Math.max(now, at)
      const due = sleepers.findIndex((one) => one.at > at)
      for (const { wake } of sleepers.splice(0, due < 0 ? sleepers.length : due)) wake()
    }
    isRunning = false
  }
  return {
    now: () => now,
    lasted: () => 0,
    end() {
      isOver = true
    },
    holdUp(milliseconds) {
      heldUntil = now + milliseconds
    },
    async during(work) {
      busy += 1
      try {
        return await work()
      } finally {
        busy -= 1
      }
    },
    sleep(milliseconds) {
      return new Promise((wake) => {
        sleepers.push({ at: now + Math.max(Math.round(milliseconds), 1), wake })
        if (isRunning) return
        isRunning = true
        void run()
      })
    },
  }
}

/** Whoever was woken has gone on as far as to work, or to sleep. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate)
}
