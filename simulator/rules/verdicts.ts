import type { Certainty, RuleId } from './catalogue.ts'
import type { Correction } from './fhir/correct.ts'
import type { PatchOperation } from './json/json-patch.ts'
import type { ExplainedIssue } from './operation-outcome.ts'

/** What one validator says of a payload: accepted or rejected, with its issues. */
export interface Verdict {
  readonly accepted: boolean
  readonly issues: readonly ExplainedIssue[]
  /** How many more there are; absent when there are none. */
  readonly more?: number
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
 * What JFT rejects and VKP's corrections cannot cure, and why. After the corrections since March 2026, JFT's format check
 * finds nothing else.
 */
export const NOT_CURABLE = {
  'r4-missing-element': 'a mandatory element is missing, and nothing can tell what it should say',
  'r4-empty-object': 'the resource has no content',
  'r4-bad-date': 'the date has an offset, which VKP lets pass and R4 does not have',
  'r4-bad-datetime': 'the time has no offset, or the date has one, and nothing can tell which was meant',
  'r4-bad-instant': 'the instant lacks its time, seconds or offset',
  'r4-bad-time': 'the time of day has an offset, which VKP lets pass and R4 does not have',
  'r4-bad-code': 'the code has white space inside',
  'r4-bad-id': 'the id has characters or a length that R4 does not allow',
  'r4-bad-oid': 'the oid is not well-formed',
  'r4-bad-uri': 'the uri is not well-formed',
  'r4-bad-uuid': 'the uuid is not well-formed',
  'r4-not-positive': 'the number is not positive',
  'r4-negative': 'the number is negative',
  'r4-string-too-long': 'the text is too long',
  'r4-nested-contained': 'a contained resource contains resources itself',
  'json-too-deep': 'it is nested too deep',
  'http-size': 'it is too large for JFT, though not for VKP',
  'jft-endpoint-type': 'JFT has no endpoint for the resource type',
  'jft-bundle-type': 'the Bundle is of another type than JFT takes',
  'identity-number-invalid': 'an identity number is not valid',
  'identity-number-real': 'an identity number is not synthetic',
  'identity-number-synthetic': 'an identity number is not real',
  'vkp-not-forwarded': 'VKP rejects it, so nothing is forwarded',
} as const satisfies Partial<Record<RuleId, string>>

const REASONS: Partial<Readonly<Record<RuleId, string>>> = NOT_CURABLE

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

/** Puts the relation of the verdicts in a sentence, and what VKP changes in values in another. */
export function describeCure(verdicts: Omit<Verdicts, 'cure' | 'fixes'>): string {
  if (verdicts.pit !== undefined) return describePatient(verdicts.pit)
  return [relationOf(verdicts), ...changedValues(verdicts.vkp.corrections)].join(' ')
}

function describePatient({ accepted }: Verdict): string {
  if (accepted) return 'PIT accepts it as it is. JFT and VKP have no endpoint for it.'
  return 'PIT rejects it. Nothing stands before PIT that corrects it on the way.'
}

function changedValues(corrections: readonly Correction[]): readonly string[] {
  const changed = corrections.filter(({ kind }) => kind === 'change-value')
  const [first] = changed
  if (first === undefined) return []
  const others = changed.length === 1 ? '' : ` and ${changed.length - 1} more`
  return [`VKP forwards another value than was sent in ${first.expression}${others}.`]
}

function relationOf({ jft, vkp, jftAfterVkp, patch }: Omit<Verdicts, 'cure' | 'fixes'>): string {
  if (!vkp.accepted) return 'VKP rejects it, so nothing is forwarded to JFT.'
  const count = mendingOf(vkp.corrections).length + (vkp.moreCorrections ?? 0)
  const corrections = count === 1 ? '1 correction' : `${count} corrections`
  if (jft.accepted) {
    if (jftAfterVkp.accepted) return 'JFT accepts it as it is.'
    return `JFT accepts it as it is, but not after VKP's ${corrections}: ${reasonsOf(jftAfterVkp)}.`
  }
  if (!jftAfterVkp.accepted) {
    const outcome = count === 0 ? 'VKP has no correction for it' : `VKP's ${corrections} cannot cure it`
    return `${outcome}: ${reasonsOf(jftAfterVkp)}.`
  }
  const cured = `VKP fixes it with ${corrections}: JFT accepts what VKP forwards.`
  return patch === null
    ? `${cured} There is no patch: the text is not plain JSON, has a real identity number, or is cured only by a value that VKP changes.`
    : cured
}

/** Why corrections do not cure, each reason once with its first place. */
function reasonsOf({ issues }: Verdict): string {
  const reasons = new Map<string, string>()
  for (const { rule, expression = '', message } of issues) {
    const reason = REASONS[rule] ?? `the setting for corrections leaves it as it is (${message})`
    if (!reasons.has(reason)) reasons.set(reason, expression === '' ? reason : `${expression}: ${reason}`)
  }
  return [...reasons.values()].join('; ')
}
