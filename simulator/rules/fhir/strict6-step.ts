import { pointerToken } from '../../ground/text/json-pointer.ts'
import type { LibraryPlace } from './finding.ts'
import type { Spelled } from './path.ts'
import { Here } from './strict-findings.ts'

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/
const LETTER = /^\p{L}/u

/**
 * A step of a path, which ends with it: once made it does not change, so whatever is put off keeps the place where it was.
 * Each step knows two paths: SDK 6's (PathPart and its records) and ours.
 */
export class Step6 implements Spelled {
  private readonly previous: Step6 | undefined
  /** What the library prints; empty where it prints nothing. */
  private readonly printed: string
  private readonly expressionPart: string
  private readonly pointerPart: string

  private constructor(previous: Step6 | undefined, printed: string, expressionPart: string, pointerPart: string) {
    this.previous = previous
    this.printed = printed
    this.expressionPart = expressionPart
    this.pointerPart = pointerPart
  }

  /** The root; `name` is the type that our path begins with, as far as it is known. */
  static root(name: string): Step6 {
    return new Step6(undefined, '$this', name, '')
  }

  /** Into a resource: the library prints the type of the root only. */
  resource(name: string): Step6 {
    return new Step6(this, this.previous === undefined ? name : '', '', '')
  }

  element(name: string, key: string): Step6 {
    const part = IDENTIFIER.test(name) ? name : `\`${name}\``
    return new Step6(this, name, `.${part}`, `/${pointerToken(key)}`)
  }

  /**
   * To an item of the list that the step before is. The library counts through lists in lists, and prints no index of the
   * first item where none belongs; `indexes` are ours, one value that stands for a list has none.
   */
  item(printed: number | undefined, indexes: readonly number[]): Step6 {
    const pointer = indexes.map((index) => `/${index}`).join('')
    const expression = indexes.map((index) => `[${index}]`).join('')
    return new Step6(this, printed === undefined ? '' : `[${printed}]`, expression, pointer)
  }

  /** As a place of a token. */
  here(token: number): Here {
    return new Here(this, token)
  }

  /** As a place that the library says, up to an offset in the text. */
  at(offset: number, back = 0): LibraryPlace {
    return new PlaceOfStep(this, offset, back)
  }

  library(): string {
    if (this.previous === undefined) return this.printed
    if (this.previous.previous === undefined) return this.printed
    return this.previous.library() + (LETTER.test(this.printed) ? '.' : '') + this.printed
  }

  expression(): string {
    return (this.previous?.expression() ?? '') + this.expressionPart
  }

  pointer(): string {
    return (this.previous?.pointer() ?? '') + this.pointerPart
  }
}

/** A place whose path is made when somebody asks. */
class PlaceOfStep implements LibraryPlace {
  readonly offset: number
  readonly back: number
  private readonly step: Step6

  constructor(step: Step6, offset: number, back: number) {
    this.step = step
    this.offset = offset
    this.back = back
  }

  get path(): string {
    return this.step.library()
  }
}
