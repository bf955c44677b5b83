import { childPointer } from './lenient-json.ts'

/** Where a value is, in the spellings that are needed; they are made when they are asked for. */
export class LenientPlace {
  /** Undefined at the root. */
  readonly owner: LenientPlace | undefined
  /** The JSON name, with its underscore where it stands in the text; of the root the type. */
  private readonly key: string
  /** The JSON name without underscore; of the root what the library calls it. */
  readonly name: string
  /** The index in the array, or 0. */
  private readonly index: number
  private readonly isArray: boolean
  private element: string
  private repeats = false
  /** How many values of the same name were read before. */
  private order = 0

  private constructor(owner: LenientPlace | undefined, key: string, name: string, index: number, isArray: boolean) {
    this.owner = owner
    this.key = key
    this.name = name
    this.index = index
    this.isArray = isArray
    this.element = name
  }

  /** The root, by the name that the library gives it, and the type that it is. */
  static of(location: string, expression: string): LenientPlace {
    return new LenientPlace(undefined, expression, location, 0, false)
  }

  child(key: string, name: string, index: number, isArray: boolean): LenientPlace {
    return new LenientPlace(this, key, name, index, isArray)
  }

  /** Says which element the value is of. */
  as(element: string, repeats: boolean, order: number): void {
    this.element = element
    this.repeats = repeats
    this.order = order
  }

  /** JSON Pointer (RFC 6901). */
  get pointer(): string {
    if (this.owner === undefined) return ''
    const pointer = childPointer(this.owner.pointer, this.key)
    return this.isArray ? childPointer(pointer, this.index) : pointer
  }

  /** FHIRPath. */
  get expression(): string {
    if (this.owner === undefined) return this.key
    return `${this.owner.expression}.${quoted(this.element)}${this.repeats ? `[${this.index}]` : ''}`
  }

  /** As the library's reader of JSON names it: `Patient.extension[0].valueCode[0]`. */
  get location(): string {
    return this.owner === undefined ? this.name : `${this.owner.location}.${this.name}[${this.index}]`
  }

  /** As the library's reader of types names it: `Patient.extension[0].value[0]`. */
  get typedLocation(): string {
    return this.owner === undefined ? this.name : `${this.owner.typedLocation}.${this.element}[${this.order}]`
  }
}

/** A name as FHIRPath writes it. */
function quoted(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : `\`${name}\``
}
