import { ACKNOWLEDGING } from './acknowledging.ts'
import { HANDING_OVER } from './handing-over.ts'
import type { Judge } from './judgment.ts'
import { MIRRORING } from './mirroring.ts'
import { READING } from './reading.ts'
import { REFUSALS } from './refusals.ts'
import { RESTARTING } from './restarting.ts'
import { SUBMITTING } from './submitting.ts'
import { SURVIVING } from './surviving.ts'
import { TOKENS } from './tokens.ts'
import { VKP } from './vkp.ts'

/** Every judgment, by the id of its requirement. */
export const JUDGES: Readonly<Record<string, Judge>> = {
  ...READING,
  ...ACKNOWLEDGING,
  ...SUBMITTING,
  ...SURVIVING,
  ...TOKENS,
  ...REFUSALS,
  ...VKP,
  ...MIRRORING,
  ...HANDING_OVER,
  ...RESTARTING,
}
