import type { ExplainedIssue } from '../../rules/operation-outcome.ts'
import type { ExchangeSummary } from './types.ts'

/** Why requests were refused: the same rule at the same element. */
export interface CauseEntry {
  /** The rule and the place without indexes; stays the same while exchanges come and go. */
  readonly key: string
  readonly rule: string
  /** FHIRPath without indexes: `Bundle.entry.resource.author`; `null` where the issue has no place. */
  readonly place: string | null
  /** As the best request has it. */
  readonly issue: ExplainedIssue
  /** How many errors there were; one request can have many. */
  readonly count: number
  readonly requests: number
  /** The request that shows it best: the newest of those with the fewest other errors. */
  readonly best: string
  readonly status: number
  /** Times of the first and the last refusal. */
  readonly first: string
  readonly last: string
  readonly vendors: readonly string[]
  /** The newest requests, each once: at most `CAUSE_MARKS`. */
  readonly newest: readonly { readonly id: string; readonly time: string }[]
}

/** `GET /_sim/causes`: the cause with the newest refusal first. A leg is not counted where its own request has the cause, too. */
export interface CauseList {
  readonly causes: readonly CauseEntry[]
  /** Refusals that name no rule, newest first: at most a hundred. */
  readonly bare: readonly ExchangeSummary[]
  /** How many refused requests match, and how many there are. */
  readonly matching: number
  readonly refused: number
}

/** `GET /_sim/figures`: by the sandbox's clock. */
export interface Figures {
  /** The last thirty minutes, oldest first; times are milliseconds since the epoch. */
  readonly minutes: readonly { readonly start: number; readonly events: number; readonly refused: number }[]
  /** Of how many of the newest events the figures are, and how many there are. */
  readonly of: number
  readonly events: number
  /** Seconds from registered to acknowledged; `null` where none is acknowledged. */
  readonly waits: { readonly median: number; readonly slowest: number } | null
  /** Neither read nor failed; read and not acknowledged; failed. */
  readonly unread: number
  readonly unacknowledged: number
  readonly failed: number
}

/** `GET /_sim/trace`: oldest first. `matching`: how many there are, of which the first are listed. */
export interface TraceList {
  readonly exchanges: readonly ExchangeSummary[]
  readonly matching: number
}
