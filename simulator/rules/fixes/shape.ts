import type { FixAction } from './actions.ts'
import { advise } from './advice.ts'
import { TEXT_MEMBER } from './asks.ts'
import { expectedIn, foundAt, nameOf, shorten } from './describe.ts'
import type { Document, NodePlace } from './document.ts'
import { leaveOut } from './empty.ts'
import { type Case, type Fix, needsValue } from './fix.ts'
import { fitting, isLiteralOf } from './schema.ts'

/** A single value where R4 has a list. */
export function arrayExpected(one: Case): Fix | undefined {
  const { doc, place } = one
  if (place.node.kind === 'array') return undefined
  if (hasNoContent(doc, place)) return leaveOut(one)
  const advice = advise('wrap', { name: nameOf(place), found: foundAt(doc, place) })
  return { advice, actions: [{ does: 'wrap', at: place }] }
}

/** A list where R4 has a single value, or a list in a list. */
export function oneExpected(one: Case): Fix {
  const { doc, place } = one
  const { items } = place.node
  if (doc.items(place).every((item) => hasNoContent(doc, item))) return leaveOut(one)
  const values = { name: nameOf(place), found: foundAt(doc, place), expected: expectedIn(place.property) }
  if (place.parent?.node.kind === 'array' && place.parent.node.length === 1) {
    return { advice: advise('flatten', values), actions: [{ does: 'unwrap', at: place.parent }] }
  }
  if (place.index !== undefined) return { advice: advise('flatten', values), actions: [{ does: 'flatten', at: place }] }
  if (items.length > 1) return needsValue(advise('keep-one', values), one)
  return { advice: advise('unwrap', values), actions: [{ does: 'unwrap', at: place }] }
}

/** Something else where R4 has an object. */
export function objectExpected(one: Case): Fix {
  const { doc, place } = one
  const { kind } = place.node
  if (kind === 'array') return oneExpected(one)
  if (hasNoContent(doc, place)) return leaveOut(one)
  if (place.property?.kind === 'companion') return valueInCompanion(one)
  const type = place.property?.typeName ?? 'Resource'
  const raw = doc.raw(place)
  const inside = kind === 'string' ? objectIn(raw) : undefined
  if (inside !== undefined) {
    const advice =
      place.parent === undefined ? advise('body-in-text') : advise('object-in-text', { name: nameOf(place), type })
    return { advice, actions: [{ does: 'write', at: place, text: inside }] }
  }
  const member = memberFor(type, raw)
  const example = member === undefined ? '{ … }' : `{ "${member}": ${shorten(raw)} }`
  const values = { name: nameOf(place), found: foundAt(doc, place), type, example }
  const { ask, ...fix } = needsValue(advise('object', values), one)
  if (ask === undefined || member === undefined || kind !== 'string') return { ...fix, ...(ask && { ask }) }
  return { ...fix, ask: { ...ask, around: { [member]: JSON.parse(raw) as unknown } } }
}

/** The text of an object that was sent as a string, as by who serializes twice. */
function objectIn(raw: string): string | undefined {
  try {
    const text: unknown = JSON.parse(raw)
    if (typeof text !== 'string' || !text.trimStart().startsWith('{')) return undefined
    JSON.parse(text)
    return text
  } catch {
    return undefined
  }
}

/** The member of a datatype that a plain text belongs in. */
function memberFor(type: string, raw: string): string | undefined {
  return type === 'Reference' && /^"(?:#|urn:|https?:|[A-Z]\w+\/)/.test(raw) ? 'reference' : TEXT_MEMBER[type]
}

/** A value in `_name`, where its id and extensions belong: it moves to `name` when that is free. */
function valueInCompanion({ doc, place, options }: Case): Fix {
  const owner = place.parent
  const name = nameOf(place)
  const plain = name.slice(1)
  const about = { name, plain, found: foundAt(doc, place) }
  const property = owner?.type?.properties.get(plain)
  const isFree = place.member !== undefined && owner !== undefined && doc.named(owner.node, plain).length === 0
  const shape = isFree && property !== undefined ? fitting(doc, place, property, options) : undefined
  if (shape === undefined) return { advice: advise('companion', about), actions: [] }
  return { advice: advise('companion-value', about), actions: [...shape, { does: 'rename', at: place, key: plain }] }
}

/** An object where R4 has a simple value: parts belong in `_name`, and an object with a `value` alone is that value. */
export function valueIsObject(one: Case): Fix {
  const { doc, place } = one
  const { members } = place.node
  if (members.length === 0) return leaveOut(one)
  const about = { name: nameOf(place), companion: `_${nameOf(place)}`, expected: expectedIn(place.property) }
  const inner = members.length === 1 ? doc.child(place, 'value') : undefined
  if (inner !== undefined && place.property !== undefined && isLiteralIn(one, inner)) {
    const advice = advise('lift', { ...about, right: shorten(doc.raw(inner)) })
    return { advice, actions: [{ does: 'write', at: place, text: doc.raw(inner) }] }
  }
  const moved = partsToCompanion(doc, place)
  return moved === undefined
    ? needsValue(advise('simple', about), one)
    : { advice: advise('parts', about), actions: moved }
}

function isLiteralIn({ doc, place, options }: Case, { node }: NodePlace): boolean {
  if (node.kind === 'object' || node.kind === 'array' || place.property === undefined) return false
  return isLiteralOf(doc.text.slice(node.start, node.end), place.property, options)
}

const PARTS: ReadonlyMap<string, string> = new Map([
  ['id', 'string'],
  ['extension', 'array'],
])

const hasOnlyParts = ({ kind, members }: NodePlace['node']): boolean =>
  kind === 'object' && members.length > 0 && members.every(({ key, value }) => PARTS.get(key) === value.kind)

/** A property with parts alone takes the name with _ , when that is free; of a list, all items must be so. */
function partsToCompanion(doc: Document, place: NodePlace): readonly FixAction[] | undefined {
  const whole = place.index === undefined ? place : place.parent
  const { member, parent, node } = whole ?? place
  if (place.property?.kind !== 'primitive' || whole === undefined || member === undefined || parent === undefined)
    return undefined
  const nodes = node.kind === 'array' ? node.items : [node]
  const isFree = !member.key.startsWith('_') && doc.named(parent.node, `_${member.key}`).length === 0
  if (!isFree || !nodes.every((one) => one.kind === 'null' || hasOnlyParts(one))) return undefined
  return [{ does: 'rename', at: whole, key: `_${member.key}` }]
}

/** Whether a value says nothing: null, an empty string, an empty list or an empty object. */
export function hasNoContent(doc: Document, place: NodePlace): boolean {
  const { kind, items, members } = place.node
  if (kind === 'array') return items.length === 0
  if (kind === 'object') return members.length === 0
  return kind === 'null' || (kind === 'string' && doc.raw(place) === '""')
}
