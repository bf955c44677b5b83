import { describe, expect, test } from 'vitest'
import { validateLenient } from './lenient.ts'
import { validateStrict } from './strict.ts'

const issueOf = (resource: unknown) =>
  validateLenient(typeof resource === 'string' ? resource : JSON.stringify(resource)).issues[0]

const message = (resource: unknown) => issueOf(resource)?.message
const patient = (members: object) => message({ resourceType: 'Patient', ...members })
const extension = (members: object) => patient({ extension: [{ url: 'x', ...members }] })

describe('what the permissive parser lets pass', () => {
  test.each<[string, object]>([
    ['a value where an array is expected', { name: { given: 'Ola' } }],
    ['an array of one where a value is expected', { maritalStatus: [{ text: 'x' }], gender: ['male'] }],
    ['empty and blank strings', { id: '', gender: ' \n', birthDate: '' }],
    [
      'null, empty objects, empty arrays and arrays in arrays',
      { id: null, name: [], maritalStatus: {}, photo: [[{}]] },
    ],
    ['blanks around a value', { gender: ' male ', birthDate: '\t2026-01-01 ' }],
    ['numbers and booleans as strings', { active: 'true', multipleBirthInteger: '2' }],
    ['a number or boolean for a string', { name: [{ family: 4711, given: [true] }] }],
    ['two values where all but one are empty', { gender: ['', 'male', null] }],
    [
      'parts without a value in the place of the value',
      { birthDate: { extension: [{ url: 'x', valueCode: 'unknown' }] } },
    ],
    ['an underscore before an element that needs none', { _maritalStatus: { text: 'x' } }],
    ['a companion that is not an array beside one that is', { name: [{ given: ['Ola'], _given: { id: 'x' } }] }],
    ['ids, codes and uris of any form', { id: 'å'.repeat(100), implicitRules: 'urn:uuid:ABC' }],
    [
      'a time without an offset, and a date with one',
      { deceasedDateTime: '2026-01-01T12:00', birthDate: '2026-01-01Z' },
    ],
    ['base64 with white space', { photo: [{ data: 'AA AA\nAA==' }] }],
    ['a choice whose type has a small letter', { deceasedboolean: true }],
    ['comments of before R4', { fhir_comments: ['x'], _fhir_comments: 1 }],
    ['missing mandatory elements', { link: [{ type: 'refer' }] }],
    ['a resource type in another letter case', { resourceType: 'patient' }],
    ['an unknown element that is empty', { nick: '' }],
    ['resources in resources', { contained: [{ resourceType: 'Patient', contained: [{ resourceType: 'Patient' }] }] }],
  ])('%s', (_name, members) => {
    expect(patient(members)).toBeUndefined()
  })

  test('a resource with nothing in it, and an element that is called resourceType', () => {
    expect(patient({})).toBeUndefined()
    const instance = [{ resourceId: 'x', resourceType: 'Patient' }]
    expect(message({ resourceType: 'ExampleScenario', status: 'draft', instance })).toBeUndefined()
  })

  test.each([
    ['comments', '{/* x */"resourceType":"Patient"/**/, // x\n"active":true}'],
    ['single quotes and names without quotes', "{resourceType:'Patient', 'active':true, name:[{text:'it\\'s'}]}"],
    ['commas before a closing bracket', '{"resourceType":"Patient","name":[{"text":"x",},],}'],
    ['a comma for a value', '{"resourceType":"Patient","active":,"name":[,{"text":"x"}]}'],
    ['line breaks in strings', '{"resourceType":"Patient","name":[{"text":"a\nb"}]}'],
    ['text after the end, and a byte order mark', '\uFEFF{"resourceType":"Patient"} and so on'],
    ['the last of two properties', '{"resourceType":"Patient","active":"x","active":true}'],
  ])('JSON with %s', (_name, text) => {
    expect(issueOf(text)).toBeUndefined()
    expect(validateStrict(text).issues).not.toEqual([])
  })

  test('the resource is what was read', () => {
    const text = `{'resourceType':"Patient", "active": false, "active": true, "name":[{"given":["\\u00e5",1.50]}],}`
    expect(validateLenient(text)).toEqual({
      resource: { resourceType: 'Patient', active: true, name: [{ given: ['å', 1.5] }] },
      issues: [],
    })
  })
})

describe('what it rejects', () => {
  test.each<[string, string | undefined, string]>([
    [
      'an unknown element',
      patient({ nick: 'x' }),
      "Type checking the data: Encountered unknown element 'nick' at location 'Patient.nick[0]' while parsing",
    ],
    [
      'an element in another letter case',
      patient({ Active: true }),
      "Type checking the data: Encountered unknown element 'Active' at location 'Patient.Active[0]' while parsing",
    ],
    [
      'two values for a single element',
      patient({ gender: ['male', 'female'] }),
      "While building a POCO: Element 'gender' must not repeat (at Patient.gender[1])",
    ],
    [
      'two types of a choice',
      patient({ deceasedBoolean: true, deceasedDateTime: '2026' }),
      "While building a POCO: Element 'deceased' must not repeat (at Patient.deceased[0])",
    ],
    [
      'a choice without its type',
      patient({ deceased: true }),
      "Type checking the data: Choice element 'deceased' is not suffixed with a type. (at Patient.deceased[0])",
    ],
    [
      'a type that the choice does not have',
      patient({ deceasedInteger: 1 }),
      "Type checking the data: Choice element 'deceasedInteger' is suffixed with unexpected type 'integer' (at Patient.deceasedInteger[0])",
    ],
    [
      'a type that does not exist',
      extension({ valueFoo: 1 }),
      'While building a POCO: Encountered polymorph member value, which uses unknown datatype Foo (at Patient.extension[0].value[0])',
    ],
    [
      'a malformed date',
      patient({ birthDate: '2026-02-30' }),
      "Type checking the data: Literal '2026-02-30' cannot be parsed as a date. (at Patient.birthDate[0])",
    ],
    [
      'a number that is none',
      extension({ valueDecimal: '1,5' }),
      "Type checking the data: Literal '1,5' cannot be parsed as a decimal. (at Patient.extension[0].valueDecimal[0])",
    ],
    [
      'a fraction for a whole number',
      patient({ multipleBirthInteger: 2.0e1 + 0.5 }),
      "Type checking the data: Literal '20.5' cannot be parsed as a integer. (at Patient.multipleBirthInteger[0])",
    ],
    [
      'a number for a boolean',
      patient({ active: 1 }),
      "Type checking the data: Literal '1' cannot be parsed as a boolean. (at Patient.active[0])",
    ],
    [
      'a code outside of a required value set',
      patient({ gender: 'Male' }),
      "While building a POCO: Literal 'Male' is not a valid value for enumeration 'AdministrativeGender' (at Patient.gender[0])",
    ],
    [
      'a value for an element with parts',
      patient({ name: ['Ola'] }),
      'Type checking the data: Since type HumanName is not a primitive, it cannot have a value (at Patient.name[0])',
    ],
    [
      'a companion that is not an object',
      patient({ _gender: 'x' }),
      "Parser: The value for property '_gender' must be an object, not a String (at line 1, 39)",
    ],
    [
      'parts in both places',
      patient({ gender: { id: 'x' }, _gender: { id: 'x' } }),
      "Parser: The 'gender' and '_gender' properties cannot both contain complex data. (at line 1, 57)",
    ],
    [
      'a contained value that is not a resource',
      patient({ contained: [{ id: 'x' }] }),
      "Type checking the data: Element 'contained' should contain a resource, but does not actually contain one (at Patient.contained[0])",
    ],
    [
      'a resource where none belongs',
      patient({ name: [{ resourceType: 'Patient' }] }),
      "Type checking the data: Element 'name' is not a contained resource, but seems to contain a resource of type 'Patient'. (at Patient.name[0])",
    ],
    [
      'a contained resource of an unknown type',
      patient({ contained: [{ resourceType: 'Foo' }] }),
      "While building a POCO: Asked to deserialize unknown type 'Foo' (at Patient.contained[0])",
    ],
    ['an unknown type', message({ resourceType: 'Foo' }), "type (at Cannot locate type information for type 'Foo')"],
    [
      'a datatype where a resource belongs',
      message({ resourceType: 'Bundle', entry: [{ resource: { resourceType: 'HumanName' } }] }),
      "Unable to cast object of type 'Hl7.Fhir.Model.HumanName' to type 'Hl7.Fhir.Model.Resource'.",
    ],
    [
      'a datatype as the root',
      message({ resourceType: 'string', id: 'x' }),
      "Unable to cast object of type 'Hl7.Fhir.Model.FhirString' to type 'Hl7.Fhir.Model.Resource'.",
    ],
    [
      'an abstract type',
      message({ resourceType: 'DomainResource' }),
      "The type of a node must be a concrete type, 'DomainResource' is abstract. (Parameter 'elementType')",
    ],
    [
      'no resource type',
      message({ id: 'x' }),
      "type (at Cannot determine the type of the root element at 'Resource', please supply a type argument.)",
    ],
  ])('%s', (_name, found, expected) => {
    expect(found).toBe(expected)
  })

  test('the first fault only, with its place', () => {
    const text =
      '{"resourceType":"Composition","section":[\n {"title":"x"},\n {"entry":[{"what":1}]}],"status":"ferdig"}'
    expect(validateLenient(text).issues).toMatchObject([
      {
        rule: 'vkp-unknown-element',
        code: 'vkp-unknown-element',
        expression: 'Composition.section[1].entry[0].what',
        pointer: '/section/1/entry/0/what',
        line: 3,
        column: 20,
      },
    ])
  })

  test.each([
    ['', "Error reading JObject from JsonReader. Path '', line 0, position 0."],
    [
      '[1]',
      "Error reading JObject from JsonReader. Current JsonReader item is not an object: StartArray. Path '', line 1, position 1.",
    ],
    ['{"a":tru}', "Error parsing boolean value. Path 'a', line 1, position 8."],
    [
      '{"a":[1,{"b":x}]}',
      "Unexpected character encountered while parsing value: x. Path 'a[1].b', line 1, position 13.",
    ],
    [
      '{"a":1 "b":2}',
      "After parsing a value an unexpected character was encountered: \". Path 'a', line 1, position 7.",
    ],
    ['{"a":[1}', "JsonToken EndObject is not valid for closing JsonType Array. Path 'a', line 1, position 8."],
    ['{"a" 1}', "Invalid character after parsing property name. Expected ':' but got: 1. Path '', line 1, position 5."],
    ['{"a":\n"x', "Unterminated string. Expected delimiter: \". Path 'a', line 2, position 2."],
    ['{"a":1,', "Unexpected end of content while loading JObject. Path 'a', line 1, position 7."],
    ['{"a":"\\x"}', "Bad JSON escape sequence: \\x. Path 'a', line 1, position 8."],
    ['{"a":1e99}', "Input string '1e99' is not a valid decimal. Path 'a', line 1, position 9."],
  ])('%s is not JSON', (text, details) => {
    expect(message(text)).toBe(`Invalid Json encountered. Details: ${details}`)
  })

  test('more than 64 levels', () => {
    const nested = (levels: number) => '{"a":'.repeat(levels) + 1 + '}'.repeat(levels)
    expect(message(nested(65))).toContain("The reader's MaxDepth of 64 has been exceeded.")
    expect(message(nested(64))).toContain('Cannot determine the type of the root element')
  })
})

test('literals are looked at as .NET does', () => {
  const accepted = (type: string, value: unknown) => extension({ [`value${type}`]: value }) === undefined
  const cases: [string, unknown[], unknown[]][] = [
    [
      'DateTime',
      ['2026', '2026-01-01T12', '2026-01-01T12:34+14:00', '2026-01-01T12:34:56.789012345Z'],
      ['0000', '2026-13', '2026-01-01T24:00', '2026-01-01T12:34:60Z', '2026-01-01T12+14:01', '2026-1-1'],
    ],
    ['Time', ['12', '12:34', '12:34:56.7', '12:34Z'], ['24:00', '1:00', '12:34:56.']],
    ['Integer', ['+5', '007', -2147483648, 1e2], [2147483648, '1.0', '5 5']],
    ['Decimal', ['007', '-.5', '1e2', 1.5, '79228162514264337593543950335'], ['+5', '.5', '5.', '1,5', 'NaN', '1e30']],
    ['Base64Binary', ['AAAA', 'A A==\n'], ['AAA', 'AA=A', 'Å===']],
    ['Boolean', ['true', false, ' false '], ['True', '1', 0]],
  ]
  for (const [type, right, wrong] of cases) {
    expect([type, right.filter((value) => !accepted(type, value))]).toEqual([type, []])
    expect([type, wrong.filter((value) => accepted(type, value))]).toEqual([type, []])
  }
})

test.each([
  ['string', ''],
  ['HumanName', ''],
  ['Reference', 'Hl7.Fhir.Model.ResourceReference'],
  ['Address', 'Hl7.Fhir.Model.Address'],
])('a contained %s is named as .NET prints it', (resourceType, printed) => {
  const text = JSON.stringify({ resourceType: 'Basic', contained: [{ resourceType }] })
  expect(validateLenient(text).issues[0]?.message).toContain(`The value "${printed}" is not of type`)
})
