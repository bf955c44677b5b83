import { type Assumptions, assumptionsSchema } from './assumptions.ts'
import type { Environment } from './origins.ts'
import { issueOf } from './rules/catalogue.ts'
import { validateStrict } from './rules/fhir/strict.ts'
import { checkIdentityNumbers } from './rules/identifiers.ts'
import type { Issue } from './rules/issue.ts'
import { locateIssues } from './rules/locate.ts'
import { type ExplainedIssue, explain } from './rules/operation-outcome.ts'
import { redactIssue } from './rules/redact.ts'
import { EVENT_TYPES } from './store/events.ts'

/** What one validator says of a payload: accepted or rejected, with every issue. */
export interface Verdict {
  readonly accepted: boolean
  readonly issues: readonly ExplainedIssue[]
}

/** How to judge. */
export interface CheckOptions {
  readonly environment?: Environment
  readonly assumptions?: Partial<Assumptions>
}

/** JFT's verdict on the text of a submission, as the WriteAPI's steps on the body would give it. Never throws. */
export function checkPayload(text: string, options: CheckOptions = {}): { readonly jft: Verdict } {
  const assumptions = { ...assumptionsSchema.parse({}), ...options.assumptions }
  const issues = judge(text, options.environment ?? 'test', assumptions).map(redactIssue)
  return { jft: { accepted: issues.length === 0, issues: issues.map(explain) } }
}

/** One step after the other: the first that finds something ends it, as on the wire. */
function judge(text: string, environment: Environment, assumptions: Assumptions): readonly Issue[] {
  const { sizeLimitBytes, firelySdk: sdk, whitespaceOnlyStrings } = assumptions
  const bytes = new TextEncoder().encode(text).byteLength
  if (bytes > sizeLimitBytes)
    return [issueOf('http-size', `The text has ${bytes} bytes; the limit is ${sizeLimitBytes}.`)]
  const { resource, issues } = validateStrict(text, { sdk, whitespaceOnlyStrings })
  if (issues.length > 0) return issues
  const { resourceType } = resource as { resourceType: string }
  if (!EVENT_TYPES.some((type) => type.toLowerCase() === resourceType.toLowerCase())) {
    return [
      issueOf('jft-endpoint-type', `JFT has no endpoint for ${resourceType}; it takes ${EVENT_TYPES.join(', ')}.`),
    ]
  }
  return locateIssues(text, checkIdentityNumbers(resource, { environment, ...assumptions }).issues)
}
