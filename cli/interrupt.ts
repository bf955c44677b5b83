import { createContext, Script } from 'node:vm'
import { Interrupted } from '../scenarios/runner/bounded.ts'

/** Milliseconds that an expression of a pack may take: the slowest of those that are shipped takes less than 100. */
const MOST = 5_000

const CALL = new Script('work()')

/** Runs work, and interrupts it where it does not end; the engine does that in the middle of a regular expression too. */
export function interrupting<T>(work: () => T): T {
  try {
    return CALL.runInContext(createContext({ work }), { timeout: MOST }) as T
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw new Interrupted(MOST)
    throw error
  }
}
