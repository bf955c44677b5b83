import type { LibraryVersions } from '../fhir/primitives.ts'
import type { PropertyInfo } from '../fhir/table.ts'
import type { Issue } from '../issue.ts'
import type { FixAction } from './actions.ts'
import type { Advice } from './advice.ts'
import type { Document, NodePlace } from './document.ts'

/** The answer to one issue. */
export interface Fix {
  /** What to do, in words. */
  readonly advice: Advice
  /** The same, done; empty where only the vendor knows what should stand there. */
  readonly actions: readonly FixAction[]
  /** What the vendor must say, where that is one value. */
  readonly ask?: Ask
}

/** One value that only the vendor knows. */
export interface Ask {
  /** The value that it replaces, or the object that it is missing in. */
  readonly at: NodePlace
  /** The property that is missing. */
  readonly key?: string
  /** What R4 wants there. */
  readonly property: PropertyInfo
  /** What was sent, in the object that belongs there: it may be meant. */
  readonly around?: Readonly<Record<string, unknown>>
  /** A date with time that lacks its offset: the offset is all that is asked for. */
  readonly local?: string
}

/** An issue, and what stands at its place in the text. */
export interface Case {
  readonly doc: Document
  readonly issue: Issue
  /** The value, or what is around it where it is missing. */
  readonly place: NodePlace
  /** The steps of the issue's pointer that the text does not have. */
  readonly missing: readonly string[]
  readonly options: FixOptions
}

/** What a fix depends on besides the text and the issue: whose literals are right, and what the vendor said. */
export interface FixOptions extends LibraryVersions {
  /** What to add to times without an offset, by the vendor's own word: `+01:00`, `Z`, or the name of a time zone. */
  readonly offset?: string
}

/** A fix in words alone. */
export function inWords(advice: Advice, ask?: Ask): Fix {
  return { advice, actions: [], ...(ask && { ask }) }
}

/** A fix in words for a value that the vendor has to replace. */
export function needsValue(advice: Advice, { place }: Case): Fix {
  const { property } = place
  return property === undefined ? inWords(advice) : inWords(advice, { at: place, property })
}
