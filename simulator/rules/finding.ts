import { maskText } from '../ground/text/mask/mask.ts'
import { issueOf, type RuleId } from './catalogue.ts'
import type { Issue } from './issue.ts'

/** The members of a JSON object that somebody else wrote. */
export type Members = Readonly<Record<string, unknown>>

/** An issue with what was expected and what was found. Identity numbers of the real series are masked. */
export function finding(rule: RuleId, message: string, expected?: unknown, found?: unknown): Issue {
  const shown = typeof found === 'string' ? maskText(found.slice(0, 300)) : found
  return issueOf(rule, maskText(message), { evidence: { expected: expected ?? null, found: shown ?? null } })
}

/** A value as a message quotes it. */
export function quote(value: unknown): string {
  return value === undefined ? 'missing' : JSON.stringify(value).slice(0, 300)
}

/**
 * A NumericDate (RFC 7519, section 2) in seconds: a number, never a text. Samples of NHN send an assertion's `iat` as a text,
 * which nobody reads.
 */
export function numericDate(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

/** Whether a value is a JSON object. */
export function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
