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

/** One request that a surface answered, for whoever measures it. Nothing of what was sent but the method and the path. */
export interface Answered {
  /** Name of the sandbox. */
  readonly sandbox: string
  readonly surface: string
  /** Of the exchange; `parent`: of the one that it is a leg of. */
  readonly id: string
  readonly parent?: string
  readonly method: string
  readonly path: string
  /** 0: a fault reset the connection. */
  readonly status: number
  /** What took how long, in milliseconds; steps follow each other. */
  readonly milliseconds: number
  readonly steps: readonly {
    readonly name: string
    readonly outcome: string
    readonly milliseconds: number
    readonly rules: readonly string[]
  }[]
  /** How the caller names its own trace (W3C Trace Context). */
  readonly traceparent: string | null
  readonly tracestate: string | null
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
  /** Is told each request that was answered by this process, and is in the journal. */
  readonly answered?: (answered: Answered) => void
  /** How to call a vendor's own EHR; without it, such a call fails. */
  readonly outbound?: (request: Request) => Promise<Response>
  /** Where large bodies are judged; without it, whoever else asks has to wait for them. */
  readonly aside?: Aside
}
