import { advise } from './advice.ts'
import type { NodePlace } from './document.ts'
import { leaveOut } from './empty.ts'
import { type Case, type Fix, inWords } from './fix.ts'
import { choiceRepeated, choiceType, unknownElement } from './names.ts'
import { resourceTypeMissing, resourceTypeNotString, resourceTypeUnknown } from './resources.ts'
import { arrayExpected, hasNoContent, objectExpected, oneExpected, valueIsObject } from './shape.ts'

/**
 * What is wrong at a place or around it, by its name and shape: where the library throws instead of a report, and where
 * it reports every part of something that should not be there.
 */
export function wrongAround(one: Case): Fix | undefined {
  for (let place: NodePlace | undefined = one.place; place !== undefined; place = place.parent) {
    const fix = wrongAt({ ...one, place, missing: [] }) ?? wrongCompanion({ ...one, place, missing: [] })
    if (fix !== undefined) return fix
  }
  return wrongChoice(one) ?? wrongNearby(one)
}

/** So many children and neighbours of a place are looked at. */
const MOST_NEARBY = 100

/** The library may say the place before, or around, the one that is wrong. */
function wrongNearby(one: Case): Fix | undefined {
  const { doc, place } = one
  const around = place.parent === undefined ? [] : doc.members(place.parent, MOST_NEARBY)
  for (const near of [...doc.items(place, MOST_NEARBY), ...doc.members(place, MOST_NEARBY), ...around]) {
    const fix = wrongAt({ ...one, place: near, missing: [] })
    if (fix !== undefined) return fix
  }
  return undefined
}

function wrongAt(one: Case): Fix | undefined {
  const { place } = one
  const { property, parent, member } = place
  if (member?.key === '') return inWords(advise('empty-name', { owner: parent?.type?.name ?? 'resource' }))
  if (property !== undefined && !property.allowed) return choiceType(one)
  if (parent === undefined || property?.kind === 'resource') return wrongResource(one)
  if (property === undefined) return unknownElement(one)
  return wrongShape(one, property.repeats, property.kind === 'primitive' || property.kind === 'native')
}

/** Two values of one choice. */
function wrongChoice(one: Case): Fix | undefined {
  const { doc, place } = one
  const { property, parent } = place
  if (property === undefined || parent === undefined || !property.element.choice) return undefined
  return doc.forElement(parent, property.element.name).length > 1 ? choiceRepeated(one) : undefined
}

/** What is wrong with the property of the same name with _ . */
function wrongCompanion(one: Case): Fix | undefined {
  const { parent, member } = one.place
  const companion = parent === undefined || member === undefined ? undefined : one.doc.child(parent, `_${member.key}`)
  return companion && wrongAt({ ...one, place: companion })
}

function wrongResource(one: Case): Fix | undefined {
  const { doc, place } = one
  if (place.property?.repeats && place.index === undefined && place.node.kind !== 'array') return arrayExpected(one)
  if (place.node.kind !== 'object')
    return place.node.kind === 'array' && place.property?.repeats ? undefined : objectExpected(one)
  if (place.type !== undefined) return undefined
  const sent = doc.child(place, 'resourceType')
  if (sent === undefined) return resourceTypeMissing(one)
  return sent.node.kind === 'string' ? resourceTypeUnknown(one) : resourceTypeNotString(one)
}

function wrongShape(one: Case, repeats: boolean, isSimple: boolean): Fix | undefined {
  const { doc, place } = one
  const { kind } = place.node
  const isItem = place.index !== undefined
  if (hasNoContent(doc, place)) return leaveOut(one)
  if (kind === 'array') return repeats && !isItem ? undefined : oneExpected(one)
  if (!isSimple && kind !== 'object') return objectExpected(one)
  if (repeats && !isItem) return arrayExpected(one)
  if (isSimple) return kind === 'object' ? valueIsObject(one) : undefined
  return undefined
}
