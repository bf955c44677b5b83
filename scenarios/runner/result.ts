/** One request of a scenario and its answer, as reports show it: identity numbers masked, signatures cut off tokens. */
export interface RecordedExchange {
  /** What it was for: the step itself, or a token that the step needed. */
  readonly purpose: 'step' | 'token'
  readonly request: RecordedMessage & { readonly method: string; readonly url: string }
  /** Absent where the connection broke before there was a status. */
  readonly response?: RecordedMessage & { readonly status: number }
  /** Why there is no whole answer. */
  readonly broken?: string
  readonly milliseconds: number
  /** When it was sent, ISO 8601, UTC. */
  readonly at?: string
  /** Id in the simulator's journal, and where its dashboard shows it. */
  readonly exchange?: string
  readonly link?: string
  /** The steps that it went through and why it was refused, as the journal has them. */
  readonly journal?: JournalEntry
}

/** What a simulator's journal says of an exchange. */
export interface JournalEntry {
  readonly steps: readonly { readonly name: string; readonly outcome: string; readonly rules: readonly string[] }[]
  readonly issues: readonly JournalIssue[]
  readonly warnings: readonly JournalIssue[]
  /** Faults that fired in it, in words. */
  readonly injected: readonly string[]
}

/** Why an exchange was refused, or what was worth a look. */
export interface JournalIssue {
  readonly rule: string
  readonly message: string
  readonly certainty: string
  readonly source: string
  readonly fix: string
  readonly expression?: string
  readonly pointer?: string
  readonly line?: number
  readonly column?: number
}

/** Headers in the order in which they were sent, and the body as text. */
export interface RecordedMessage {
  readonly headers: readonly (readonly [string, string])[]
  readonly body?: string
}

/** One expectation that was not met. */
export interface Failure {
  /** What was looked at, for example `status` or `body entry.count()`. */
  readonly what: string
  readonly expected: unknown
  readonly actual: unknown
}

/** How a step ended. `not-reached`: a step before it failed. */
export type PlayedStepOutcome = 'passed' | 'failed' | 'not-reached'

/** One step of a scenario that was run. */
export interface StepResult {
  readonly name: string
  /** In the pack's file, from 1. */
  readonly line: number
  readonly outcome: PlayedStepOutcome
  readonly milliseconds: number
  readonly exchanges: readonly RecordedExchange[]
  readonly failures: readonly Failure[]
  /** Expectations that only a simulator can answer, and that this target left open. */
  readonly unchecked: readonly string[]
}

/** One scenario that was run, or why it was not. */
export interface ScenarioResult {
  readonly pack: string
  readonly id: string
  readonly title: string
  readonly party: string
  readonly proves: readonly string[]
  readonly file: string
  readonly line: number
  /** 1 for the first run; more where a run repeats. */
  readonly attempt: number
  readonly seed: string
  readonly outcome: 'passed' | 'failed' | 'skipped'
  /** Of what it was to prove, what a failure shows to be broken; all where that is not said. */
  readonly breaks?: readonly string[]
  /** The command that runs it again; that of a shipped pack at the built-in simulator where it is absent. */
  readonly again?: string
  /** It waited for a client of the vendor's own: what clients owe was looked at. */
  readonly judgesClient?: true
  /** Why it was skipped, or what broke it beside an expectation. */
  readonly reason?: string
  readonly milliseconds: number
  /** When it began, in milliseconds since the epoch. */
  readonly began?: number
  readonly sandbox?: string
  readonly steps: readonly StepResult[]
  /** Rules that its exchanges were refused or warned by; empty without a simulator's journal. */
  readonly rules: readonly string[]
}

/** A program that was judged: how it ended, and what keeps a verdict from being good although no requirement is broken. */
export interface ProgramResult {
  /** Who ended it and why, in a sentence; the last line that it wrote to standard error. */
  readonly ended: string
  readonly lastError?: string
  /** What it is to blame for beside requirements: nothing was done, an exit code, a signal. */
  readonly blame: readonly string[]
  /** What was to happen to it and did not, so that the verdict is not on all. */
  readonly missing: readonly string[]
}

/** A whole run. */
export interface RunResult {
  /** The simulator itself or another environment; a program where there is a `program`. */
  readonly tested?: 'simulator' | 'target'
  /** Surfaces of the target that could not be reached, each with the reason. */
  readonly unreached?: readonly string[]
  /** Absent where no program was started. */
  readonly program?: ProgramResult
  readonly target: string
  /** Of the simulator; absent for another target. */
  readonly version?: string
  readonly seed: string
  /** ISO 8601, UTC. */
  readonly started: string
  readonly milliseconds: number
  readonly scenarios: readonly ScenarioResult[]
}
