import type { Service } from '../ground/services.ts'
import { EHR_RULES } from './catalogue/ehr.ts'
import { FAULT_RULES } from './catalogue/faults.ts'
import { FHIR_RULES } from './catalogue/fhir.ts'
import { HTTP_RULES } from './catalogue/http.ts'
import { JFT_RULES } from './catalogue/jft.ts'
import type { Rule, Source } from './catalogue/rule.ts'
import { TOKEN_RULES } from './catalogue/token.ts'
import { VKP_RULES } from './catalogue/vkp.ts'
import { VKP_FORMAT_RULES } from './catalogue/vkp-format.ts'
import type { Issue } from './issue.ts'

export type { Certainty, IssueType, Rule, Source, Sources } from './catalogue/rule.ts'
export { type ShownSource, shownSource } from './catalogue/source.ts'

/** Every rule of the simulator, by id. An id that is not here does not compile. */
export const CATALOGUE = {
  ...HTTP_RULES,
  ...TOKEN_RULES,
  ...FHIR_RULES,
  ...JFT_RULES,
  ...VKP_RULES,
  ...VKP_FORMAT_RULES,
  ...EHR_RULES,
  ...FAULT_RULES,
} satisfies Record<string, Rule>

export type RuleId = keyof typeof CATALOGUE

/** The entry of a rule, under the one type that all entries share. */
export function ruleOf(id: RuleId): Rule {
  return CATALOGUE[id]
}

/**
 * The source of a rule for a service. Where a service hands on what another one found, as VKP does with JFT's issues, and
 * the rule is not its own, that is the source of the service that the rule names first.
 */
export function sourceFor(id: RuleId, service?: Service): Source {
  const { sources } = ruleOf(id)
  const source = (service === undefined ? undefined : sources[service]) ?? Object.values(sources)[0]
  if (source === undefined) throw new Error(`The rule ${id} has no source.`)
  return source
}

/** An issue of a rule that has no code of Firely's: the code is the rule's id, the severity the catalogue's. */
export function issueOf(
  rule: RuleId,
  message: string,
  place: Omit<Partial<Issue>, 'rule' | 'code' | 'message'> = {},
): Issue {
  return { rule, code: rule, severity: ruleOf(rule).severity, message, ...place }
}
