/** How a process ended. */
export interface Exit {
  /** `null`: by a signal. */
  readonly code: number | null
  readonly signal: string | null
  /** The last line that it wrote to standard error. */
  readonly lastError?: string
}

/** Who ended a program under test: itself, or verify because nothing more happened, or because the time was over. */
export interface Ending {
  readonly by: 'program' | 'quiet' | 'time'
  /** What it had left behind when it ended on its own. */
  readonly exit?: Exit
  /** Milliseconds that verify had waited: without any progress, or altogether. */
  readonly after: number
}

/** Signals by the exit code that a shell has for a child of its that one ended. */
const SHELL_SIGNALS: Readonly<Record<number, string>> = {
  134: 'SIGABRT',
  137: 'SIGKILL',
  139: 'SIGSEGV',
  143: 'SIGTERM',
}

/** What ended a process, as people call it: `exit code 7`, `SIGKILL`. */
export function describeExit({ code, signal }: Exit): string {
  if (signal !== null) return signal
  const known = code === null ? undefined : SHELL_SIGNALS[code]
  return known === undefined ? `exit code ${code}` : `exit code ${code}, which is ${known}`
}

/** One sentence: who ended it, and why. */
export function describeEnding({ by, exit, after }: Ending): string {
  const seconds = `${Number((after / 1000).toFixed(1))} s`
  if (by === 'quiet') return `It was ended by verify, after ${seconds} in which nothing new happened.`
  if (by === 'time') return `Time was over: it was ended by verify after ${seconds}. Give it more with --within.`
  return exit === undefined ? 'It ended on its own.' : `It ended on its own: ${describeExit(exit)}.`
}
