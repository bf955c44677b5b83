import type { ExplainedIssue } from '../rules/operation-outcome.ts'
import type { Exchange, Step } from '../store/journal.ts'

/** An event as `GET /_sim/events` lists it. Times are ISO 8601 in UTC; `null`: has not happened. */
export interface EventSummary {
  readonly id: string
  readonly type: string
  readonly municipality: string
  readonly clientId: string
  readonly clientName: string | null
  readonly sourceSystem: string | null
  readonly lastUpdated: string
  readonly registered: string | null
  readonly read: string | null
  readonly acknowledged: string | null
  readonly failed: string | null
}

/** `GET /_sim/events`. */
export interface EventList {
  readonly events: readonly EventSummary[]
  readonly usage: { readonly events: number; readonly bytes: number; readonly maxBytes: number }
}

/** `GET /_sim/events/{type}/{id}`: the event with its text as the ReadAPI returns it. */
export interface EventDetail extends EventSummary {
  readonly resource: string
}

/** An exchange as `GET /_sim/exchanges` lists it. */
export interface ExchangeSummary {
  readonly sequence: number
  readonly id: string
  readonly surface: string
  readonly time: string
  readonly milliseconds: number
  readonly method: string
  readonly url: string
  readonly status: number
  readonly clientName: string | null
  readonly municipality: string | null
  readonly event: string | null
  /** The exchange that this one is a leg of. */
  readonly parent: string | null
  readonly steps: readonly Step[]
  readonly issues: readonly ExplainedIssue[]
  readonly warnings: readonly ExplainedIssue[]
}

/** `GET /_sim/exchanges`, newest first. `next`: the `before` of the page that follows, `null` at the end. */
export interface ExchangeList {
  readonly exchanges: readonly ExchangeSummary[]
  readonly next: number | null
  readonly usage: {
    readonly exchanges: number
    readonly bytes: number
    readonly dropped: number
    readonly maxBytes: number
  }
}

/** `GET /_sim/exchanges/{id}`: with headers and bodies, secrets cut out and identity numbers masked. */
export interface ExchangeDetail extends Omit<Exchange, 'issues' | 'warnings'> {
  readonly issues: readonly ExplainedIssue[]
  readonly warnings: readonly ExplainedIssue[]
}

/** The messages of `GET /_sim/stream`: the name of the server-sent event, and its data. */
export interface StreamMessages {
  readonly exchange: ExchangeSummary
  readonly event: EventSummary
}

/** `GET /_sim/info`: what is running. */
export interface Info {
  readonly name: string
  readonly version: string
  readonly environment: string
  readonly auth: string
  readonly origins: Readonly<Record<string, string>>
}
