import type { FindingFacts, FindingRule, LibraryPlace } from './finding.ts'
import { type Code5, wording5 } from './messages.ts'
import { allowsType, findElement, isAbstractName, isResourceType, noConstructor } from './properties.ts'
import { foundAt, Here, LibraryThrows, thrownAt } from './strict-findings.ts'
import { TOKEN, tokenName } from './strict-tokens.ts'
import { Primitives5 } from './strict5-primitives.ts'
import {
  Delayed,
  type List5,
  NO_VALUES,
  type Node5,
  type ObjectKind,
  type Property5,
  setValue,
  type Value5,
} from './strict5-reporting.ts'
import { castFails, noMapping } from './strict5-throws.ts'
import {
  companionType,
  type ElementInfo,
  findTypeAnyCase,
  type PropertyInfo,
  propertyOf,
  type TypeInfo,
} from './table.ts'

/*
 * Reads a text as SDK 5.10.4 does (BaseFhirJsonPocoDeserializer.cs with DataAnnotationDeserialzationValidator.cs), token by
 * token, and finds what it finds, in its order and at its places.
 */

export class Reader5 extends Primitives5 {
  private latestComplex: Node5 | undefined

  /** Reads the root. For null the library makes no resource and reports nothing; here it is refused. Throws `Unreadable` and `LibraryThrows`. */
  root(): void {
    this.reader.read()
    this.resource(true)
    if (this.findings.count === 0) this.reader.read()
  }

  private resource(isRoot: boolean): Node5 | undefined {
    const { reader } = this
    const known = isRoot ? undefined : this.faultless?.object
    if (known !== undefined) return this.skipped(known)
    if (!reader.is(TOKEN.StartObject)) {
      const found = foundAt(reader)
      this.report('r4-object-expected', wording5('JSON101', tokenName(reader.token)), {
        facts: { type: 'Resource', element: 'resource', found },
      })
      this.recover()
      return undefined
    }
    const type = this.resourceType()
    if (type === undefined) {
      this.recover()
      return undefined
    }
    return this.resourceOf(type, isRoot)
  }

  /** Moves behind an object that is faultless. What is checked of a resource around it is whether it contains others. */
  private skipped({ resourceType, contained }: Readonly<Record<string, unknown>>): Node5 {
    const values = contained === undefined ? NO_VALUES : HAS_CONTAINED
    this.behindObject()
    return { values, typeName: String(resourceType) }
  }

  private resourceOf(type: TypeInfo, isRoot: boolean): Node5 | undefined {
    if (isRoot) this.path.begin(type.name)
    const here = this.here()
    this.library.enterResource(type.name)
    const node: Node5 = { values: NO_VALUES, typeName: type.name }
    this.object(node, type, 'resource', isRoot)
    const isResource = type.kind === 'resource'
    if (!isResource)
      this.report('r4-resource-type-not-resource', wording5('JSON117', type.name), { facts: { name: type.name }, here })
    this.library.leaveResource()
    return isResource ? node : undefined
  }

  /** Looks ahead for the first resourceType, and reports why there is no type. */
  private resourceType(): TypeInfo | undefined {
    const { reader } = this
    const start = reader.index
    const here = this.here()
    const isThere = this.findResourceType()
    const at: LibraryPlace = { path: '', offset: reader.end(), back: 0 }
    if (!isThere) {
      this.report('r4-resource-type-missing', wording5('JSON103'), { here, at })
    } else if (!reader.is(TOKEN.String)) {
      const facts = { found: foundAt(reader) }
      const wording = wording5('JSON102', tokenName(reader.token))
      this.report('r4-resource-type-not-string', wording, { here, at, facts })
    } else {
      const name = reader.string()
      reader.moveTo(start)
      const type = findTypeAnyCase(name)
      const isAbstract = type?.kind === 'abstract' || isAbstractName(name)
      if (type !== undefined && !isAbstract) return type.kind === 'primitive' ? companionType(type.name) : type
      this.report('r4-resource-type-unknown', wording5('JSON116', name), { facts: { name } })
      if (isAbstract) throw noConstructor(name)
    }
    reader.moveTo(start)
    return undefined
  }

  /** Moves to the value of resourceType, or to the end of the object where there is none. */
  private findResourceType(): boolean {
    const { reader } = this
    reader.read()
    while (reader.is(TOKEN.PropertyName)) {
      if (reader.string() === 'resourceType') return reader.read()
      reader.skip()
    }
    return false
  }

  protected override object(target: Node5, type: TypeInfo, kind: ObjectKind, isRoot = false): void {
    const { reader } = this
    if (!reader.is(TOKEN.StartObject)) {
      this.noObject(() => type)
      return
    }
    const start = this.here()
    const before = this.findings.count
    reader.read()
    const first = start.by(reader.is(TOKEN.PropertyName) ? reader.index : start.token)
    const firstEnd = reader.end()
    const isEmpty = !this.members(target, type, kind)
    if (!isRoot) reader.read()
    if (isEmpty && !this.isOnlyCounted())
      this.report('r4-empty-object', wording5('JSON120'), { here: start, facts: { found: 'object' } })
    if (kind !== 'primitive' && this.findings.count === before) this.instance(target, type, first, firstEnd)
  }

  /** Reads up to the end of the object; false when it has no property. */
  private members(target: Node5, type: TypeInfo, kind: ObjectKind): boolean {
    const { reader } = this
    const delayed = new Delayed()
    const own = this.faultless?.value
    let some = false
    while (reader.is(TOKEN.PropertyName)) {
      const key = reader.string()
      if (kind === 'resource' && key === 'resourceType') {
        reader.skip()
        continue
      }
      some = true
      const property = this.lookUpHere(type, key)
      if (property === undefined) reader.skip()
      else {
        this.follow(own, type, property)
        this.member(target, property, delayed)
      }
    }
    delayed.make()
    return some
  }

  /** What was parsed of a property is of use where it may be an object. */
  private follow(own: unknown, type: TypeInfo, { key, info }: Property5): void {
    const isKnown = info.kind !== 'primitive' && type.properties.get(key) === info
    this.faultless?.enter(own, isKnown ? key : undefined)
  }

  private member(target: Node5, property: Property5, delayed: Delayed): void {
    const { element, info, key } = property
    this.path.enter(element.name, key)
    this.library.enter(isValue(info) ? '' : element.name, element.repeats ? 0 : undefined)
    const name = this.here()
    this.reader.read()
    try {
      this.property(target, property, delayed, name)
    } catch (error) {
      throw thrownAt(name, error)
    }
    this.library.leave()
    this.path.leave()
  }

  private lookUpHere(type: TypeInfo, key: string): Property5 | undefined {
    try {
      return this.lookUp(type, key)
    } catch (error) {
      throw thrownAt(this.here(), error)
    }
  }

  /** The element that a name means; reports when there is none. */
  private lookUp(type: TypeInfo, key: string): Property5 | undefined {
    if (key === '') throw new LibraryThrows('IndexOutOfRangeException', 'Index was outside the bounds of the array.')
    const name = key.startsWith('_') ? key.slice(1) : key
    const known = name.startsWith('_') ? undefined : type.properties.get(name)
    if (known !== undefined) return { key, element: known.element, info: known }
    const element = findElement(type, name)
    if (element === undefined)
      return this.fault(key, key, 'r4-unknown-element', 'JSON118', [key], { name: key, type: type.name })
    if (!element.choice)
      return { key, element, info: type.properties.get(element.name) ?? propertyOf(element, element.types[0] ?? '') }
    const suffix = name.slice(element.name.length)
    const allowed = element.types
    if (suffix === '')
      return this.fault(element.name, key, 'r4-choice-without-type', 'JSON114', [element.name], { allowed })
    if (isAbstractName(suffix)) throw noConstructor(suffix)
    const chosen = findTypeAnyCase(suffix)
    if (chosen !== undefined)
      return { key, element, info: propertyOf(element, chosen.name, allowsType(element, chosen.name)) }
    const facts = { allowed, name: suffix }
    return this.fault(element.name, key, 'r4-choice-type-unknown', 'JSON115', [element.name, suffix], facts)
  }

  /** Reports at a property's name, with the library's path of its owner. */
  private fault(
    element: string,
    key: string,
    rule: FindingRule,
    code: Code5,
    values: readonly string[],
    facts: FindingFacts,
  ): undefined {
    if (!this.isOnlyCounted()) {
      this.path.enter(element, key)
      this.report(rule, wording5(code, ...values), { facts: { element, ...facts } })
      this.path.leave()
    }
    return undefined
  }

  private property(target: Node5, property: Property5, delayed: Delayed, name: Here): void {
    const { element, info } = property
    if (isValue(info) && element.valueSet !== undefined) throw noMapping(element.valueSet.name)
    const before = this.findings.count
    const start = this.here()
    const end = this.reader.end()
    const value =
      info.kind === 'primitive'
        ? this.primitiveProperty(target, { key: property.key, element, info, name }, delayed)
        : this.otherProperty(target, property, name)
    if (this.findings.count === before) this.scheduleChecks(property, value, delayed, start, end)
    if (value !== undefined && element.choice && isResourceType(info.typeName)) throw castFails(info.typeName)
    if (isValue(info)) target.value = value === undefined || Array.isArray(value) ? undefined : value.value
    else setValue(target, element.name, value)
  }

  /** Cardinality and type of a choice: at once, of primitives at the end of the object. */
  private scheduleChecks(
    property: Property5,
    value: Value5 | undefined,
    delayed: Delayed,
    start: Here,
    end: number,
  ): void {
    const { element, info } = property
    if (!element.choice && !element.repeats) return
    if (info.kind !== 'primitive') this.checkProperty(property, value, start, end)
    else delayed.check(element, this.checkOfProperty(property, value, start, end))
  }

  private checkOfProperty(property: Property5, value: Value5 | undefined, start: Here, end: number): () => void {
    return () => this.checkProperty(property, value, start, end)
  }

  private checkProperty(property: Property5, value: Value5 | undefined, start: Here, end: number): void {
    const { element, info } = property
    if (Array.isArray(value) && value.includes(undefined) && !this.isOnlyCounted()) {
      const here = this.itemIn(start, value.indexOf(undefined))
      this.report('r4-null-in-array', wording5('PVAL104'), {
        here,
        at: this.placed(end),
        facts: { element: element.name },
      })
    }
    // Beside a companion of another type it is that type's object which has the value.
    const type = value === undefined || Array.isArray(value) ? info.typeName : value.typeName
    if (!element.choice || allowsType(element, type) || this.isOnlyCounted()) return
    this.report('r4-choice-type-not-allowed', wording5('PVAL101', type), {
      here: start,
      at: this.placed(end),
      facts: { element: element.name, type, allowed: element.types },
    })
  }

  /** The place of an item in the array that begins at a place. */
  private itemIn(list: Here, index: number): Here {
    const { reader } = this
    const { expression, pointer, token } = list
    const present = reader.index
    reader.moveTo(token)
    const item = reader.tokenOfItem(index)
    reader.moveTo(present)
    const place = { expression: () => `${expression}[${index}]`, pointer: () => `${pointer}/${index}` }
    return new Here(place, item ?? token)
  }

  private otherProperty(target: Node5, { key, element, info }: Property5, name: Here): Value5 | undefined {
    const before = this.findings.count
    const facts = { element: element.name, name: key, repeats: element.repeats }
    if (key.startsWith('_')) {
      const wording = wording5('JSON113', element.name, key)
      this.report('r4-underscore-not-allowed', wording, { here: name, facts })
    }
    const existing = target.values.get(element.name) ?? (isValue(info) ? target.value : undefined)
    if (element.repeats) return this.list(Array.isArray(existing) ? existing : [], info, name, facts)
    if (existing !== undefined) {
      const rule = element.choice ? 'r4-choice-repeated' : 'r4-duplicate-property'
      this.report(rule, wording5('JSON129', key), { here: name, facts })
    }
    return this.single(info, this.findings.count === before)
  }

  private list(items: List5, info: PropertyInfo, name: Here, facts: FindingFacts): List5 {
    if (items.length > 0) {
      this.library.advance(items.length)
      this.report('r4-duplicate-property', wording5('JSON128'), { here: name, facts })
    }
    const list = this.faultless?.value
    const isAlone = this.enterList(info)
    for (let index = 0; !this.reader.is(TOKEN.EndArray); index++) {
      this.faultless?.item(list, index)
      if (isAlone) this.path.onlyItem()
      else this.path.item(index)
      items.push(this.single(info))
      this.library.advance()
      if (isAlone) break
    }
    this.leaveList(isAlone)
    return items
  }

  private single(info: PropertyInfo, isFaultless = true): Node5 | undefined {
    if (info.kind === 'resource') return this.resource(false)
    if (info.kind === 'native') return this.native(info, isFaultless)
    // A text may have hundreds of thousands of these, and a node for each is what takes the time.
    if (!this.reader.is(TOKEN.StartObject)) this.noObject(info.type)
    else if (this.faultless?.object !== undefined) this.behindObject()
    else this.object({ values: NO_VALUES, typeName: info.typeName }, info.type(), 'complex')
    return this.complex(info.typeName)
  }

  /** What is left of an object that is no resource. */
  private complex(typeName: string): Node5 {
    if (this.latestComplex?.typeName === typeName) return this.latestComplex
    this.latestComplex = { values: NO_VALUES, typeName }
    return this.latestComplex
  }

  /** What is checked of an object as a whole. */
  private instance(target: Node5, type: TypeInfo, first: Here, end: number): void {
    for (const element of type.elements) {
      if (!element.mandatory) continue
      const value = target.values.get(element.name)
      if (value === undefined || (Array.isArray(value) && value.length === 0)) this.missing(element, first, end)
    }
    if (type.kind === 'resource') this.nestedContained(target, first, end)
  }

  private missing(element: ElementInfo, first: Here, end: number): void {
    const { name, types, repeats, choice } = element
    if (this.isOnlyCounted()) return
    this.library.enter(name, undefined)
    this.path.enter(name, choice ? `${name}[x]` : name)
    const here = this.here(first.token)
    const wording = repeats ? wording5('PVAL102', '0') : wording5('PVAL105', name)
    const facts = { element: name, repeats, type: types[0], allowed: types }
    this.report('r4-missing-element', wording, { here, at: this.placed(end), facts })
    this.path.leave()
    this.library.leave()
  }

  private nestedContained(target: Node5, first: Here, end: number): void {
    const contained = target.values.get('contained')
    if (!Array.isArray(contained)) return
    const index = contained.findIndex((item) => item !== undefined && hasItems(item.values.get('contained')))
    if (index < 0) return
    this.path.enter('contained', 'contained')
    this.path.item(index)
    this.path.enter('contained', 'contained')
    this.report('r4-nested-contained', wording5('PVAL118'), {
      here: this.here(first.token),
      at: this.placed(end),
    })
    this.path.leave()
    this.path.leave()
  }
}

/** The value of a primitive, given in its `_name`. */
const isValue = ({ kind, element }: PropertyInfo): boolean => kind === 'native' && element.name === 'value'

const HAS_CONTAINED: ReadonlyMap<string, Value5> = new Map<string, Value5>([['contained', [undefined]]])

const hasItems = (value: Value5 | undefined): boolean => Array.isArray(value) && value.length > 0
