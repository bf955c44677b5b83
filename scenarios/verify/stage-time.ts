import { sleep } from '../runner/place.ts'

/** The time in which a program is watched. */
export interface StageTime {
  /** Milliseconds since the epoch, by the sandbox's clock. */
  now(): number
  sleep(milliseconds: number): Promise<void>
  /** Does something during which no other time goes by than what it takes. */
  during<T>(work: () => Promise<T>): Promise<T>
  /** How long an exchange took, of which the journal says so many milliseconds of the machine. */
  lasted(milliseconds: number): number
}

/** The machine's own. */
export const MACHINE_TIME: StageTime = {
  now: Date.now,
  sleep,
  during: (work) => work(),
  lasted: (milliseconds) => milliseconds,
}
