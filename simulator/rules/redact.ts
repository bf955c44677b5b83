import { Redactor, redact } from '../ground/text/mask/redact.ts'
import type { Issue } from './issue.ts'

/** An issue as it may be kept and shown: all of it can quote what was sent. A patch that would show a secret is left out. */
export function redactIssue(issue: Issue): Issue {
  return redactedBy(new Redactor(), issue)
}

/** The same of all that was found in one text: issues have much in common. */
export function redactIssues(issues: readonly Issue[]): readonly Issue[] {
  const redactor = new Redactor()
  return issues.map((issue) => redactedBy(redactor, issue))
}

function redactedBy(redactor: Redactor, issue: Issue): Issue {
  const { patch } = issue
  if (!patch) return redactor.value(issue)
  const rest: Issue = { ...issue, patch: null }
  const redacted = redactor.value(rest)
  if (redactor.value(patch) !== patch) return redacted
  return redacted === rest ? issue : { ...redacted, patch }
}

/** Whether a value quotes nothing that must not be kept and shown. */
export function isPublic(value: unknown): boolean {
  const text = JSON.stringify(value)
  return redact(text) === text
}
