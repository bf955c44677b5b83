import type { Issue } from '../issue.ts'
import type { SourceMember, SourceNode } from './lenient-json.ts'
import type { Property } from './lenient-pairs.ts'
import type { PropertyInfo, TypeInfo } from './table.ts'

/** An object as the parser read it. */
export interface ReadObject {
  readonly type: TypeInfo
  readonly source: SourceNode
  readonly elements: readonly ReadElement[]
  /** Properties that the parser passes over. */
  readonly ignored: readonly SourceMember[]
  /** Whether anything in it is written otherwise than it was sent, but for order and white space. */
  readonly isChanged: boolean
  /** Whether anything of it is written at all. */
  readonly hasContent: boolean
}

/** One element: its property, and the `_name` property of the same name. At least one of them is there. */
export interface ReadElement extends Property {
  readonly property: PropertyInfo
  /** Those that count; the others are as if they were absent. */
  readonly values: readonly ReadValue[]
  /** Whether anything of it is written at all. */
  readonly hasContent: boolean
}

/** One value: a JSON token of the right type, an object, or for a primitive both. */
export interface ReadValue {
  readonly main: SourceNode | undefined
  readonly companion: SourceNode | undefined
  readonly token: string | undefined
  readonly object: ReadObject | undefined
}

/** What stops the parser, and the value that it is about. */
export class LenientFault extends Error {
  readonly issue: Issue
  readonly node: SourceNode

  constructor(issue: Issue, node: SourceNode) {
    super(issue.message)
    this.issue = issue
    this.node = node
  }
}
