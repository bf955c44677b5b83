import type { VkpFormatRuleId } from '../catalogue/vkp-format.ts'
import { issueOf } from '../catalogue.ts'
import { Cell } from './lenient-cell.ts'
import { abstractClass, abstractMessage, castMessage, enumeration, listMessage } from './lenient-classes.ts'
import { linePosition, type SourceTree, tokenEnd } from './lenient-json.ts'
import { isAnyText, readLiteral, stringToken } from './lenient-literal.ts'
import { ANY_RESOURCE, MESSAGES } from './lenient-messages.ts'
import { type NamedProperty, nameMessage, readName, shownType } from './lenient-name.ts'
import type { SourceMember, SourceNode } from './lenient-nodes.ts'
import { countOf, hasCompanion, type Property, resourceTypeOf, saysType, withCompanions } from './lenient-pairs.ts'
import { LenientPlace } from './lenient-place.ts'
import { type Content, LenientFault, ReadElement, type ReadObject } from './lenient-read.ts'
import { companionOf, findTypeAnyCase, type PropertyInfo, type TypeInfo } from './table.ts'

type Tree = Extract<SourceTree, { readonly root: SourceNode }>

/** Reads one JSON tree as a resource, value by value in the order in which the library does. Throws a `LenientFault`. */
export class LenientParser {
  private readonly text: string
  private readonly tree: Tree
  private readonly keeps: boolean
  /** Whether there are line ends that are written as escapes. */
  private readonly hasSeparators: boolean
  /** How many differences were met between what was sent and what will be written. */
  private changes = 0
  /** Elements of the objects that are open: their own arrays are made in one piece. */
  private readonly open: ReadElement[] = []
  private openCount = 0
  private readonly cells: Cell[] = []
  private depth = 0

  /** With `keeps` false it only judges: what it gives has no elements. */
  constructor(text: string, tree: Tree, keeps: boolean) {
    this.text = text
    this.tree = tree
    this.keeps = keeps
    this.hasSeparators = /[\u0085\u2028\u2029]/.test(text)
  }

  document(): ReadObject {
    const { root } = this.tree
    const name = resourceTypeOf(root, '')
    const place = LenientPlace.of(ANY_RESOURCE, name ?? '$this')
    const type = name === undefined ? undefined : findTypeAnyCase(name)
    if (type === undefined) this.failAt('vkp-resource-type', MESSAGES.noRootType(name), root, place)
    if (type.kind === 'resource') return this.object(root, type, LenientPlace.of(this.rootName(type), type.name))
    // A datatype that says it is one is read as such, and is no resource then.
    if (abstractClass(type.name) === undefined) {
      this.object(root, type, place)
      this.failAt('vkp-resource-type', castMessage(type.name, 'Resource'), root, place)
    }
    this.failAt('vkp-resource-type', MESSAGES.abstractRoot(type.name), root, place)
  }

  /** The caller asks for the type that the text names, as far as it is JSON; otherwise for any resource. */
  private rootName(type: TypeInfo): string {
    return this.tree.liberties.length === 0 ? type.name : ANY_RESOURCE
  }

  private object(source: SourceNode, named: TypeInfo, place: LenientPlace): ReadObject {
    const type = named.kind === 'primitive' ? (findTypeAnyCase('Element') ?? named) : named
    const before = this.changes
    const { effective } = source
    if (effective !== source.members) this.changes++
    this.checkNames(effective, place)
    const reading = new ObjectReading(type, this.openCell(place), place.owner === undefined ? '' : place.name)
    const from = this.openCount
    if (!hasCompanion(effective)) {
      for (const main of effective) this.member(reading, { name: main.key, main, companion: undefined })
    } else for (const property of withCompanions(effective)) this.member(reading, property)
    this.depth--
    if (reading.ignored.length > 0) this.changes++
    const elements = this.open.slice(from, this.openCount)
    this.openCount = from
    const { ignored, hasContent } = reading
    return { type, source, elements, ignored, isChanged: this.changes > before, hasContent }
  }

  /** .NET asks for the first character of each name. */
  private checkNames(members: readonly SourceMember[], place: LenientPlace): void {
    for (const { key, value } of members) {
      if (key === '') this.failAt('vkp-unknown-element', MESSAGES.emptyName, value, place)
    }
  }

  private openCell(place: LenientPlace): Cell {
    const cell = this.cells[this.depth] ?? new Cell(place)
    cell.enter(place)
    this.cells[this.depth++] = cell
    return cell
  }

  private member(reading: ObjectReading, found: Property): void {
    const isType = saysType(found, reading.name)
    const read = isType || found.name === 'fhir_comments' ? undefined : this.property(reading, found)
    if (read === undefined) {
      reading.ignore(isType ? undefined : found.main, found.companion)
      return
    }
    if (read === 'judged') return
    this.open[this.openCount++] = read
    reading.hasContent ||= read.hasContent
  }

  /** Reads the values of a property; undefined when none of them counts, `judged` when nothing is kept. */
  private property(reading: ObjectReading, found: Property): ReadElement | 'judged' | undefined {
    const { name, main, companion } = found
    const { cell } = reading
    const isArray = (main ?? companion)?.value.kind === 'array'
    const length = Math.max(countOf(main), countOf(companion))
    let named: NamedProperty | undefined
    let read: ReadElement | 'judged' | undefined
    for (let index = 0, order = 0; index < length; index++) {
      this.goTo(cell, found, index, isArray)
      if (!cell.counts) continue
      named ??= this.named(reading, name)
      const content = this.value(reading, named, order++)
      if (!this.keeps) read = 'judged'
      else if (read === undefined || read === 'judged') read = new ReadElement(named, found, index, content)
      else read.add(index, content)
    }
    if (named !== undefined) this.noteShape(found, named)
    return read
  }

  private goTo(cell: Cell, found: Property, index: number, isArray: boolean): void {
    const fault = cell.goTo(found, index, isArray)
    if (fault !== undefined) {
      const { line, position } = linePosition(this.text, tokenEnd(this.text, fault.node))
      const message = `Parser: ${fault.message} (at line ${line}, ${position})`
      this.failAt('vkp-companion', message, fault.node, cell.place)
    }
    if (!cell.isWhole) this.changes++
  }

  /** The property that the name means. The library looks at the first value to see whether it is a resource. */
  private named({ type, cell, choices }: ObjectReading, name: string): NamedProperty {
    const read = readName(type, name)
    if (!('fault' in read)) return read
    const resourceType = read.fault === 'unknown' ? undefined : resourceTypeOf(cell.object, name)
    if (resourceType !== undefined) this.failAtResource(resourceType, cell)
    if (read.fault === 'datatype' || read.fault === 'abstract') {
      cell.as(read.element.name, read.element.repeats, 0)
      if (choices.includes(read.element.name)) this.failAtSecond(read.element.name, cell)
    }
    const rule = read.fault === 'unknown' ? 'vkp-unknown-element' : 'vkp-choice-type'
    this.fail(rule, nameMessage(read, name, cell.place), cell)
  }

  private failAtSecond(name: string, cell: Cell): never {
    this.fail('vkp-must-not-repeat', MESSAGES.second(name, cell), cell)
  }

  private failAtResource(found: string, cell: Cell): never {
    this.failAt('vkp-resource-type-unexpected', MESSAGES.resource(found, cell), cell.object ?? cell.node, cell.place)
  }

  /** Reads a value, of which `order` were read before under the same name. */
  private value(reading: ObjectReading, named: NamedProperty, order: number): Content {
    const { cell, choices } = reading
    const { element, kind, repeats } = named.property
    cell.as(element.name, repeats, order)
    if (cell.object !== undefined || kind === 'resource') this.checkResourceType(cell, named.property)
    const isSecond = !repeats && (order > 0 || (element.choice && choices.includes(element.name)))
    if (isSecond && kind !== 'native') this.failAtSecond(element.name, cell)
    if (isSecond) this.changes++
    if (element.choice && !isSecond) reading.choices = [...choices, element.name]
    if (isMisplaced(kind, cell)) this.changes++
    const token = this.token(named, cell)
    if (cell.object === undefined) return { token, object: undefined }
    if (hasParts(named.property)) return { token, object: this.parts(named, cell, cell.object) }
    this.changes++
    return { token, object: undefined }
  }

  /** Resources belong where the element is one, and nowhere else. */
  private checkResourceType(cell: Cell, property: PropertyInfo): void {
    const found = resourceTypeOf(cell.object, cell.name)
    const isResource = holdsResource(property)
    if (!isResource && found !== undefined) this.failAtResource(found, cell)
    if (isResource && found === undefined) this.fail('vkp-resource-type', MESSAGES.noResource(cell), cell)
  }

  /** The literal of a value, where there is one. */
  private token(named: NamedProperty, cell: Cell): string | undefined {
    const { property, typeName } = named
    if (property.kind === 'native') return this.native(property, cell)
    const { scalar, text } = cell
    if (text === undefined || scalar === undefined) return undefined
    if (holdsResource(property)) this.resourceType(cell)
    if (property.kind !== 'primitive' || typeName !== property.typeName) {
      this.fail('vkp-value-not-allowed', MESSAGES.noPrimitive(shownTypeOf(named, cell), cell), cell)
    }
    return this.literal(scalar, text, property, cell)
  }

  /** An element's id and an extension's url: read without their parts. */
  private native(property: PropertyInfo, cell: Cell): string {
    const { scalar, text } = cell
    if (scalar === undefined || text === undefined) this.fail('vkp-object-not-allowed', MESSAGES.noValue, cell)
    return this.literal(scalar, text, property, cell)
  }

  private literal(node: SourceNode, text: string, { typeName, element }: PropertyInfo, cell: Cell): string {
    const token = this.read(node, text, typeName)
    if (typeof token !== 'string') {
      this.fail('vkp-literal', token.message ?? MESSAGES.literal(text, typeName, cell), cell)
    }
    const { valueSet } = element
    if (valueSet !== undefined && !valueSet.codes.has(text)) {
      this.fail('vkp-code', MESSAGES.code(text, enumeration(valueSet.name), cell), cell)
    }
    if (this.keeps && this.isRewritten(node, text, token)) this.changes++
    return token
  }

  /** What stands in the text as it is, and is any text, is written as it stands. */
  private read(node: SourceNode, text: string, typeName: string): ReturnType<typeof readLiteral> {
    const isAsSent = node.isPlain && text === node.text && !this.hasSeparators && isAnyText(typeName)
    if (isAsSent && !this.keeps) return text
    return isAsSent ? this.text.slice(node.start, node.end) : readLiteral(text, typeName)
  }

  /** Whether the token says anything else than what was sent; how a string is escaped is nothing. */
  private isRewritten(node: SourceNode, text: string, token: string): boolean {
    if (node.kind !== 'string') return token !== this.text.slice(node.start, node.end)
    if (text !== node.text || this.tree.replaced.length > 0) return true
    return token.length !== text.length + 2 ? token !== stringToken(text) : !token.startsWith(text, 1)
  }

  /** The object of a value. */
  private parts({ property }: NamedProperty, cell: Cell, source: SourceNode): ReadObject {
    const { place } = cell
    const type = this.typeOf(property, cell)
    const object = this.object(source, type, place)
    if (property.kind === 'resource') this.checkCast(type, property, source, place)
    return object
  }

  private typeOf(property: PropertyInfo, cell: Cell): TypeInfo {
    if (property.kind === 'primitive') return companionOf(property.element, property.typeName).type()
    return holdsResource(property) ? this.resourceType(cell) : property.type()
  }

  private resourceType(cell: Cell): TypeInfo {
    const name = resourceTypeOf(cell.object, '') ?? ''
    const className = abstractClass(name)
    const type = className === undefined ? findTypeAnyCase(name) : undefined
    if (type !== undefined) return type
    const message = className === undefined ? MESSAGES.unknownType(name, cell) : abstractMessage(className)
    this.fail('vkp-resource-type', message, cell)
  }

  /** What is not a resource where one belongs, or the reverse, is read all the same, and .NET refuses it then. */
  private checkCast(type: TypeInfo, property: PropertyInfo, source: SourceNode, place: LenientPlace): void {
    if (holdsResource(property) === (type.kind === 'resource')) return
    const wanted = holdsResource(property) ? 'Resource' : 'DataType'
    const message = property.repeats ? listMessage(type.name) : castMessage(type.name, wanted)
    this.failAt(wanted === 'Resource' ? 'vkp-resource-type' : 'vkp-choice-type', message, source, place)
  }

  /** A name or an array that is written otherwise. */
  private noteShape({ main, companion }: Property, { name, property }: NamedProperty): void {
    const { repeats } = property
    if (main !== undefined && (main.key !== name || (main.value.kind === 'array') !== repeats)) this.changes++
    if (companion === undefined) return
    if (companion.key !== `_${name}` || (companion.value.kind === 'array') !== repeats) this.changes++
  }

  private fail(rule: VkpFormatRuleId, message: string, { node, place }: Cell): never {
    this.failAt(rule, message, node, place)
  }

  private failAt(
    rule: VkpFormatRuleId,
    message: string,
    node: SourceNode,
    { pointer, expression }: LenientPlace,
  ): never {
    throw new LenientFault(issueOf(rule, message, { pointer, expression }), node)
  }
}

/** An object that is being read. */
class ObjectReading {
  readonly type: TypeInfo
  readonly cell: Cell
  /** What it is called; the root has no name. */
  readonly name: string
  ignored: SourceMember[] = NO_MEMBERS
  /** The choices that have a value: each takes one. */
  choices: readonly string[] = NO_CHOICES
  hasContent: boolean

  constructor(type: TypeInfo, cell: Cell, name: string) {
    this.type = type
    this.cell = cell
    this.name = name
    this.hasContent = type.kind === 'resource'
  }

  ignore(...members: readonly [SourceMember | undefined, SourceMember | undefined]): void {
    for (const member of members) {
      if (member === undefined) continue
      if (this.ignored.length === 0) this.ignored = [member]
      else this.ignored.push(member)
    }
  }
}

const NO_MEMBERS: SourceMember[] = []
const NO_CHOICES: readonly string[] = []

/** The type of a value as the JSON says it. */
function shownTypeOf({ property, typeName }: NamedProperty, { object }: Cell): string {
  return (holdsResource(property) ? resourceTypeOf(object, '') : undefined) ?? shownType(typeName, property)
}

/** Whether parts stand in `name` that belong in `_name`, or the reverse. */
function isMisplaced(kind: PropertyInfo['kind'], { main, companion, object }: Cell): boolean {
  return object !== undefined && object === (kind === 'primitive' ? main : companion)
}

/** Whether the library looks at parts: not of plain strings, and not of a narrative that is a value and no `div`. */
function hasParts({ kind, typeName, element }: PropertyInfo): boolean {
  return kind !== 'native' && (typeName !== 'xhtml' || element.name === 'div')
}

/** Whether the element is one that holds a resource; a choice may be named after one, and is none. */
function holdsResource({ kind, element }: PropertyInfo): boolean {
  return kind === 'resource' && !element.choice
}
