import type { Issue } from '../issue.ts'
import type { Action } from './actions.ts'
import type { Advice } from './advice.ts'
import type { Document, Place } from './document.ts'

/** The answer to one issue. */
export interface Fix {
  /** What to do, in words. */
  readonly advice: Advice
  /** The same, done; empty where only the vendor knows what should stand there. */
  readonly actions: readonly Action[]
}

/** An issue, and what stands at its place in the text. */
export interface Case {
  readonly doc: Document
  readonly issue: Issue
  /** The value, or what is around it where it is missing. */
  readonly place: Place
  /** The steps of the issue's pointer that the text does not have. */
  readonly missing: readonly string[]
  readonly options: FixOptions
}

/** What a fix depends on beside the text and the issue. */
export interface FixOptions {
  /** Version of the Firely .NET SDK whose literals are right. */
  readonly sdk: 5 | 6
}

/** A fix in words alone. */
export function inWords(advice: Advice): Fix {
  return { advice, actions: [] }
}
