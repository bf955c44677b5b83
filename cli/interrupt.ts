import { createContext, Script } from 'node:vm'
import { type Bound, Interrupted } from '../scenarios/runner/bounded.ts'

/** Milliseconds that an expression of a pack may take: those that are shipped take less than 100, on a machine that is idle. */
const MOST = 10_000

const CALL = new Script('work()')
const HOLDER: { work: () => unknown } = { work: () => undefined }
const CONTEXT = createContext(HOLDER)

/** Runs work, and interrupts it where it does not end; the engine does that in the middle of a regular expression too. */
export function interruptingAfter(timeout = MOST): Bound {
  return <T>(work: () => T): T => {
    try {
      HOLDER.work = work
      return CALL.runInContext(CONTEXT, { timeout }) as T
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw new Interrupted(timeout)
      throw error
    }
  }
}
