import { type DocumentKey, documentOf } from '../ground/documents.ts'
import type { Service } from '../ground/services.ts'
import { EHR_RULES } from './catalogue/ehr.ts'
import { FAULT_RULES } from './catalogue/faults.ts'
import { FHIR_RULES } from './catalogue/fhir.ts'
import { HTTP_RULES } from './catalogue/http.ts'
import { JFT_RULES } from './catalogue/jft.ts'
import type { Rule, Source } from './catalogue/rule.ts'
import { citationOf, sourceText } from './catalogue/source.ts'
import { TOKEN_RULES } from './catalogue/token.ts'
import { VKP_RULES } from './catalogue/vkp.ts'
import { VKP_FORMAT_RULES } from './catalogue/vkp-format.ts'
import type { Issue } from './issue.ts'

export type { Certainty, IssueType, Rule, Source, Sources } from './catalogue/rule.ts'

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

/** A source as answers and lists show it. */
export interface ShownSource {
  readonly certainty: string
  /** Document, section, date, the quoted words and the reasoning in one line. */
  readonly source: string
  /** Key of the document (`jftsim documents KEY`); absent for a rule that no document is the reason of. */
  readonly document?: DocumentKey
  /** Where everybody can read the document; absent where it is not public. */
  readonly address?: string
}

/** How sure a source is, what it says, and where to read it. */
export function shownSource(source: Source): ShownSource {
  const { document } = citationOf(source)
  const address = document && documentOf(document).address
  return {
    certainty: source.certainty,
    source: sourceText(source),
    ...(document === undefined ? {} : { document }),
    ...(address === undefined ? {} : { address }),
  }
}

/** A rule as lists show it: `certainty` and `source` are those of the first service, `sources` has all. */
export interface ListedRule extends ShownSource {
  readonly id: RuleId
  readonly title: string
  readonly type: string
  readonly severity: string
  readonly fix: string
  readonly sources: Readonly<Partial<Record<Service, ShownSource>>>
}

/** Every rule, in the order of the catalogue. */
export function listedRules(): ListedRule[] {
  return (Object.keys(CATALOGUE) as RuleId[]).map((id) => {
    const { title, type, severity, sources, fix } = ruleOf(id)
    const all = Object.entries(sources).map(([service, source]) => [service, shownSource(source)])
    return { id, title, type, severity, ...shownSource(sourceFor(id)), fix, sources: Object.fromEntries(all) }
  })
}

/** An issue of a rule that has no code of Firely's: the code is the rule's id, the severity the catalogue's. */
export function issueOf(
  rule: RuleId,
  message: string,
  place: Omit<Partial<Issue>, 'rule' | 'code' | 'message'> = {},
): Issue {
  return { rule, code: rule, severity: ruleOf(rule).severity, message, ...place }
}
