import type { ElementInfo, TypeInfo } from '../fhir/table.ts'
import { advise } from './advice.ts'
import { expectedIn, nameOf } from './describe.ts'
import { leaveOut } from './empty.ts'
import { type Case, type Fix, inWords } from './fix.ts'
import { unknownElement } from './names.ts'
import { nearestTo } from './nearest.ts'
import { namesOf } from './schema.ts'

/** So many unknown names are compared with one that is missing. */
const MOST_STRANGERS = 100

/** A mandatory element that is not there: it may be there under a name that is misspelt. */
export function missingElement(one: Case): Fix | undefined {
  const { doc, place, missing } = one
  const { type } = place
  const [name = ''] = missing
  const element = type?.elements.find((candidate) => candidate.name === name.replace('[x]', ''))
  if (missing.length === 0) return leaveOut(one)
  if (type === undefined || element === undefined) return undefined
  const names = namesOf(type, element)
  const misspelt = doc
    .strangers(place)
    .slice(0, MOST_STRANGERS)
    .find(
      (stranger) => nearestTo(nameOf(stranger), names)?.sure && doc.named(place.node, nameOf(stranger)).length === 1,
    )
  const rename = misspelt && unknownElement({ ...one, place: misspelt, missing: [] })
  return rename !== undefined && rename.actions.length > 0 ? rename : addition(one, type, element, names)
}

function addition({ place }: Case, type: TypeInfo, element: ElementInfo, names: readonly string[]): Fix {
  const [first = ''] = names
  const property = type.properties.get(first)
  const about = { owner: type.name, name: element.name, names, expected: expectedIn(property) }
  if (property === undefined || element.choice) return inWords(advise('add-choice', about))
  const advice = advise(element.repeats ? 'add-list' : 'add', about)
  return inWords(advice, { at: place, key: element.name, property })
}
