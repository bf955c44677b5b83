import type { Issue } from '../issue.ts'
import type { NamedProperty } from './lenient-name.ts'
import type { SourceMember, SourceNode } from './lenient-nodes.ts'
import { itemOf, type Property } from './lenient-pairs.ts'
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
export class ReadElement implements Property {
  /** The name that R4 gives the property. */
  readonly name: string
  readonly property: PropertyInfo
  readonly main: SourceMember | undefined
  readonly companion: SourceMember | undefined
  /** What was read of the first value that counts, which is at that index: most elements have one. */
  readonly token: string | undefined
  readonly object: ReadObject | undefined
  private readonly index: number
  private others: ReadValue[] | undefined
  /** Whether anything of it is written at all. */
  hasContent: boolean

  constructor({ name, property }: NamedProperty, { main, companion }: Property, index: number, content: Content) {
    this.name = name
    this.property = property
    this.main = main
    this.companion = companion
    this.token = content.token
    this.object = content.object
    this.index = index
    this.others = undefined
    this.hasContent = hasContent(content)
  }

  add(index: number, content: Content): void {
    const value = this.valueAt(index, content)
    if (this.others === undefined) this.others = [this.valueAt(this.index, this), value]
    else this.others.push(value)
    this.hasContent ||= hasContent(content)
  }

  private valueAt(index: number, { token, object }: Content): ReadValue {
    return { main: itemOf(this.main, index), companion: itemOf(this.companion, index), token, object }
  }

  get isSingle(): boolean {
    return this.others === undefined
  }

  /** Those that count; the others are as if they were absent. */
  get values(): readonly ReadValue[] {
    return this.others ?? [this.valueAt(this.index, this)]
  }
}

/** What was read of a value: a JSON token of the right type, an object, or for a primitive both. */
export interface Content {
  readonly token: string | undefined
  readonly object: ReadObject | undefined
}

/** Whether there is anything to write. */
export function hasContent({ token, object }: Content): boolean {
  return token !== undefined || object?.hasContent === true
}

/** One value, as it was sent and as it was read. */
export interface ReadValue extends Content {
  readonly main: SourceNode | undefined
  readonly companion: SourceNode | undefined
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
