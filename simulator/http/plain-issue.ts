import type { Service } from '../ground/services.ts'
import type { Issue } from '../rules/issue.ts'
import { explain } from '../rules/operation-outcome.ts'

/** An issue as an answer shows it that is not FHIR: what was expected and found, why, and the way out. */
export function plainIssue(issue: Issue, service: Service) {
  const { rule, message, evidence, fix, certainty, source, document, address } = explain(issue, service)
  const { expected, found } = evidence ?? {}
  return { rule, message, expected, found, fix, certainty, source, document, address }
}
