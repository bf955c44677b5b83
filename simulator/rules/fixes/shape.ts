import { advise } from './advice.ts'
import { expectedIn, foundAt, nameOf } from './describe.ts'
import type { Document, Place } from './document.ts'
import { leaveOut } from './empty.ts'
import { type Case, type Fix, inWords } from './fix.ts'

/** A single value where R4 has a list. */
export function arrayExpected(one: Case): Fix {
  const { doc, place } = one
  if (hasNoContent(doc, place)) return leaveOut(one)
  return {
    advice: advise('wrap', { name: nameOf(place), found: foundAt(doc, place) }),
    actions: [{ does: 'wrap', at: place }],
  }
}

/** A list where R4 has a single value, or a list in a list. */
export function oneExpected(one: Case): Fix {
  const { doc, place } = one
  const { items } = place.node
  if (items.length === 0) return leaveOut(one)
  const values = { name: nameOf(place), found: foundAt(doc, place), expected: expectedIn(place.property) }
  if (place.index !== undefined) return { advice: advise('flatten', values), actions: [{ does: 'flatten', at: place }] }
  if (items.length > 1) return inWords(advise('keep-one', values))
  return { advice: advise('unwrap', values), actions: [{ does: 'unwrap', at: place }] }
}

/** Whether a value says nothing: null, an empty string, an empty list or an empty object. */
export function hasNoContent(doc: Document, place: Place): boolean {
  const { kind, items, members } = place.node
  if (kind === 'array') return items.length === 0
  if (kind === 'object') return members.length === 0
  return kind === 'null' || (kind === 'string' && doc.raw(place) === '""')
}
