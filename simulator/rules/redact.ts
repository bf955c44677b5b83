import { redact, redactValue } from '../ground/text/mask/redact.ts'
import type { Issue } from './issue.ts'

/** An issue as it may be kept and shown: all of it can quote what was sent. A patch that would show a secret is left out. */
export function redactIssue(issue: Issue): Issue {
  const { patch, ...rest } = issue
  return { ...redactValue(rest), ...(patch && { patch: isPublic(patch) ? patch : null }) }
}

/** Whether a value quotes nothing that must not be kept and shown. */
export function isPublic(value: unknown): boolean {
  const text = JSON.stringify(value)
  return redact(text) === text
}
