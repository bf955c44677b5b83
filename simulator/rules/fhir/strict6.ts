import type { FindingFacts, FindingRule, LibraryPlace, Wording } from './finding.ts'
import { wording6 } from './messages.ts'
import type { Dotnet } from './primitives.ts'
import { Findings, foundAt, type Here, LibraryThrows, thrownAt } from './strict-findings.ts'
import { TOKEN, type TokenReader, tokenName } from './strict-tokens.ts'
import { readJson6 } from './strict6-literals.ts'
import {
  type Class6,
  classOf,
  dynamicClass,
  findClass,
  isList,
  type Json6,
  type List6,
  listTakes,
  make,
  type Node6,
  unnamedResource,
  type Value6,
} from './strict6-model.ts'
import { lookUp, type Property6, ReadingObject } from './strict6-names.ts'
import { Step6 } from './strict6-step.ts'
import { type Spot6, Validator6 } from './strict6-validator.ts'

/*
 * Reads a text as SDK 6.8.0 does (BaseFhirJsonDeserializer): token by token into objects, and checks each object when it is
 * read. What is wrong as JSON is found while reading, what is wrong as FHIR by the validator.
 */

export interface Options6 {
  readonly dotnet: Dotnet
  readonly rejectBlankStrings: boolean
  /** `strict` refuses names in another letter case, too. */
  readonly mode: 'default' | 'strict'
  readonly limit: number
}

export class Reader6 {
  readonly findings: Findings
  private readonly reader: TokenReader
  private readonly validator: Validator6
  private readonly isStrict: boolean
  private step = Step6.root('$this')
  private readonly objects: ReadingObject[] = []
  /** How many properties that occur again are being read. */
  private repeated = 0

  constructor(reader: TokenReader, options: Options6) {
    this.reader = reader
    this.findings = new Findings(reader, options.limit)
    this.isStrict = options.mode === 'strict'
    this.validator = new Validator6(this.findings, options)
  }

  /** Reads the root. For null the library makes no resource and reports nothing; here it is refused. Throws `Unreadable` and `LibraryThrows`. */
  root(): void {
    this.reader.read()
    if (this.reader.is(TOKEN.Null)) {
      this.report('r4-object-expected', wording6('JSON109'), { type: 'Resource', found: 'null' })
      this.reader.read()
      return
    }
    const is = this.resourceClass()
    if (!is.isUnnamed && !is.isDynamic) this.step = Step6.root(is.name)
    this.single(make(is), '(root)', { name: '(root)', is, isRoot: true })
    if (this.findings.count === 0) this.reader.read()
  }

  /** Our path, and the token that is being read. */
  here(): Here {
    return this.step.here(this.reader.index)
  }

  private report(
    rule: FindingRule,
    wording: Wording,
    facts: FindingFacts = {},
    at = this.placed(),
    spot = this.spot(),
  ): void {
    this.findings.add(rule, wording, at, spot.step.here(spot.token), facts)
  }

  private spot(token = this.reader.index): Spot6 {
    return { step: this.step, token }
  }

  /** Before a primitive, after any other token. */
  private placed(path?: string): LibraryPlace {
    const { reader } = this
    const end = reader.end()
    if (isPrimitive(reader) && reader.isBehind) throw jsonException('The input does not contain any JSON tokens.')
    const back = isPrimitive(reader) ? end - reader.start() : 0
    return path === undefined ? this.step.at(end, back) : { path, offset: end, back }
  }

  private get object(): ReadingObject {
    return this.objects.at(-1) ?? new ReadingObject()
  }

  private create(is: Class6): Node6 {
    return make(is.kind === 'resource' ? this.resourceClass() : is)
  }

  /** The class that the text says by resourceType, wherever in the object that stands. */
  private resourceClass(): Class6 {
    const name = this.resourceType()
    if (name === undefined) return unnamedResource(this.step.library())
    const found = findClass(name)
    if (found === undefined || found.kind !== 'resource') return dynamicClass('resource', name)
    if (found.type.kind === 'abstract') this.report('r4-resource-type-unknown', wording6('PVAL130', name), { name })
    if (this.isStrict && found.name !== name) {
      const at = this.step.at(this.reader.end())
      this.report('r4-resource-type-case', wording6('PVAL132', name, found.name), { name }, at)
    }
    return found
  }

  private resourceType(): string | undefined {
    const { reader } = this
    const start = reader.index
    const spot = this.spot()
    try {
      if (this.findResourceType(reader.depth + 1)) {
        if (reader.is(TOKEN.String)) return reader.string()
        return this.strangeResourceType()
      }
      this.report('r4-resource-type-missing', wording6('JSON103'), {}, this.placed(''), spot)
      return undefined
    } finally {
      reader.moveTo(start)
    }
  }

  private strangeResourceType(): string {
    const { reader } = this
    const token = reader.token
    const found = foundAt(reader)
    if (token === TOKEN.StartObject || token === TOKEN.StartArray) {
      throw jsonException(`'${token === TOKEN.StartObject ? '}' : ']'}' is an invalid start of a value.`)
    }
    const wording = wording6('JSON102', tokenName(token), reader.raw())
    this.report('r4-resource-type-not-string', wording, { found })
    return reader.raw()
  }

  private findResourceType(depth: number): boolean {
    const { reader } = this
    while (reader.read() && reader.depth >= depth) {
      while (reader.is(TOKEN.PropertyName) && reader.depth === depth) {
        if (reader.string() === 'resourceType') return reader.read()
        reader.skip()
      }
      if (reader.depth < depth) break
    }
    return false
  }

  /** Reads one value into an object that was made for it, and has it checked. */
  private single(node: Node6, key: string, wanted: Wanted6): void {
    const { reader } = this
    const { is, name } = wanted
    const spot = this.spot()
    const at = spot.step.at(reader.end())
    const isCompanion = key.startsWith('_')
    if (isPrimitive(reader)) this.primitiveOf(node, key, wanted, isCompanion)
    else if (reader.is(TOKEN.StartObject)) {
      if (is.kind === 'primitive' && !isCompanion) {
        this.report('r4-value-is-object', wording6('JSON132', name), { element: name, type: is.name, found: 'object' })
      }
      this.members(node, is, wanted.isRoot === true)
    } else {
      if (!reader.is(TOKEN.Null)) throw unexpected(reader, key)
      const facts = { element: name, type: is.name, found: 'null' }
      this.report('r4-null-value', wording6('JSON109'), facts)
      node.isNull = true
      reader.read()
    }
    this.checkObject(node, is, spot, at)
  }

  private primitiveOf(node: Node6, key: string, { is, name }: Wanted6, isCompanion: boolean): void {
    const facts = { element: name, type: is.name, found: foundAt(this.reader) }
    if (isCompanion) this.report('r4-companion-not-object', wording6('JSON134', key), { ...facts, type: 'Element' })
    else if (is.kind !== 'primitive') this.report('r4-object-expected', wording6('JSON131', name), facts)
    this.literal(node, is, key, facts)
  }

  private literal(node: Node6, is: Class6, key: string, facts: FindingFacts): void {
    const { reader } = this
    const isValue = node.is.kind === 'primitive'
    if (isValue && node.json !== undefined && this.repeated === 0) {
      this.report('r4-companion-not-object', wording6('JSON135', key), { ...facts, name: key })
    }
    const json = readJson6(reader, is.kind === 'primitive' && !is.isDynamic ? is.name : undefined)
    reader.read()
    if (isValue) node.json ??= json
    else node.set('value', pocoOf(json))
  }

  private checkObject(node: Node6, is: Class6, spot: Spot6, at: LibraryPlace): void {
    const check = (): void => this.validator.object(node, is, spot, at)
    if (is.kind === 'primitive') this.object.checks.set(node, check)
    else check()
  }

  private members(node: Node6, is: Class6, isRoot: boolean): void {
    const { reader } = this
    const outside = this.step
    const start = this.spot()
    reader.read()
    if (is.kind === 'resource') this.step = outside.resource(is.name)
    this.objects.push(new ReadingObject())
    let isEmpty = true
    while (!reader.is(TOKEN.EndObject)) {
      if (is.kind === 'resource' && reader.is(TOKEN.PropertyName) && reader.string() === 'resourceType') reader.skip()
      else {
        isEmpty = false
        this.property(node, is)
      }
    }
    this.step = outside
    for (const check of this.object.checks.values()) check()
    this.objects.pop()
    if (!isRoot) reader.read()
    if (isEmpty) this.report('r4-empty-object', wording6('JSON120'), { found: 'object' }, this.placed(), start)
  }

  private property(target: Node6, parent: Class6): void {
    const { reader } = this
    if (!reader.is(TOKEN.PropertyName)) throw notProperty(reader)
    const key = reader.string()
    const token = reader.index
    const end = reader.end()
    reader.read()
    const outside = this.step
    try {
      this.propertyNamed(key, this.propertyOf(parent, key, token), target, { token, end })
    } catch (error) {
      throw thrownAt(outside.element(key, key).here(token), error)
    }
    this.step = outside
  }

  private propertyNamed(key: string, property: Property6, target: Node6, { token, end }: NameToken): void {
    const element = this.step.element(property.name, key)
    const name = { step: element, token }
    const isCompanion = key.startsWith('_')
    const isAgain = this.object.hit((isCompanion ? '_' : '') + property.name)
    if (isAgain) this.again(property, key, name)
    if (isCompanion && property.is.kind !== 'primitive') {
      const wording = wording6('JSON133', property.name, key)
      this.report('r4-underscore-not-allowed', wording, { element: property.name, name: key }, this.placed(), name)
    }
    this.step = property.isCollection ? element.item(0, []) : element
    if (isAgain) this.repeated++
    const value = this.value(target.get(property.name), key, property, element)
    if (isAgain) this.repeated--
    target.set(property.name, value)
    const at = this.step.at(end)
    this.checkProperty(isCompanion ? key.slice(1) : key, value, property, name, at)
  }

  private again({ element, name }: Property6, key: string, spot: Spot6): void {
    const rule = element?.choice ? 'r4-choice-repeated' : 'r4-duplicate-property'
    this.report(rule, wording6('JSON129', key), { element: name, name: key }, this.placed(), spot)
  }

  private propertyOf(parent: Class6, key: string, token: number): Property6 {
    const bare = (element: string, allowed: readonly string[]): string => {
      const step = this.step.element(element, key)
      const path = step.library()
      const wording = wording6('JSON114', key.startsWith('_') ? key.slice(1) : key)
      this.report('r4-choice-without-type', wording, { element, allowed }, this.placed(path), { step, token })
      return path
    }
    return lookUp({ parent, key, object: this.object, reader: this.reader, isStrict: this.isStrict, bare })
  }

  private checkProperty(name: string, value: Value6, property: Property6, spot: Spot6, at: LibraryPlace): void {
    const check = (): void => this.validator.property(name, value, property, spot, at)
    if (property.is.kind === 'primitive') this.object.checks.set(property.name, check)
    else check()
  }

  /** Reads into what is there already, or into something new. */
  private value(existing: Value6 | undefined, key: string, property: Property6, element: Step6): Value6 {
    const isArray = this.reader.is(TOKEN.StartArray)
    if (isList(existing)) {
      this.list(existing, key, property, element)
      return existing
    }
    if (isArray) {
      const list: List6 = { of: property.listOf, items: [] }
      if (existing !== undefined) put(list, 0, existing)
      this.list(list, key, property, element)
      return existing ?? list
    }
    const node = existing ?? this.create(property.is)
    this.single(node, key, { name: property.name, is: existing === undefined ? node.is : property.is })
    return node
  }

  private list(list: List6, key: string, property: Property6, element: Step6): void {
    const before = list.items.length
    const { reader } = this
    let index = 0
    const advance = (): void => {
      index++
      this.step = element.item(index, [])
    }
    const read = (indexes: readonly number[]): void => {
      let own = 0
      reader.read()
      if (reader.is(TOKEN.EndArray)) {
        const facts = { element: property.name, found: 'array of 0' }
        this.report('r4-empty-array', wording6('JSON121'), facts, this.placed(), {
          step: element,
          token: reader.index - 1,
        })
      }
      let onlyNulls: boolean | undefined
      for (; !reader.is(TOKEN.EndArray); own++) {
        if (reader.is(TOKEN.Null)) {
          onlyNulls ??= true
          if (index >= before) list.items.push(undefined)
          advance()
          reader.read()
          continue
        }
        onlyNulls = false
        const printed = index === 0 && !property.isCollection ? undefined : index
        this.step = element.item(printed, [...indexes, own])
        if (reader.is(TOKEN.StartArray)) {
          const facts = { element: property.name, type: property.is.name, found: foundAt(reader) }
          this.report('r4-nested-array', wording6('JSON130'), facts)
          read([...indexes, own])
          continue
        }
        if (index >= before) list.items.push(undefined)
        this.item(list, index, key, property)
        advance()
      }
      if (onlyNulls === true) this.report('r4-only-nulls', wording6('JSON125'), { element: property.name })
      reader.read()
    }
    read([])
  }

  private item(list: List6, index: number, key: string, property: Property6): void {
    const existing = list.items[index]
    const node = existing ?? this.create(property.is)
    if (existing === undefined) put(list, index, node)
    this.single(node, key, { name: property.name, is: existing === undefined ? node.is : property.is })
  }
}

/** A property's name: the token, and the offset after it. */
interface NameToken {
  readonly token: number
  readonly end: number
}

interface Wanted6 {
  readonly name: string
  readonly is: Class6
  readonly isRoot?: boolean
}

const isPrimitive = (reader: TokenReader): boolean =>
  reader.is(TOKEN.String) || reader.is(TOKEN.Number) || reader.is(TOKEN.True) || reader.is(TOKEN.False)

/** What is made of a primitive that stands where an object should. */
function pocoOf(json: Json6): Node6 {
  const node = make(classOf(json.kind))
  node.json = json
  return node
}

function put(list: List6, index: number, node: Node6): void {
  if (!listTakes(list, node)) {
    const printed = node.json === undefined ? `Hl7.Fhir.Model.${node.is.name}` : node.json.text
    const message = `The value "${printed}" is not of type "Hl7.Fhir.Model.${list.of}" and cannot be used in this generic collection. (Parameter 'value')`
    throw new LibraryThrows('ArgumentException', message)
  }
  list.items[index] = node
}

function unexpected(reader: TokenReader, key: string): LibraryThrows {
  const message = `Encountered unexpected token ${tokenName(reader.token)} while parsing a primitive or object for property '${key}'.`
  return new LibraryThrows('InvalidOperationException', message)
}

function notProperty(reader: TokenReader): LibraryThrows {
  const message = `deserializePropertyInto should only be called on JSON properties: Current token is ${tokenName(reader.token)}.`
  return new LibraryThrows('InvalidOperationException', message)
}

const jsonException = (message: string): LibraryThrows => new LibraryThrows('JsonException', message)
