import { pointerToken } from '../../ground/text/json-pointer.ts'

/** No index: a single value, or the array itself. */
const NONE = -1
/** One value instead of an array: the expression has the index 0, the JSON none. */
const ONLY = -2
const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/

/** A place in a resource, spelled only when somebody asks. */
export interface Spelled {
  /** FHIRPath: names of elements without the type of a choice, items by index. */
  expression(): string
  /** JSON Pointer (RFC 6901). */
  pointer(): string
}

/** One step of a path, which ends with it. Once made it does not change. */
class Step implements Spelled {
  readonly previous: Step | undefined
  readonly element: string
  readonly key: string
  readonly index: number

  constructor(previous: Step | undefined, element: string, key: string, index: number) {
    this.previous = previous
    this.element = element
    this.key = key
    this.index = index
  }

  expression(): string {
    const { element, index } = this
    if (this.previous === undefined) return element
    const name = IDENTIFIER.test(element) ? element : `\`${element}\``
    return `${this.previous.expression()}.${name}${index === NONE ? '' : `[${index === ONLY ? 0 : index}]`}`
  }

  pointer(): string {
    const { key, index } = this
    if (this.previous === undefined) return ''
    return `${this.previous.pointer()}/${pointerToken(key)}${index < 0 ? '' : `/${index}`}`
  }
}

/** Where a walker is, as a list of steps. Entering and leaving cost little, moving to an item nothing; a place stays what it was. */
export class Path {
  private step = new Step(undefined, '$this', '', NONE)
  /** Of the item that the walker is on, where that is another one than the step says. */
  private index = NONE

  /** Says what expressions begin with: the type of the root resource, `$this` while that is unknown. */
  begin(root: string): void {
    this.moveTo(new Step(undefined, root, '', NONE))
  }

  /** Steps into an element, by the name of the element and the key of the JSON property. */
  enter(element: string, key: string): void {
    this.moveTo(new Step(this.here, element, key, NONE))
  }

  leave(): void {
    this.moveTo(this.step.previous ?? this.step)
  }

  /** Moves to an item of the array that was entered. */
  item(index: number): void {
    this.index = index
  }

  /** Takes the value that was entered for the only item of the array that should be there. */
  onlyItem(): void {
    this.item(ONLY)
  }

  /** Moves back to the array itself. */
  wholeArray(): void {
    this.item(NONE)
  }

  /** The present place. */
  get place(): Spelled {
    return this.here
  }

  private moveTo(step: Step): void {
    this.step = step
    this.index = step.index
  }

  private get here(): Step {
    const { previous, element, key, index } = this.step
    if (index !== this.index) this.step = new Step(previous, element, key, this.index)
    return this.step
  }
}
