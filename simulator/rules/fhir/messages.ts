import type { Severity } from '../issue.ts'
import type { Wording } from './finding.ts'

/*
 * Codes of the Firely .NET SDK with their severity, issue type, short text and message. SDK 5.10.4: FhirJsonException.cs,
 * CodedValidationException.cs and OperationOutcomeExtensions.cs. SDK 6.8.0: FhirJsonException and CodedValidationException.
 */

/** A message from the values that it prints. */
type Message = (...values: readonly string[]) => string
type Words = readonly [severity: Severity, type: string, display: string | undefined, message: Message | string]

const EMPTY =
  'Properties cannot be empty strings. Either they are absent, or they are present with at least one character of non-whitespace content.'
const NESTED = 'It is not allowed for a resource to contain resources which themselves contain resources.'

const literal5 = (display: string, what: string): Words => [
  'error',
  'value',
  display,
  (value) => `'${value}' is not a correct literal for ${what}.`,
]
const duplicate: Message = (name) => `Encountered duplicate property '${name}'.`
const notAllowed: Message = (type) => `Value is of type '${type}', which is not an allowed choice.`
const tooFew: Message = (count) => `Element has ${count} elements, but minimum cardinality is 1.`
const wrongCode: Message = (value, valueSet) => `Value '${value}' is not a correct code for valueset '${valueSet}'.`
const tooLong: Message = (name) => `String ${name} exceeds maximum length of 1MB.`
const underscore: Message = (element, name) =>
  `Element '${element}' is not a FHIR primitive, so it should not use an underscore in the '${name}' property.`

const SDK5 = {
  JSON101: ['fatal', 'structure', 'Expected Object', (token) => `Expected start of object, but found ${token}.`],
  JSON102: ['fatal', 'value', undefined, (token) => `Property 'resourceType' should be a string, but found ${token}.`],
  JSON103: ['fatal', 'structure', 'Missing ResourceType', "Resource has no 'resourceType' property."],
  JSON104: ['fatal', 'structure', 'Expected Object', 'Expected a primitive value, not a json object.'],
  JSON105: ['fatal', 'structure', 'Expected Primitive', 'Expected a primitive value, not the start of an array.'],
  JSON106: ['error', 'value', 'Invalid Base64 data', 'Encountered incorrectly encoded base64 data.'],
  JSON107: ['error', 'value', undefined, (value) => `Literal string '${value}' cannot be parsed as an instant.`],
  JSON108: [
    'error',
    'value',
    'Invalid number',
    (value, type) => `Json number '${value}' cannot be parsed as a ${type}.`,
  ],
  JSON109: ['error', 'value', undefined, 'Expected a primitive value, not a json null.'],
  JSON110: [
    'warning',
    'value',
    'Invalid datatype',
    (type, kind, value) => `Expecting a ${type}, but found a json ${kind} with value '${value}'.`,
  ],
  JSON111: ['warning', 'structure', undefined, 'Expected start of array.'],
  JSON113: ['warning', 'structure', undefined, underscore],
  JSON114: ['fatal', 'structure', undefined, (element) => `Choice element '${element}' is not suffixed with a type.`],
  JSON115: [
    'fatal',
    'structure',
    undefined,
    (element, suffix) => `Choice element '${element}' is suffixed with an unrecognized type '${suffix}'.`,
  ],
  JSON116: [
    'fatal',
    'structure',
    'Invalid ResourceType',
    (name) => `Unknown type '${name}' found in 'resourceType' property.`,
  ],
  JSON117: [
    'fatal',
    'structure',
    undefined,
    (name) => `Data type '${name}' in property 'resourceType' is not a type of resource.`,
  ],
  JSON118: ['error', 'structure', 'Unknown element', (name) => `Encountered unrecognized element '${name}'.`],
  JSON120: ['warning', 'structure', undefined, 'An object needs to have at least one property.'],
  JSON121: ['warning', 'structure', undefined, 'An array needs to have at least one element.'],
  JSON122: ['warning', 'value', undefined, (value, type) => `Json string '${value}' cannot be parsed as a ${type}.`],
  JSON123: [
    'warning',
    'value',
    undefined,
    (kind, value, type, other) =>
      `Json ${kind} '${value}' cannot be parsed as a ${type}, because it should be a Json ${other}.`,
  ],
  JSON125: ['warning', 'structure', undefined, 'Arrays need to have at least one non-null element.'],
  JSON126: [
    'fatal',
    'value',
    undefined,
    (inner) => `Json primitive value does not match the expected type of the primitive property. Details: (${inner})`,
  ],
  JSON127: ['error', 'value', undefined, EMPTY],
  JSON128: ['warning', 'value', undefined, 'Duplicate array detected.'],
  JSON129: ['fatal', 'structure', undefined, duplicate],
  PVAL101: ['error', 'structure', 'Invalid datatype used', notAllowed],
  PVAL102: ['error', 'required', 'Missing mandatory field', tooFew],
  PVAL104: ['error', 'structure', 'Cannot be null', 'Repeating elements should not contain a null value.'],
  PVAL105: [
    'error',
    'required',
    'Mandatory field cannot be null',
    (element) => `Element '${element}' with minimum cardinality 1 cannot be null.`,
  ],
  PVAL106: literal5('Invalid code', 'a code'),
  PVAL107: literal5('Invalid date', 'a date'),
  PVAL108: literal5('Invalid datetime', 'a dateTime'),
  PVAL109: literal5('Invalid id', 'an id'),
  PVAL110: literal5('Invalid oid', 'an oid'),
  PVAL111: literal5('Invalid time', 'a time'),
  PVAL112: literal5('Invalid uri', 'an uri'),
  PVAL113: literal5('Invalid uuid', 'a uuid'),
  PVAL116: ['error', 'code-invalid', 'Invalid code', wrongCode],
  PVAL118: ['error', 'structure', 'Contained resources cannot be nested', NESTED],
  PVAL119: ['error', 'value', undefined, tooLong],
} as const satisfies Readonly<Record<string, Words>>

const structure6 = (display: string, message: Message | string): Words => ['error', 'structure', display, message]
const fatal6 = (display: string, message: Message): Words => ['fatal', 'structure', display, message]
const value6 = (display: string, message: Message | string, type = 'value'): Words => ['error', type, display, message]
const literal6: Message = (value, type) => `${value} is not a correct literal for a ${type}.`

const SDK6 = {
  JSON102: structure6(
    'Invalid resource type',
    (token, value) => `Property 'resourceType' should be a string, but found token ${token} with value ${value}.`,
  ),
  JSON103: structure6('Missing ResourceType', "Resource has no 'resourceType' property."),
  JSON109: structure6('Null not allowed', 'Expected a primitive value, not a json null.'),
  JSON114: structure6('Expected type suffix', (element) => `Choice element '${element}' should be suffixed by a type.`),
  JSON120: structure6('Objects cannot be empty', 'An object needs to have at least one property.'),
  JSON121: structure6('Array cannot be empty', 'An array needs to have at least one element.'),
  JSON125: structure6('Only nulls in array', 'Arrays need to have at least one non-null element.'),
  JSON129: fatal6('Duplicate property', duplicate),
  JSON130: structure6('Invalid nested array', 'Nested array detected.'),
  JSON131: structure6(
    'Expected object',
    (element) => `Encountered a json primitive while expecting a json object for non-primitive element '${element}'.`,
  ),
  JSON132: structure6(
    'Expected primitive',
    (element) => `Encountered an unexpected json object while reading the value for primitive element '${element}'.`,
  ),
  JSON133: structure6('Invalid _ in name', underscore),
  JSON134: structure6(
    'Property should be an object',
    (name) => `Property '${name}' has an underscore, which should be a (an array of) Json object or null.`,
  ),
  JSON135: fatal6(
    'Primitive value supplied twice',
    (name) => `The value of the primitive was already supplied, so the value in property '${name}' cannot be stored.`,
  ),
  PVAL101: value6('Invalid datatype used', notAllowed),
  PVAL102: value6('Missing mandatory field', tooFew, 'required'),
  PVAL103: value6(
    'Exceeded max values',
    (count) => `Element has ${count} elements, but maximum cardinality is 1.`,
    'business-rule',
  ),
  PVAL104: value6('Cannot be null', 'Repeating elements should not contain a null value.', 'business-rule'),
  PVAL105: value6(
    'Mandatory field cannot be null',
    (element) => `Element '${element}' with minimum cardinality 1 must be present.`,
    'required',
  ),
  PVAL114: value6('Malformed narrative', (error) => `Value is not well-formatted Xml: ${error}`),
  PVAL115: value6(
    'Invalid narrative',
    (error) => `Value is not well-formed Xml adhering to the FHIR schema for Narrative: ${error}`,
  ),
  PVAL116: value6('Invalid code', wrongCode, 'code-invalid'),
  PVAL118: value6('Contained resources cannot be nested', NESTED, 'invariant'),
  PVAL120: value6('Invalid Base64 data', (value) => `Value '${value}' is not parseable as Base64 data.`),
  PVAL123: value6('Invalid literal type', (value, type) => `${value} is not the right type of literal for a ${type}.`),
  PVAL124: value6('Invalid literal', literal6),
  PVAL125: value6(
    'Number must be positive',
    (value) => `Value ${value} is not positive, which is required for a PositiveInt.`,
  ),
  PVAL126: value6(
    'Cannot be negative',
    (value) => `Value ${value} is negative, which is not allowed for an UnsignedInt.`,
  ),
  PVAL127: value6(
    'Type mismatch',
    (expected, actual) => `Expected property to be a ${expected}, but found a ${actual}.`,
  ),
  PVAL128: value6('Unknown element', (name) => `Found unknown element '${name}'.`),
  PVAL129: value6('Element cannot be empty', 'Empty FHIR elements are invalid.'),
  PVAL130: value6('Unknown resource', (name) => `Encountered unknown resource type '${name}'.`),
  PVAL131: value6(
    'Element name has wrong case',
    (name, right) => `Element '${name}' has incorrect casing, expected '${right}'.`,
  ),
  PVAL132: value6(
    'Resource type has wrong case',
    (name, right) => `Resource type '${name}' has incorrect casing, expected '${right}'.`,
  ),
} as const satisfies Readonly<Record<string, Words>>

export type Code5 = keyof typeof SDK5
export type Code6 = keyof typeof SDK6

/** A code with its words; the message is put together when it is read, which beyond the limit of issues nobody does. */
class Worded implements Wording {
  readonly code: string
  private readonly words: Words
  private readonly values: readonly string[]

  constructor(code: string, words: Words, values: readonly string[]) {
    this.code = code
    this.words = words
    this.values = values
  }

  get severity(): Severity {
    return this.words[0]
  }

  get type(): string {
    return this.words[1]
  }

  get display(): string | undefined {
    return this.words[2]
  }

  get message(): string {
    const message = this.words[3]
    return typeof message === 'string' ? message : message(...this.values)
  }
}

/** A code of SDK 5 in its words; `values` are what its message prints. */
export function wording5(code: Code5, ...values: readonly string[]): Wording {
  return new Worded(code, SDK5[code], values)
}

/** A code of SDK 6 in its words; `values` are what its message prints. */
export function wording6(code: Code6, ...values: readonly string[]): Wording {
  return new Worded(code, SDK6[code], values)
}
