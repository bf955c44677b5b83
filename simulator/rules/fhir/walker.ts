import type { LibraryVersions } from './primitives.ts'
import { hasCode, NOT_OPEN_IN_6 } from './properties.ts'
import { findType, type PropertyInfo, type TypeInfo } from './table.ts'

type JsonObject = Readonly<Record<string, unknown>>

/** What a walk that continues leaves behind. */
interface Marks {
  /** The objects that are not surely faultless; those around them are in it, too. An empty one is seen to be faulty. */
  readonly faulty: Set<unknown>
  /** The text has numbers such as 1.0: what looks like an integer may be none. */
  readonly doubtsIntegers: boolean
}

export { MAX_DEPTH } from './strict-tokens.ts'

import { MAX_DEPTH } from './strict-tokens.ts'

/** Decimals up to here fit, whatever their digits. */
const SAFE_DECIMAL = 7e28
const MAX_INT32 = 2_147_483_647

/** So many values that are not surely faultless, and one of so many that were seen: of such a text nothing is gained by marks. */
const MANY = { faults: 1_000, of: 4 }

/**
 * Walks a resource that `JSON.parse` read, as quickly as it can, and tells whether both versions of the library surely have
 * nothing to say of it. Where it is not sure the text has to be read by `Reader5` or `Reader6`: an unusual name, a duplicate,
 * a literal at the edge of what is allowed. One walk, one walker.
 */
export class Walker {
  /** How many properties were seen: fewer than the text has when one occurs twice. */
  members = 0
  /** How many values of integer types were seen: 1.0 is a number of value 1, and no integer. */
  integers = 0
  /** With marks: whether so much is faulty that the walk ended before its end. */
  isGivenUp = false
  private seen = 0
  private faults = 0
  private depth = 0
  private readonly library: LibraryVersions
  private readonly rejectBlankStrings: boolean
  private readonly marks: Marks | undefined

  /** With `marks` it does not stop at the first fault, and marks each object that is not surely faultless, while that are few. */
  constructor(library: LibraryVersions, rejectBlankStrings: boolean, marks?: Marks) {
    this.library = library
    this.rejectBlankStrings = rejectBlankStrings
    this.marks = marks
  }

  /** Whether a value is surely a faultless resource. */
  resource(value: unknown): boolean {
    const name = isObject(value) ? value.resourceType : undefined
    const type = typeof name === 'string' ? findType(name) : undefined
    return isObject(value) && type?.kind === 'resource' ? this.object(value, type, true) : this.strange(value)
  }

  /** Of what has no place in R4 only the properties are counted. */
  private strange(value: unknown): false {
    if (this.marks !== undefined) this.members += mark(value, this.marks.faulty)
    return false
  }

  /** Whether the walk ends here. */
  private stops(isFaultless: boolean): boolean {
    return !isFaultless && (this.marks === undefined || this.isGivenUp)
  }

  private count(isFaultless: boolean): boolean {
    if (this.marks === undefined) return isFaultless
    this.seen++
    if (!isFaultless && ++this.faults >= MANY.faults && this.faults * MANY.of >= this.seen) this.isGivenUp = true
    return isFaultless
  }

  private object(value: JsonObject, type: TypeInfo, isResource: boolean): boolean {
    if (++this.depth > MAX_DEPTH) return false
    let isFaultless = true
    let members = 0
    let mandatory = 0
    let choices = 0
    for (const key in value) {
      members++
      if (isResource && key === 'resourceType') continue
      const property = type.properties.get(key)
      if (property === undefined) isFaultless = this.strange(value[key])
      else {
        const { element, kind } = property
        mandatory |= element.mandatoryBit
        if (element.choiceBit !== 0) {
          if (kind === 'companion' ? !Object.hasOwn(value, key.slice(1)) : (choices & element.choiceBit) !== 0)
            isFaultless = false
          if (kind !== 'companion') choices |= element.choiceBit
          if (this.library.sdk === 6 && element.types[0] === '*' && NOT_OPEN_IN_6.has(property.typeName))
            isFaultless = false
        }
        if (!(property.repeats ? this.list(value, key, property) : this.single(value[key], property)))
          isFaultless = false
      }
      if (this.stops(isFaultless)) return false
    }
    this.members += members
    this.depth--
    if (members <= (isResource ? 1 : 0) || mandatory !== type.mandatoryBits) isFaultless = false
    if (isResource && hasNestedContained(value)) isFaultless = false
    if (!isFaultless && members > 0) this.marks?.faulty.add(value)
    return isFaultless
  }

  /** Companions of lists are left to the readers where a null is in either. */
  private list(owner: JsonObject, key: string, property: PropertyInfo): boolean {
    const values = owner[key]
    if (!Array.isArray(values)) return this.strange(values)
    if (values.length === 0 || ++this.depth > MAX_DEPTH) return false
    let isFaultless = true
    for (let index = 0; index < values.length; index++) {
      if (!this.single(values[index], property)) isFaultless = false
      if (this.stops(isFaultless)) return false
    }
    this.depth--
    return isFaultless
  }

  private single(value: unknown, property: PropertyInfo): boolean {
    return this.count(this.isFaultless(value, property))
  }

  private isFaultless(value: unknown, property: PropertyInfo): boolean {
    const { kind } = property
    if (kind === 'primitive' || kind === 'native') return this.primitive(value, property)
    if (kind === 'resource') return this.resource(value)
    return isObject(value) ? this.object(value, property.type(), false) : this.strange(value)
  }

  private primitive(value: unknown, { primitive, element, typeName, model5 }: PropertyInfo): boolean {
    if (typeof value === 'string') {
      if (
        value === '' ||
        primitive.json !== 'string' ||
        typeName === 'integer64' ||
        (this.rejectBlankStrings && value.trim() === '')
      )
        return false
      if (element.valueSet !== undefined) return hasCode(element.valueSet, value, this.library.sdk)
      const rules = model5 !== undefined && this.library.sdk === 5 ? model5 : primitive
      return rules.fault(value, this.library) === undefined
    }
    if (typeof value === 'number') return primitive.json === 'number' && this.number(value, typeName)
    return typeof value === 'boolean' ? primitive.json === 'boolean' : this.strange(value)
  }

  private number(value: number, typeName: string): boolean {
    if (typeName === 'decimal') return Math.abs(value) < SAFE_DECIMAL
    this.integers++
    if (this.marks?.doubtsIntegers) return false
    if (!Number.isInteger(value) || value > MAX_INT32 || value < -MAX_INT32) return false
    if (this.library.sdk === 5) return true
    return typeName === 'integer' || value > (typeName === 'positiveInt' ? 0 : -1)
  }
}

/** A contained resource that contains resources itself. */
function hasNestedContained({ contained }: JsonObject): boolean {
  return Array.isArray(contained) && contained.some((item) => isObject(item) && Object.hasOwn(item, 'contained'))
}

/** An object without a property, of which there may be very many. */
export function isEmpty(value: JsonObject): boolean {
  for (const _ in value) return false
  return true
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Marks all objects in a value, which is at most 64 deep, and counts their properties. */
function mark(value: unknown, faulty: Set<unknown>): number {
  if (typeof value !== 'object' || value === null) return 0
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + mark(item, faulty), 0)
  if (!isEmpty(value as JsonObject)) faulty.add(value)
  const values = Object.values(value)
  return values.reduce((sum: number, member) => sum + mark(member, faulty), values.length)
}
