import { once } from '../../ground/once.ts'
import type { Environment } from '../../ground/origins.ts'
import { type Assumptions, assumptionsSchema } from '../../ground/settings/assumptions.ts'
import type { RuleId } from '../../rules/catalogue.ts'
import { type FixStep, fixSteps } from '../../rules/fixes/steps.ts'
import { type ExplainedIssue, explain } from '../../rules/operation-outcome.ts'
import { redactIssue } from '../../rules/redact.ts'
import type { Verdicts } from '../../rules/verdicts.ts'
import { fixOptions, fixText, type JudgeOptions, judge, judgeBytes, refusedFor, serviceFor } from './verdicts.ts'

/** How to judge. */
export interface CheckOptions {
  readonly environment?: Environment
  readonly assumptions?: Partial<Assumptions>
  /** Rules that find nothing. */
  readonly switchedOff?: readonly RuleId[]
  /** What to add to times without an offset, by the vendor's own word: `+01:00`, `Z`, or the name of a time zone. */
  readonly offset?: string
  /** The resource type in the path that the payload is posted to; absent: that of the payload. */
  readonly endpoint?: string
  /** Whether VKP's verdict has the text that VKP forwards. */
  readonly forwarded?: boolean
}

/** What both validators say of a payload, and the payload with VKP's corrections. */
export interface CheckedPayload extends Verdicts {
  /**
   * The sent text with nothing changed but the places that VKP corrects; absent when JFT accepts the text as it is, and when
   * it rejects the corrected one too.
   */
  readonly corrected?: string
  /**
   * The sent text with every mechanical fix in it and nothing else changed; absent when there is none, and when it would
   * show a real identity number where none belongs.
   */
  readonly fixed?: string
}

/**
 * JFT's and VKP's verdicts on a submission, as their steps on the body would give them. Of a text nobody can know how it was
 * encoded; of bytes those that are not UTF-8 are rejected, and a byte order mark is skipped. Never throws.
 */
export function checkPayload(payload: string | Uint8Array, options: CheckOptions = {}): CheckedPayload {
  const judging = judgingBy(options)
  const { verdicts, ...fix } = typeof payload === 'string' ? judge(payload, judging) : judgeBytes(payload, judging)
  return { ...verdicts, ...fix }
}

/** A text with every mechanical fix in it. It is not masked: for whoever has the text already. Never throws. */
export function fixPayload(text: string, options: CheckOptions = {}): string {
  return fixText(text, judgingBy(options))
}

/** The issues of the service that takes a text, each with what can be done about it alone. Never throws. */
export function payloadSteps(text: string, options: CheckOptions = {}): readonly PayloadStep[] {
  const judging = judgingBy(options)
  const steps = fixSteps(text, refusedFor(text, judging), fixOptions(judging))
  const service = serviceFor(text, judging)
  return steps.map((step) => ({ ...step, issue: explain(redactIssue(step.issue), service) }))
}

/** One issue that a person decides on. */
export type PayloadStep = Omit<FixStep, 'issue'> & { readonly issue: ExplainedIssue }

/** What is assumed where nothing else is said: the same for each payload. */
const unchanged = once(() => assumptionsSchema.parse({}))

function judgingBy(options: CheckOptions): JudgeOptions {
  const { environment = 'test', switchedOff, assumptions, offset, endpoint, forwarded = false } = options
  return {
    environment,
    forwarded,
    assumptions: { ...unchanged(), ...assumptions },
    switchedOff: new Set(switchedOff),
    ...(offset === undefined ? {} : { offset }),
    ...(endpoint === undefined ? {} : { endpoint }),
  }
}
