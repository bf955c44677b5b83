import { remembered } from '../../ground/remembered.ts'
import { nameOfToken, pointerToken } from '../../ground/text/json-pointer.ts'
import { PRIMITIVES } from '../fhir/primitives.ts'
import { allowsType, findElement } from '../fhir/properties.ts'
import { companionOf, findType, findTypeAnyCase, type PropertyInfo, propertyOf, type TypeInfo } from '../fhir/table.ts'
import type { JsonMember, JsonNode } from '../json/json-text.ts'

/** A value in the sent text, with what R4 wants to stand there. */
export class NodePlace {
  readonly node: JsonNode
  /** Undefined for the root. */
  readonly parent: NodePlace | undefined
  /** The property whose value this is; undefined for the root and for items of arrays. */
  readonly member: JsonMember | undefined
  /** Of an item of an array. */
  readonly index: number | undefined
  /** The element that R4 has under that name; items of a list have the list's. */
  readonly property: PropertyInfo | undefined
  /** The R4 type of the object that this is. */
  readonly type: TypeInfo | undefined
  /** Whether a property with the same name stands beside it, or beside one of the objects around it. */
  readonly ambiguous: boolean

  constructor(
    parent: NodePlace | undefined,
    at: { readonly node: JsonNode; readonly member?: JsonMember; readonly index?: number },
    property: PropertyInfo | undefined,
    type: TypeInfo | undefined,
    ambiguous = false,
  ) {
    this.parent = parent
    this.node = at.node
    this.member = at.member
    this.index = at.index
    this.property = property
    this.type = type
    this.ambiguous = ambiguous
  }

  /** JSON Pointer (RFC 6901), as sent: spelled when somebody asks, since on the way to a fault there are many places. */
  get pointer(): string {
    const { parent, member, index } = this
    if (parent === undefined) return ''
    return `${parent.pointer}/${member === undefined ? index : pointerToken(member.key)}`
  }
}

/** Members of an object that are looked through one by one. */
const FEW = 16

/** Where a pointer leads: as far as the text goes, and the steps that it does not have. */
export interface Resolved {
  readonly place: NodePlace
  readonly missing: readonly string[]
}

/** The tree of a JSON text, read with the R4 table. Each object is indexed once, and each place made once. */
export class Document {
  readonly text: string
  readonly root: NodePlace
  private readonly contents = new Map<JsonNode, number>()
  private readonly canonicals = new Map<JsonNode, string>()
  private readonly places = new Map<JsonNode, NodePlace>()
  private readonly indexes = new Map<JsonNode, MemberGroups>()
  private readonly elements = new Map<JsonNode, Groups>()
  private readonly twins = new Map<JsonNode, Map<string, MemberGroups>>()
  private readonly known = new Map<JsonNode, Groups>()
  private urns: Groups | undefined
  private readonly lowerNames = new Map<JsonNode, MemberGroups>()

  constructor(text: string, root: JsonNode) {
    this.text = text
    this.root = new NodePlace(undefined, { node: root }, undefined, resourceTypeIn(text, root))
  }

  /**
   * Follows a JSON Pointer. Of properties with the same name it takes the one around `offset`, otherwise the last, which is
   * what JSON.parse keeps.
   */
  resolve(pointer: string, offset?: number): Resolved {
    const tokens = pointer.split('/')
    let place = this.root
    for (let at = 1; at < tokens.length; at++) {
      const next = this.child(place, nameOfToken(tokens[at] ?? ''), offset)
      if (next === undefined) return { place, missing: tokens.slice(at).map(nameOfToken) }
      place = next
    }
    return { place, missing: [] }
  }

  /** The property of an object by its name, or the item of an array by its index. */
  child(parent: NodePlace, token: string, offset = -1): NodePlace | undefined {
    const { node } = parent
    if (node.kind === 'array') return /^\d+$/.test(token) ? this.item(parent, Number(token)) : undefined
    const found = this.named(node, token)
    const around =
      found.length > 1 ? found.find(({ keyStart, value }) => keyStart <= offset && offset < value.end) : undefined
    const member = around ?? found.at(-1)
    return member === undefined ? undefined : this.property(parent, member, found.length)
  }

  /** The properties of an object: all, or the first. */
  members(parent: NodePlace, most = parent.node.members.length): readonly NodePlace[] {
    return parent.node.members.slice(0, most).map((member) => this.property(parent, member))
  }

  /** The properties of an object that stand for one element of R4: `name`, `_name`, every type of a choice. */
  forElement(parent: NodePlace, element: string): readonly NodePlace[] {
    return this.grouped(this.elements, parent, ({ property }) => property?.element.name).get(element) ?? []
  }

  /** The properties of an object that have the same name, letter case aside: those beside this one, at most so many. */
  namesakes(parent: NodePlace, place: NodePlace, most: number): readonly NodePlace[] {
    const others: NodePlace[] = []
    for (const member of this.sameName(parent.node, place.member?.key ?? '')) {
      if (others.length === most) break
      if (member !== place.member) others.push(this.property(parent, member))
    }
    return others
  }

  private sameName(node: JsonNode, key: string): readonly JsonMember[] {
    const names = remembered(this.lowerNames, node, ({ members }) => groupBy(members, (one) => one.key.toLowerCase()))
    return names.get(key.toLowerCase()) ?? []
  }

  private grouped(
    index: Map<JsonNode, Groups>,
    parent: NodePlace,
    keyOf: (place: NodePlace) => string | undefined,
  ): Groups {
    return remembered(index, parent.node, () => groupBy(this.members(parent), keyOf))
  }

  /** The properties of an object that R4 does not have there. */
  strangers(parent: NodePlace): readonly NodePlace[] {
    return this.grouped(this.known, parent, ({ property }) => String(property !== undefined)).get('false') ?? []
  }

  /** Every string of the text with the same characters as this one, itself included; only URNs are looked for. */
  sameStrings(place: NodePlace): readonly NodePlace[] {
    if (this.urns === undefined) {
      const urns: NodePlace[] = []
      this.collectUrns(this.root, urns)
      this.urns = groupBy(urns, (one) => this.raw(one))
    }
    return this.urns.get(this.raw(place)) ?? [place]
  }

  private collectUrns(place: NodePlace, urns: NodePlace[]): void {
    if (place.node.kind === 'string') {
      if (/^"urn:/i.test(this.text.slice(place.node.start, place.node.start + 5))) urns.push(place)
    } else for (const child of [...this.members(place), ...this.items(place)]) this.collectUrns(child, urns)
  }

  /** How many children something must lose to be empty; resourceType alone is not a content, nor is null that keeps a place. */
  contentOf(place: NodePlace): number {
    return remembered(this.contents, place.node, (node) => {
      if (node.kind !== 'array') return node.members.length - (place.type?.kind === 'resource' ? 1 : 0)
      return this.keepsPlaces(place) ? node.items.filter(({ kind }) => kind !== 'null').length : node.length
    })
  }

  /** Whether null may keep the place of an item: in lists of simple values and their companions. */
  keepsPlaces({ node, property }: NodePlace): boolean {
    return node.kind === 'array' && (property?.kind === 'primitive' || property?.kind === 'companion')
  }

  /** The items of an array: all, or the first. */
  items(parent: NodePlace, most = parent.node.length): readonly NodePlace[] {
    const length = Math.min(most, parent.node.length)
    return Array.from({ length }, (_, index) => this.item(parent, index)).filter((item) => item !== undefined)
  }

  /** The properties of that name, in the order of the text. */
  named(node: JsonNode, key: string): readonly JsonMember[] {
    // Few are looked through sooner than an index of them is made.
    if (node.members.length <= FEW) return node.members.filter((member) => member.key === key)
    const index = remembered(this.indexes, node, ({ members }) => groupBy(members, (one) => one.key))
    return index.get(key) ?? []
  }

  /** The text of a value as it was sent. */
  raw({ node }: NodePlace): string {
    return this.text.slice(node.start, node.end)
  }

  /** The parsed value; numbers as doubles. */
  value(place: NodePlace): unknown {
    return JSON.parse(this.raw(place))
  }

  /** Whether another property of an object has the same name, letter case aside, and the same value. */
  hasTwin(parent: NodePlace, place: NodePlace): boolean {
    const key = place.member?.key ?? ''
    const groups = remembered(this.twins, parent.node, () => new Map<string, MemberGroups>())
    const values = remembered(groups, key.toLowerCase(), () =>
      groupBy(this.sameName(parent.node, key), ({ value }) => this.canonicalOf(value)),
    )
    return (values.get(this.canonicalOf(place.node))?.length ?? 0) > 1
  }

  /** A value without its white space and escapes, with members in one order, so that equal values are equal texts; numbers as sent. */
  private canonicalOf(node: JsonNode): string {
    return remembered(this.canonicals, node, () => this.canonicalText(node))
  }

  private canonicalText({ kind, start, end, members, items }: JsonNode): string {
    if (kind === 'array') return `[${items.map((item) => this.canonicalText(item)).join(',')}]`
    if (kind === 'object') {
      return `{${members
        .map(({ key, value }) => `${JSON.stringify(key)}:${this.canonicalText(value)}`)
        .sort()
        .join(',')}}`
    }
    const raw = this.text.slice(start, end)
    return kind === 'string' && raw.includes('\\') ? JSON.stringify(JSON.parse(raw)) : raw
  }

  private property(parent: NodePlace, member: JsonMember, ofThatName?: number): NodePlace {
    const known = this.places.get(member.value)
    if (known !== undefined) return known
    const property = parent.type === undefined ? undefined : propertyNamed(parent.type, member.key)
    const node = member.value
    const ambiguous = parent.ambiguous || (ofThatName ?? this.named(parent.node, member.key).length) > 1
    return this.keep(new NodePlace(parent, { node, member }, property, this.typeOf(node, property), ambiguous))
  }

  private item(parent: NodePlace, index: number): NodePlace | undefined {
    const node = parent.node.at(index)
    if (node === undefined) return undefined
    const known = this.places.get(node)
    if (known !== undefined) return known
    const { property, ambiguous } = parent
    return this.keep(new NodePlace(parent, { node, index }, property, this.typeOf(node, property), ambiguous))
  }

  private keep(place: NodePlace): NodePlace {
    this.places.set(place.node, place)
    return place
  }

  private typeOf(node: JsonNode, property: PropertyInfo | undefined): TypeInfo | undefined {
    if (node.kind !== 'object' || property === undefined) return undefined
    if (property.kind === 'resource') return resourceTypeIn(this.text, node)
    return property.kind === 'complex' || property.kind === 'companion' ? property.type() : undefined
  }
}

type Groups = ReadonlyMap<string, readonly NodePlace[]>
type MemberGroups = ReadonlyMap<string, readonly JsonMember[]>

function groupBy<T>(all: readonly T[], keyOf: (one: T) => string | undefined): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const one of all) {
    const key = keyOf(one)
    const group = key === undefined ? undefined : groups.get(key)
    if (group !== undefined) group.push(one)
    else if (key !== undefined) groups.set(key, [one])
  }
  return groups
}

/** The element that a property name stands for, read as liberally as the validator reads it. */
export function propertyNamed(type: TypeInfo, key: string): PropertyInfo | undefined {
  const exact = type.properties.get(key)
  if (exact !== undefined) return exact
  const name = key.replace(/^_/, '')
  const element = findElement(type, name)
  const typeName = element?.choice ? findTypeAnyCase(name.slice(element.name.length))?.name : element?.types[0]
  if (element === undefined || typeName === undefined) return undefined
  const isCompanion = name !== key && PRIMITIVES.has(typeName)
  return (isCompanion ? companionOf : propertyOf)(element, typeName, allowsType(element, typeName))
}

function resourceTypeIn(text: string, { members }: JsonNode): TypeInfo | undefined {
  const node = members.find(({ key }) => key === 'resourceType')?.value
  if (node?.kind !== 'string') return undefined
  const name: unknown = JSON.parse(text.slice(node.start, node.end))
  return findType(String(name)) ?? findTypeAnyCase(String(name))
}
