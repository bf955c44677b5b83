import type { Certainty } from './catalogue.ts'
import type { Correction } from './fhir/correct.ts'
import type { PatchOperation } from './json/json-patch.ts'
import type { ExplainedIssue } from './operation-outcome.ts'

/** What one validator says of a payload: accepted or rejected, with its issues. */
export interface Verdict {
  readonly accepted: boolean
  readonly issues: readonly ExplainedIssue[]
  /** How many more there are; absent when there are none. */
  readonly more?: number
  /** What is worth a look although nothing is refused for it; absent when there is nothing. */
  readonly warnings?: readonly ExplainedIssue[]
}

/** All mechanical fixes of a payload together, judged again by the service that takes it. */
export interface Fixes {
  /** One JSON Patch (RFC 6902) for all of them; `null` when nothing is fixed, and when no patch can say it. */
  readonly patch: readonly PatchOperation[] | null
  /** How many of that service's issues are gone after them, of how many. */
  readonly fixed: number
  readonly of: number
  /** Its issues after them, with the places of the fixed text: those that need the vendor, and those that others hid. */
  readonly rest: readonly ExplainedIssue[]
  /** How many more are left than those; absent when there are none. */
  readonly more?: number
  /** How many issues were not looked at: fixes are made for the first thousand. */
  readonly beyond: number
}

/** What VKP says of a payload, and what it does to it. */
export interface VkpVerdict extends Verdict {
  readonly corrections: readonly Correction[]
  /** How many corrections there are beyond those; absent when there are none. */
  readonly moreCorrections?: number
  /**
   * Where it was asked for: exactly the text that VKP forwards, but for identity numbers of the real series, which are
   * masked. Absent when VKP rejects the payload.
   */
  readonly forwarded?: string
}

/** What JFT says of a payload, what VKP says, and what JFT says of what VKP forwards; of a patient, what PIT says. */
export interface Verdicts {
  /** Of a patient, whom PIT takes; absent of everything else, and in production, which has no PIT. */
  readonly pit?: Verdict
  readonly jft: Verdict
  readonly vkp: VkpVerdict
  /**
   * Of a payload that VKP rejects, and so does not forward: rejected, with the issue `vkp-not-forwarded`. Issues have no line
   * and column: those of the forwarded text say nothing of the sent one.
   */
  readonly jftAfterVkp: Verdict
  /**
   * The corrections as a JSON Patch (RFC 6902) that was applied to a copy which JFT then accepts; `null` when JFT accepts the
   * payload as it is, when the corrections do not cure it, and when no patch can say them.
   */
  readonly patch: readonly PatchOperation[] | null
  /** What mending the sent text comes to, whatever VKP does. */
  readonly fixes: Fixes
  /** In a sentence: whether the corrections cure the payload, and why not. */
  readonly cure: string
}

/**
 * How sure it is that VKP makes a correction. Documented are wrapping a single object, and dropping an empty string in a
 * "value" field (VKP as reverse proxy, "A note on FHIR validation"); the rest is what the parser does.
 */
export function certaintyOf({ kind, pointer, before }: Correction): Certainty {
  if (kind === 'wrap') return typeof before === 'object' ? 'documented' : 'observed'
  return kind === 'drop-empty' && before === '' && /\/value[^/]*$/.test(pointer) ? 'documented' : 'observed'
}

/** The corrections that mend or change something: what VKP only writes in another form says the same. */
export function mendingOf(corrections: readonly Correction[]): readonly Correction[] {
  return corrections.filter(({ kind }) => kind !== 'rewrite')
}
