import { append } from '../ground/append.ts'
import type { Environment } from '../ground/origins.ts'
import type { Assumptions } from '../ground/settings/assumptions.ts'
import type { StepName } from '../ground/surfaces.ts'
import type { SwitchedOff } from '../rules/active-issues.ts'
import { issueOf } from '../rules/catalogue.ts'
import type { Members } from '../rules/finding.ts'
import { advise } from '../rules/fixes/advice.ts'
import type { Issue } from '../rules/issue.ts'

/** What checks of a body depend on besides the body. */
export interface CheckSettings {
  readonly environment: Environment
  readonly assumptions: Assumptions
  readonly switchedOff: SwitchedOff
}

/** A body on its way through the checks. */
export interface Body {
  readonly text: string
  /** The resource type in the path; absent where nobody posted the body: then it is the one that the body is of. */
  readonly endpoint?: string
  /** The text as it was read, once a check has read it. */
  readonly resource?: Members
}

/** What a check found. */
export interface Found {
  /** What the service refuses the body for. */
  readonly issues: readonly Issue[]
  /** How many more there are. */
  readonly more?: number
  /** What is worth a look but stops nothing. */
  readonly notes?: readonly Issue[]
  /** What the check read of the text, for those after it; `null` when nothing can continue without it. */
  readonly resource?: Members | null
}

/** One check, and the step of an exchange in which the service makes it. Pure; never throws. */
export type BodyCheck = readonly [step: StepName, check: (body: Body, settings: CheckSettings) => Found]

/** A body after checks. */
export interface CheckedBody {
  readonly body: Body
  /** What ended the checks: all that one of them found, those rules included that are switched off. */
  readonly refused?: readonly Issue[]
  /** How many more it found. */
  readonly more?: number
  readonly notes: readonly Issue[]
}

/**
 * Makes checks in their order, up to the first that finds something which counts: `activeIssues` keeps the issues of rules that
 * are not switched off.
 */
export function checkBody(
  checks: readonly BodyCheck[],
  body: Body,
  settings: CheckSettings,
  activeIssues: (issues: readonly Issue[]) => readonly Issue[],
): CheckedBody {
  const notes: Issue[] = []
  let now = body
  for (const [, check] of checks) {
    const { issues, more = 0, notes: found = [], resource } = check(now, settings)
    append(notes, found)
    if (resource) now = { ...now, resource }
    if (activeIssues(issues).length > 0 || resource === null) return { body: now, refused: issues, more, notes }
  }
  return { body: now, notes }
}

/** A body of more bytes than a service takes. `bytes` may be those that were read before the rest was left. */
export function tooLarge(bytes: number, limit: number): Issue {
  const advice = advise('too-large', { bytes, limit })
  return issueOf('http-size', `The body is larger than the limit of ${limit} bytes.`, {
    evidence: { bytes, limit },
    advice,
  })
}

/** The same of a text, in UTF-8. */
export function checkSize({ text }: Body, limit: number): Found {
  // A character of a string is three bytes at most.
  if (text.length * 3 <= limit) return { issues: [] }
  const bytes = new TextEncoder().encode(text).byteLength
  return { issues: bytes > limit ? [tooLarge(bytes, limit)] : [] }
}
