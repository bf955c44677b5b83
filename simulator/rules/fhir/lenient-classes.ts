/*
 * Names of the Firely .NET SDK's classes, where its messages print them.
 */

import { PRIMITIVES } from './primitives.ts'

const ABSTRACT = [
  'Base',
  'BackboneElement',
  'BackboneType',
  'DataType',
  'DomainResource',
  'Element',
  'PrimitiveType',
  'Resource',
]

const ABSTRACT_BY_NAME = new Map(ABSTRACT.map((name) => [name.toLowerCase(), name]))

/** The class of that name in any letter case of which there are no objects; undefined when there is none. */
export function abstractClass(typeName: string): string | undefined {
  return ABSTRACT_BY_NAME.get(typeName.toLowerCase())
}

/** What .NET says when an object of it is made. */
export function abstractMessage(className: string): string {
  return `Cannot dynamically create an instance of type '${fullName(className)}'. Reason: Cannot create an abstract class.`
}

/** What .NET says when a value of the type is put where another class is wanted. */
export function castMessage(typeName: string, wanted: 'DataType' | 'Resource'): string {
  return `Unable to cast object of type '${fullName(classOf(typeName))}' to type '${fullName(wanted)}'.`
}

/** What .NET says when a value of the type is put into a list of resources: primitives and names are their text, which is empty. */
export function listMessage(typeName: string): string {
  const isText = PRIMITIVES.has(typeName) || typeName === 'HumanName'
  const value = isText ? '' : fullName(classOf(typeName))
  return `The value "${value}" is not of type "${fullName('Resource')}" and cannot be used in this generic collection. (Parameter 'value')`
}

const fullName = (className: string): string => `Hl7.Fhir.Model.${className}`

/** Primitives whose .NET namesakes are something else. */
const WITH_PREFIX = ['boolean', 'dateTime', 'decimal', 'string', 'uri', 'url']

function classOf(typeName: string): string {
  if (typeName === 'xhtml') return 'XHtml'
  if (typeName === 'Reference') return 'ResourceReference'
  const name = typeName.charAt(0).toUpperCase() + typeName.slice(1)
  return WITH_PREFIX.includes(typeName) ? `Fhir${name}` : name
}

/** Where the library's name of an enumeration is not FHIR's name of the value set. */
const ENUMERATIONS: Readonly<Record<string, string>> = {
  EvidenceVariableType: 'VariableTypeCode',
  ExposureState: 'ExposureStateCode',
  GroupMeasure: 'GroupMeasureCode',
  Use: 'ClaimUseCode',
  'messageheader-response-request': 'MessageheaderResponseRequest',
  status: 'StatusCode',
}

/** The enumeration that has the codes of a value set. */
export function enumeration(valueSet: string): string {
  return ENUMERATIONS[valueSet] ?? valueSet.charAt(0).toUpperCase() + valueSet.slice(1).replaceAll('.', '')
}
