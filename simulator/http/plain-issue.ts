import type { Issue } from '../rules/issue.ts'
import { explain } from '../rules/operation-outcome.ts'

/** An issue as an answer shows it that is not FHIR: what was expected and found, why, and the way out. */
export function plainIssue(issue: Issue) {
  const { rule, message, evidence, fix, certainty, source } = explain(issue)
  return { rule, message, expected: evidence?.expected, found: evidence?.found, fix, certainty, source }
}
