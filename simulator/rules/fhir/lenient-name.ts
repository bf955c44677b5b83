import { PRIMITIVES } from './primitives.ts'
import { type ElementInfo, findTypeAnyCase, type PropertyInfo, propertyOf, type TypeInfo } from './table.ts'

/** A property under the name that R4 gives it. */
export interface NamedProperty {
  readonly property: PropertyInfo
  readonly name: string
}

/** Why a name is none; the message takes the place in the SDK's spelling. */
export interface NameFault {
  readonly fault: 'unknown' | 'choice'
  readonly message: (location: string) => string
}

const CHECK = 'Type checking the data:'

/**
 * Finds the property of a JSON name without its underscore, as the permissive parser does: in the same letter case, and
 * choices with one of their types, whose first letter may be small.
 */
export function readName(type: TypeInfo, name: string): NamedProperty | NameFault {
  const property = type.properties.get(name)
  if (property !== undefined && property.kind !== 'companion') return { property, name }
  const choices = type.elements.filter((element) => element.choice && name.startsWith(element.name))
  const [element] = choices.sort((one, other) => other.name.length - one.name.length)
  if (element === undefined) {
    const message = (location: string) =>
      `${CHECK} Encountered unknown element '${name}' at location '${location}' while parsing`
    return { fault: 'unknown', message }
  }
  return readChoice(element, name)
}

function readChoice(element: ElementInfo, name: string): NamedProperty | NameFault {
  const suffix = name.slice(element.name.length)
  if (suffix === '') {
    return choiceFault((location) => `${CHECK} Choice element '${name}' is not suffixed with a type. (at ${location})`)
  }
  const typeName = element.types[0] === '*' ? openType(suffix) : element.types.find((one) => one === suffix)
  if (typeName !== undefined) return named(element, typeName)
  if (element.types[0] !== '*') {
    return choiceFault(
      (location) =>
        `${CHECK} Choice element '${name}' is suffixed with unexpected type '${normalised(suffix)}' (at ${location})`,
    )
  }
  return choiceFault(
    (location) =>
      `While building a POCO: Encountered polymorph member ${element.name}, which uses unknown datatype ${suffix} (at ${location})`,
  )
}

/** The names of primitives begin with a small letter, which the suffix does not show. */
function normalised(suffix: string): string {
  const small = suffix.charAt(0).toLowerCase() + suffix.slice(1)
  return PRIMITIVES.has(small) ? small : suffix
}

/** A choice of any datatype looks complex types up in any letter case. */
function openType(suffix: string): string | undefined {
  const type = findTypeAnyCase(suffix)
  if (type?.kind === 'complex') return type.name
  return PRIMITIVES.has(suffix) ? suffix : undefined
}

function named(element: ElementInfo, typeName: string): NamedProperty {
  const name = element.name + typeName.charAt(0).toUpperCase() + typeName.slice(1)
  return { property: propertyOf(element, typeName), name }
}

function choiceFault(message: NameFault['message']): NameFault {
  return { fault: 'choice', message }
}
