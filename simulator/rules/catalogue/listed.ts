import type { Service } from '../../ground/services.ts'
import { CATALOGUE, type RuleId, ruleOf, type ShownSource, shownSource, sourceFor } from '../catalogue.ts'

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
