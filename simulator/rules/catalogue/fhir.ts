import type { Rule, Source, Sources } from './rule.ts'
import { assumed, observed, quoted } from './source.ts'

const INFERENCE =
  "JFT documents only that it deserializes the JSON to check it against FHIR R4. What it documents of the result is what this library's strict mode does, so the simulator follows the library; that JFT uses it is an inference."

const PIT_FORMAT = assumed({
  document: 'pit-overview',
  reasoning: 'PIT documents only that patients are resources of FHIR R4; that it checks them as JFT does is assumed.',
})

/** What JFT's format check does, and PIT's then too. */
const format = (jft: Source): Sources => ({ jft, pit: PIT_FORMAT })

const FORMAT_CHECK = format(quoted(['write-format-structure-400', 'write-format-mandatory-400']))
const MANDATORY = format(quoted('write-format-mandatory-400'))
const CARDINALITY = format(quoted(['proxy-cardinality', 'proxy-cardinality-corrected']))

const DESERIALIZER = format(
  observed({ document: 'firely-sdk-5', section: 'BaseFhirJsonPocoDeserializer.cs', reasoning: INFERENCE }),
)
const ATTRIBUTES = format(
  observed({ document: 'firely-sdk-5', section: 'Hl7.Fhir.Validation attributes', reasoning: INFERENCE }),
)
const SDK6 = format(
  observed({ document: 'firely-sdk-6', section: 'CodedValidationException.cs', reasoning: INFERENCE }),
)

const THROWS = format(
  observed({
    document: 'firely-sdk-6',
    section: 'BaseFhirJsonDeserializer.cs',
    reasoning: `${INFERENCE} Which status the service then answers is a setting.`,
  }),
)

const structure = { type: 'structure', sources: DESERIALIZER } as const
const literal = { type: 'value', severity: 'error', sources: ATTRIBUTES } as const

/** The rules of the format check: one for each kind of fault that a strict FHIR R4 JSON parser reports. */
export const FHIR_RULES = {
  'json-syntax': {
    title: 'Body that is not one well-formed JSON text',
    type: 'invalid',
    severity: 'fatal',
    sources: FORMAT_CHECK,
    fix: 'Send what a JSON library writes: no comments, no trailing commas, names and texts in double quotes, UTF-8.',
  },
  'json-too-deep': {
    title: 'Objects or arrays nested more than 64 deep',
    type: 'structure',
    severity: 'fatal',
    sources: format(
      observed({
        document: 'system-text-json',
        section: 'JsonReaderOptions.MaxDepth (64 by default)',
        reasoning: INFERENCE,
      }),
    ),
    fix: 'Nest less: no resource of a journal event needs more than some twenty levels.',
  },
  'json-surrogate': {
    title: 'String with half a surrogate pair',
    type: 'invalid',
    severity: 'fatal',
    sources: format(
      observed({ document: 'system-text-json', section: 'Utf8JsonReader.GetString', reasoning: INFERENCE }),
    ),
    fix: 'Write characters above U+FFFF as two escapes, a high and a low surrogate, or as UTF-8.',
  },
  'firely-throws': {
    title: 'Body on which the library breaks with an exception of its own',
    type: 'exception',
    severity: 'fatal',
    sources: THROWS,
    fix: 'Correct the body. The library does not report this error but throws, so a service that does not expect it answers 500.',
  },
  'r4-object-expected': {
    ...structure,
    severity: 'fatal',
    title: 'Something else where an object belongs',
    fix: 'Send an object { … } with the parts of the datatype. Where the element occurs at most once, do not wrap the object in an array.',
  },
  'r4-value-is-object': {
    ...structure,
    severity: 'fatal',
    title: 'Object where a simple value belongs',
    fix: 'Send the text, number or boolean itself. Extensions of a simple value belong in the property of the same name with _ before it.',
  },
  'r4-value-is-array': {
    ...structure,
    severity: 'fatal',
    title: 'List where one value belongs',
    fix: 'Send the value itself, without the array around it.',
  },
  'r4-array-expected': {
    type: 'structure',
    severity: 'warning',
    sources: CARDINALITY,
    title: 'One value where a list belongs',
    fix: 'Wrap the value in an array: [ … ].',
  },
  'r4-nested-array': {
    ...structure,
    severity: 'error',
    title: 'List inside a list',
    fix: 'Send the items in one array.',
  },
  'r4-companion-not-object': {
    ...structure,
    severity: 'error',
    title: 'Property with _ that is not an object',
    fix: 'Send an object { … } with the id and the extensions of the value, or leave the property out. Beside an array, send an array of objects and nulls.',
  },
  'r4-name-case': {
    ...structure,
    severity: 'error',
    sources: SDK6,
    title: 'Element name in the wrong letter case',
    fix: 'Write the name as FHIR does.',
  },
  'r4-resource-type-case': {
    ...structure,
    severity: 'error',
    sources: SDK6,
    title: 'resourceType in the wrong letter case',
    fix: 'Write the resource type as FHIR does, for example "Composition".',
  },
  'r4-null-value': {
    ...structure,
    type: 'value',
    severity: 'error',
    title: 'null where a value belongs',
    fix: 'Leave the element out when there is no value.',
  },
  'r4-wrong-json-type': {
    ...structure,
    type: 'value',
    severity: 'warning',
    title: 'Value of the wrong JSON type',
    fix: 'Send integers and decimals as JSON numbers, booleans as true or false, and everything else as a string.',
  },
  'r4-wrong-native-type': {
    ...structure,
    type: 'value',
    severity: 'fatal',
    title: 'Element id or url of an extension that is not a string',
    fix: 'Put the value in double quotes.',
  },
  'r4-resource-type-missing': {
    ...structure,
    severity: 'fatal',
    sources: FORMAT_CHECK,
    title: 'Missing resourceType',
    fix: 'Add "resourceType" with the name of the resource type, for example "Composition".',
  },
  'r4-resource-type-not-string': {
    ...structure,
    type: 'value',
    severity: 'fatal',
    title: 'resourceType that is not a string',
    fix: 'Send the name of the resource type in double quotes.',
  },
  'r4-resource-type-unknown': {
    ...structure,
    severity: 'fatal',
    title: 'resourceType unknown in FHIR R4',
    fix: 'Use a resource type of R4 (4.0.1). Types of later FHIR versions, and abstract types, do not exist here.',
  },
  'r4-resource-type-not-resource': {
    ...structure,
    severity: 'fatal',
    title: 'Datatype in resourceType, where a resource type belongs',
    fix: 'Put the datatype inside a resource that has an element of that type.',
  },
  'r4-unknown-element': {
    ...structure,
    severity: 'error',
    title: 'Unknown element',
    fix: 'Correct the name, or move the information to an extension. Elements of other FHIR versions do not exist in R4.',
  },
  'r4-underscore-not-allowed': {
    ...structure,
    severity: 'warning',
    title: 'Property with _ next to something that is not a simple value',
    fix: 'Remove the _ . An element with parts carries its own id and extension.',
  },
  'r4-choice-without-type': {
    ...structure,
    severity: 'fatal',
    title: 'Choice element without its type in the name',
    fix: 'Add the type to the name with a capital: medicationCodeableConcept, valueString.',
  },
  'r4-choice-type-unknown': {
    ...structure,
    severity: 'fatal',
    title: 'Choice element with an unknown type in the name',
    fix: 'Use one of the types that the element allows, with a capital first letter.',
  },
  'r4-choice-type-not-allowed': {
    ...structure,
    severity: 'error',
    sources: ATTRIBUTES,
    title: 'Choice element of a type that is not allowed',
    fix: 'Use one of the types that the element allows.',
  },
  'r4-choice-repeated': {
    ...structure,
    severity: 'fatal',
    title: 'Choice element with more than one type',
    fix: 'Keep one of the properties and remove the others.',
  },
  'r4-duplicate-property': {
    ...structure,
    severity: 'fatal',
    title: 'Property that occurs twice',
    fix: 'Keep one of the two. The items of a repeating element belong in one array.',
  },
  'r4-empty-object': {
    ...structure,
    severity: 'warning',
    title: 'Empty object',
    fix: 'Leave the element out when there is nothing to say. A resource needs more than its resourceType.',
  },
  'r4-empty-array': {
    ...structure,
    severity: 'warning',
    title: 'Empty list',
    fix: 'Leave the element out when there are no items.',
  },
  'r4-only-nulls': {
    ...structure,
    severity: 'warning',
    title: 'List with nothing but null',
    fix: 'Leave the array out. null only keeps the place of an item whose id or extension is in the array of the same name with _ .',
  },
  'r4-null-in-array': {
    ...structure,
    severity: 'error',
    sources: ATTRIBUTES,
    title: 'null in a list, without an id or extension',
    fix: 'Remove the null from the array, and from the array of the same name with _ .',
  },
  'r4-empty-string': {
    type: 'value',
    severity: 'error',
    sources: format(
      quoted(
        ['proxy-empty-string', 'proxy-empty-string-corrected'],
        'The page names "value" fields. That every other string is treated alike is observed in Firely’s source.',
      ),
    ),
    title: 'Empty text',
    fix: 'Leave the element out, or give it an actual value.',
  },
  'r4-blank-string': {
    type: 'value',
    severity: 'error',
    sources: format(
      assumed({
        document: 'firely-sdk-5',
        section: 'FhirJsonException.cs, message of JSON127',
        reasoning:
          'The message demands non-whitespace content, the code of that version tests for an empty string only, and no NHN page says. Checked only when the setting asks for it.',
      }),
    ),
    title: 'Text of nothing but spaces',
    fix: 'Leave the element out, or give it an actual value.',
  },
  'r4-missing-element': {
    type: 'required',
    severity: 'error',
    sources: MANDATORY,
    title: 'Missing mandatory element',
    fix: 'Add the element.',
  },
  'r4-nested-contained': {
    ...structure,
    severity: 'error',
    sources: ATTRIBUTES,
    title: 'Contained resource inside a contained resource',
    fix: 'Move the inner resource up: all contained resources lie in the contained array of the outermost one.',
  },
  'r4-number-out-of-range': {
    ...structure,
    type: 'value',
    severity: 'error',
    title: 'Number outside the range of its FHIR type',
    fix: 'Integers have no fraction and no exponent and lie between -2147483648 and 2147483647; decimals lie within about ±7.9e28.',
  },
  'r4-bad-base64': {
    ...literal,
    sources: DESERIALIZER,
    title: 'Binary data that are not base64',
    fix: 'Encode the bytes with the standard alphabet and padding, without line breaks.',
  },
  'r4-bad-instant': {
    ...literal,
    sources: DESERIALIZER,
    title: 'Malformed instant, or one without time or offset',
    fix: 'Write YYYY-MM-DDThh:mm:ss.sss+zz:zz, for example 2026-05-26T10:06:17.014+02:00.',
  },
  'r4-bad-date': {
    ...literal,
    title: 'Malformed date, or one outside the calendar',
    fix: 'Write for example 2026-05-26, without a time.',
  },
  'r4-bad-datetime': {
    ...literal,
    title: 'Malformed dateTime, a time without its offset, or a day outside the calendar',
    fix: 'Write for example 2026-05-26 or 2026-05-26T10:06:17+02:00. As soon as there is a time there must be an offset (or Z).',
  },
  'r4-bad-time': {
    ...literal,
    title: 'Malformed time',
    fix: 'Write for example 10:06:17.',
  },
  'r4-bad-code': {
    ...literal,
    title: 'Code with superfluous white space',
    fix: 'Remove the superfluous white space.',
  },
  'r4-bad-id': {
    ...literal,
    title: 'Malformed id, or one longer than 64 characters',
    fix: 'Use for example a UUID.',
  },
  'r4-bad-oid': {
    ...literal,
    title: 'Malformed oid',
    fix: 'Write for example urn:oid:2.16.578.1.12.4.1.4.1.',
  },
  'r4-bad-uri': {
    ...literal,
    title: 'Malformed uri',
    fix: 'Write urn:uuid: with lower-case hexadecimal digits and urn:oid: with numbers and dots; give http and https a host.',
  },
  'r4-bad-uuid': {
    ...literal,
    title: 'Malformed uuid',
    fix: 'Write for example urn:uuid:c757873d-ec9a-4326-a141-556f43239520.',
  },
  'r4-not-positive': {
    ...literal,
    sources: SDK6,
    title: 'positiveInt below 1',
    fix: 'Send a whole number of 1 or more.',
  },
  'r4-negative': {
    ...literal,
    sources: SDK6,
    title: 'Negative unsignedInt',
    fix: 'Send 0 or a positive whole number.',
  },
  'r4-code-not-in-value-set': {
    ...literal,
    type: 'code-invalid',
    title: 'Code outside its value set',
    fix: 'Use one of the codes of the value set, exactly as it is written there.',
  },
  'r4-string-too-long': {
    ...literal,
    title: 'String longer than 1,048,576 characters',
    fix: 'Shorten the text, or send it as an attachment.',
  },
} as const satisfies Record<string, Rule>

/** Ids of the rules of the format check. */
export type FhirRuleId = keyof typeof FHIR_RULES
