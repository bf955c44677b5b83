import { describe, expect, test } from 'vitest'
import { extension, found, issuesOf, patient, SDK6 } from './strict.fixture.ts'
import { validateStrict } from './strict.ts'

describe('SDK 6', () => {
  const attachment = (members: object) => extension({ valueAttachment: members }, SDK6)

  test.each([
    [
      { name: { text: 'x' } },
      'PVAL127 Patient.name: Expected property to be a collection of HumanName, but found a single HumanName.',
    ],
    [
      { maritalStatus: [{ text: 'x' }] },
      'PVAL127 Patient.maritalStatus: Expected property to be a single CodeableConcept, but found a collection of CodeableConcept.',
    ],
    [
      { gender: ['male'] },
      'PVAL127 Patient.gender: Expected property to be a single codeOfT, but found a collection of codeOfT.',
    ],
    [{ name: [{ given: [['x']] }] }, 'JSON130 Patient.name[0].given[0]: Nested array detected.'],
    [
      { maritalStatus: 5 },
      "JSON131 Patient.maritalStatus: Encountered a json primitive while expecting a json object for non-primitive element 'maritalStatus'.",
    ],
    [
      { active: { x: 1 } },
      "JSON132 Patient.active: Encountered an unexpected json object while reading the value for primitive element 'active'.",
      "PVAL128 Patient.active.x: Found unknown element 'x'.",
    ],
    [
      { _name: [{ text: 'x' }] },
      "JSON133 Patient.name: Element 'name' is not a FHIR primitive, so it should not use an underscore in the '_name' property.",
    ],
    [
      { _active: 5 },
      "JSON134 Patient.active: Property '_active' has an underscore, which should be a (an array of) Json object or null.",
      'PVAL123 Patient.active: integer 5 is not the right type of literal for a boolean.',
    ],
    [{ active: 'true' }, "PVAL123 Patient.active: string 'true' is not the right type of literal for a boolean."],
    [{ gender: 5 }, 'PVAL123 Patient.gender: integer 5 is not the right type of literal for a code.'],
    [
      { birthDate: '2026-02-30' },
      "PVAL124 Patient.birthDate: string '2026-02-30' is not a correct literal for a date.",
    ],
    [{ birthDate: '' }, "PVAL124 Patient.birthDate: string '' is not a correct literal for a date."],
    [{ nothing: 1 }, "PVAL128 Patient.nothing: Found unknown element 'nothing'."],
    [{ deceasedFoo: 1 }, "PVAL101 Patient.deceased: Value is of type 'Foo', which is not an allowed choice."],
    [
      { deceased: 1 },
      "JSON114 Patient.deceased: Choice element 'deceased' should be suffixed by a type.",
      "PVAL101 Patient.deceased: Value is of type 'UnknownType_Patient.deceased', which is not an allowed choice.",
    ],
  ])('%j', (members, ...expected) => {
    expect(patient(members, SDK6)).toEqual(expected)
  })

  test('in its strict mode refuses names and types in another letter case', () => {
    const strict = { ...SDK6, mode: 'strict' } as const
    expect(found({ resourceType: 'patient', Active: true }, SDK6)).toEqual([])
    expect(found({ resourceType: 'patient', Active: true, deceasedboolean: true }, strict)).toEqual([
      "PVAL132 $this: Resource type 'patient' has incorrect casing, expected 'Patient'.",
      "PVAL131 Patient.Active: Element 'Active' has incorrect casing, expected 'active'.",
      "PVAL131 Patient.deceasedboolean: Element 'deceasedboolean' has incorrect casing, expected 'deceasedBoolean'.",
    ])
  })

  test('checks what SDK 5 does not', () => {
    expect(attachment({ data: 'x' })).toEqual([
      "PVAL120 Patient.extension[0].value.data: Value 'x' is not parseable as Base64 data.",
    ])
    expect(attachment({ size: -1 })).toEqual([
      'PVAL126 Patient.extension[0].value.size: Value -1 is negative, which is not allowed for an UnsignedInt.',
    ])
    expect(extension({ valuePositiveInt: 0 }, SDK6)).toEqual([
      'PVAL125 Patient.extension[0].value: Value 0 is not positive, which is required for a PositiveInt.',
    ])
    expect(extension({ valueInstant: '2026-05-26' }, SDK6)).toEqual([
      "PVAL124 Patient.extension[0].value: string '2026-05-26' is not a correct literal for a instant.",
    ])
    expect(extension({ valuePositiveInt: 0 })).toEqual([])
  })

  test('calls all but duplicates errors', () => {
    expect(
      issuesOf({ resourceType: 'Patient', name: {} }, SDK6).map(({ code, severity }) => `${code} ${severity}`),
    ).toEqual(['JSON120 error', 'PVAL129 error', 'PVAL127 error'])
    expect(validateStrict('{"resourceType":"Patient","active":true,"active":true}', SDK6).issues).toMatchObject([
      { code: 'JSON129', severity: 'fatal' },
    ])
    expect(found({ resourceType: 'Bot', x: 1 }, SDK6)).toEqual([
      "PVAL128 $this.x: Found unknown element 'x'.",
      "PVAL130 $this: Encountered unknown resource type 'Bot'.",
    ])
  })

  test.each(['null,', 'nullt', 'null null', 'null//'])('reads to the end of the text: %s', (text) => {
    expect(validateStrict(text, SDK6).issues.map(({ rule }) => rule)).toEqual(['json-syntax'])
  })
})
