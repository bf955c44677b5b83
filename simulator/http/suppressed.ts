import type { RuleId } from '../rules/catalogue.ts'

/** The header that names the rules that would have found something, had they not been switched off. */
export function suppressedHeader(rules: readonly RuleId[]): Record<string, string> {
  return rules.length === 0 ? {} : { 'jftsim-switched-off': [...new Set(rules)].join(', ') }
}
