import type { ElementInfo, TypeInfo } from '../fhir/table.ts'
import type { FixAction } from './actions.ts'
import { type Advice, advise } from './advice.ts'
import { foundAt, nameOf } from './describe.ts'
import { type NodePlace, propertyNamed } from './document.ts'
import { type Case, type Fix, inWords } from './fix.ts'
import { nearestTo } from './nearest.ts'
import { alsoThere, fitting, namesOf } from './schema.ts'
import { hasNoContent } from './shape.ts'

/** What an element of an object is about: the object, its type, and the property. */
interface Named {
  readonly owner: NodePlace
  readonly type: TypeInfo
  readonly key: string
}

/** The property that an issue names, with the object around it. */
export function namedIn({ place }: Case): Named | undefined {
  const { parent, member } = place
  if (parent?.type === undefined || member === undefined) return undefined
  return { owner: parent, type: parent.type, key: member.key }
}

/** A property that R4 does not have there: it is misspelt, or has nothing in it, or only the vendor knows. */
export function unknownElement(one: Case): Fix | undefined {
  const named = namedIn(one)
  if (named === undefined) return undefined
  const { doc, place } = one
  const { type, key } = named
  const about = { owner: type.name, name: key, found: foundAt(doc, place) }
  if (key === 'fhir_comments') return dropped(place, advise('comments', about))
  if (key === 'resourceType') return type.kind === 'resource' ? undefined : resourceTypeInside(one, type)
  const nearest = nearestTo(key, candidatesFor(type, key))
  if (nearest !== undefined) {
    return renamed(one, named, nearest.name, nearest.sure, {
      sure: advise('rename', { ...about, nearest: nearest.name }),
      taken: advise('rename-taken', { ...about, nearest: nearest.name }),
      unsure: advise('unknown-near', { ...about, nearest: nearest.name }),
    })
  }
  if (hasNoContent(doc, place)) return dropped(place, advise('unknown-empty', about))
  return inWords(advise('unknown', { ...about, elements: some(elementsOf(type)) }))
}

/** A name in another letter case than FHIR's. */
export function nameCase(one: Case): Fix | undefined {
  const named = namedIn(one)
  if (named === undefined) return undefined
  const right = [...named.type.properties.keys()].find((name) => name.toLowerCase() === named.key.toLowerCase())
  if (right === undefined) return undefined
  const about = { owner: named.type.name, name: named.key, nearest: right }
  const taken = advise('rename-taken', about)
  return renamed(one, named, right, true, { sure: advise('name-case', about), taken, unsure: taken })
}

const dropped = (at: NodePlace, advice: Advice): Fix => ({ advice, actions: [{ does: 'drop', at }] })

function resourceTypeInside({ doc, place }: Case, { name }: TypeInfo): Fix {
  const says = place.node.kind === 'string' ? String(doc.value(place)) : undefined
  const advice = advise('resource-type-inside', { owner: name })
  return says?.toLowerCase() === name.toLowerCase() ? dropped(place, advice) : inWords(advice)
}

function candidatesFor(type: TypeInfo, key: string): readonly string[] {
  return [...type.properties.keys()].filter((name) => name.startsWith('_') === key.startsWith('_'))
}

function elementsOf({ elements }: TypeInfo): readonly string[] {
  return elements.map(({ name, choice }) => (choice ? `${name}[x]` : name))
}

interface RenameWords {
  readonly sure: Advice
  /** The name is there already. */
  readonly taken: Advice
  /** Something else may have been meant. */
  readonly unsure: Advice
}

/** Gives a property another name, with the list around its value that the name asks for. */
export function renamed(
  { doc, place, options }: Case,
  { owner, type }: Named,
  name: string,
  sure: boolean,
  words: RenameWords,
): Fix {
  const property = propertyNamed(type, name)
  if (property === undefined || doc.named(owner.node, name).length > 0) return inWords(words.taken)
  if (property.kind !== 'companion' && alsoThere(doc, owner, property.element, place)) return inWords(words.taken)
  if (!sure) return inWords(words.unsure)
  const shape = fitting(doc, place, property, options) ?? []
  return { advice: words.sure, actions: [...shape, { does: 'rename', at: place, key: name }] }
}

/** A name with _ for an element that has parts. */
export function underscore(one: Case): Fix | undefined {
  const named = namedIn(one)
  if (named === undefined) return undefined
  const { doc, place } = one
  const plain = named.key.slice(1)
  const about = { name: named.key, plain, found: foundAt(doc, place) }
  if (hasNoContent(doc, place)) return dropped(place, advise('underscore-empty', about))
  const { property } = place
  const other = property === undefined ? undefined : alsoThere(doc, named.owner, property.element, place)
  if (other !== undefined) return inWords(advise('underscore-both', { ...about, plain: nameOf(other) }))
  return { advice: advise('underscore', about), actions: [{ does: 'rename', at: place, key: plain }] }
}

/** A choice element without its type: what was sent may be of one type only. */
export function choiceWithoutType(one: Case): Fix | undefined {
  const named = namedIn(one)
  const element = named && choiceIn(named.type, named.key)
  if (named === undefined || element === undefined) return undefined
  const names = namesOf(named.type, element)
  const possible = names.filter((name) => fitsUnder(one, named.type, name))
  const about = {
    name: named.key,
    found: foundAt(one.doc, one.place),
    names: some(possible.length > 0 ? possible : names),
  }
  const [only = '', ...others] = possible
  if (only === '' || others.length > 0) return inWords(advise('choice-name', about))
  const words = advise('choice-rename', { ...about, nearest: only })
  return renamed(one, named, only, true, { sure: words, taken: advise('choice-name', about), unsure: words })
}

/** A choice element with a type that does not exist, or that it does not allow. */
export function choiceType(one: Case): Fix | undefined {
  const named = namedIn(one)
  const element = named && choiceIn(named.type, named.key)
  if (named === undefined || element === undefined) return undefined
  const names = namesOf(named.type, element)
  const about = { name: named.key, element: element.name, found: foundAt(one.doc, one.place), names: some(names) }
  const nearest = nearestTo(named.key, names)
  const possible = names.filter((name) => fitsUnder(one, named.type, name))
  const meant =
    nearest?.sure && possible.includes(nearest.name) ? nearest.name : possible.length === 1 ? possible[0] : undefined
  if (meant === undefined) return inWords(advise('choice-type', about))
  const words = advise('choice-type-rename', { ...about, nearest: meant })
  return renamed(one, named, meant, true, { sure: words, taken: advise('choice-type', about), unsure: words })
}

function fitsUnder({ doc, place, options }: Case, type: TypeInfo, name: string): boolean {
  const property = type.properties.get(name)
  return property !== undefined && fitting(doc, place, property, options) !== undefined
}

/** The choice that a name begins with: of several the longest. */
function choiceIn(type: TypeInfo, key: string): ElementInfo | undefined {
  const name = key.replace(/^_/, '').toLowerCase()
  const choices = type.elements.filter((element) => element.choice && name.startsWith(element.name.toLowerCase()))
  return choices.sort((one, other) => other.name.length - one.name.length)[0]
}

const MOST_NAMES = 15

const some = (names: readonly string[]): readonly string[] =>
  names.length > MOST_NAMES ? [...names.slice(0, MOST_NAMES), '…'] : names

/** Two values of one choice: the one without content goes. */
export function choiceRepeated(one: Case): Fix | undefined {
  const { doc, place } = one
  const { parent, property } = place
  if (parent === undefined || property === undefined) return undefined
  const { element } = property
  const all = doc.forElement(parent, element.name).filter((other) => other.property?.kind !== 'companion')
  const about = { element: element.name, names: some(all.slice(0, MOST_NAMES + 1).map(nameOf)) }
  if (all.length > MOST_NAMES) return inWords(advise('choice-repeated', about))
  const empty = all.filter((other) => hasNoContent(doc, other))
  if (empty.length === 0 || all.length - empty.length !== 1) return inWords(advise('choice-repeated', about))
  const actions = empty.map((at): FixAction => ({ does: 'drop', at }))
  return { advice: advise('choice-repeated-empty', { ...about, empty: empty.map(nameOf) }), actions }
}

/** A property that is there twice: of two that are equal, or of which one says nothing, one goes. */
export function duplicate(one: Case): Fix | undefined {
  const { doc, place } = one
  const { parent, member } = place
  if (parent === undefined || member === undefined) return undefined
  const others = doc.namesakes(parent, place, 2)
  const about = { name: member.key }
  if (doc.hasTwin(parent, place)) return dropped(place, advise('duplicate-equal', about))
  if (hasNoContent(doc, place))
    return dropped(place, advise('duplicate-empty', { ...about, found: foundAt(doc, place) }))
  const [first] = others
  if (others.length === 1 && first !== undefined && hasNoContent(doc, first)) {
    return dropped(first, advise('duplicate-empty', { ...about, found: foundAt(doc, first) }))
  }
  const areLists = place.node.kind === 'array' && first?.node.kind === 'array'
  return inWords(advise(areLists ? 'duplicate-lists' : 'duplicate', about))
}
