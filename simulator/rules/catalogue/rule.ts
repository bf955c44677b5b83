import type { Severity } from '../issue.ts'

/**
 * How sure this project is that the real service behaves so.
 * - `documented`: NHN, HL7 or an RFC says so; the source names the page and the sentence.
 * - `observed`: seen in published samples, real tokens or the source of the library that the service appears to use.
 * - `assumed`: nobody says; the source gives the reasoning.
 */
export type Certainty = 'documented' | 'observed' | 'assumed'

/** The issue types of FHIR R4 (value set issue-type) that the simulator uses. */
export type IssueType =
  | 'invalid'
  | 'structure'
  | 'required'
  | 'value'
  | 'invariant'
  | 'login'
  | 'expired'
  | 'forbidden'
  | 'not-supported'
  | 'not-found'
  | 'duplicate'
  | 'too-long'
  | 'code-invalid'
  | 'business-rule'
  | 'conflict'
  | 'throttled'
  | 'exception'
  | 'timeout'
  | 'no-store'
  | 'informational'

/** Where a rule comes from. */
export interface Source {
  /** The page, standard or code, with its section. */
  readonly page: string
  /** Date of the page as published, `YYYY-MM-DD`; absent where the page has none. */
  readonly date?: string
  /** The sentence that says so (documented), in the words of the page. */
  readonly sentence?: string
  /** Why this project believes it (observed, assumed). */
  readonly reasoning?: string
}

/** One row of the catalogue. */
export interface Rule {
  /** What the rule demands, in one line. */
  readonly title: string
  readonly type: IssueType
  readonly severity: Severity
  readonly certainty: Certainty
  readonly source: Source
  /** What a vendor does about it, in the imperative. */
  readonly fix: string
}
