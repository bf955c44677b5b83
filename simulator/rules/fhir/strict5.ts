import type { FindingFacts, FindingRule, LibraryPlace, Wording } from './finding.ts'
import { type Code5, wording5 } from './messages.ts'
import { Path } from './path.ts'
import { type Dotnet, PRIMITIVES, type Primitive } from './primitives.ts'
import { allowsType, findElement, isResourceType } from './properties.ts'
import { Findings, foundAt, type Here, LibraryThrows, throwingAt } from './strict-findings.ts'
import type { Places } from './strict-places.ts'
import { TOKEN, type TokenReader, tokenName } from './strict-tokens.ts'
import { enumTypeName, type LiteralFault5, readPrimitive5 } from './strict5-literals.ts'
import { Path5 } from './strict5-path.ts'
import {
  companionType,
  type ElementInfo,
  findType,
  findTypeAnyCase,
  type PropertyInfo,
  propertyOf,
  type TypeInfo,
} from './table.ts'

/*
 * Reads a text as SDK 5.10.4 does (BaseFhirJsonPocoDeserializer.cs with DataAnnotationDeserialzationValidator.cs), token by
 * token, and finds what it finds, in its order and at its places.
 */

/** What was read of an object or a primitive: as much as later checks ask for. */
interface Node5 {
  /** By the element's name. */
  readonly values: Map<string, Value5>
  readonly typeName: string
  /** Of a primitive; undefined as long as it has none. */
  value?: string | true | undefined
}
type List5 = (Node5 | undefined)[]
type Value5 = Node5 | List5

type ObjectKind = 'resource' | 'complex' | 'primitive'

/** An element and the type that the property's name says its value has. */
interface Property5 {
  readonly key: string
  readonly element: ElementInfo
  readonly info: PropertyInfo
}

/** With the place of the property's name. */
interface Placed5 extends Property5 {
  readonly name: Here
}

/** What is put off until the end of the object: `name` and `_name` may stand apart. */
class Delayed {
  readonly checks = new Map<string, () => void>()
  /** How many items of a list of primitives were read, by the property's name. */
  readonly counts = new Map<string, number>()
}

export interface Options5 {
  readonly dotnet: Dotnet
  readonly rejectBlankStrings: boolean
  readonly limit: number
}

export class Reader5 {
  readonly findings: Findings
  private readonly reader: TokenReader
  private readonly path = new Path()
  private readonly library = new Path5()
  private readonly options: Options5
  private readonly places: Places

  constructor(reader: TokenReader, places: Places, options: Options5) {
    this.reader = reader
    this.places = places
    this.options = options
    this.findings = new Findings(reader, options.limit)
  }

  /** Reads the root. For null the library makes no resource and reports nothing; here it is refused. Throws `Unreadable` and `LibraryThrows`. */
  root(): void {
    this.reader.read()
    this.resource(true)
    if (this.findings.count === 0) this.reader.read()
  }

  private report(
    rule: FindingRule,
    wording: Wording,
    { facts = {}, here = this.here(), at = this.placed() }: Report = {},
  ): void {
    this.findings.add(rule, wording, at, here, facts)
  }

  /** Our path, and the token that is being read. */
  here(token = this.reader.index): Here {
    return { expression: this.path.expression(), pointer: this.path.pointer(), token }
  }

  /** The library's path, and after the token that it is on. */
  private placed(offset = this.reader.end()): LibraryPlace {
    return { path: this.library.toString(), offset, back: 0 }
  }

  /** Moves behind the present value. */
  private recover(): void {
    this.reader.skip()
    this.reader.read()
  }

  private resource(isRoot: boolean): Node5 | undefined {
    const { reader } = this
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

  private resourceOf(type: TypeInfo, isRoot: boolean): Node5 | undefined {
    if (isRoot) this.path.root = type.name
    const here = this.here()
    this.library.enterResource(type.name)
    const node: Node5 = { values: new Map(), typeName: type.name }
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
      if (type !== undefined && type.kind !== 'abstract') return type
      this.report('r4-resource-type-unknown', wording5('JSON116', name), { facts: { name } })
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

  private object(target: Node5, type: TypeInfo, kind: ObjectKind, isRoot = false): void {
    const { reader } = this
    if (!reader.is(TOKEN.StartObject)) {
      const facts = { type: type.name, found: foundAt(reader) }
      this.report('r4-object-expected', wording5('JSON101', tokenName(reader.token)), { facts })
      this.recover()
      return
    }
    const start = this.here()
    const before = this.findings.count
    reader.read()
    const first = { ...start, token: reader.is(TOKEN.PropertyName) ? reader.index : start.token }
    const firstEnd = reader.end()
    const isEmpty = !this.members(target, type, kind)
    if (!isRoot) reader.read()
    if (isEmpty) this.report('r4-empty-object', wording5('JSON120'), { here: start, facts: { found: 'object' } })
    if (kind !== 'primitive' && this.findings.count === before) this.instance(target, type, first, firstEnd)
  }

  /** Reads up to the end of the object; false when it has no property. */
  private members(target: Node5, type: TypeInfo, kind: ObjectKind): boolean {
    const { reader } = this
    const delayed = new Delayed()
    let some = false
    while (reader.is(TOKEN.PropertyName)) {
      const key = reader.string()
      if (kind === 'resource' && key === 'resourceType') {
        reader.skip()
        continue
      }
      some = true
      const name = this.here()
      const property = throwingAt(
        () => name,
        () => this.lookUp(type, key),
      )
      if (property === undefined) reader.skip()
      else this.member(target, property, delayed)
    }
    for (const check of delayed.checks.values()) check()
    return some
  }

  private member(target: Node5, property: Property5, delayed: Delayed): void {
    const { element, info, key } = property
    this.path.enter(element.name, key)
    this.library.enter(isValue(info) ? '' : element.name, element.repeats ? 0 : undefined)
    const name = this.here()
    this.reader.read()
    throwingAt(
      () => name,
      () => this.property(target, property, delayed, name),
    )
    this.library.leave()
    this.path.leave()
  }

  /** The element that a name means; reports when there is none. */
  private lookUp(type: TypeInfo, key: string): Property5 | undefined {
    if (key === '') throw new LibraryThrows('IndexOutOfRangeException', 'Index was outside the bounds of the array.')
    const name = key.startsWith('_') ? key.slice(1) : key
    const known = type.properties.get(name)
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
    this.path.enter(element, key)
    this.report(rule, wording5(code, ...values), { facts: { element, ...facts } })
    this.path.leave()
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
        ? this.primitiveProperty(target, { ...property, name }, delayed)
        : this.otherProperty(target, property, name)
    if (this.findings.count === before) this.scheduleChecks(property, value, delayed, start, end)
    if (element.choice && isResourceType(info.typeName)) throw castFails(info.typeName)
    if (isValue(info)) target.value = value === undefined || Array.isArray(value) ? undefined : value.value
    else if (value === undefined) target.values.delete(element.name)
    else target.values.set(element.name, value)
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
    const check = (): void => this.checkProperty(property, value, start, end)
    if (info.kind === 'primitive') delayed.checks.set(`${element.name}:property`, check)
    else check()
  }

  private checkProperty(property: Property5, value: Value5 | undefined, start: Here, end: number): void {
    const { element, info } = property
    const at = this.placed(end)
    if (Array.isArray(value) && value.includes(undefined)) {
      const here = this.itemIn(start, value.indexOf(undefined))
      this.report('r4-null-in-array', wording5('PVAL104'), { here, at, facts: { element: element.name } })
    }
    // Beside a companion of another type it is that type's object which has the value.
    const type = value === undefined || Array.isArray(value) ? info.typeName : value.typeName
    if (!element.choice || allowsType(element, type)) return
    const facts = { element: element.name, type, allowed: element.types }
    this.report('r4-choice-type-not-allowed', wording5('PVAL101', type), { here: start, at, facts })
  }

  /** The place of an item in the array that begins at a place. */
  private itemIn({ expression, pointer, token }: Here, index: number): Here {
    const { reader } = this
    const present = reader.index
    reader.moveTo(token)
    const item = reader.tokenOfItem(index)
    reader.moveTo(present)
    return { expression: `${expression}[${index}]`, pointer: `${pointer}/${index}`, token: item ?? token }
  }

  private otherProperty(target: Node5, { key, element, info }: Property5, name: Here): Value5 | undefined {
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
    return this.single(info)
  }

  private list(items: List5, info: PropertyInfo, name: Here, facts: FindingFacts): List5 {
    if (items.length > 0) {
      this.library.advance(items.length)
      this.report('r4-duplicate-property', wording5('JSON128'), { here: name, facts })
    }
    const isAlone = this.enterList(info)
    for (let index = 0; !this.reader.is(TOKEN.EndArray); index++) {
      if (isAlone) this.path.onlyItem()
      else this.path.item(index)
      items.push(this.single(info))
      this.library.advance()
      if (isAlone) break
    }
    this.leaveList(isAlone)
    return items
  }

  /** Moves to the first item; true where one value stands in place of the list. */
  private enterList(info: PropertyInfo): boolean {
    const { reader } = this
    const { element, typeName } = info
    if (!reader.is(TOKEN.StartArray)) {
      const facts = { element: element.name, type: typeName, found: foundAt(reader) }
      this.report('r4-array-expected', wording5('JSON111'), { facts })
      return true
    }
    const here = this.here()
    reader.read()
    if (reader.is(TOKEN.EndArray)) {
      this.report('r4-empty-array', wording5('JSON121'), {
        here,
        facts: { element: element.name, found: 'array of 0' },
      })
    }
    return false
  }

  private leaveList(isAlone: boolean): void {
    if (!isAlone) this.reader.read()
    this.path.wholeArray()
  }

  private single(info: PropertyInfo): Node5 | undefined {
    if (info.kind === 'resource') return this.resource(false)
    if (info.kind === 'native') return this.native(info)
    const node: Node5 = { values: new Map(), typeName: info.typeName }
    this.object(node, info.type(), 'complex')
    return node
  }

  /** A string of .NET: nothing but the value, which is lost where it is of another kind. */
  private native(info: PropertyInfo): Node5 | undefined {
    const { element, primitive } = info
    const here = this.here()
    const facts = { element: element.name, type: primitive.name, found: foundAt(this.reader) }
    const { value, fault } = this.literal(primitive, primitive.dotnet, info)
    const at = fault?.at ?? this.placed()
    if (fault !== undefined && value !== undefined && !fault.wording.code.startsWith('PVAL')) {
      const inner = this.places.diagnostics5(fault.wording.message, fault.at)
      const rule = fault.rule === 'r4-wrong-json-type' ? 'r4-wrong-native-type' : fault.rule
      this.report(rule, wording5('JSON126', inner), { here, facts })
      return undefined
    }
    if (fault !== undefined) this.report(fault.rule, fault.wording, { here, at, facts })
    return value === undefined ? undefined : { values: new Map(), typeName: 'native', value }
  }

  private primitiveProperty(target: Node5, property: Placed5, delayed: Delayed): Value5 {
    const { element } = property
    const existing = target.values.get(element.name)
    if (element.repeats) return this.primitiveList(Array.isArray(existing) ? existing : [], property, delayed)
    const isPrimitive = existing !== undefined && !Array.isArray(existing) && existing.typeName !== 'native'
    const present = isPrimitive && findType(existing.typeName)?.kind === 'primitive' ? existing : undefined
    return this.primitive(present, property, delayed)
  }

  private primitiveList(items: List5, property: Placed5, delayed: Delayed): List5 {
    const { reader } = this
    const { key, info, name } = property
    const isAlone = this.enterList(info)
    const before = items.length
    let index = delayed.counts.get(key) ?? 0
    if (index > 0) {
      this.library.advance(index)
      this.report('r4-duplicate-property', wording5('JSON128'), { here: name, facts: { name: key, repeats: true } })
    }
    let onlyNulls: boolean | undefined
    for (let item = 0; !reader.is(TOKEN.EndArray); item++, index++) {
      if (isAlone) this.path.onlyItem()
      else this.path.item(item)
      if (index >= before) items.push(undefined)
      if (reader.is(TOKEN.Null)) {
        onlyNulls ??= true
        reader.read()
      } else {
        onlyNulls = false
        items[index] = this.primitive(items[index], property, delayed)
        delayed.counts.set(key, items.length)
      }
      this.library.advance()
      if (isAlone) break
    }
    if (onlyNulls === true) this.onlyNulls()
    this.leaveList(isAlone)
    return items
  }

  private onlyNulls(): void {
    this.path.wholeArray()
    this.report('r4-only-nulls', wording5('JSON125'))
  }

  /** A primitive's value or, of a `_name`, its id and extensions, read into what there is of it. */
  private primitive(existing: Node5 | undefined, property: Placed5, delayed: Delayed): Node5 {
    const { info, key } = property
    const node = existing ?? { values: new Map(), typeName: info.typeName }
    const before = this.findings.count
    const here = this.here()
    const end = this.reader.end()
    if (key.startsWith('_')) this.companion(node, property)
    else this.primitiveValue(node, property)
    if (this.findings.count !== before || info.element.valueSet === undefined) return node
    const name = key.startsWith('_') ? key.slice(1) : key
    delayed.checks.set(`${name}:instance`, () => this.checkCode(node, info, name, here, end))
    return node
  }

  private companion(node: Node5, { key, element, info, name }: Placed5): void {
    const extensions = node.values.get('extension')
    if (node.values.has('id') || (Array.isArray(extensions) && extensions.length > 0)) {
      const facts = { element: element.name, name: key }
      this.report('r4-duplicate-property', wording5('JSON129', key), { here: name, facts })
    }
    this.object(node, primitiveType(info), 'primitive')
  }

  private primitiveValue(node: Node5, { key, element, info, name }: Placed5): void {
    const here = this.here()
    const facts = this.factsOf(info)
    const primitive = PRIMITIVES.get(element.model5 ?? '') ?? info.primitive
    const { value, fault } = this.literal(primitive, dotnetName(primitive, element), info)
    if (fault !== undefined) this.report(fault.rule, fault.wording, { here, at: fault.at, facts })
    if (node.value !== undefined) {
      const rule = element.choice ? 'r4-choice-repeated' : 'r4-duplicate-property'
      this.report(rule, wording5('JSON129', key), {
        here: name,
        at: this.placed(),
        facts: { element: element.name, name: key },
      })
    }
    node.value = value
  }

  private factsOf({ element, typeName, repeats }: PropertyInfo): FindingFacts {
    const { valueSet } = element
    const coded = valueSet === undefined ? {} : { valueSet: valueSet.name, allowed: [...valueSet.codes] }
    return { element: element.name, type: typeName, repeats, found: foundAt(this.reader), ...coded }
  }

  /** Reads a literal and moves behind it. The value is undefined where nothing of it can be kept. */
  private literal(primitive: Primitive, dotnet: string, info: PropertyInfo): Literal5 {
    const { reader } = this
    const at = this.placed()
    const { value, fault } = readPrimitive5(reader, { primitive, dotnet, element: info.element }, this.options)
    if (reader.is(TOKEN.StartObject) || reader.is(TOKEN.StartArray)) this.recover()
    else reader.read()
    return { value, fault: fault && { ...fault, at } }
  }

  /** Whether a code is of its required value set. */
  private checkCode(node: Node5, { element }: PropertyInfo, name: string, here: Here, end: number): void {
    const { valueSet } = element
    if (valueSet === undefined || typeof node.value !== 'string' || valueSet.codes.has(node.value)) return
    this.library.enter(name, undefined)
    const facts = { element: element.name, valueSet: valueSet.name, allowed: [...valueSet.codes] }
    const found = `string of ${node.value.length} characters`
    const wording = wording5('PVAL116', node.value, valueSet.name)
    this.report('r4-code-not-in-value-set', wording, { here, at: this.placed(end), facts: { ...facts, found } })
    this.library.leave()
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
    this.library.enter(name, undefined)
    this.path.enter(name, choice ? `${name}[x]` : name)
    const here = { ...this.here(), token: first.token }
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
      here: { ...this.here(), token: first.token },
      at: this.placed(end),
    })
    this.path.leave()
    this.path.leave()
  }
}

interface Report {
  readonly facts?: FindingFacts
  readonly here?: Here
  readonly at?: LibraryPlace
}

interface Literal5 {
  readonly value: string | true | undefined
  readonly fault: (LiteralFault5 & { readonly at: LibraryPlace }) | undefined
}

/** The value of a primitive, given in its `_name`. */
const isValue = ({ kind, element }: PropertyInfo): boolean => kind === 'native' && element.name === 'value'

const hasItems = (value: Value5 | undefined): boolean => Array.isArray(value) && value.length > 0

/** The value of a code with a required binding is an enumeration, which the library finds no class for. */
const noMapping = (valueSet: string): LibraryThrows =>
  new LibraryThrows(
    'InvalidOperationException',
    `Encountered property type ${enumTypeName(valueSet)} for which no mapping was found in the model assemblies.`,
  )

const castFails = (typeName: string): LibraryThrows =>
  new LibraryThrows(
    'InvalidCastException',
    `Unable to cast object of type 'Hl7.Fhir.Model.${typeName}' to type 'Hl7.Fhir.Model.DataType'.`,
  )

/** The .NET type that the value of a primitive is read into. */
function dotnetName({ dotnet }: Primitive, { valueSet }: ElementInfo): string {
  return valueSet === undefined ? dotnet : enumTypeName(valueSet.name)
}

/** The type of a primitive's `_name`, which may have the value, too. */
function primitiveType({ element, typeName }: PropertyInfo): TypeInfo {
  return companionType(element.model5 ?? typeName, element.valueSet)
}
