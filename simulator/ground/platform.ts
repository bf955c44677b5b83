import type { Clock } from './clock.ts'
import type { SigningKeys } from './keys.ts'

/** What the platform gives a simulator: all of it has a default that needs no platform. */
export interface Platform {
  readonly keys?: SigningKeys
  /** The clock of the default sandbox. */
  readonly clock?: Clock
  /** The machine's time in milliseconds, which the clocks of all other sandboxes start from. */
  readonly wall?: () => number
  /** How to call a vendor's own EHR; without it, such a call fails. */
  readonly outbound?: (request: Request) => Promise<Response>
}
