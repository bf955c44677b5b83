import type { RuleId } from './catalogue.ts'
import { mendingOf, type Verdict, type Verdicts } from './verdicts.ts'

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

/** The sentences that say what VKP's corrections come to, in one language. */
export interface CureWords {
  readonly pitAccepts: string
  readonly pitRejects: string
  readonly vkpRejects: string
  readonly accepted: string
  readonly corrections: (count: number) => string
  /** `corrections`: how many, in words. `why`: the reasons. */
  readonly acceptedBefore: (corrections: string, why: string) => string
  readonly noCorrection: (why: string) => string
  readonly notCured: (corrections: string, why: string) => string
  readonly cured: (corrections: string) => string
  readonly noPatch: string
  readonly changed: (place: string, others: number) => string
  readonly reasons: Readonly<Record<keyof typeof NOT_CURABLE, string>>
  readonly setting: (message: string) => string
}

/** In English, as the simulator says it. */
export const CURE_EN: CureWords = {
  pitAccepts: 'PIT accepts it as it is. JFT and VKP have no endpoint for it.',
  pitRejects: 'PIT rejects it. Nothing stands before PIT that corrects it on the way.',
  vkpRejects: 'VKP rejects it, so nothing is forwarded to JFT.',
  accepted: 'JFT accepts it as it is.',
  corrections: (count) => (count === 1 ? '1 correction' : `${count} corrections`),
  acceptedBefore: (corrections, why) => `JFT accepts it as it is, but not after VKP's ${corrections}: ${why}.`,
  noCorrection: (why) => `VKP has no correction for it: ${why}.`,
  notCured: (corrections, why) => `VKP's ${corrections} cannot cure it: ${why}.`,
  cured: (corrections) => `VKP fixes it with ${corrections}: JFT accepts what VKP forwards.`,
  noPatch:
    'There is no patch: the text is not plain JSON, has a real identity number, or is cured only by a value that VKP changes.',
  changed: (place, others) =>
    `VKP forwards another value than was sent in ${place}${others === 0 ? '' : ` and ${others} more`}.`,
  reasons: NOT_CURABLE,
  setting: (message) => `the setting for corrections leaves it as it is (${message})`,
}

/** Puts the relation of the verdicts in a sentence, and what VKP changes in values in another. */
export function describeCure(verdicts: Omit<Verdicts, 'cure' | 'fixes'>, words: CureWords = CURE_EN): string {
  const { pit, vkp } = verdicts
  if (pit !== undefined) return pit.accepted ? words.pitAccepts : words.pitRejects
  const changed = vkp.corrections.filter(({ kind }) => kind === 'change-value')
  const [first] = changed
  const relation = relationOf(verdicts, words)
  return first === undefined ? relation : `${relation} ${words.changed(first.expression, changed.length - 1)}`
}

function relationOf({ jft, vkp, jftAfterVkp, patch }: Omit<Verdicts, 'cure' | 'fixes'>, words: CureWords): string {
  if (!vkp.accepted) return words.vkpRejects
  const count = mendingOf(vkp.corrections).length + (vkp.moreCorrections ?? 0)
  const corrections = words.corrections(count)
  const why = reasonsOf(jftAfterVkp, words)
  if (jft.accepted) return jftAfterVkp.accepted ? words.accepted : words.acceptedBefore(corrections, why)
  if (!jftAfterVkp.accepted) return count === 0 ? words.noCorrection(why) : words.notCured(corrections, why)
  const cured = words.cured(corrections)
  return patch === null ? `${cured} ${words.noPatch}` : cured
}

/** Why corrections do not cure, each reason once with its first place. */
function reasonsOf({ issues }: Verdict, { reasons: known, setting }: CureWords): string {
  const words: Partial<Readonly<Record<RuleId, string>>> = known
  const reasons = new Map<string, string>()
  for (const { rule, expression = '', message } of issues) {
    const reason = words[rule] ?? setting(message)
    if (!reasons.has(reason)) reasons.set(reason, expression === '' ? reason : `${expression}: ${reason}`)
  }
  return [...reasons.values()].join('; ')
}
