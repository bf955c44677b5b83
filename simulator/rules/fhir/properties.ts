import { PRIMITIVES } from './primitives.ts'
import {
  companionOf,
  type ElementInfo,
  findTypeAnyCase,
  type PropertyInfo,
  propertyOf,
  type TypeInfo,
} from './table.ts'

/** A property name that the type does not have as it stands: read as something after all, or a fault. */
export type UnusualName =
  | { readonly property: PropertyInfo; readonly underscore: boolean }
  | { readonly fault: 'unknown' }
  | { readonly fault: 'choice-without-type'; readonly element: ElementInfo }
  | { readonly fault: 'choice-type-unknown'; readonly element: ElementInfo; readonly suffix: string }

/**
 * Reads a property name as the library does, which is more liberal than FHIR: in any letter case, with a `_` before
 * elements that cannot have one, and with any type that exists after the name of a choice.
 */
export function readUnusualName(type: TypeInfo, key: string): UnusualName {
  const underscore = key.startsWith('_')
  const name = (underscore ? key.slice(1) : key).toLowerCase()
  const element = findElement(type, name)
  if (element === undefined) return { fault: 'unknown' }
  if (!element.choice) return asProperty(element, element.types[0] ?? '', underscore)
  const suffix = (underscore ? key.slice(1) : key).slice(element.name.length)
  if (suffix === '') return { fault: 'choice-without-type', element }
  const chosen = findTypeAnyCase(suffix)
  if (chosen === undefined) return { fault: 'choice-type-unknown', element, suffix }
  return asProperty(element, chosen.name, underscore)
}

/** The element of that name, otherwise the choice with the longest name that it begins with. */
function findElement(type: TypeInfo, name: string): ElementInfo | undefined {
  const exact = type.elements.find((element) => element.name.toLowerCase() === name)
  if (exact !== undefined) return exact
  const choices = type.elements.filter((element) => element.choice && name.startsWith(element.name.toLowerCase()))
  return choices.sort((one, other) => other.name.length - one.name.length)[0]
}

function asProperty(element: ElementInfo, typeName: string, underscore: boolean): UnusualName {
  const allowed = allows(element, typeName)
  const isCompanion = underscore && PRIMITIVES.has(typeName)
  const property = (isCompanion ? companionOf : propertyOf)(element, typeName, allowed)
  return { property, underscore: underscore && !isCompanion }
}

function allows({ choice, types }: ElementInfo, typeName: string): boolean {
  if (!choice || types.includes(typeName)) return true
  return types[0] === '*' && !isResource(typeName)
}

function isResource(typeName: string): boolean {
  const kind = findTypeAnyCase(typeName)?.kind
  return kind === 'resource' || kind === 'abstract'
}
