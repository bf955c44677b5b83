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

/** Where a walker is, as a list of steps. Entering and leaving cost little, and a place stays what it was. */
export class Path {
  private step = new Step(undefined, '$this', '', NONE)

  /** Says what expressions begin with: the type of the root resource, `$this` while that is unknown. */
  begin(root: string): void {
    this.step = new Step(undefined, root, '', NONE)
  }

  /** Steps into an element, by the name of the element and the key of the JSON property. */
  enter(element: string, key: string): void {
    this.step = new Step(this.step, element, key, NONE)
  }

  leave(): void {
    this.step = this.step.previous ?? this.step
  }

  /** Moves to an item of the array that was entered. */
  item(index: number): void {
    const { previous, element, key } = this.step
    this.step = new Step(previous, element, key, index)
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
    return this.step
  }
}
