import type { RuleId } from '../catalogue.ts'
import { finding, type Members, numericDate, quote } from '../finding.ts'
import type { Issue } from '../issue.ts'

/** Whose `exp` and `nbf` are checked, with which rules. */
export interface LifetimeCheck {
  /** Begins the message, for example `The access token`. */
  readonly subject: string
  readonly expired: RuleId
  readonly notYetValid: RuleId
  /** Seconds by which clocks may differ. */
  readonly leeway: number
}

/** An ISO 8601 time for a message; a NumericDate that no date has is shown as it is. */
export function isoTime(seconds: number): string {
  const date = new Date(seconds * 1000)
  return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString()
}

/** `exp` must be there and not be over (RFC 7519, section 4.1.4). `now`: milliseconds. */
export function checkExpiry(
  payload: Members,
  now: number,
  { subject, expired, leeway }: LifetimeCheck,
): Issue | undefined {
  const exp = numericDate(payload.exp)
  const seconds = now / 1000
  if (exp !== undefined && seconds <= exp + leeway) return undefined
  const since =
    exp === undefined
      ? noNumber('exp', payload.exp)
      : `expired ${Math.round(seconds - exp)} seconds ago, at ${isoTime(exp)}`
  return finding(expired, `${subject} ${since}; it is ${isoTime(seconds)}.`, isoTime(seconds), payload.exp)
}

/** `nbf` must have come, when it is there (RFC 7519, section 4.1.5). `now`: milliseconds. */
export function checkNotBefore(payload: Members, now: number, lifetime: LifetimeCheck): Issue | undefined {
  const nbf = numericDate(payload.nbf)
  const seconds = now / 1000
  if (payload.nbf === undefined || (nbf !== undefined && seconds >= nbf - lifetime.leeway)) return undefined
  const from = nbf === undefined ? noNumber('nbf', payload.nbf) : `is good from ${isoTime(nbf)} only`
  const message = `${lifetime.subject} ${from}; it is ${isoTime(seconds)}.`
  return finding(lifetime.notYetValid, message, isoTime(seconds), payload.nbf)
}

function noNumber(name: string, value: unknown): string {
  return value === undefined ? `has no ${name}` : `has the ${name} ${quote(value)}, which is not a number of seconds`
}
