import { cutSignatures } from '../ground/text/jwt.ts'
import { maskIdentityNumbers, maskIdentityNumbersInJson } from './identifiers.ts'
import type { Issue } from './issue.ts'

const PRIVATE_MEMBER = /("(?:d|p|q|dp|dq|qi|k)"\s*:\s*")[\w-]{16,}(")/g
const ESCAPED_PRIVATE_MEMBER = /(\\"(?:d|p|q|dp|dq|qi|k)\\"\s*:\s*\\")[\w-]{16,}(\\")/g

/**
 * A text as it may be kept and shown: identity numbers of the real series masked, signatures cut off tokens, private
 * members cut out of JSON Web Keys. A token without its signature can be read, and used by nobody.
 */
export function redact(text: string): string {
  return cutSignatures(maskIdentityNumbers(text))
    .replace(PRIVATE_MEMBER, '$1[removed]$2')
    .replace(ESCAPED_PRIVATE_MEMBER, '$1[removed]$2')
}

/** An issue as it may be kept and shown: messages, evidence and advice can quote what was sent. A patch that would is left out. */
export function redactIssue(issue: Issue): Issue {
  const { evidence, advice, patch, template } = issue
  const isShown = !patch || isPublic(patch)
  return {
    ...issue,
    message: redact(issue.message),
    ...(evidence && { evidence: redactValue(evidence) }),
    ...(advice && { advice: redactValue(advice) }),
    ...(isShown ? {} : { patch: null }),
    ...(template && { template: redactValue(template) }),
  }
}

/** Whether a value quotes nothing that must not be kept and shown. */
export function isPublic(value: unknown): boolean {
  const text = JSON.stringify(value)
  return redact(maskIdentityNumbersInJson(text)) === text
}

function redactValue<T>(value: T): T {
  return JSON.parse(redact(JSON.stringify(value))) as T
}
