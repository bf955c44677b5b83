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

/** What can quote; the rest is ours. */
const QUOTING = ['message', 'expression', 'pointer', 'firely', 'evidence', 'advice', 'template'] as const

function redactedBy(redactor: Redactor, issue: Issue): Issue {
  let redacted: Issue = issue
  for (const name of QUOTING) {
    const value = issue[name]
    if (value === undefined) continue
    const shown = redactor.value(value)
    if (shown !== value) redacted = { ...redacted, [name]: shown }
  }
  const { patch } = issue
  return patch && redactor.value(patch) !== patch ? { ...redacted, patch: null } : redacted
}

/** Whether a value quotes nothing that must not be kept and shown. */
export function isPublic(value: unknown): boolean {
  const text = JSON.stringify(value)
  return redact(text) === text
}
