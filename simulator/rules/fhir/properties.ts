import { abstractClass } from './lenient-classes.ts'
import { LibraryThrows } from './strict-findings.ts'
import { type ElementInfo, findType, findTypeAnyCase, type TypeInfo, type ValueSet } from './table.ts'

/**
 * The element that a property's name means to the library, which is more liberal than FHIR: plain names in any letter case,
 * otherwise the choice with the longest name that it begins with: as it stands, or with `anyCase` in any letter case. The
 * name comes without the `_` of a companion.
 */
export function findElement(type: TypeInfo, name: string, anyCase = false): ElementInfo | undefined {
  const exact = type.byLowerCase.get(lowerCase(name))
  if (exact !== undefined) return exact
  let longest: ElementInfo | undefined
  for (const element of type.elements) {
    if (!element.choice || element.name.length <= (longest?.name.length ?? 0)) continue
    const begins = anyCase ? lowerCase(name).startsWith(lowerCase(element.name)) : name.startsWith(element.name)
    if (begins) longest = element
  }
  return longest
}

/** As .NET's OrdinalIgnoreCase compares: no letter outside of ASCII equals one inside. */
function lowerCase(name: string): string {
  return name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
}

/**
 * Whether an element may have a value of a type that exists, or of one that specialises it, as an Age is a Quantity. The open
 * choices of SDK 5 take any datatype, but no resource.
 */
export function allowsType({ choice, types }: ElementInfo, typeName: string): boolean {
  if (!choice || types.includes(typeName)) return true
  if (types[0] === '*') return !isResourceType(typeName)
  return types.includes(findType(typeName)?.base ?? '')
}

/** Datatypes that an open choice of SDK 6 does not take (ModelInfo.OpenTypes). */
export const NOT_OPEN_IN_6: ReadonlySet<string> = new Set([
  'CodeableReference',
  'ElementDefinition',
  'Extension',
  'MarketingStatus',
  'Narrative',
  'Population',
  'ProdCharacteristic',
  'ProductShelfLife',
  'SubstanceAmount',
  'integer64',
  'xhtml',
])

/** Whether the enumeration of that version has a code: SDK 6 leaves out the one that R4 has for grouping others only. */
export function hasCode({ name, codes }: ValueSet, code: string, sdk: 5 | 6): boolean {
  return codes.has(code) && (sdk === 5 || code !== 'question' || name !== 'QuestionnaireItemType')
}

/** Classes of the library that nothing can be made of, by their name in small letters; resources of that kind aside. */
const ABSTRACT: ReadonlySet<string> = new Set([
  'backboneelement',
  'backbonetype',
  'base',
  'datatype',
  'element',
  'primitivetype',
])

/** Whether a name, in any letter case, is that of a class which the library throws at, as it cannot make one. */
export function isAbstractName(name: string): boolean {
  return ABSTRACT.has(lowerCase(name))
}

/** What the library throws then. */
export function noConstructor(name: string): LibraryThrows {
  const className = abstractClass(name) ?? name
  const message = `Cannot generate factory method for type Hl7.Fhir.Model.${className}: there is no default constructor.`
  return new LibraryThrows('NotSupportedException', message)
}

/** Whether a type is a resource, the abstract ones included. */
export function isResourceType(typeName: string): boolean {
  const kind = findTypeAnyCase(typeName)?.kind
  return kind === 'resource' || kind === 'abstract'
}
