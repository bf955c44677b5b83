import { cutText } from '../../ground/text/mask/cut.ts'
import type { PropertyInfo } from '../fhir/table.ts'
import { type Advice, advise } from './advice.ts'
import type { Document, NodePlace } from './document.ts'
import { exampleOf } from './examples.ts'

const MOST_CODES = 40

/** The JSON name of a place; an item of a list has the list's, the root its type's. */
export function nameOf({ member, parent, type }: NodePlace): string {
  if (member !== undefined) return member.key
  return parent === undefined ? (type?.name ?? 'resource') : nameOf(parent)
}

/** What stands at a place, in words. */
export function foundAt(doc: Document, place: NodePlace): Advice {
  const { kind, items, members } = place.node
  if (kind === 'array') return items.length === 0 ? advise('empty-list') : advise('list', { count: items.length })
  if (kind === 'object') return objectFound(members)
  if (kind !== 'string') return advise(kind === 'number' ? 'number-found' : kind)
  const raw = doc.raw(place)
  if (raw === '""') return advise('empty-string')
  return advise(String(doc.value(place)).trim() === '' ? 'blank-string' : 'string')
}

function objectFound(members: NodePlace['node']['members']): Advice {
  if (members.length === 0) return advise('empty-object')
  return advise(members.every(({ key }) => key === 'resourceType') ? 'bare-resource' : 'one-object')
}

/** What R4 wants in an element: its codes, or its type with an example. */
export function expectedIn(property: PropertyInfo | undefined): Advice {
  if (property === undefined) return advise('anything')
  const { element, kind, typeName } = property
  if (element.valueSet !== undefined && kind !== 'companion') return oneOf(element.valueSet.codes)
  const type = kind === 'companion' ? 'Element' : kind === 'native' ? 'string' : typeName
  return advise('type-such-as', { type, example: exampleOf(type) })
}

/** What a person is shown of a longer value. */
const LONGEST_SHOWN = 60

/** A value that was sent, shortened. */
export function shorten(text: string): string {
  return cutText(text, LONGEST_SHOWN)
}

/** A choice of codes; of many only the first. */
export function oneOf(codes: Iterable<string>): Advice {
  const all = [...codes]
  return advise('one-of', { codes: all.length > MOST_CODES ? [...all.slice(0, MOST_CODES), '…'] : all })
}
