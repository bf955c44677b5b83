import type { Issue } from '../rules/issue.ts'
import type { Verdicts } from '../rules/verdicts.ts'
import type { Answer } from './answer.ts'

/** What a refusal may add to the surface's usual answer. */
export interface RejectionExtra {
  readonly headers?: Readonly<Record<string, string>>
  /** RFC 6749 error code, on the token endpoint. */
  readonly oauthError?: string
  /** RFC 6749 error_description, where the real service has one. */
  readonly oauthDescription?: string
  /** How many more issues there are than those that are told. */
  readonly more?: number
  /** What both validators say of the refused body, where JFT refused one. */
  readonly verdicts?: Verdicts
  /** The answer of another service, which is passed on as it came. */
  readonly answer?: Answer
  /** A fault made it, and no rule. */
  readonly injected?: boolean
}

/** The one way to refuse a request: thrown by a step, caught once by the pipeline, rendered by the surface. */
export class Rejection extends Error {
  readonly status: number
  readonly issues: readonly Issue[]
  readonly extra: RejectionExtra

  constructor(status: number, issues: readonly Issue[], extra: RejectionExtra = {}) {
    // A refusal is an answer and no fault of the program: nobody reads where it was thrown, and to find out takes time.
    const { stackTraceLimit } = Error
    Error.stackTraceLimit = 0
    super(issues.map((issue) => issue.message).join('; '))
    Error.stackTraceLimit = stackTraceLimit
    this.name = 'Rejection'
    this.status = status
    this.issues = issues
    this.extra = extra
  }
}
