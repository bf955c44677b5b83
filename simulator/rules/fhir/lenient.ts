import type { VkpFormatRuleId } from '../catalogue/vkp-format.ts'
import { issueOf } from '../catalogue.ts'
import type { Issue } from '../issue.ts'
import { positionsIn } from '../json/json-text.ts'
import {
  childPointer,
  effectiveMembers,
  jsonValue,
  readSource,
  type SourceMember,
  type SourceNode,
} from './lenient-json.ts'
import { textOf, tokenOf } from './lenient-literal.ts'
import { type NamedProperty, readName } from './lenient-name.ts'
import { companionOf, findTypeAnyCase, type PropertyInfo, type TypeInfo } from './table.ts'

/** The outcome of a lenient check; no issues means accepted, and there is never more than one. */
export interface LenientResult {
  /** The JSON as it was read, of whatever the parser takes for JSON. */
  readonly resource?: unknown
  readonly issues: readonly Issue[]
}

/** An object as the parser read it. Nodes without a reading count as absent. */
export interface ReadObject {
  readonly type: TypeInfo
  readonly source: SourceNode
  readonly elements: readonly ReadElement[]
  /** Properties that the parser passes over. */
  readonly ignored: readonly SourceMember[]
}

/** One element: its property, and the `_name` property of the same name. At least one of them is there. */
export interface ReadElement {
  readonly property: PropertyInfo
  /** The name that R4 gives the property. */
  readonly name: string
  readonly main: SourceMember | undefined
  readonly companion: SourceMember | undefined
}

/** What became of a value: a JSON token of the right type, or an object. */
export type Reading = { readonly token: string } | { readonly object: ReadObject }

/** A text that the parser accepts, as it read it. */
export interface LenientReading {
  readonly root: ReadObject
  readonly readings: ReadonlyMap<SourceNode, Reading>
}

/**
 * Checks a text as the permissive parser of the Firely .NET SDK from before System.Text.Json does, which VKP appears to use:
 * a value for an array and an array of one for a value pass, empty strings, objects, arrays and nulls count as absent,
 * numbers and booleans may be strings, blanks around values go, and nothing that is missing is missed. Gives the first
 * fault only, as the parser throws it. Never throws, whatever the text.
 */
export function validateLenient(text: string): LenientResult {
  const source = readSource(text)
  if (source.root === undefined) {
    const message = `Invalid Json encountered. Details: ${source.fault.message}`
    return { issues: [issueOf('vkp-json', message, positionsIn(text)(source.fault.offset))] }
  }
  const read = readLeniently(source.root)
  const resource = jsonValue(source.root)
  if (read.issue === undefined) return { resource, issues: [] }
  const { node, ...issue } = read.issue
  return { resource, issues: [{ ...issue, ...positionsIn(text)(node.start) }] }
}

/** Reads the JSON value as a resource; `issue` is the fault that stops the parser, with the value that it is about. */
export function readLeniently(
  root: SourceNode,
): (LenientReading & { readonly issue?: never }) | { readonly issue: Issue & { readonly node: SourceNode } } {
  const parser = new Parser()
  try {
    return { root: parser.document(root), readings: parser.readings }
  } catch (error) {
    if (error instanceof Stop) return { issue: error.issue }
    throw error
  }
}

class Stop extends Error {
  readonly issue: Issue & { readonly node: SourceNode }

  constructor(issue: Issue & { readonly node: SourceNode }) {
    super(issue.message)
    this.issue = issue
  }
}

/** A place in the three spellings that are needed: JSON Pointer, FHIRPath, and the SDK's own. */
interface Place {
  readonly pointer: string
  readonly expression: string
  readonly location: string
}

/** The values of `name` and `_name` at the same index. */
interface Pair {
  readonly index: number
  readonly main: SourceNode | undefined
  readonly companion: SourceNode | undefined
  readonly place: Place
}

class Parser {
  readonly readings = new Map<SourceNode, Reading>()

  document(root: SourceNode): ReadObject {
    const name = resourceTypeOf(root)
    const place = { pointer: '', expression: name ?? '$this', location: name ?? '' }
    if (name === undefined || name === '') {
      this.fail('vkp-resource-type', NO_ROOT_TYPE, root, place)
    }
    const type = findTypeAnyCase(name)
    if (type?.kind !== 'resource') {
      this.fail('vkp-resource-type', `Cannot locate type information for type '${name}'`, root, place)
    }
    return this.object(root, type, { ...place, expression: type.name })
  }

  private object(source: SourceNode, type: TypeInfo, place: Place): ReadObject {
    const elements: ReadElement[] = []
    const ignored: SourceMember[] = []
    const seen = new Set<string>()
    const isResource = type.kind === 'resource'
    for (const [name, main, companion] of pairs(source)) {
      if (name === 'fhir_comments') {
        ignored.push(...[main, companion].filter((member) => member !== undefined))
        continue
      }
      if (isResource && name === 'resourceType' && isTypeFirst(main, companion)) {
        if (companion !== undefined) ignored.push(companion)
        continue
      }
      const values = this.pairsOf(name, main, companion, place)
      const [first] = values
      if (first === undefined) {
        ignored.push(...[main, companion].filter((member) => member !== undefined))
        continue
      }
      const named = this.property(type, name, first, place)
      this.element(named, values, seen)
      elements.push({ ...named, main, companion })
    }
    return { type, source, elements, ignored }
  }

  /** The pairs of values that are there, after what counts as absent is left out. */
  private pairsOf(name: string, main: Member, companion: Member, place: Place): Pair[] {
    const mains = listOf(main)
    const companions = listOf(companion)
    const found: Pair[] = []
    for (let index = 0; index < Math.max(mains.length, companions.length); index++) {
      const key = main?.key ?? companion?.key ?? name
      const isArray = (main ?? companion)?.value.kind === 'array'
      const pointer = childPointer(place.pointer, key)
      const at = {
        pointer: isArray ? childPointer(pointer, index) : pointer,
        expression: place.expression,
        location: `${place.location}.${name}[${index}]`,
      }
      const pair = this.pair(name, mains[index], companions[index], at)
      if (pair !== undefined) found.push({ ...pair, index, place: at })
    }
    return found
  }

  private pair(name: string, main: SourceNode | undefined, companion: SourceNode | undefined, place: Place) {
    const value = main !== undefined && isPresent(main) ? main : undefined
    const parts = companion?.kind === 'null' ? undefined : companion
    if (parts !== undefined && parts.kind !== 'object') {
      const kind = JTOKEN[parts.kind]
      this.fail(
        'vkp-companion',
        `Parser: The value for property '_${name}' must be an object, not a ${kind}`,
        parts,
        place,
      )
    }
    if (value?.kind === 'object' && parts !== undefined) {
      const message = `Parser: The '${name}' and '_${name}' properties cannot both contain complex data.`
      this.fail('vkp-companion', message, parts, place)
    }
    const present = parts !== undefined && isPresent(parts) ? parts : undefined
    return value === undefined && present === undefined ? undefined : { main: value, companion: present }
  }

  /** The property that the name means. The SDK looks at the first value to see whether it is a resource. */
  private property(type: TypeInfo, name: string, first: Pair, owner: Place): NamedProperty {
    const read = readName(type, name)
    const node = first.main ?? first.companion ?? NOTHING
    const place = { ...first.place, expression: `${owner.expression}.${quotedName(name)}` }
    if ('fault' in read) {
      const rule = read.fault === 'unknown' ? 'vkp-unknown-element' : 'vkp-choice-type'
      this.fail(rule, read.message(place.location), node, place)
    }
    return read
  }

  private element({ property, name }: NamedProperty, values: readonly Pair[], seen: Set<string>): void {
    const { element, repeats, kind } = property
    values.forEach((pair) => {
      const expression = `${pair.place.expression}.${element.name}${repeats ? `[${pair.index}]` : ''}`
      const place = { ...pair.place, expression }
      this.checkResourceType(pair, property, name, place)
      if (!repeats && kind !== 'native' && seen.has(element.name)) {
        const message = `While building a POCO: Element '${element.name}' must not repeat`
        this.fail('vkp-must-not-repeat', message, pair.main ?? pair.companion ?? NOTHING, place)
      }
      seen.add(element.name)
      this.value({ ...pair, place }, property)
    })
  }

  /** Resources belong where the element is one, and nowhere else. */
  private checkResourceType({ main, companion }: Pair, { kind }: PropertyInfo, name: string, place: Place): void {
    const node = main?.kind === 'object' ? main : companion
    const found = node === undefined || name === 'instance' ? undefined : resourceTypeOf(node)
    if (kind === 'resource' && found === undefined) {
      const message = `Type checking the data: Element '${name}' should contain a resource, but does not actually contain one`
      this.fail('vkp-resource-type', message, main ?? companion ?? NOTHING, place)
    }
    if (kind === 'resource' || found === undefined) return
    const message = `Type checking the data: Element '${name}' is not a contained resource, but seems to contain a resource of type '${found}'.`
    this.fail('vkp-resource-type-unexpected', message, node ?? NOTHING, place)
  }

  private value({ main, companion, place }: Pair, property: PropertyInfo): void {
    const { kind, typeName } = property
    const scalar = main === undefined || main.kind === 'object' ? undefined : main
    const object = main?.kind === 'object' ? main : companion
    if (kind === 'native') this.native(scalar, object, property, place)
    else if (kind === 'primitive') {
      if (scalar !== undefined) this.literal(scalar, property, place)
      if (object !== undefined) this.read(object, companionOf(property.element, typeName).type(), place)
    } else this.complex(scalar, object, property, place)
  }

  private complex(scalar: Node, object: Node, property: PropertyInfo, place: Place): void {
    const { kind, typeName } = property
    if (scalar !== undefined) {
      const shown = typeName.includes('.') ? 'BackboneElement' : typeName
      const message = `Type checking the data: Since type ${shown} is not a primitive, it cannot have a value`
      this.fail('vkp-value-not-allowed', message, scalar, place)
    }
    if (object === undefined) return
    this.read(object, kind === 'resource' ? this.resourceType(object, place) : property.type(), place)
  }

  private read(node: SourceNode, type: TypeInfo, place: Place): void {
    this.readings.set(node, { object: this.object(node, type, place) })
  }

  /** An element's id and an extension's url: read without their parts. */
  private native(scalar: Node, object: Node, property: PropertyInfo, place: Place): void {
    if (scalar !== undefined) this.literal(scalar, property, place)
    else this.fail('vkp-object-not-allowed', "Value cannot be null. (Parameter 'value')", object ?? NOTHING, place)
  }

  private literal(node: SourceNode, { typeName, element }: PropertyInfo, place: Place): void {
    const text = textOf(node) ?? ''
    const token = tokenOf(node, text, typeName)
    if (token === undefined) {
      const message = `Type checking the data: Literal '${text}' cannot be parsed as a ${typeName}.`
      this.fail('vkp-literal', message, node, place)
    }
    if (element.valueSet !== undefined && !element.valueSet.codes.has(text)) {
      const message = `While building a POCO: Literal '${text}' is not a valid value for enumeration '${element.valueSet.name}'`
      this.fail('vkp-code', message, node, place)
    }
    this.readings.set(node, { token })
  }

  private resourceType(node: SourceNode, place: Place): TypeInfo {
    const name = resourceTypeOf(node) ?? ''
    const type = findTypeAnyCase(name)
    if (type?.kind === 'resource') return type
    const message = `While building a POCO: Asked to deserialize unknown type '${name}'`
    this.fail('vkp-resource-type', message, node, place)
  }

  private fail(rule: VkpFormatRuleId, message: string, node: SourceNode, place: Place): never {
    const located =
      place.pointer === '' || message.includes(place.location) ? message : `${message} (at ${place.location})`
    const { pointer, expression } = place
    throw new Stop({ ...issueOf(rule, located, { pointer, expression }), node })
  }
}

type Node = SourceNode | undefined
type Member = SourceMember | undefined

const NO_ROOT_TYPE =
  'Root object has no type indication (resourceType) and therefore cannot be used to construct an FhirJsonNode. Alternatively, specify a nodeName using the parameter.'

const NOTHING: SourceNode = { kind: 'null', start: 0, end: 0, text: '', members: [], items: [] }

const JTOKEN = {
  object: 'Object',
  array: 'Array',
  string: 'String',
  number: 'Integer',
  boolean: 'Boolean',
  null: 'Null',
} as const

/** `name` and `_name` together, where the first of them stands. */
function* pairs(source: SourceNode): Generator<[name: string, main: Member, companion: Member]> {
  const members = effectiveMembers(source)
  const byKey = new Map(members.map((member) => [member.key, member]))
  const done = new Set<string>()
  for (const { key } of members) {
    const name = key.startsWith('_') ? key.slice(1) : key
    if (done.has(name)) continue
    done.add(name)
    yield [name, byKey.get(name), byKey.get(`_${name}`)]
  }
}

/** The values of a property, whether it is an array or not. */
export function listOf(member: Member): readonly SourceNode[] {
  if (member === undefined) return []
  return member.value.kind === 'array' ? member.value.items : [member.value]
}

/** Whether resourceType says the type; a `_resourceType` is passed over, unless it comes first. */
function isTypeFirst(main: Member, companion: Member): boolean {
  return main?.value.kind === 'string' && (companion === undefined || companion.keyStart > main.keyStart)
}

/** Whether a value counts: no null, no blank string, no empty object, no array in an array. */
function isPresent(node: SourceNode): boolean {
  if (node.kind === 'object') return node.members.length > 0
  return node.kind !== 'array' && textOf(node) !== undefined
}

function resourceTypeOf(node: SourceNode): string | undefined {
  const value = effectiveMembers(node).find(({ key }) => key === 'resourceType')?.value
  return value?.kind === 'string' ? value.text : undefined
}

const quotedName = (name: string): string => (/^[A-Za-z_]\w*$/.test(name) ? name : `\`${name}\``)
