import type { FhirRuleId } from '../catalogue/fhir.ts'
import type { Severity } from '../issue.ts'

/** What evidence is made of; which of them are there depends on the rule. */
export interface FindingFacts {
  /** The element, without the type of a choice. */
  readonly element?: string | undefined
  /** The JSON property, or the text that stands where a name of a type belongs. */
  readonly name?: string | undefined
  /** FHIR type that the value should have, or has. */
  readonly type?: string | undefined
  /** What was found: `string of 3 characters`, `array of 2`. */
  readonly found?: string | undefined
  readonly repeats?: boolean | undefined
  readonly valueSet?: string | undefined
  /** What would have been right: codes, or types of a choice. */
  readonly allowed?: readonly string[] | undefined
}

/** The rules that a reader can find broken; those of the text itself come from `strict.ts`. */
export type FindingRule = Exclude<FhirRuleId, 'json-syntax' | 'json-too-deep' | 'json-surrogate' | 'firely-throws'>

/** A code of the library with all that its OperationOutcome says of it, but for the place. */
export interface Wording {
  readonly code: string
  readonly severity: Severity
  /** Code of the value set issue-type. */
  readonly type: string
  /** The short text of the coding; some codes of SDK 5 have none. */
  readonly display: string | undefined
  readonly message: string
}

/** The place that the library says: a path, and the bytes before a token's end in its line. */
export interface LibraryPlace {
  /** The library's InstancePath; empty where it has none. */
  readonly path: string
  /** Offset in the text up to which the library counts the line and the bytes in it. */
  readonly offset: number
  /** What it takes off the position again: the length of the token. */
  readonly back: number
}

/** One fault, in the words and with the place of the library, and with the exact place. */
export interface FormatFinding extends Wording {
  readonly rule: FindingRule
  readonly library: LibraryPlace
  readonly expression: string
  readonly pointer: string
  /** Offset of the exact place: the value, its name, or the first property of the object around it. */
  readonly offset: number
  readonly facts: FindingFacts
}
