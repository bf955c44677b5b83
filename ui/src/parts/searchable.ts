import type { RuleEntry } from '../data/api.ts'
import { CERTAINTIES } from './certainty.tsx'
import type { Grammar, Searchable } from './search.ts'

export {
  EVENT_FIELDS,
  EXCHANGE_FIELDS,
  searchableEvent,
  searchableExchange,
} from '../../../simulator/surfaces/control/searchable.ts'

/** By what rules are found. */
export const RULE_FIELDS: Grammar = {
  rule: 'any',
  certainty: CERTAINTIES,
  severity: ['fatal', 'error', 'warning', 'information'],
  title: 'any',
  source: 'any',
  fix: 'any',
}

/** What a rule can be found by. */
export function searchableRule(rule: RuleEntry): Searchable {
  const { id, title, certainty, severity, source, fix } = rule
  return {
    fields: { rule: [id], certainty: [certainty], severity: [severity], title: [title], source: [source], fix: [fix] },
  }
}

/** The fields whose values are offered as completions: the others are too many, or are found by any words. */
export function offered(vocabulary: Readonly<Record<string, readonly string[]>>): Record<string, readonly string[]> {
  const left = ['id', 'event', 'message', 'path', 'title', 'source', 'fix']
  return Object.fromEntries(Object.entries(vocabulary).filter(([field]) => !left.includes(field)))
}
