import type { Environment } from '../../ground/origins.ts'
import { type Assumptions, assumptionsSchema } from '../../ground/settings/assumptions.ts'
import type { RuleId } from '../../rules/catalogue.ts'
import type { Verdicts } from '../../rules/verdicts.ts'
import { judge, judgeBytes } from './verdicts.ts'

/** How to judge. */
export interface CheckOptions {
  readonly environment?: Environment
  readonly assumptions?: Partial<Assumptions>
  /** Rules that find nothing. */
  readonly switchedOff?: readonly RuleId[]
}

/** What both validators say of a payload, and the payload with VKP's corrections. */
export interface CheckedPayload extends Verdicts {
  /**
   * The sent text with nothing changed but the places that VKP corrects; absent when JFT accepts the text as it is, and when
   * it rejects the corrected one too.
   */
  readonly corrected?: string
  /** The sent text with every mechanical fix in it and nothing else changed; absent when there is none. */
  readonly fixed?: string
}

/**
 * JFT's and VKP's verdicts on a submission, as their steps on the body would give them. Of a text nobody can know how it was
 * encoded; of bytes those that are not UTF-8 are rejected, and a byte order mark is skipped. Never throws.
 */
export function checkPayload(payload: string | Uint8Array, options: CheckOptions = {}): CheckedPayload {
  const assumptions = { ...assumptionsSchema.parse({}), ...options.assumptions }
  const { environment = 'test', switchedOff } = options
  const judging = { environment, assumptions, switchedOff: new Set(switchedOff) }
  const { verdicts, ...fix } = typeof payload === 'string' ? judge(payload, judging) : judgeBytes(payload, judging)
  return { ...verdicts, ...fix }
}
