import type { Aside } from './aside.ts'
import type { Clock } from './clock.ts'
import type { SigningKeys } from './keys.ts'

/** One request that was refused, for whoever watches the console. Masked, as all that is kept. */
export interface Refusal {
  /** Absent where no surface was called. */
  readonly surface?: string
  readonly status: number
  readonly client?: string
  /** The first rule that refused it, and what that says. */
  readonly rule: string
  readonly message: string
  /** How many other issues there are. */
  readonly more: number
  /** Where the dashboard shows the exchange. */
  readonly link?: string
}

/** What the platform gives a simulator: all of it has a default that needs no platform. */
export interface Platform {
  readonly keys?: SigningKeys
  /** The clock of the default sandbox. */
  readonly clock?: Clock
  /** The machine's time in milliseconds, which the clocks of all other sandboxes start from. */
  readonly wall?: () => number
  /** Is told each refusal. */
  readonly refused?: (refusal: Refusal) => void
  /** How to call a vendor's own EHR; without it, such a call fails. */
  readonly outbound?: (request: Request) => Promise<Response>
  /** Where large bodies are judged; without it, whoever else asks has to wait for them. */
  readonly aside?: Aside
}
