import { ehrRules } from './rules-nb/ehr.ts'
import { faultRules } from './rules-nb/faults.ts'
import { fhirRules } from './rules-nb/fhir.ts'
import { httpRules } from './rules-nb/http.ts'
import { jftRules } from './rules-nb/jft.ts'
import type { RuleTexts } from './rules-nb/rule-text.ts'
import { tokenRules } from './rules-nb/token.ts'
import { vkpRules } from './rules-nb/vkp.ts'
import { vkpFormatRules } from './rules-nb/vkp-format.ts'

/** The texts of every rule in Norwegian (bokmål), by id. A rule that is missing here does not compile. */
export const rulesNb: RuleTexts = {
  ...httpRules,
  ...tokenRules,
  ...fhirRules,
  ...jftRules,
  ...vkpRules,
  ...vkpFormatRules,
  ...ehrRules,
  ...faultRules,
}
