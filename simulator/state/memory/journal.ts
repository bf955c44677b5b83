import type { Issue } from '../../rules/issue.ts'
import type { Verdicts } from '../../rules/verdicts.ts'
import { type ExchangeFilter, matches } from './journal-query.ts'

/**
 * How one step of an exchange ended. `injected`: a fault fired in it, whether it then went on or not. `switched-off`: it
 * would have stopped, or been waived, by rules that are switched off. `not-reached` steps are those that a stop kept from
 * running.
 */
export type StepOutcome = 'passed' | 'stopped' | 'waived' | 'switched-off' | 'injected' | 'not-reached'

/** A fault that fired in an exchange. */
export interface Injection {
  /** Id of the fault. */
  readonly fault: string
  /** The effect in a few words, with what was drawn: `latency 312 ms`. */
  readonly effect: string
  readonly step: string
}

/** One named step that a request went through. */
export interface Step {
  readonly name: string
  readonly outcome: StepOutcome
  /** Wall time in milliseconds. */
  readonly milliseconds: number
  /** The rules that stopped it, that `--auth relaxed` waived, or that are switched off and would have. */
  readonly rules: readonly string[]
}

/** A body as the journal keeps it: masked, and cut at a limit that is stated. */
export interface CapturedBody {
  readonly text: string
  readonly capturedBytes: number
  readonly totalBytes: number
}

/** Who called, as far as the token told. */
export interface ExchangeCaller {
  readonly clientId?: string
  readonly clientName?: string
  readonly municipality?: string
}

/** One request and its response, with the steps in between. */
export interface Exchange {
  /** Grows by one with each exchange of the sandbox. */
  readonly sequence: number
  readonly id: string
  readonly surface: string
  /** ISO 8601, UTC. */
  readonly time: string
  readonly milliseconds: number
  readonly request: {
    readonly method: string
    readonly url: string
    readonly headers: readonly (readonly [string, string])[]
    readonly body?: CapturedBody
  }
  readonly response: {
    /** 0: a fault reset the connection, and the client got no answer. */
    readonly status: number
    readonly headers: readonly (readonly [string, string])[]
    readonly body?: CapturedBody
  }
  readonly steps: readonly Step[]
  /** Why it was refused; empty when it was not. */
  readonly issues: readonly Issue[]
  /** What both validators say of a body that JFT refused, VKP's corrections, and what JFT says after them. */
  readonly verdicts?: Verdicts
  /** What did not stop the request but deserves a look; under `--auth relaxed` also what the real service refuses. */
  readonly warnings: readonly Issue[]
  readonly caller: ExchangeCaller
  /** The faults that fired in it; absent when none did. */
  readonly injected?: readonly Injection[]
  /** The exchange that this one is a leg of, as when VKP calls HelseID and JFT. */
  readonly parent?: string
  /** The event that the exchange made or touched, as `Type/id`. */
  readonly event?: string
  /**
   * The events that the answer to a search has, as `Type/id` in its order: what it would have had, where a fault broke it.
   * Absent where nothing was searched for.
   */
  readonly events?: readonly string[]
}

/** Which exchanges a list has. */
export interface JournalQuery extends ExchangeFilter {
  readonly limit: number
  /** Only those with a smaller sequence number. */
  readonly before?: number
}

/** A ring of exchanges that is bounded in bytes: the oldest are dropped, and counted. */
export interface Journal {
  /** The id for an exchange that begins now: `x1`, `x2`, … */
  open(): string
  /** Adds an exchange under the next sequence number, and tells the subscribers. */
  record(exchange: Omit<Exchange, 'sequence'>): Exchange
  find(id: string): Exchange | undefined
  /** Newest first. */
  list(query: JournalQuery): readonly Exchange[]
  /** How many of the exchanges that are kept match. */
  count(filter: ExchangeFilter): number
  /** Oldest first, those after `sequence`; for a reader that was away. */
  since(sequence: number): readonly Exchange[]
  /** Tells each exchange from now on; `closed` is called when no more will come. Gives the way to unsubscribe. */
  subscribe(listener: (exchange: Exchange) => void, closed?: () => void): () => void
  /** Ends all subscriptions: the sandbox was reset or deleted. */
  close(): void
  clear(): void
  readonly usage: {
    readonly exchanges: number
    readonly bytes: number
    readonly dropped: number
    readonly maxBytes: number
  }
}

/** What an exchange costs beside its texts: objects, names, numbers. */
const OVERHEAD = 3_000

/** Creates a journal that keeps about `maxBytes` of exchanges. */
export function createJournal(maxBytes: number): Journal {
  const byId = new Map<string, { exchange: Exchange; bytes: number }>()
  const listeners = new Map<(exchange: Exchange) => void, () => void>()
  let opened = 0
  let sequence = 0
  let bytes = 0
  let dropped = 0

  const makeRoom = () => {
    for (const [id, entry] of byId) {
      if (bytes <= maxBytes || byId.size === 1) return
      byId.delete(id)
      bytes -= entry.bytes
      dropped += 1
    }
  }
  return {
    open() {
      opened += 1
      return `x${opened}`
    },
    record(draft) {
      sequence += 1
      const exchange: Exchange = { sequence, ...draft }
      const size = sizeOf(exchange)
      byId.set(exchange.id, { exchange, bytes: size })
      bytes += size
      makeRoom()
      for (const listener of listeners.keys()) listener(exchange)
      return exchange
    },
    find: (id) => byId.get(id)?.exchange,
    list({ limit, before = Number.POSITIVE_INFINITY, ...filter }) {
      const newestFirst = [...byId.values()].reverse().map((entry) => entry.exchange)
      return newestFirst.filter((one) => one.sequence < before && matches(one, filter)).slice(0, limit)
    },
    count: (filter) => [...byId.values()].filter(({ exchange }) => matches(exchange, filter)).length,
    since: (after) => [...byId.values()].map((entry) => entry.exchange).filter((one) => one.sequence > after),
    subscribe(listener, closed = () => {}) {
      listeners.set(listener, closed)
      return () => void listeners.delete(listener)
    },
    close() {
      for (const closed of listeners.values()) closed()
      listeners.clear()
    },
    clear() {
      byId.clear()
      bytes = 0
      dropped = 0
    },
    get usage() {
      return { exchanges: byId.size, bytes, dropped, maxBytes }
    },
  }
}

function sizeOf(exchange: Exchange): number {
  const { request, response, issues, verdicts, events = [] } = exchange
  const headers = [...request.headers, ...response.headers].reduce((sum, [, value]) => sum + value.length + 32, 0)
  const bodies = (request.body?.text.length ?? 0) + (response.body?.text.length ?? 0)
  const judged = verdicts === undefined ? 0 : JSON.stringify(verdicts).length
  const handedOut = events.reduce((sum, event) => sum + event.length + 32, 0)
  return OVERHEAD + request.url.length + headers + bodies + judged + handedOut + issues.length * 400
}
