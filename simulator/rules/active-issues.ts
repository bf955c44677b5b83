import type { RuleId } from './catalogue.ts'
import type { Issue } from './issue.ts'

/** The rules that a user has switched off: they find nothing. */
export type SwitchedOff = ReadonlySet<RuleId>

/** What the rules that are switched on have found. */
export function activeIssues(issues: readonly Issue[], switchedOff: SwitchedOff): readonly Issue[] {
  return switchedOff.size === 0 ? issues : issues.filter(({ rule }) => !switchedOff.has(rule))
}
