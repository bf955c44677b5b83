import type { VkpFormatRuleId } from '../catalogue/vkp-format.ts'
import { issueOf } from '../catalogue.ts'
import { abstractClass, abstractMessage, castMessage, enumeration, listMessage } from './lenient-classes.ts'
import { linePosition, type SourceMember, SourceNode, type SourceTree, tokenEnd } from './lenient-json.ts'
import { isAnyText, type Literal, readLiteral, stringToken, textOf } from './lenient-literal.ts'
import { type NamedProperty, nameMessage, readName, shownType } from './lenient-name.ts'
import {
  countOf,
  isWhole,
  itemOf,
  type Pair,
  type Property,
  pairOf,
  propertiesOf,
  resourceTypeOf,
  saysType,
} from './lenient-pairs.ts'
import { Place } from './lenient-place.ts'
import { LenientFault, type ReadElement, type ReadObject, type ReadValue } from './lenient-read.ts'
import { companionOf, findTypeAnyCase, type PropertyInfo, type TypeInfo } from './table.ts'

const CHECK = 'Type checking the data:'
const BUILD = 'While building a POCO:'

function noTypeMessage(name: string | undefined): string {
  if (name !== undefined) return `type (at Cannot locate type information for type '${name}')`
  return `type (at Cannot determine the type of the root element at '${ANY}', please supply a type argument.)`
}

function abstractRootMessage(name: string): string {
  return `The type of a node must be a concrete type, '${name}' is abstract. (Parameter 'elementType')`
}

/** The value that a fault of the pair is about. */
function nodeOf({ main, companion, scalar, object }: Pair): SourceNode {
  return scalar ?? object ?? main ?? companion ?? NOTHING
}

const NOTHING = new SourceNode('null', 0, 0, '', [], [])

/** Its type as the JSON says it. */
function shownTypeOf({ property, typeName }: NamedProperty, pair: Pair): string {
  return (holdsResource(property) ? resourceTypeOf(pair.object, '') : undefined) ?? shownType(typeName, property)
}

/** The properties that are passed over, and one more; what says the type is none. */
function withIgnored(ignored: SourceMember[], { main, companion }: Property, isType: boolean): SourceMember[] {
  const more = [isType ? undefined : main, companion].filter((member) => member !== undefined)
  if (more.length === 0 || ignored === NO_MEMBERS) return more.length === 0 ? ignored : more
  for (const member of more) ignored.push(member)
  return ignored
}

const NO_MEMBERS: SourceMember[] = []
const NO_VALUES: ReadValue[] = []

/** The choices of an object that have a value: each takes one. */
class ChoicesRead {
  private names: Set<string> | undefined

  has(name: string): boolean {
    return this.names?.has(name) ?? false
  }

  add(name: string): void {
    this.names ??= new Set()
    this.names.add(name)
  }
}

/** Whether parts stand in `name` that belong in `_name`, or the reverse. */
function isMisplaced(kind: PropertyInfo['kind'], { main, companion, object }: Pair): boolean {
  return object === (kind === 'primitive' ? main : companion)
}

/** Whether the element is one that holds a resource; a choice may be named after one, and is none. */
function holdsResource({ kind, element }: PropertyInfo): boolean {
  return kind === 'resource' && !element.choice
}

type Tree = Extract<SourceTree, { readonly root: SourceNode }>

type Node = SourceNode | undefined
type Member = SourceMember | undefined

/** What the root is called when the caller asks for any resource. */
const ANY = 'Resource'

/** Reads one JSON tree as a resource, value by value in the order in which the library does. Throws a `LenientFault`. */
export class LenientParser {
  private readonly text: string
  private readonly tree: Tree
  /** Whether there are line ends that are written as escapes. */
  private readonly hasSeparators: boolean
  /** How many differences were met between what was sent and what will be written. */
  private changes = 0
  /** Elements of the objects that are open: their own arrays are made in one piece. */
  private readonly open: ReadElement[] = []

  constructor(text: string, tree: Tree) {
    this.text = text
    this.tree = tree
    this.hasSeparators = /[\u0085\u2028\u2029]/.test(text)
  }

  document(): ReadObject {
    const { root } = this.tree
    const name = resourceTypeOf(root, '')
    const place = Place.of(ANY, name ?? '$this')
    const type = name === undefined ? undefined : findTypeAnyCase(name)
    if (name === undefined || type === undefined) this.fail('vkp-resource-type', noTypeMessage(name), root, place)
    if (type.kind === 'resource') return this.object(root, type, Place.of(this.rootName(type), type.name))
    const isAbstract = abstractClass(type.name) !== undefined
    if (!isAbstract) this.object(root, type, place)
    const message = isAbstract ? abstractRootMessage(type.name) : castMessage(type.name, 'Resource')
    this.fail('vkp-resource-type', message, root, place)
  }

  /** The caller asks for the type that the text names, as far as it is JSON; otherwise for any resource. */
  private rootName(type: TypeInfo): string {
    return this.tree.liberties.length === 0 ? type.name : ANY
  }

  private object(source: SourceNode, type: TypeInfo, place: Place): ReadObject {
    const before = this.changes
    if (source.effective !== source.members) this.changes++
    this.checkNames(source, place)
    const { open } = this
    const from = open.length
    let ignored: SourceMember[] = NO_MEMBERS
    const choices = new ChoicesRead()
    let hasContent = type.kind === 'resource'
    for (const found of propertiesOf(source)) {
      const isType = saysType(found, place.owner === undefined ? '' : place.name)
      const read = isType || found.name === 'fhir_comments' ? undefined : this.property(type, choices, found, place)
      if (read === undefined) ignored = withIgnored(ignored, found, isType)
      else {
        open.push(read)
        hasContent ||= read.hasContent
      }
    }
    if (ignored.length > 0) this.changes++
    const elements = open.slice(from)
    open.length = from
    return { type, source, elements, ignored, isChanged: this.changes > before, hasContent }
  }

  /** .NET asks for the first character of each name. */
  private checkNames({ effective }: SourceNode, place: Place): void {
    for (const { key, value } of effective) {
      if (key === '') this.fail('vkp-unknown-element', 'Index was outside the bounds of the array.', value, place)
    }
  }

  /** Reads the values of a property; undefined when none of them counts. */
  private property(type: TypeInfo, choices: ChoicesRead, found: Property, owner: Place): ReadElement | undefined {
    const { name, main, companion } = found
    const first = main ?? companion
    const isArray = first?.value.kind === 'array'
    const length = Math.max(countOf(main), countOf(companion))
    let named: NamedProperty | undefined
    let hasContent = false
    let values: ReadValue[] = NO_VALUES
    for (let index = 0; index < length; index++) {
      const place = owner.child(first?.key ?? name, name, index, isArray)
      const pair = this.pair(name, itemOf(main, index), itemOf(companion, index), isArray, place)
      if (pair.scalar === undefined && pair.object === undefined) continue
      named ??= this.named(type, choices, name, pair, place)
      const value = this.value(named, choices, values.length, pair, place)
      if (values.length === 0) values = [value]
      else values.push(value)
      hasContent ||= value.token !== undefined || value.object?.hasContent === true
    }
    if (named === undefined) return undefined
    this.noteShape(main, companion, named)
    return { main, companion, name: named.name, property: named.property, values, hasContent }
  }

  private pair(name: string, main: Node, companion: Node, isArray: boolean, place: Place): Pair {
    const pair = pairOf(name, main, companion)
    if ('node' in pair) {
      const { line, position } = linePosition(this.text, tokenEnd(this.text, pair.node))
      const message = `Parser: ${pair.message} (at line ${line}, ${position})`
      this.fail('vkp-companion', message, pair.node, place)
    }
    if (!isWhole(pair, isArray)) this.changes++
    return pair
  }

  /** The property that the name means. The library looks at the first value to see whether it is a resource. */
  private named(type: TypeInfo, choices: ChoicesRead, name: string, pair: Pair, place: Place): NamedProperty {
    const read = readName(type, name)
    if (!('fault' in read)) return read
    const resourceType = read.fault === 'unknown' ? undefined : resourceTypeOf(pair.object, name)
    if (resourceType !== undefined) this.failAtResource(name, resourceType, pair, place)
    if (read.fault === 'datatype' || read.fault === 'abstract') {
      place.as(read.element.name, read.element.repeats, 0)
      if (choices.has(read.element.name)) this.failAtSecond(read.element.name, pair, place)
    }
    const rule = read.fault === 'unknown' ? 'vkp-unknown-element' : 'vkp-choice-type'
    this.fail(rule, nameMessage(read, name, place), nodeOf(pair), place)
  }

  private failAtSecond(name: string, pair: Pair, place: Place): never {
    const message = `${BUILD} Element '${name}' must not repeat (at ${place.typedLocation})`
    this.fail('vkp-must-not-repeat', message, nodeOf(pair), place)
  }

  /** Reads a value, of which `order` were read before under the same name. */
  private value(named: NamedProperty, choices: ChoicesRead, order: number, pair: Pair, place: Place): ReadValue {
    const { element, kind, repeats } = named.property
    place.as(element.name, repeats, order)
    this.checkResourceType(pair, named.property, place)
    const isSecond = !repeats && (order > 0 || (element.choice && choices.has(element.name)))
    if (isSecond && kind !== 'native') this.failAtSecond(element.name, pair, place)
    if (isSecond) this.changes++
    if (element.choice) choices.add(element.name)
    const token = this.token(named, pair, place)
    const object =
      pair.object === undefined || kind === 'native' ? undefined : this.parts(named, pair, pair.object, place)
    if (object !== undefined && isMisplaced(kind, pair)) this.changes++
    return { main: pair.main, companion: pair.companion, token, object }
  }

  /** Resources belong where the element is one, and nowhere else. */
  private checkResourceType(pair: Pair, property: PropertyInfo, place: Place): void {
    const { name } = place
    const found = resourceTypeOf(pair.object, name)
    const isResource = holdsResource(property)
    if (!isResource && found !== undefined) this.failAtResource(name, found, pair, place)
    if (!isResource || found !== undefined) return
    const message = `${CHECK} Element '${name}' should contain a resource, but does not actually contain one (at ${place.location})`
    this.fail('vkp-resource-type', message, nodeOf(pair), place)
  }

  private failAtResource(name: string, found: string, pair: Pair, place: Place): never {
    const message = `${CHECK} Element '${name}' is not a contained resource, but seems to contain a resource of type '${found}'. (at ${place.location})`
    this.fail('vkp-resource-type-unexpected', message, pair.object ?? nodeOf(pair), place)
  }

  /** The literal of a value, where there is one. */
  private token(named: NamedProperty, pair: Pair, place: Place): string | undefined {
    const { property, typeName } = named
    if (property.kind === 'native') return this.native(property, pair, place)
    const text = pair.scalar === undefined ? undefined : textOf(pair.scalar)
    if (text === undefined || pair.scalar === undefined) return undefined
    if (holdsResource(property)) this.resourceType(pair, place)
    if (property.kind !== 'primitive' || typeName !== property.typeName) {
      this.failAtValue(shownTypeOf(named, pair), pair, place)
    }
    return this.literal(pair.scalar, text, property, place)
  }

  /** The object of a value. */
  private parts({ property }: NamedProperty, pair: Pair, source: SourceNode, place: Place): ReadObject {
    const type = this.typeOf(property, pair, place)
    const object = this.object(source, type, place)
    if (property.kind === 'resource') this.checkCast(type, property, pair, place)
    return object
  }

  private typeOf(property: PropertyInfo, pair: Pair, place: Place): TypeInfo {
    if (property.kind === 'primitive') return companionOf(property.element, property.typeName).type()
    return holdsResource(property) ? this.resourceType(pair, place) : property.type()
  }

  private failAtValue(typeName: string, pair: Pair, place: Place): never {
    const message = `${CHECK} Since type ${typeName} is not a primitive, it cannot have a value (at ${place.location})`
    this.fail('vkp-value-not-allowed', message, nodeOf(pair), place)
  }

  /** What is no resource where one belongs, or the reverse, is read all the same, and .NET refuses it then. */
  private checkCast(type: TypeInfo, property: PropertyInfo, pair: Pair, place: Place): void {
    const isWanted = holdsResource(property) === (type.kind === 'resource')
    if (isWanted) return
    const wanted = holdsResource(property) ? 'Resource' : 'DataType'
    const message = property.repeats ? listMessage(type.name) : castMessage(type.name, wanted)
    this.fail(wanted === 'Resource' ? 'vkp-resource-type' : 'vkp-choice-type', message, nodeOf(pair), place)
  }

  /** An element's id and an extension's url: read without their parts. */
  private native(property: PropertyInfo, pair: Pair, place: Place): string {
    const text = pair.scalar === undefined ? undefined : textOf(pair.scalar)
    if (pair.object !== undefined) this.changes++
    if (pair.scalar !== undefined && text !== undefined) return this.literal(pair.scalar, text, property, place)
    this.fail('vkp-object-not-allowed', "Value cannot be null. (Parameter 'value')", nodeOf(pair), place)
  }

  /** What stands in the text as it is, and is any text, is written as it stands. */
  private read(node: SourceNode, text: string, typeName: string): Literal {
    const isAsSent = node.isPlain && text === node.text && !this.hasSeparators && isAnyText(typeName)
    return isAsSent ? { token: this.text.slice(node.start, node.end) } : readLiteral(text, typeName)
  }

  private literal(node: SourceNode, text: string, { typeName, element }: PropertyInfo, place: Place): string {
    const { token, fault } = this.read(node, text, typeName)
    if (fault !== undefined) {
      const own = `${CHECK} Literal '${text}' cannot be parsed as a ${typeName}. (at ${place.location})`
      this.fail('vkp-literal', fault.message ?? own, node, place)
    }
    if (element.valueSet !== undefined && !element.valueSet.codes.has(text)) {
      const message = `${BUILD} Literal '${text}' is not a valid value for enumeration '${enumeration(element.valueSet.name)}' (at ${place.typedLocation})`
      this.fail('vkp-code', message, node, place)
    }
    if (this.isRewritten(node, text, token)) this.changes++
    return token
  }

  /** Whether the token says anything else than what was sent; how a string is escaped is nothing. */
  private isRewritten(node: SourceNode, text: string, token: string): boolean {
    if (node.kind !== 'string') return token !== this.text.slice(node.start, node.end)
    if (text !== node.text || this.tree.replaced.length > 0) return true
    return token.length !== text.length + 2 ? token !== stringToken(text) : !token.includes(text, 1)
  }

  private resourceType(pair: Pair, place: Place): TypeInfo {
    const name = resourceTypeOf(pair.object, '') ?? ''
    const className = abstractClass(name)
    const type = className === undefined ? findTypeAnyCase(name) : undefined
    if (type !== undefined) return type
    const unknown = `${BUILD} Asked to deserialize unknown type '${name}' (at ${place.typedLocation})`
    const message = className === undefined ? unknown : abstractMessage(className)
    this.fail('vkp-resource-type', message, nodeOf(pair), place)
  }

  /** A name or an array that is written otherwise. */
  private noteShape(main: Member, companion: Member, { name, property }: NamedProperty): void {
    const { repeats } = property
    if (main !== undefined && (main.key !== name || (main.value.kind === 'array') !== repeats)) this.changes++
    if (companion === undefined) return
    if (companion.key !== `_${name}` || (companion.value.kind === 'array') !== repeats) this.changes++
  }

  private fail(rule: VkpFormatRuleId, message: string, node: SourceNode, { pointer, expression }: Place): never {
    throw new LenientFault(issueOf(rule, message, { pointer, expression }), node)
  }
}
