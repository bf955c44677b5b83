import type { VkpFormatRuleId } from '../catalogue/vkp-format.ts'
import { issueOf } from '../catalogue.ts'
import type { Issue } from '../issue.ts'
import { abstractClass, abstractMessage, castMessage, enumeration, listMessage } from './lenient-classes.ts'
import { linePosition, type SourceMember, SourceNode, type SourceTree, tokenEnd } from './lenient-json.ts'
import { readLiteral, textOf } from './lenient-literal.ts'
import { type NamedProperty, nameMessage, readName } from './lenient-name.ts'
import {
  isWhole,
  listOf,
  type Pair,
  type Property,
  pairOf,
  propertiesOf,
  resourceTypeOf,
  saysType,
} from './lenient-pairs.ts'
import { Place } from './lenient-place.ts'
import { companionOf, findTypeAnyCase, type PropertyInfo, type TypeInfo } from './table.ts'

/** An object as the parser read it. */
export interface ReadObject {
  readonly type: TypeInfo
  readonly source: SourceNode
  readonly elements: readonly ReadElement[]
  /** Properties that the parser passes over. */
  readonly ignored: readonly SourceMember[]
  /** Whether anything in it is written otherwise than it was sent, but for order and white space. */
  readonly isChanged: boolean
}

/** One element: its property, and the `_name` property of the same name. At least one of them is there. */
export interface ReadElement extends Property {
  readonly property: PropertyInfo
  /** Those that count; the others are as if they were absent. */
  readonly values: readonly ReadValue[]
}

/** One value: a JSON token of the right type, an object, or for a primitive both. */
export interface ReadValue {
  readonly main: SourceNode | undefined
  readonly companion: SourceNode | undefined
  readonly token: string | undefined
  readonly object: ReadObject | undefined
}

/** What stops the parser, and the value that it is about. */
export class LenientFault extends Error {
  readonly issue: Issue
  readonly node: SourceNode

  constructor(issue: Issue, node: SourceNode) {
    super(issue.message)
    this.issue = issue
    this.node = node
  }
}

/** An object that is being read: the elements that have a value, the last name, and how often it stood. */
interface Progress {
  readonly type: TypeInfo
  readonly place: Place
  readonly present: Set<string>
  lastName: string
  order: number
}

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
function typeNameOf({ property, typeName }: NamedProperty, pair: Pair): string {
  return property.kind === 'resource' ? (resourceTypeOf(pair.object, '') ?? typeName) : typeName
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

/** What the root is called when the caller asks for any resource. */
const ANY = 'Resource'

/** Reads one JSON tree as a resource, value by value in the order in which the library does. Throws a `LenientFault`. */
export class LenientParser {
  private readonly text: string
  private readonly tree: Tree
  /** How many differences were met between what was sent and what will be written. */
  private changes = 0

  constructor(text: string, tree: Tree) {
    this.text = text
    this.tree = tree
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

  private object(source: SourceNode, type: TypeInfo, place: Place, ownName = ''): ReadObject {
    const before = this.changes
    if (source.effective !== source.members) this.changes++
    if (source.effective.some(({ key }) => key === '')) this.failAtEmptyName(source, place)
    const elements: ReadElement[] = []
    const ignored: SourceMember[] = []
    const progress = { type, place, present: new Set<string>(), lastName: '', order: 0 }
    for (const found of propertiesOf(source)) {
      const isType = saysType(found, ownName)
      const read = found.name === 'fhir_comments' || isType ? undefined : this.property(progress, found)
      if (read !== undefined) elements.push(read)
      else {
        if (found.main !== undefined && !isType) ignored.push(found.main)
        if (found.companion !== undefined) ignored.push(found.companion)
      }
    }
    if (ignored.length > 0) this.changes++
    return { type, source, elements, ignored, isChanged: this.changes > before }
  }

  /** .NET asks for the first character of each name. */
  private failAtEmptyName(source: SourceNode, place: Place): never {
    const member = source.effective.find(({ key }) => key === '')
    this.fail('vkp-unknown-element', 'Index was outside the bounds of the array.', member?.value ?? source, place)
  }

  /** Reads the values of a property; undefined when none of them counts. */
  private property(progress: Progress, found: Property): ReadElement | undefined {
    const { name, main, companion } = found
    const [mains, companions] = [listOf(main), listOf(companion)]
    const first = main ?? companion
    const isArray = first?.value.kind === 'array'
    let named: NamedProperty | undefined
    const values: ReadValue[] = []
    for (let index = 0; index < Math.max(mains.length, companions.length); index++) {
      const place = progress.place.child(first?.key ?? name, name, index, isArray)
      const pair = this.pair(name, mains[index], companions[index], isArray, place)
      if (pair.scalar === undefined && pair.object === undefined) continue
      named ??= this.named(progress, name, pair, place)
      values.push(this.value(progress, named, pair, place))
    }
    if (named === undefined) return undefined
    this.noteShape(found, named)
    return { main, companion, name: named.name, property: named.property, values }
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
  private named({ type, present }: Progress, name: string, pair: Pair, place: Place): NamedProperty {
    const read = readName(type, name)
    if (!('fault' in read)) return read
    const resourceType = read.fault === 'unknown' ? undefined : resourceTypeOf(pair.object, name)
    if (resourceType !== undefined) this.failAtResource(name, resourceType, pair, place)
    if (read.fault === 'datatype' || read.fault === 'abstract') {
      place.as(read.element.name, read.element.repeats, 0)
      if (present.has(read.element.name)) this.failAtSecond(read.element.name, pair, place)
    }
    const rule = read.fault === 'unknown' ? 'vkp-unknown-element' : 'vkp-choice-type'
    this.fail(rule, nameMessage(read, name, place), nodeOf(pair), place)
  }

  private failAtSecond(name: string, pair: Pair, place: Place): never {
    const message = `${BUILD} Element '${name}' must not repeat (at ${place.typedLocation})`
    this.fail('vkp-must-not-repeat', message, nodeOf(pair), place)
  }

  private value(progress: Progress, named: NamedProperty, pair: Pair, place: Place): ReadValue {
    const { property } = named
    const { element, kind } = property
    const sourceName = place.name
    progress.order = progress.lastName === sourceName ? progress.order + 1 : 0
    progress.lastName = sourceName
    place.as(element.name, property.repeats, progress.order)
    this.checkResourceType(pair, property, sourceName, place)
    if (!property.repeats && kind !== 'native' && progress.present.has(element.name)) {
      this.failAtSecond(element.name, pair, place)
    }
    if (progress.present.has(element.name) && kind === 'native') this.changes++
    progress.present.add(element.name)
    const { token, object } = this.content(named, pair, place)
    if (object !== undefined && isMisplaced(kind, pair)) this.changes++
    return { main: pair.main, companion: pair.companion, token, object }
  }

  /** Resources belong where the element is one, and nowhere else. */
  private checkResourceType(pair: Pair, property: PropertyInfo, name: string, place: Place): void {
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

  private content(named: NamedProperty, pair: Pair, place: Place): Pick<ReadValue, 'token' | 'object'> {
    const { property, typeName } = named
    if (property.kind === 'native') return { token: this.native(property, pair, place), object: undefined }
    const type = this.typeOf(property, pair, place)
    const isPrimitive = property.kind === 'primitive' && typeName === property.typeName
    const text = pair.scalar === undefined ? undefined : textOf(pair.scalar)
    if (text !== undefined && !isPrimitive) this.failAtValue(typeNameOf(named, pair), pair, place)
    const token = text === undefined ? undefined : this.literal(pair.scalar ?? nodeOf(pair), text, property, place)
    if (pair.object === undefined) return { token, object: undefined }
    const object = this.object(pair.object, type, place, place.name)
    if (property.kind === 'resource') this.checkCast(type, property, pair, place)
    return { token, object }
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

  private literal(node: SourceNode, text: string, { typeName, element }: PropertyInfo, place: Place): string {
    const { token, fault } = readLiteral(text, typeName)
    if (fault !== undefined) {
      const own = `${CHECK} Literal '${text}' cannot be parsed as a ${typeName}. (at ${place.location})`
      this.fail('vkp-literal', fault.message ?? own, node, place)
    }
    if (element.valueSet !== undefined && !element.valueSet.codes.has(text)) {
      const message = `${BUILD} Literal '${text}' is not a valid value for enumeration '${enumeration(element.valueSet.name)}' (at ${place.typedLocation})`
      this.fail('vkp-code', message, node, place)
    }
    if (this.isRewritten(node, token)) this.changes++
    return token
  }

  /** Whether the token says anything else than what was sent; how a string is escaped is nothing. */
  private isRewritten({ kind, text, start, end }: SourceNode, token: string): boolean {
    if (kind !== 'string') return token !== this.text.slice(start, end)
    if (this.tree.replaced.length > 0) return true
    return token.length !== text.length + 2 || token.slice(1, -1) !== text ? token !== JSON.stringify(text) : false
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
  private noteShape({ main, companion }: Property, { name, property }: NamedProperty): void {
    const isShaped = (member: SourceMember | undefined, key: string): boolean =>
      member === undefined || (member.key === key && (member.value.kind === 'array') === property.repeats)
    if (!isShaped(main, name) || !isShaped(companion, `_${name}`)) this.changes++
  }

  private fail(rule: VkpFormatRuleId, message: string, node: SourceNode, { pointer, expression }: Place): never {
    throw new LenientFault(issueOf(rule, message, { pointer, expression }), node)
  }
}
