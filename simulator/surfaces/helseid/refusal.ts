import { type Answer, json } from '../../http/answer.ts'
import type { Context } from '../../http/context.ts'
import { headerText } from '../../http/pipeline.ts'
import { plainIssue } from '../../http/plain-issue.ts'
import { Rejection } from '../../http/rejection.ts'
import type { RuleId } from '../../rules/catalogue.ts'
import { finding } from '../../rules/finding.ts'
import type { Issue } from '../../rules/issue.ts'

/** The headers of every answer of the token endpoint (RFC 6749, section 5.1). */
export const NO_STORE = { 'cache-control': 'no-store', pragma: 'no-cache' } as const

/** An OAuth error: HelseID answers 400 to all of them, `invalid_client` included. */
export function oauthError(
  error: string,
  issues: readonly Issue[],
  description?: string,
  headers: Readonly<Record<string, string>> = {},
): Rejection {
  const described = description === undefined ? {} : { oauthDescription: description }
  return new Rejection(400, issues, { oauthError: error, ...described, headers })
}

/** An OAuth error for one reason. */
export function oauthFinding(
  error: string,
  rule: RuleId,
  message: string,
  expected?: unknown,
  found?: unknown,
): Rejection {
  return oauthError(error, [finding(rule, message, expected, found)])
}

/** The body of an OAuth error (RFC 6749, section 5.2), and beside it what the real service keeps to itself. */
export function renderError({ status, issues, extra }: Rejection, { world }: Context): Answer {
  const explained = world.settings.assumptions.tokenErrorDescription === 'explained' ? explanation(issues) : undefined
  const body = {
    error: extra.oauthError ?? (status >= 500 ? 'server_error' : 'invalid_request'),
    error_description: extra.oauthDescription ?? explained,
    jft_simulator: { issues: issues.map((issue) => plainIssue(issue, 'helseid')) },
  }
  return json(status, body, NO_STORE)
}

/** What is wrong in the characters that an error_description may have: ASCII without quotation marks and backslashes. */
function explanation(issues: readonly Issue[]): string {
  return headerText(issues.map(({ message }) => message).join(' ')).replace(/["\\]/g, "'")
}
