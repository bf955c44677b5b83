import { maskIdentityNumbers } from './identifiers.ts'
import type { Issue } from './issue.ts'

const JWT = /\b(eyJ[\w-]+\.[\w-]+)\.[\w-]+/g
const PRIVATE_MEMBER = /("(?:d|p|q|dp|dq|qi|k)"\s*:\s*")[\w-]{16,}(")/g
const ESCAPED_PRIVATE_MEMBER = /(\\"(?:d|p|q|dp|dq|qi|k)\\"\s*:\s*\\")[\w-]{16,}(\\")/g

/**
 * A text as it may be kept and shown: identity numbers of the real series masked, signatures cut off tokens, private
 * members cut out of JSON Web Keys. A token without its signature can be read, and used by nobody.
 */
export function redact(text: string): string {
  return maskIdentityNumbers(text)
    .replace(JWT, '$1.[signature removed]')
    .replace(PRIVATE_MEMBER, '$1[removed]$2')
    .replace(ESCAPED_PRIVATE_MEMBER, '$1[removed]$2')
}

/** An issue as it may be kept and shown: messages and evidence can quote what was sent. */
export function redactIssue(issue: Issue): Issue {
  const message = redact(issue.message)
  if (!issue.evidence) return { ...issue, message }
  const evidence = JSON.parse(redact(JSON.stringify(issue.evidence))) as Record<string, unknown>
  return { ...issue, message, evidence }
}
