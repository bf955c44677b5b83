import type { FhirRuleId } from '../catalogue/fhir.ts'

/** What messages and evidence are made of; which of them are there depends on the rule. */
export interface FindingFacts {
  /** The element, without the type of a choice. */
  readonly element?: string | undefined
  /** The JSON property, or the text that stands where a name of a type belongs. */
  readonly name?: string | undefined
  /** FHIR type that the value should have, or has. */
  readonly type?: string | undefined
  /** .NET type that the value is read into. */
  readonly dotnet?: string | undefined
  /** The JSON value that was found. */
  readonly value?: unknown
  readonly repeats?: boolean | undefined
  readonly companion?: boolean | undefined
  readonly valueSet?: string | undefined
  /** What would have been right: codes, or types of a choice. */
  readonly allowed?: readonly string[] | undefined
}

/** The rules that a walker can find broken; those of the text come from `json-text.ts`. */
export type FindingRule = Exclude<FhirRuleId, 'json-syntax' | 'json-too-deep'>

/** One fault, in nobody's words yet: `messages.ts` puts it in those of a version of the SDK. */
export interface Finding {
  readonly rule: FindingRule
  readonly expression: string
  readonly pointer: string
  /** The point of the text that is shown: the value, its key, or the first property of the object around it. */
  readonly at: 'value' | 'key' | 'first-member'
  readonly facts: FindingFacts
  /** Offset of the place, where the pointer cannot tell it: a property that occurs twice. */
  readonly offset?: number
}
