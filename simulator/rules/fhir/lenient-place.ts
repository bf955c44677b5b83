import { childPointer } from './lenient-json.ts'

/** What a place is made of: a value of an element, within another place. */
interface Step {
  readonly owner: Place
  /** The JSON name, with its underscore where it stands in the text. */
  readonly key: string
  /** The JSON name without underscore. */
  readonly name: string
  /** The index in the array, or 0. */
  readonly index: number
  readonly isArray: boolean
}

/** The element that a value is of, and how many of the same name were read before. */
interface Role {
  readonly element: string
  readonly repeats: boolean
  readonly order: number
}

/** Where a value is, in the spellings that are needed; they are made when they are asked for. */
export class Place {
  private readonly root: { readonly location: string; readonly expression: string } | undefined
  private readonly step: Step | undefined
  private role: Role | undefined

  private constructor(root: Place['root'], step: Step | undefined) {
    this.root = root
    this.step = step
  }

  /** The root, by the name that the library gives it, and the type that it is. */
  static of(location: string, expression: string): Place {
    return new Place({ location, expression }, undefined)
  }

  child(key: string, name: string, index: number, isArray: boolean): Place {
    return new Place(undefined, { owner: this, key, name, index, isArray })
  }

  /** Says which element the value is of. */
  as(element: string, repeats: boolean, order: number): void {
    this.role = { element, repeats, order }
  }

  /** The JSON name without underscore; of the root none. */
  get name(): string {
    return this.step?.name ?? ''
  }

  /** JSON Pointer (RFC 6901). */
  get pointer(): string {
    if (this.step === undefined) return ''
    const { owner, key, index, isArray } = this.step
    const pointer = childPointer(owner.pointer, key)
    return isArray ? childPointer(pointer, index) : pointer
  }

  /** FHIRPath. */
  get expression(): string {
    if (this.step === undefined) return this.root?.expression ?? ''
    const { element = this.step.name, repeats = false } = this.role ?? {}
    const index = repeats ? `[${this.step.index}]` : ''
    return `${this.step.owner.expression}.${quoted(element)}${index}`
  }

  /** As the library's reader of JSON names it: `Patient.extension[0].valueCode[0]`. */
  get location(): string {
    if (this.step === undefined) return this.root?.location ?? ''
    return `${this.step.owner.location}.${this.step.name}[${this.step.index}]`
  }

  /** As the library's reader of types names it: `Patient.extension[0].value[0]`. */
  get typedLocation(): string {
    if (this.step === undefined) return this.root?.location ?? ''
    const { element = this.step.name, order = 0 } = this.role ?? {}
    return `${this.step.owner.typedLocation}.${element}[${order}]`
  }
}

/** A name as FHIRPath writes it. */
export function quoted(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : `\`${name}\``
}
