import type { DocumentKey } from '../../ground/documents.ts'
import type { RequirementId } from '../../ground/quotes.generated.ts'
import type { Service } from '../../ground/services.ts'
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

/** How sure it is that one service keeps a rule, and from where. Nothing but a reasoning: a rule of the simulator's own. */
export interface Source {
  readonly certainty: Certainty
  /** Where a document says so in words that are quoted: `document` and `section` are the requirement's, so absent here. */
  readonly requirements?: readonly RequirementId[]
  readonly document?: DocumentKey
  /** Heading, section or file of the document. */
  readonly section?: string
  /** The silent point that settles it (a key of `SILENT_POINTS`). */
  readonly setting?: string
  /** Why this project believes it (observed, assumed), and what is assumed besides what is documented. */
  readonly reasoning?: string
}

/** The sources of a rule, for each service that uses it. The first is the one that lists show. */
export type Sources = Readonly<Partial<Record<Service, Source>>>

/** One row of the catalogue. */
export interface Rule {
  /** The error that the rule finds, as a heading: no sentence, which would say what holds. */
  readonly title: string
  readonly type: IssueType
  readonly severity: Severity
  readonly sources: Sources
  /** What a vendor does about it, in the imperative. */
  readonly fix: string
}
