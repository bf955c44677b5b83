import type { Environment } from '../../ground/origins.ts'
import { type Assumptions, assumptionsSchema } from '../../ground/settings/assumptions.ts'
import type { RuleId } from '../../rules/catalogue.ts'
import type { Verdicts } from '../../rules/verdicts.ts'
import { judge } from './verdicts.ts'

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

/** JFT's and VKP's verdicts on the text of a submission, as their steps on the body would give them. Never throws. */
export function checkPayload(text: string, options: CheckOptions = {}): CheckedPayload {
  const assumptions = { ...assumptionsSchema.parse({}), ...options.assumptions }
  const { environment = 'test', switchedOff } = options
  const { verdicts, ...fix } = judge(text, { environment, assumptions, switchedOff: new Set(switchedOff) })
  return { ...verdicts, ...fix }
}
