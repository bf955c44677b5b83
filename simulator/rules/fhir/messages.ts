import { FHIR_RULES } from '../catalogue/fhir.ts'
import type { Severity } from '../issue.ts'
import type { Finding, FindingFacts, FindingRule } from './finding.ts'
import type { SdkVersion } from './primitives.ts'

/** A finding in the words of the Firely .NET SDK: its code and its message, without the place. */
export interface Wording {
  readonly code: string
  readonly severity: Severity
  readonly message: string
}

interface Facts extends FindingFacts {
  /** The value as it stands in the text, strings without their quotes. */
  readonly raw: string
}

type CodeAndMessage = readonly [code: string, message: string]
type Words = Readonly<Record<FindingRule, (facts: Facts) => CodeAndMessage>>

/** Puts a finding in the words of a version of the SDK. `raw` is the value's text. */
export function wordingOf({ rule, facts }: Finding, sdk: SdkVersion, raw: string): Wording {
  const [code, message] = (sdk === 5 ? SDK5 : SDK6)[rule]({ ...facts, raw })
  const severity5 = code === 'JSON128' ? 'warning' : FHIR_RULES[rule].severity
  return { code, message, severity: sdk === 5 ? severity5 : code === 'JSON129' ? 'fatal' : 'error' }
}

/** Name of the token of System.Text.Json that a value begins with. */
function tokenOf(value: unknown): string {
  if (value === null) return 'Null'
  if (Array.isArray(value)) return 'StartArray'
  if (value === true) return 'True'
  if (value === false) return 'False'
  return { string: 'String', number: 'Number' }[typeof value as string] ?? 'StartObject'
}

const literal5 =
  (code: string, what: string) =>
  ({ raw }: Facts): CodeAndMessage => [code, `'${raw}' is not a correct literal for ${what}.`]

const wrongType5 = ({ dotnet, value, raw }: Facts): CodeAndMessage => [
  'JSON110',
  `Expecting a ${dotnet}, but found a json ${typeof value} with value '${raw}'.`,
]

const EMPTY_5 =
  'Properties cannot be empty strings. Either they are absent, or they are present with at least one character of non-whitespace content.'

const EMPTY_OBJECT: CodeAndMessage = ['JSON120', 'An object needs to have at least one property.']
const EMPTY_ARRAY: CodeAndMessage = ['JSON121', 'An array needs to have at least one element.']
const ONLY_NULLS: CodeAndMessage = ['JSON125', 'Arrays need to have at least one non-null element.']
const NULL: CodeAndMessage = ['JSON109', 'Expected a primitive value, not a json null.']
const NULL_ITEM: CodeAndMessage = ['PVAL104', 'Repeating elements should not contain a null value.']
const NO_RESOURCE_TYPE: CodeAndMessage = ['JSON103', "Resource has no 'resourceType' property."]
const NESTED: CodeAndMessage = [
  'PVAL118',
  'It is not allowed for a resource to contain resources which themselves contain resources.',
]

const duplicate = ({ name }: Facts): CodeAndMessage => ['JSON129', `Encountered duplicate property '${name}'.`]
const notAllowed = ({ type }: Facts): CodeAndMessage => [
  'PVAL101',
  `Value is of type '${type}', which is not an allowed choice.`,
]
const wrongCode = ({ raw, valueSet }: Facts): CodeAndMessage => [
  'PVAL116',
  `Value '${raw}' is not a correct code for valueset '${valueSet}'.`,
]
const tooLong = ({ element }: Facts): CodeAndMessage => ['PVAL119', `String ${element} exceeds maximum length of 1MB.`]
const tooFew: CodeAndMessage = ['PVAL102', 'Element has 0 elements, but minimum cardinality is 1.']

const underscore =
  (code: string) =>
  ({ element, name }: Facts): CodeAndMessage => [
    code,
    `Element '${element}' is not a FHIR primitive, so it should not use an underscore in the '${name}' property.`,
  ]

/** SDK 5.10.4: FhirJsonException.cs and CodedValidationException.cs. */
const SDK5: Words = {
  'r4-object-expected': ({ value }) => ['JSON101', `Expected start of object, but found ${tokenOf(value)}.`],
  'r4-resource-type-not-string': ({ value }) => [
    'JSON102',
    `Property 'resourceType' should be a string, but found ${tokenOf(value)}.`,
  ],
  'r4-resource-type-missing': () => NO_RESOURCE_TYPE,
  'r4-value-is-object': () => ['JSON104', 'Expected a primitive value, not a json object.'],
  'r4-value-is-array': () => ['JSON105', 'Expected a primitive value, not the start of an array.'],
  'r4-bad-base64': () => ['JSON106', 'Encountered incorrectly encoded base64 data.'],
  'r4-bad-instant': ({ raw }) => ['JSON107', `Literal string '${raw}' cannot be parsed as an instant.`],
  'r4-number-out-of-range': ({ raw, dotnet }) => ['JSON108', `Json number '${raw}' cannot be parsed as a ${dotnet}.`],
  'r4-null-value': () => NULL,
  'r4-wrong-json-type': wrongType5,
  'r4-array-expected': () => ['JSON111', 'Expected start of array.'],
  'r4-underscore-not-allowed': underscore('JSON113'),
  'r4-choice-without-type': ({ element }) => ['JSON114', `Choice element '${element}' is not suffixed with a type.`],
  'r4-choice-type-unknown': ({ element, name }) => [
    'JSON115',
    `Choice element '${element}' is suffixed with an unrecognized type '${name}'.`,
  ],
  'r4-resource-type-unknown': ({ name }) => ['JSON116', `Unknown type '${name}' found in 'resourceType' property.`],
  'r4-resource-type-not-resource': ({ name }) => [
    'JSON117',
    `Data type '${name}' in property 'resourceType' is not a type of resource.`,
  ],
  'r4-unknown-element': ({ name }) => ['JSON118', `Encountered unrecognized element '${name}'.`],
  'r4-empty-object': () => EMPTY_OBJECT,
  'r4-empty-array': () => EMPTY_ARRAY,
  'r4-bad-integer64': ({ raw }) => ['JSON122', `Json string '${raw}' cannot be parsed as a Integer64.`],
  'r4-only-nulls': () => ONLY_NULLS,
  'r4-wrong-native-type': (facts) => [
    'JSON126',
    `Json primitive value does not match the expected type of the primitive property. Details: (${wrongType5(facts)[1]})`,
  ],
  'r4-empty-string': () => ['JSON127', EMPTY_5],
  'r4-blank-string': () => ['JSON127', EMPTY_5],
  'r4-duplicate-property': (facts) => (facts.repeats ? ['JSON128', 'Duplicate array detected.'] : duplicate(facts)),
  'r4-choice-repeated': duplicate,
  'r4-choice-type-not-allowed': notAllowed,
  'r4-missing-element': ({ element, repeats }) =>
    repeats ? tooFew : ['PVAL105', `Element '${element}' with minimum cardinality 1 cannot be null.`],
  'r4-null-in-array': () => NULL_ITEM,
  'r4-bad-code': literal5('PVAL106', 'a code'),
  'r4-bad-date': literal5('PVAL107', 'a date'),
  'r4-bad-datetime': literal5('PVAL108', 'a dateTime'),
  'r4-bad-id': literal5('PVAL109', 'an id'),
  'r4-bad-oid': literal5('PVAL110', 'an oid'),
  'r4-bad-time': literal5('PVAL111', 'a time'),
  'r4-bad-uri': literal5('PVAL112', 'an uri'),
  'r4-bad-uuid': literal5('PVAL113', 'a uuid'),
  'r4-code-not-in-value-set': wrongCode,
  'r4-nested-contained': () => NESTED,
  'r4-string-too-long': tooLong,
  'r4-not-positive': positive6,
  'r4-negative': negative6,
}

function positive6({ raw }: Facts): CodeAndMessage {
  return ['PVAL125', `Value ${raw} is not positive, which is required for a PositiveInt.`]
}

function negative6({ raw }: Facts): CodeAndMessage {
  return ['PVAL126', `Value ${raw} is negative, which is not allowed for an UnsignedInt.`]
}

/** A value as SDK 6 quotes it. */
function quoted({ value, raw }: Facts): string {
  if (typeof value === 'number') return `${/^-?[0-9]+$/.test(raw) ? 'integer' : 'decimal'} ${raw}`
  if (typeof value === 'boolean') return `boolean ${value ? 'True' : 'False'}`
  return `string '${raw}'`
}

const wrongType6 = (facts: Facts): CodeAndMessage => [
  'PVAL123',
  `${quoted(facts)} is not the right type of literal for a ${facts.type}.`,
]
const literal6 = (facts: Facts): CodeAndMessage => [
  'PVAL124',
  `${quoted(facts)} is not a correct literal for a ${facts.type}.`,
]
const mismatch = (expected: string, found: string): CodeAndMessage => [
  'PVAL127',
  `Expected property to be a ${expected}, but found a ${found}.`,
]
const unknownResource = ({ name }: Facts): CodeAndMessage => ['PVAL130', `Encountered unknown resource type '${name}'.`]

function notObject6({ value, companion, element, type }: Facts): CodeAndMessage {
  if (value === null) return NULL
  if (companion) {
    return ['JSON134', `Property '_${element}' has an underscore, which should be a (an array of) Json object or null.`]
  }
  if (Array.isArray(value)) return mismatch(`single ${type}`, `collection of ${type}`)
  return [
    'JSON131',
    `Encountered a json primitive while expecting a json object for non-primitive element '${element}'.`,
  ]
}

const TEXT_TYPES = new Set(['string', 'markdown', 'xhtml'])
const NOT_TEXT_TYPES = new Set(['boolean', 'decimal', 'integer', 'positiveInt', 'unsignedInt'])

function empty6(facts: Facts): CodeAndMessage {
  if (TEXT_TYPES.has(facts.type ?? '')) return ['PVAL119', `String ${facts.element} is empty`]
  return NOT_TEXT_TYPES.has(facts.type ?? '') ? wrongType6(facts) : literal6(facts)
}

/** SDK 6: FhirJsonException.cs and CodedValidationException.cs of 2025. */
const SDK6: Words = {
  'r4-object-expected': notObject6,
  'r4-resource-type-not-string': ({ value, raw }) => [
    'JSON102',
    `Property 'resourceType' should be a string, but found token ${tokenOf(value)} with value ${raw}.`,
  ],
  'r4-resource-type-missing': () => NO_RESOURCE_TYPE,
  'r4-value-is-object': ({ element }) => [
    'JSON132',
    `Encountered an unexpected json object while reading the value for primitive element '${element}'.`,
  ],
  'r4-value-is-array': ({ type, repeats }) =>
    repeats ? ['JSON130', 'Nested array detected.'] : mismatch(`single ${type}`, `collection of ${type}`),
  'r4-bad-base64': ({ raw }) => ['PVAL120', `Value '${raw}' is not parseable as Base64 data.`],
  'r4-bad-instant': literal6,
  'r4-number-out-of-range': wrongType6,
  'r4-null-value': () => NULL,
  'r4-wrong-json-type': wrongType6,
  'r4-array-expected': ({ type }) => mismatch(`collection of ${type}`, `single ${type}`),
  'r4-underscore-not-allowed': underscore('JSON133'),
  'r4-choice-without-type': ({ element }) => ['JSON114', `Choice element '${element}' should be suffixed by a type.`],
  'r4-choice-type-unknown': ({ name }) => notAllowed({ type: name, raw: '' }),
  'r4-resource-type-unknown': unknownResource,
  'r4-resource-type-not-resource': unknownResource,
  'r4-unknown-element': ({ name }) => ['PVAL128', `Found unknown element '${name}'.`],
  'r4-empty-object': () => EMPTY_OBJECT,
  'r4-empty-array': () => EMPTY_ARRAY,
  'r4-bad-integer64': literal6,
  'r4-only-nulls': () => ONLY_NULLS,
  'r4-wrong-native-type': wrongType6,
  'r4-empty-string': empty6,
  'r4-blank-string': literal6,
  'r4-duplicate-property': duplicate,
  'r4-choice-repeated': duplicate,
  'r4-choice-type-not-allowed': notAllowed,
  'r4-missing-element': ({ element, repeats }) =>
    repeats ? tooFew : ['PVAL105', `Element '${element}' with minimum cardinality 1 must be present.`],
  'r4-null-in-array': () => NULL_ITEM,
  'r4-bad-code': literal6,
  'r4-bad-date': literal6,
  'r4-bad-datetime': literal6,
  'r4-bad-id': literal6,
  'r4-bad-oid': literal6,
  'r4-bad-time': literal6,
  'r4-bad-uri': literal6,
  'r4-bad-uuid': literal6,
  'r4-code-not-in-value-set': wrongCode,
  'r4-nested-contained': () => NESTED,
  'r4-string-too-long': tooLong,
  'r4-not-positive': positive6,
  'r4-negative': negative6,
}

const DISPLAYS: ReadonlyMap<string, string> = new Map([
  ['PVAL101', 'Invalid datatype used'],
  ['PVAL102', 'Missing mandatory field'],
  ['PVAL103', 'Exceeded max values'],
  ['PVAL104', 'Cannot be null'],
  ['PVAL105', 'Mandatory field cannot be null'],
  ['PVAL106', 'Invalid code'],
  ['PVAL107', 'Invalid date'],
  ['PVAL108', 'Invalid datetime'],
  ['PVAL109', 'Invalid id'],
  ['PVAL112', 'Invalid uri'],
  ['PVAL116', 'Invalid code'],
  ['JSON101', 'Expected Object'],
  ['JSON103', 'Missing ResourceType'],
  ['JSON104', 'Expected Object'],
  ['JSON105', 'Expected Primitive'],
  ['JSON106', 'Invalid Base64 data'],
  ['JSON108', 'Invalid number'],
  ['JSON110', 'Invalid datatype'],
  ['JSON116', 'Invalid ResourceType'],
  ['JSON118', 'Unknown element'],
  ['PVAL120', 'Invalid Base64 data'],
  ['PVAL123', 'Invalid literal type'],
  ['PVAL124', 'Invalid literal'],
  ['PVAL125', 'Number must be positive'],
  ['PVAL126', 'Cannot be negative'],
  ['PVAL127', 'Type mismatch'],
  ['PVAL128', 'Unknown element'],
  ['PVAL130', 'Unknown resource'],
  ['JSON130', 'Invalid nested array'],
  ['JSON131', 'Expected object'],
  ['JSON132', 'Expected primitive'],
  ['JSON133', 'Invalid _ in name'],
  ['JSON134', 'Property should be an object'],
])

/** The short text that Firely puts in `details.coding.display` beside a code; undefined where it has none. */
export function firelyDisplay(code: string): string | undefined {
  return DISPLAYS.get(code)
}
