import type { Issue } from '../rules/issue.ts'
import type { Verdicts } from '../rules/verdicts.ts'

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
    /** How many numbers of the real series it had, which are masked here; absent where there was none. */
    readonly realNumbers?: number | undefined
  }
  readonly response: {
    /** 0: a fault reset the connection, and the client got no answer. */
    readonly status: number
    readonly headers: readonly (readonly [string, string])[]
    readonly body?: CapturedBody
    /** The client ended its connection before it had the whole answer; absent where it is not known to have. */
    readonly unheard?: true
  }
  readonly steps: readonly Step[]
  /** Why it was refused; empty when it was not. */
  readonly issues: readonly Issue[]
  /** How many more there are; absent when there are none. */
  readonly moreIssues?: number
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
