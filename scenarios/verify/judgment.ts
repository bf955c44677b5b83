import type { Call, Evidence } from './evidence.ts'

/** One way in which the program broke a requirement, and the exchanges that show it. */
export interface Finding {
  readonly message: string
  readonly calls: readonly Call[]
  /**
   * It is shown by what did not happen, which says nothing where the time was over. `again`: what is shown was not made
   * again. `all`: of all that there was to do something is missing, which also says nothing where the program stopped at
   * something else.
   */
  readonly absent?: 'again' | 'all'
}

/** What could not be told, since times were measured on a machine that stood still meanwhile. */
export interface Unclear {
  readonly unclear: string
}

/** What a judgment came to. `exercised`: how many of the program's acts it looked at; 0: nothing to judge. */
export interface Judgment {
  readonly exercised: number
  readonly findings: readonly Finding[]
  /** What was not looked at, where nothing was found. */
  readonly note?: string
  /** Why it says nothing where nothing was found. */
  readonly unclear?: string | undefined
}

/** Holds evidence against one requirement. */
export type Judge = (evidence: Evidence) => Judgment

/** Exchanges that a finding shows at the most. */
const SHOWN = 5

/** A judgment on each of several acts: what `wrong` says of one is a finding, or that it cannot be told. */
export function each<T>(acts: readonly T[], wrong: (act: T) => Finding | Unclear | undefined): Judgment {
  const said = acts.flatMap((act) => wrong(act) ?? [])
  const findings = said.filter((one): one is Finding => 'message' in one)
  const unclear = said.find((one): one is Unclear => 'unclear' in one)?.unclear
  return { exercised: acts.length, findings, unclear }
}

/** What is said of a time that would have to be measured to so many milliseconds. */
export function unclear(what: string, blurred: number): Unclear {
  return {
    unclear: `${what}, and that could not be measured: this machine stood still for some ${blurred} ms meanwhile.`,
  }
}

/** Requests that an absence is shown by: the last of those that it could have been in. */
const LAST = 3

/** A judgment on things of which some are missing, in none of the requests. A program that asked nothing is not judged. */
export function absence(asked: readonly Call[], due: number, missing: readonly string[], message: string): Judgment {
  const findings = missing.length === 0 ? [] : [{ message, calls: asked.slice(-LAST), absent: 'all' } as const]
  return { exercised: asked.length === 0 ? 0 : due, findings }
}

/** Findings of the same kind as one, with the first exchanges that show it, each once. */
export function combined(findings: readonly Finding[], message: (count: number) => string): Finding[] {
  const [first] = findings
  if (!first) return []
  const calls = [...new Set(findings.flatMap((finding) => finding.calls))].slice(0, SHOWN)
  return [{ message: `${message(findings.length)} ${first.message}`, calls }]
}

/** Names, the first of them. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN).join(', ')
  return names.length > SHOWN ? `${shown} and ${names.length - SHOWN} more` : shown
}
