import type { Duplicates } from '../json/json-text.ts'
import type { Finding, FindingFacts, FindingRule } from './finding.ts'
import { Path } from './path.ts'
import type { Primitive, SdkVersion } from './primitives.ts'
import { readUnusualName } from './properties.ts'
import { findTypeAnyCase, type PropertyInfo, type TypeInfo } from './table.ts'

type JsonObject = Readonly<Record<string, unknown>>

/** Nesting that System.Text.Json allows. */
export const MAX_DEPTH = 64

export interface WalkerOptions {
  readonly sdk: SdkVersion
  readonly rejectBlankStrings: boolean
  /** What JSON.parse keeps no trace of. */
  readonly traces?: TextTraces
}

/** Faults that only the text shows, by JSON Pointer. */
export interface TextTraces {
  /** Properties that occur twice. */
  readonly duplicates: Duplicates
  /** Numbers with a fraction or an exponent, even if their value is whole. */
  readonly unplainNumbers: ReadonlySet<string>
}

/**
 * Reads parsed JSON as an R4 resource, in the order of the text, and collects what the Firely .NET SDK would report. One
 * walk, one walker. A `companion` is the `_name` property of a primitive.
 */
export class Walker {
  readonly findings: Finding[] = []
  /** How many properties were seen; fewer than the text has when one occurs twice, or when findings made it skip some. */
  members = 0
  /** How many values of integer types were seen. */
  integers = 0
  /** The text is nested deeper than the parser goes. */
  tooDeep = false
  private depth = 0
  private readonly path = new Path()
  /** Found in primitives, reported at the end of the object: `name` and `_name` may stand apart. */
  private readonly deferred: Finding[] = []
  private readonly sdk: SdkVersion
  private readonly rejectBlankStrings: boolean
  private readonly traces: TextTraces | undefined

  constructor(options: WalkerOptions) {
    this.sdk = options.sdk
    this.rejectBlankStrings = options.rejectBlankStrings
    this.traces = options.traces
  }

  /** Reads a resource at the present place: the root, a contained one, an entry of a Bundle. */
  resource(value: unknown): void {
    const type = this.resourceType(value)
    if (type === undefined || !isObject(value)) return
    if (this.path.root === '$this') this.path.root = type.name
    this.object(value, type, true)
    if (type.kind !== 'resource') this.report('r4-resource-type-not-resource', { name: type.name })
  }

  /** The type that a resource says it is; reports why it has none. */
  private resourceType(value: unknown): TypeInfo | undefined {
    if (!isObject(value)) return this.fail('r4-object-expected', { value, element: 'resource', type: 'Resource' })
    const name = Object.hasOwn(value, 'resourceType') ? value.resourceType : undefined
    if (name === undefined) return this.fail('r4-resource-type-missing')
    if (typeof name !== 'string') return this.fail('r4-resource-type-not-string', { value: name })
    const type = findTypeAnyCase(name)
    return type === undefined || type.kind === 'abstract' ? this.fail('r4-resource-type-unknown', { name }) : type
  }

  private object(value: JsonObject, type: TypeInfo, isResource: boolean): void {
    if (!this.descend()) return
    const before = this.findings.length
    const deferredBefore = this.deferred.length
    let members = 0
    let mandatory = 0
    let choices = 0
    for (const key in value) {
      members++
      if (isResource && key === 'resourceType') continue
      const property = type.properties.get(key) ?? this.unusualProperty(type, key)
      if (property === undefined) continue
      mandatory |= property.element.mandatoryBit
      this.path.enter(property.element.name, key)
      if (property.element.choiceBit !== 0) choices = this.choice(key, property, choices)
      this.property(value, key, property)
      if (this.traces !== undefined) this.duplicate(this.traces.duplicates, key, property)
      this.path.leave()
    }
    this.members += members
    this.depth--
    if (this.deferred.length > deferredBefore) this.reportDeferred(deferredBefore)
    if (members === (isResource ? 1 : 0)) this.report('r4-empty-object', { value })
    if (this.sdk === 6 || this.findings.length === before) this.instance(value, type, mandatory)
  }

  private reportDeferred(from: number): void {
    for (const finding of this.deferred.splice(from)) this.findings.push(finding)
  }

  /** What is checked of an object as a whole; SDK 5 does so only when nothing inside was wrong. */
  private instance(value: JsonObject, type: TypeInfo, mandatory: number): void {
    if (mandatory !== type.mandatoryBits) this.missingElements(type, mandatory)
    if (type.kind === 'resource' && Object.hasOwn(value, 'contained')) this.nestedContained(value.contained)
  }

  private missingElements(type: TypeInfo, present: number): void {
    for (const { name, mandatoryBit, choice, repeats, types } of type.elements) {
      if ((present & mandatoryBit) === mandatoryBit) continue
      this.path.enter(name, choice ? `${name}[x]` : name)
      this.report('r4-missing-element', { element: name, repeats, type: types[0], allowed: types }, 'first-member')
      this.path.leave()
    }
  }

  /** One finding for a resource, however many of its contained resources have some of their own. */
  private nestedContained(contained: unknown): void {
    if (!Array.isArray(contained)) return
    const index = contained.findIndex((item) => isObject(item) && Object.hasOwn(item, 'contained'))
    if (index < 0) return
    this.path.enter('contained', 'contained')
    this.path.item(index)
    this.path.enter('contained', 'contained')
    this.report('r4-nested-contained', {}, 'key')
    this.path.leave()
    this.path.leave()
  }

  /** Looks up a name that is not in the table; reports it when it cannot be read. Its value is then skipped. */
  private unusualProperty(type: TypeInfo, key: string): PropertyInfo | undefined {
    const read = readUnusualName(type, key)
    if ('property' in read) {
      if (read.underscore) this.atProperty(read.property.element.name, key, 'r4-underscore-not-allowed', { name: key })
      return read.property
    }
    if (read.fault === 'unknown') {
      this.atProperty(key, key, 'r4-unknown-element', { name: key, type: type.name })
      return undefined
    }
    const { name, types } = read.element
    const suffix = read.fault === 'choice-type-unknown' ? read.suffix : undefined
    const rule = suffix === undefined ? 'r4-choice-without-type' : 'r4-choice-type-unknown'
    this.atProperty(name, key, rule, { name: suffix, allowed: types })
    return undefined
  }

  private atProperty(element: string, key: string, rule: FindingRule, facts: FindingFacts): void {
    this.path.enter(element, key)
    this.report(rule, { element, ...facts }, 'key')
    this.path.leave()
  }

  /**
   * Notes a value of a choice: the low half of the bits is for primitives, the high half for all others. SDK 5 does not
   * notice a primitive after a complex value.
   */
  private choice(key: string, { element, kind }: PropertyInfo, seen: number): number {
    if (kind === 'companion') return seen
    const primitive = element.choiceBit
    const complex = primitive << 15
    const isPrimitive = kind === 'primitive'
    const clashes = isPrimitive && this.sdk === 5 ? primitive : primitive | complex
    if ((seen & clashes) !== 0) this.report('r4-choice-repeated', { element: element.name, name: key }, 'key')
    return seen | (isPrimitive ? primitive : complex)
  }

  private duplicate(duplicates: Duplicates, name: string, { repeats, element }: PropertyInfo): void {
    for (const offset of duplicates.get(this.path.pointer()) ?? []) {
      this.report('r4-duplicate-property', { element: element.name, name, repeats }, 'key', offset)
    }
  }

  private property(owner: JsonObject, key: string, property: PropertyInfo): void {
    const before = this.findings.length
    if (property.repeats) this.list(owner, key, property)
    else this.single(owner[key], property)
    if (property.allowed || this.findings.length > before) return
    const { element, kind, typeName } = property
    const finding = this.finding('r4-choice-type-not-allowed', {
      element: element.name,
      type: typeName,
      allowed: element.types,
    })
    if (kind === 'primitive') this.deferred.push(finding)
    else this.findings.push(finding)
  }

  private list(owner: JsonObject, key: string, property: PropertyInfo): void {
    const value = owner[key]
    if (!Array.isArray(value)) this.listOfOne(value, property)
    else if (value.length === 0) this.report('r4-empty-array', { value })
    else if (this.descend()) {
      const nulls = this.items(value, property)
      this.depth--
      if (nulls === value.length) this.onlyNulls(nulls)
      else if (nulls > 0 || property.kind === 'companion') this.nullInBoth(owner, key)
      this.path.wholeArray()
    }
  }

  /** How many of the items are null, where null may keep the place of a primitive. */
  private items(values: readonly unknown[], property: PropertyInfo): number {
    const mayBeNull = property.kind === 'primitive' || property.kind === 'companion'
    let nulls = 0
    for (let index = 0; index < values.length; index++) {
      this.path.item(index)
      if (mayBeNull && values[index] === null) nulls++
      else this.single(values[index], property)
    }
    return nulls
  }

  /** One value where an array belongs: reported, and then read as its only item. */
  private listOfOne(value: unknown, property: PropertyInfo): void {
    const isPrimitive = property.kind === 'primitive' || property.kind === 'companion'
    this.report('r4-array-expected', { element: property.element.name, type: property.typeName, value })
    this.path.onlyItem()
    if (value !== null || !isPrimitive) this.single(value, property)
    else this.report('r4-only-nulls', {})
  }

  /** The library says the index after the last. */
  private onlyNulls(length: number): void {
    this.path.item(length)
    const expression = this.path.expression()
    this.path.wholeArray()
    this.findings.push({ ...this.finding('r4-only-nulls', {}), expression })
  }

  /** An item without a value in `name` and without id or extension in `_name`; looked for once both are known. */
  private nullInBoth(owner: JsonObject, key: string): void {
    const name = key.startsWith('_') ? key.slice(1) : key
    const companions = arrayAt(owner, `_${name}`)
    if (key === name && companions.length > 0) return
    const values = arrayAt(owner, name)
    const index = firstNull(values, companions)
    if (index === undefined) return
    this.path.item(index)
    this.deferred.push(this.finding('r4-null-in-array', {}))
  }

  private single(value: unknown, property: PropertyInfo): void {
    const { kind } = property
    if (kind === 'primitive' || kind === 'native') this.primitive(value, property)
    else if (kind === 'resource') this.resource(value)
    else if (isObject(value)) this.object(value, property.type(), false)
    else {
      const { element, typeName } = property
      const companion = kind === 'companion'
      this.report('r4-object-expected', { element: element.name, type: typeName, value, companion })
    }
  }

  private primitive(value: unknown, property: PropertyInfo): void {
    const rule = this.primitiveFault(value, property)
    if (rule === undefined) return
    const finding = this.finding(rule, primitiveFacts(value, property))
    if (rule === 'r4-code-not-in-value-set') this.deferred.push(finding)
    else this.findings.push(finding)
  }

  private primitiveFault(value: unknown, { primitive, element, kind }: PropertyInfo): FindingRule | undefined {
    if (typeof value === 'string') {
      if (value === '') return 'r4-empty-string'
      if (this.rejectBlankStrings && value.trim() === '') return 'r4-blank-string'
      if (element.valueSet !== undefined)
        return element.valueSet.codes.has(value) ? undefined : 'r4-code-not-in-value-set'
      if (primitive.json === 'string') return primitive.fault(value, this.sdk)
    } else if (typeof value === 'number') {
      if (primitive.json === 'number')
        return this.isUnplain(primitive) ? 'r4-number-out-of-range' : primitive.fault(value, this.sdk)
    } else if (typeof value === 'boolean') {
      if (primitive.json === 'boolean') return undefined
    } else if (value === null) return 'r4-null-value'
    else return Array.isArray(value) ? 'r4-value-is-array' : 'r4-value-is-object'
    return kind === 'native' ? 'r4-wrong-native-type' : 'r4-wrong-json-type'
  }

  /** An integer with a fraction or an exponent in the text. */
  private isUnplain({ dotnet }: Primitive): boolean {
    if (dotnet !== 'Int32') return false
    this.integers++
    return this.traces?.unplainNumbers.has(this.path.pointer()) ?? false
  }

  private descend(): boolean {
    if (this.depth >= MAX_DEPTH) this.tooDeep = true
    else this.depth++
    return !this.tooDeep
  }

  private fail(rule: FindingRule, facts: FindingFacts = {}): undefined {
    this.findings.push(this.finding(rule, facts))
    return undefined
  }

  private report(rule: FindingRule, facts: FindingFacts = {}, at: Finding['at'] = 'value', offset?: number): void {
    this.findings.push(this.finding(rule, facts, at, offset))
  }

  private finding(rule: FindingRule, facts: FindingFacts, at: Finding['at'] = 'value', offset?: number): Finding {
    const place = { rule, expression: this.path.expression(), pointer: this.path.pointer(), at, facts }
    return offset === undefined ? place : { ...place, offset }
  }
}

function primitiveFacts(value: unknown, { element, typeName, primitive, repeats }: PropertyInfo): FindingFacts {
  const { valueSet } = element
  return {
    element: element.name,
    type: typeName === 'native' ? primitive.name : typeName,
    // The value of a code with a required binding is an enumeration in the library's model.
    dotnet: valueSet?.name ?? primitive.dotnet,
    value,
    repeats,
    ...(valueSet === undefined ? {} : { valueSet: valueSet.name, allowed: [...valueSet.codes] }),
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function arrayAt(owner: JsonObject, key: string): readonly unknown[] {
  const value = Object.hasOwn(owner, key) ? owner[key] : undefined
  return Array.isArray(value) ? value : []
}

/** The first index at which both arrays have null, or the only one there is; one may end before the other. */
function firstNull(values: readonly unknown[], companions: readonly unknown[]): number | undefined {
  const [one, other] = values.length === 0 ? [companions, values] : [values, companions]
  const index = one.findIndex((item, at) => item === null && (other.length === 0 || other[at] === null))
  return index < 0 ? undefined : index
}
