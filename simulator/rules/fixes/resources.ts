import { advise } from './advice.ts'
import { nameOf, shorten } from './describe.ts'
import { type Case, type Fix, inWords } from './fix.ts'
import { nearestTo } from './nearest.ts'
import { resourceTypes } from './schema.ts'

/** So many names of a resource are compared with resourceType. */
const MOST_NAMES = 100

/** A resource without its type: the property may be misspelt. */
export function resourceTypeMissing({ doc, place }: Case): Fix {
  const misspelt = doc
    .members(place, MOST_NAMES)
    .find((member) => member.node.kind === 'string' && nearestTo(nameOf(member), ['resourceType'])?.sure)
  if (misspelt === undefined) return inWords(advise('resource-type-add'))
  const advice = advise('resource-type-rename', { name: nameOf(misspelt) })
  return { advice, actions: [{ does: 'rename', at: misspelt, key: 'resourceType' }] }
}

/** A resource type that is not a string: a list of one loses its brackets. */
export function resourceTypeNotString({ doc, place }: Case): Fix {
  const type = place.node.kind === 'object' ? (doc.child(place, 'resourceType') ?? place) : place
  const { kind, items } = type.node
  const isOne = kind === 'array' && items.length === 1 && items[0]?.kind === 'string'
  if (!isOne) return inWords(advise('resource-type-string'))
  return { advice: advise('resource-type-unwrap'), actions: [{ does: 'unwrap', at: type }] }
}

/** A resource type that R4 does not have: it may be misspelt. */
export function resourceTypeUnknown({ doc, place }: Case): Fix {
  const type = place.node.kind === 'object' ? doc.child(place, 'resourceType') : place
  if (type?.node.kind !== 'string') return inWords(advise('resource-type-add'))
  const sent = String(doc.value(type))
  const nearest = nearestTo(sent, resourceTypes())
  const about = { sent: shorten(sent) }
  if (nearest === undefined) return inWords(advise('resource-type-unknown', about))
  const near = { ...about, nearest: nearest.name }
  if (!nearest.sure) return inWords(advise('resource-type-near', near))
  const text = JSON.stringify(nearest.name)
  return { advice: advise('resource-type-respell', near), actions: [{ does: 'write', at: type, text }] }
}
