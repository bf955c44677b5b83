import { pointerToken } from '../json/json-text.ts'

/** No index: a single value, or the array itself. */
const NONE = -1
/** One value instead of an array: the expression has the index 0, the JSON none. */
const ONLY = -2
const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/

/**
 * Where a walker is, as a stack of elements. Entering and leaving cost a few array writes; the two spellings of the place
 * are built only when somebody asks.
 */
export class Path {
  /** What expressions begin with: the type of the root resource, `$this` while that is unknown. */
  root = '$this'
  private depth = 0
  private readonly elements: string[] = []
  private readonly keys: string[] = []
  private readonly indexes: number[] = []

  /** Steps into an element, by the name of the element and the key of the JSON property. */
  enter(element: string, key: string): void {
    const depth = this.depth
    this.elements[depth] = element
    this.keys[depth] = key
    this.indexes[depth] = NONE
    this.depth = depth + 1
  }

  leave(): void {
    this.depth--
  }

  /** Moves to an item of the array that was entered. */
  item(index: number): void {
    this.indexes[this.depth - 1] = index
  }

  /** Takes the value that was entered for the only item of the array that should be there. */
  onlyItem(): void {
    this.indexes[this.depth - 1] = ONLY
  }

  /** Moves back to the array itself. */
  wholeArray(): void {
    this.indexes[this.depth - 1] = NONE
  }

  /** FHIRPath: names of elements without the type of a choice, items by index. */
  expression(): string {
    let expression = this.root
    for (let step = 0; step < this.depth; step++) {
      const element = this.elements[step] ?? ''
      const index = this.indexes[step] ?? NONE
      expression += `.${IDENTIFIER.test(element) ? element : `\`${element}\``}${index === NONE ? '' : `[${index === ONLY ? 0 : index}]`}`
    }
    return expression
  }

  /** JSON Pointer (RFC 6901). */
  pointer(): string {
    let pointer = ''
    for (let step = 0; step < this.depth; step++) {
      const index = this.indexes[step] ?? NONE
      pointer += `/${pointerToken(this.keys[step] ?? '')}${index < 0 ? '' : `/${index}`}`
    }
    return pointer
  }
}
