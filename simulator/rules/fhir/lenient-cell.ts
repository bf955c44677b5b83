import { textOf } from './lenient-literal.ts'
import { SourceNode } from './lenient-nodes.ts'
import { itemOf, type Property } from './lenient-pairs.ts'
import type { LenientPlace } from './lenient-place.ts'

type Node = SourceNode | undefined

/** Why two values do not go together. */
export interface PairFault {
  readonly node: SourceNode
  readonly message: string
}

/**
 * The value that is being read: those of `name` and `_name` at the same index, what of them counts, and where it is. There is
 * one for each object that is open, which goes from value to value.
 */
export class Cell {
  main: Node
  companion: Node
  /** What counts that is not an object. */
  scalar: Node
  /** Its text; undefined also of a value that is undefined. */
  text: string | undefined
  /** The object that counts. */
  object: Node
  name = ''
  private owner: LenientPlace
  private key = ''
  private index = 0
  private isArray = false
  private element = ''
  private repeats = false
  private order = 0

  constructor(owner: LenientPlace) {
    this.owner = owner
  }

  /** Begins with the values of another object. */
  enter(owner: LenientPlace): void {
    this.owner = owner
  }

  /** Goes to a value of a property. Gives why its two halves do not go together. */
  goTo({ name, main, companion }: Property, index: number, isArray: boolean): PairFault | undefined {
    this.name = name
    this.key = (main ?? companion)?.key ?? name
    this.index = index
    this.isArray = isArray
    this.as(name, false, 0)
    this.main = itemOf(main, index)
    this.companion = itemOf(companion, index)
    this.text = this.main === undefined ? undefined : textOf(this.main)
    this.scalar = this.text !== undefined || this.main?.kind === 'undefined' ? this.main : undefined
    this.object = objectOf(this.main)
    return this.companion === undefined || this.companion.kind === 'null' ? undefined : this.join(this.companion)
  }

  private join(companion: SourceNode): PairFault | undefined {
    const { name } = this
    if (companion.kind !== 'object') {
      const message = `The value for property '_${name}' must be an object, not a ${TOKENS[companion.kind]}`
      return { node: companion, message }
    }
    if (this.object !== undefined) {
      return { node: companion, message: `The '${name}' and '_${name}' properties cannot both contain complex data.` }
    }
    this.object = objectOf(companion)
    return undefined
  }

  /** Says which element the value is of, and how many values of the same name were read before. */
  as(element: string, repeats: boolean, order: number): void {
    this.element = element
    this.repeats = repeats
    this.order = order
  }

  /** Whether anything of the value counts. */
  get counts(): boolean {
    return this.scalar !== undefined || this.object !== undefined
  }

  /** Whether all of it does; a null keeps the place of a value in an array. */
  get isWhole(): boolean {
    if (this.scalar?.kind === 'undefined') return false
    return this.isKept(this.main) && this.isKept(this.companion)
  }

  private isKept(node: Node): boolean {
    return node === undefined || node === this.scalar || node === this.object || (this.isArray && node.kind === 'null')
  }

  /** The half of the value that a fault is about. */
  get node(): SourceNode {
    return this.scalar ?? this.object ?? this.main ?? this.companion ?? NOTHING
  }

  /** Where it is; the cell may then continue. */
  get place(): LenientPlace {
    const place = this.owner.child(this.key, this.name, this.index, this.isArray)
    place.as(this.element, this.repeats, this.order)
    return place
  }
}

const NOTHING = new SourceNode('null', 0, 0, '', false)

function objectOf(node: Node): Node {
  return node?.kind === 'object' && node.effective.length > 0 ? node : undefined
}

const TOKENS = {
  object: 'Object',
  array: 'Array',
  string: 'String',
  integer: 'Integer',
  float: 'Float',
  boolean: 'Boolean',
  null: 'Null',
  undefined: 'Undefined',
  constructor: 'Constructor',
} as const
