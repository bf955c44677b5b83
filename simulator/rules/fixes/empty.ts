import { type FixAction, mayGo, settle } from './actions.ts'
import { advise } from './advice.ts'
import { expectedIn, foundAt, nameOf } from './describe.ts'
import type { Document, NodePlace } from './document.ts'
import { type Case, type Fix, needsValue } from './fix.ts'

/** A value without content goes where R4 lets it go, with what is then empty around it; where not, it needs a value. */
export function leaveOut(one: Case): Fix {
  const { doc, place } = one
  const kept = keepPlace(doc, place)
  if (kept !== undefined) return kept
  const drops = dropsFor(doc, place)
  const settled = mayGo(doc, place) ? settle(doc, drops) : undefined
  const about = { name: nameOf(place), found: foundAt(doc, place), expected: expectedIn(place.property) }
  if (settled === undefined) return needsValue(mandatory(doc, place, about), one)
  const around = settled.emptied.at(-1)
  if (around !== undefined && around.member !== undefined && nameOf(around) !== about.name) {
    return { advice: advise('leave-out-around', { ...about, around: nameOf(around) }), actions: drops }
  }
  return { advice: advise(place.index === undefined ? 'leave-out' : 'leave-item-out', about), actions: drops }
}

/** What says that a value cannot go: the value itself is mandatory, or something that would be empty without it. */
function mandatory(
  doc: Document,
  place: NodePlace,
  about: Readonly<Record<string, ReturnType<typeof foundAt> | string>>,
) {
  if (!mayGo(doc, place)) return advise('fill', about)
  let around: NodePlace | undefined = place.parent
  while (around !== undefined && mayGo(doc, around)) around = around.parent
  if (around === undefined || nameOf(around) === about.name) return advise('fill', about)
  return advise('fill-around', { ...about, around: nameOf(around) })
}

/** The item, and its counterpart in the list of the same name with or without _, which has nothing to keep. */
export function dropsFor(doc: Document, place: NodePlace): readonly FixAction[] {
  const other = counterpartOf(doc, place)
  return [place, ...(other === undefined ? [] : [other])].map((at): FixAction => ({ does: 'drop', at }))
}

/** null for an item whose counterpart has content. */
function keepPlace(doc: Document, place: NodePlace): Fix | undefined {
  const other = counterpartOf(doc, place)
  if (other === undefined || other.node.kind === 'null' || place.node.kind === 'null') return undefined
  const values = { name: nameOf(place), found: foundAt(doc, place), companion: nameOf(other) }
  return { advice: advise('leave-item-null', values), actions: [{ does: 'null', at: place }] }
}

/** Of an item in a list of simple values: the item at the same index of the list with the other name. */
export function counterpartOf(doc: Document, { index, parent, property }: NodePlace): NodePlace | undefined {
  if (index === undefined || (property?.kind !== 'primitive' && property?.kind !== 'companion')) return undefined
  const list = parent === undefined ? undefined : counterpartList(doc, parent)
  return list === undefined ? undefined : doc.child(list, String(index))
}

/** The list of the same name with or without _ . */
export function counterpartList(doc: Document, { member, parent }: NodePlace): NodePlace | undefined {
  if (member === undefined || parent === undefined) return undefined
  const { key } = member
  const other = doc.child(parent, key.startsWith('_') ? key.slice(1) : `_${key}`)
  return other?.node.kind === 'array' ? other : undefined
}

/** Items without a value in one list and without parts in the other go from both. */
export function nullItems({ doc, place }: Case): Fix | undefined {
  const list = place.index === undefined ? place : place.parent
  if (list?.node.kind !== 'array') return undefined
  const other = counterpartList(doc, list)
  const lists = other === undefined ? [list] : [list, other]
  const length = lists.reduce((most, { node }) => Math.max(most, node.length), 0)
  const empty = Array.from(Array(length).keys()).filter((index) =>
    lists.every(({ node }) => (node.at(index)?.kind ?? 'null') === 'null'),
  )
  const drops = lists.flatMap((one) =>
    empty.map((index) => doc.child(one, String(index))).filter((at) => at !== undefined),
  )
  if (drops.length === 0) return undefined
  const about = { name: nameOf(list).replace(/^_/, ''), companion: `_${nameOf(list).replace(/^_/, '')}` }
  const actions = drops.map((at): FixAction => ({ does: 'drop', at }))
  return { advice: advise('null-items', about), actions: settle(doc, actions) === undefined ? [] : actions }
}
