import { abstractClass, abstractMessage } from './lenient-classes.ts'
import type { LenientPlace } from './lenient-place.ts'
import { PRIMITIVES } from './primitives.ts'
import { type ElementInfo, findTypeAnyCase, type PropertyInfo, propertyOf, type TypeInfo } from './table.ts'

/** A property under the name that R4 gives it. */
export interface NamedProperty {
  readonly property: PropertyInfo
  readonly name: string
  /** The type as the JSON says it: of a choice its suffix, which may be in another letter case. */
  readonly typeName: string
}

/** Why a name is none of the type. `datatype` and `abstract` are noticed later than the others: when the value is read. */
export type NameFault =
  | { readonly fault: 'unknown' }
  | { readonly fault: 'bare' }
  | { readonly fault: 'unexpected'; readonly typeName: string }
  | { readonly fault: 'datatype' | 'abstract'; readonly element: ElementInfo; readonly typeName: string }

/**
 * Finds the property of a JSON name without its underscore, as the permissive parser does: in the same letter case, and
 * choices with one of their types, whose first letter may be small.
 */
export function readName(type: TypeInfo, name: string): NamedProperty | NameFault {
  const property = type.properties.get(name)
  if (property !== undefined && property.kind !== 'companion') return { property, name, typeName: property.typeName }
  const element = longestChoice(type, name)
  return element === undefined ? { fault: 'unknown' } : readChoice(element, name)
}

/** The type as a message shows it. Parts of a type have no type name of their own. */
export function shownType(typeName: string, { type }: PropertyInfo): string {
  if (!typeName.includes('.')) return typeName
  return type().elements.some(({ name }) => name === 'modifierExtension') ? 'BackboneElement' : 'Element'
}

function longestChoice(type: TypeInfo, name: string): ElementInfo | undefined {
  const compared = IS_PLAIN.test(name) ? name : name.replace(IGNORED, '')
  let longest: ElementInfo | undefined
  for (const element of type.elements) {
    const isLonger = element.name.length > (longest?.name.length ?? 0)
    if (element.choice && isLonger && beginsWith(compared, element.name)) longest = element
  }
  return longest
}

const IS_PLAIN = /^\w*$/
/** Characters that a comparison by .NET's culture passes over, and those that join the one before them. */
const IGNORED = /(?![\t-\r\u0085])[\p{Cc}\p{Cf}]/gu
const IS_MARK = /^\p{M}/u

function beginsWith(name: string, start: string): boolean {
  return name.startsWith(start) && !IS_MARK.test(name.slice(start.length))
}

function readChoice(element: ElementInfo, name: string): NamedProperty | NameFault {
  const suffix = normalised(name.slice(element.name.length))
  if (suffix === '') return { fault: 'bare' }
  if (element.types[0] !== '*') {
    return element.types.includes(suffix) ? named(element, suffix, suffix) : { fault: 'unexpected', typeName: suffix }
  }
  const className = abstractClass(suffix)
  if (className !== undefined) return { fault: 'abstract', element, typeName: className }
  const type = findTypeAnyCase(suffix)
  return type === undefined ? { fault: 'datatype', element, typeName: suffix } : named(element, type.name, suffix)
}

/** The names of primitives begin with a small letter, which the suffix does not show. */
function normalised(suffix: string): string {
  const small = suffix.charAt(0).toLowerCase() + suffix.slice(1)
  return PRIMITIVES.has(small) ? small : suffix
}

function named(element: ElementInfo, typeName: string, asWritten: string): NamedProperty {
  const name = element.name + typeName.charAt(0).toUpperCase() + typeName.slice(1)
  return { property: propertyOf(element, typeName), name, typeName: asWritten }
}

const CHECK = 'Type checking the data:'

/** The library's words for a name at a place. */
export function nameMessage(read: NameFault, name: string, { location, typedLocation }: LenientPlace): string {
  switch (read.fault) {
    case 'unknown':
      return `${CHECK} Encountered unknown element '${name}' at location '${location}' while parsing`
    case 'bare':
      return `${CHECK} Choice element '${name}' is not suffixed with a type. (at ${location})`
    case 'unexpected':
      return `${CHECK} Choice element '${name}' is suffixed with unexpected type '${read.typeName}' (at ${location})`
    case 'abstract':
      return abstractMessage(read.typeName)
    case 'datatype':
      return `While building a POCO: Encountered polymorph member ${read.element.name}, which uses unknown datatype ${read.typeName} (at ${typedLocation})`
  }
}
