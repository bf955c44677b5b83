import type { RuleId } from './catalogue.ts'
import type { Advice } from './fixes/advice.ts'
import type { PatchOperation } from './json/json-patch.ts'

/** The severities of an OperationOutcome issue (FHIR R4, value set issue-severity). */
export type Severity = 'fatal' | 'error' | 'warning' | 'information'

/** The same issue as the OperationOutcome of the Firely .NET SDK has it; an issue of its format check has one. */
export interface FirelyIssue {
  /** The library's path, for `expression`; empty where it has none. */
  readonly path: string
  /** From 1. */
  readonly line: number
  /** From 1, in bytes of UTF-8; mostly after the value, and not at its start. */
  readonly position: number
  /** Code of the value set issue-type, for `code`. */
  readonly type: string
  /** The text of the coding; some codes have none. */
  readonly display?: string
  /** Version 6 ends its `diagnostics` with a full stop. */
  readonly sdk: 5 | 6
}

/**
 * One thing wrong, as data. A rule returns all that it finds; what to do about them is for the surface to say.
 *
 * `line` and `column` are 1-based and point into the text that was sent; `column` counts UTF-16 code units.
 */
export interface Issue {
  /** Key of the catalogue: says why, from which source, and how to fix it. */
  readonly rule: RuleId
  /** Firely's code where Firely has one (`JSON111`, `PVAL105`), otherwise the rule's id. */
  readonly code: string
  readonly severity: Severity
  /** FHIRPath of the element, for example `Bundle.entry[2].resource.identifier[0].value`. */
  readonly expression?: string
  /** JSON Pointer (RFC 6901) of the same place. */
  readonly pointer?: string
  readonly line?: number
  readonly column?: number
  readonly message: string
  readonly firely?: FirelyIssue
  /** What was found and what was expected, for a reader or a program; never a secret or an identity number. */
  readonly evidence?: Readonly<Record<string, unknown>>
  /** What to do about it here; absent where the catalogue's words are all there is. */
  readonly advice?: Advice
  /** The same as a JSON Patch (RFC 6902) on what was sent, good alone; `null` where it is not mechanical. */
  readonly patch?: readonly PatchOperation[] | null
  /** Where only the vendor knows the value: a patch with a placeholder in angle brackets for it. */
  readonly template?: readonly PatchOperation[]
}
