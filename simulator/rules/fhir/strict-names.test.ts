import { describe, expect, test } from 'vitest'
import { COMPOSITION, extension, found, issuesOf, MEDICATION_DISPENSE, patient, SDK6 } from './strict.fixture.ts'
import { STRICT_DEFAULTS, validateStrict } from './strict.ts'

describe('names', () => {
  test('unknown properties', () => {
    expect(patient({ severityLevel: 'x', name: [{ resourceType: 'HumanName', text: 'x' }], _nothing: {} })).toEqual([
      "JSON118 Patient.severityLevel: Encountered unrecognized element 'severityLevel'.",
      "JSON118 Patient.name[0].resourceType: Encountered unrecognized element 'resourceType'.",
      "JSON118 Patient._nothing: Encountered unrecognized element '_nothing'.",
    ])
  })

  test('in another letter case: plain ones are the same name, those of choices are unknown to SDK 5', () => {
    expect(patient({ ACTIVE: true, Name: [{ Family: 'x' }] })).toEqual([])
    expect(patient({ DeceasedBoolean: true })).toEqual([
      "JSON118 Patient.DeceasedBoolean: Encountered unrecognized element 'DeceasedBoolean'.",
    ])
    expect(patient({ deceasedboolean: true, DeceasedBoolean: true }, SDK6)).toEqual([
      "JSON129 Patient.deceased: Encountered duplicate property 'DeceasedBoolean'.",
    ])
    expect(patient({ active: true, Active: true })).toEqual([
      "JSON129 Patient.active: Encountered duplicate property 'Active'.",
    ])
  })

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('%s is a name like any other', (name) => {
    const [issue] = validateStrict(`{"resourceType":"Patient","${name}":{"a":1}}`).issues
    expect(issue).toMatchObject({ code: 'JSON118', expression: `Patient.${name}`, pointer: `/${name}` })
    expect(validateStrict(`{"resourceType":"${name}"}`).issues).toMatchObject([{ code: 'JSON116' }])
  })

  test('an underscore before an element that is not a primitive', () => {
    expect(patient({ _name: [{ text: 'x' }] })).toEqual([
      "JSON113 Patient.name: Element 'name' is not a FHIR primitive, so it should not use an underscore in the '_name' property.",
    ])
    expect(extension({ _url: 'http://x.no', valueString: 'x' })[0]).toBe(
      "JSON113 Patient.extension[0].url: Element 'url' is not a FHIR primitive, so it should not use an underscore in the '_url' property.",
    )
  })

  test('choices without a type, with a strange one, with a wrong one, and two of them', () => {
    expect(extension({ value: 'x' })).toEqual([
      "JSON114 Patient.extension[0].value: Choice element 'value' is not suffixed with a type.",
    ])
    expect(extension({ valueSuperDecimal: 1 })).toEqual([
      "JSON115 Patient.extension[0].value: Choice element 'value' is suffixed with an unrecognized type 'SuperDecimal'.",
    ])
    expect(patient({ deceasedString: 'x' })).toEqual([
      "PVAL101 Patient.deceased: Value is of type 'string', which is not an allowed choice.",
    ])
    expect(patient({ deceasedQuantity: { value: 1 } })).toEqual([
      "PVAL101 Patient.deceased: Value is of type 'Quantity', which is not an allowed choice.",
    ])
    expect(extension({ valuePatient: { resourceType: 'Patient', active: true } }, SDK6)).toEqual([
      'PVAL127 Patient.extension[0].value: Expected property to be a DataType, but found a Patient.',
      "PVAL101 Patient.extension[0].value: Value is of type 'Patient', which is not an allowed choice.",
    ])
    expect(patient({ deceasedBoolean: true, deceasedDateTime: '2026' })).toEqual([
      "JSON129 Patient.deceased: Encountered duplicate property 'deceasedDateTime'.",
    ])
    expect(extension({ valueString: 'x', valueQuantity: { value: 1 } })).toEqual([
      "JSON129 Patient.extension[0].value: Encountered duplicate property 'valueQuantity'.",
    ])
  })

  test('SDK 5 does not notice a primitive choice after a complex one, SDK 6 does', () => {
    const both = { valueQuantity: { value: 1 }, valueString: 'x' }
    expect(extension(both)).toEqual([])
    expect(extension(both, SDK6)).toEqual([
      "JSON129 Patient.extension[0].value: Encountered duplicate property 'valueString'.",
    ])
  })

  test.each([
    [5, '"valuePatient":{"resourceType":"Patient","active":true}', '/valuePatient', 'InvalidCastException'],
    [5, '"":1', '', 'IndexOutOfRangeException'],
    [6, '"status":"final"', '/status', 'InvalidOperationException'],
  ] as const)('SDK %i throws at %s', (sdk, members, pointer, exception) => {
    const text = `{"resourceType":"Observation","_status":[{"id":"x"}],\n${members},"foo":1}`
    const { issues, throws } = validateStrict(text, { ...STRICT_DEFAULTS, sdk })
    expect(issues[0]).toMatchObject({ rule: 'firely-throws', pointer, line: 2, column: 1 })
    expect(throws).toContain(exception)
    expect(issues[0]?.evidence).toEqual({ exception: throws })
  })

  test('a single contained resource throws in SDK 6 at the end of its owner, and says what is wrong', () => {
    const contained = { resourceType: 'Patient', active: true }
    const { issues, throws } = validateStrict(JSON.stringify({ resourceType: 'Observation', contained }), SDK6)
    expect(throws).toBe(
      'CodedValidationException: Expected property to be a collection of Resource, but found a single Patient.',
    )
    expect(issues.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual([
      'firely-throws /contained',
      'PVAL127 /contained',
      'PVAL105 /status',
      'PVAL105 /code',
    ])
  })

  test('the same property twice, also when everything else is right', () => {
    const text = '{"resourceType":"Patient","active":true,"name":[{"text":"x"}],\n"active":false,"name":[{"text":"y"}]}'
    expect(validateStrict(text).issues).toMatchObject([
      {
        rule: 'r4-duplicate-property',
        code: 'JSON129',
        severity: 'fatal',
        message: "Encountered duplicate property 'active'.",
        expression: 'Patient.active',
        pointer: '/active',
        line: 2,
        column: 1,
        evidence: { expected: 'one property of that name', found: 'active' },
      },
      {
        rule: 'r4-duplicate-property',
        code: 'JSON128',
        severity: 'warning',
        message: 'Duplicate array detected.',
        expression: 'Patient.name',
        pointer: '/name',
        line: 2,
        column: 16,
        evidence: { expected: 'one property of that name', found: 'name' },
      },
    ])
  })
})

describe('literals', () => {
  const accepted = (name: string, value: unknown, sdk: 5 | 6 = 5) =>
    extension({ [name]: value }, { ...STRICT_DEFAULTS, sdk }).length === 0

  test.each([
    [
      'valueDate',
      ['2026', '2026-05', '2024-02-29'],
      ['2023-02-29', '2026-13', '2026-02-30', '0000', '26-05-26', '2026-05-26T10:00:00Z', '2026-5-26'],
    ],
    [
      'valueDateTime',
      [
        '2026',
        '2026-05',
        '2026-05-26',
        '2026-05-26T10:06:17Z',
        '2026-05-26T10:06:17.01493+00:00',
        '2026-05-26T10:06:17-14:00',
        '2026-05-26T10Z',
        '2026-05-26T10:06Z',
      ],
      [
        '2026-05-26T10:06:17',
        '2026-05-26Z',
        '2026-02-30T10:06:17Z',
        '2026-05-26T24:00:00Z',
        '2026-05-26T10:60:00Z',
        '2026-05-26T10:06:60Z',
        '2026-05-26T10:06:17+14:30',
        '2026-05-26 10:06:17Z',
        '2026-05-26T',
        'ferdig',
        '$instant$',
      ],
    ],
    ['valueInstant', ['2026-05-26T10:06:17.014+02:00', '2026-05-26', '2026-05-26T10:06:17'], ['now']],
    ['valueTime', ['10:06:17', '10:06:17.5', '23:59:59'], ['24:00:00', '10:06:60', '10:06:17Z', '1:2:3']],
    ['valueId', ['a', 'A-1.b', 'x'.repeat(64)], ['x'.repeat(65), 'a b', 'a_b', 'æ']],
    ['valueOid', ['urn:oid:2.16.578.1'], ['2.16.578.1', 'urn:oid:3.1', 'urn:oid:2', 'urn:oid:2.016']],
    [
      'valueUuid',
      ['urn:uuid:c757873d-ec9a-4326-a141-556f43239520'],
      ['urn:uuid:C757873D-EC9A-4326-A141-556F43239520', 'c757873d-ec9a-4326-a141-556f43239520'],
    ],
    [
      'valueUri',
      ['http://example.org/a b', 'anything', 'urn:oid:2.16', 'http:', 'URN:OID:x'],
      ['urn:oid:x', 'urn:uuid:x', 'http://', 'https:///', 'http://{org}/x', 'http://x:abc'],
    ],
    ['valueCode', ['a', 'a b c'], [' a', 'a ', 'a  b', 'a\tb', 'a\u00a0b']],
    ['valueBase64Binary', ['QUJD', 'QQ==', 'QUI=', 'QU JD', 'QUJD\r\n'], ['QQ', 'Q===', '%%%%', 'QU\u00a0JD']],
    ['valueDecimal', [1.5, -0.000001, 7.9e28], [8e28, -1e245]],
    ['valueInteger', [0, -2147483648, 2147483647], [1.5, 2147483648]],
    ['valueInteger64', [5, -1], ['9223372036854775807', 'x', 1.5]],
    ['valueString', [' x ', 'x'.repeat(1_048_576)], ['x'.repeat(1_048_577)]],
  ])('%s', (name, good, bad) => {
    expect(good.filter((value: unknown) => !accepted(name, value))).toEqual([])
    expect(bad.filter((value: unknown) => accepted(name, value))).toEqual([])
  })

  test.each([
    ['valueDate', 'x', "PVAL107 Patient.extension[0].value: 'x' is not a correct literal for a date."],
    ['valueDateTime', 'x', "PVAL108 Patient.extension[0].value: 'x' is not a correct literal for a dateTime."],
    ['valueId', '!', "PVAL109 Patient.extension[0].value: '!' is not a correct literal for an id."],
    ['valueOid', 'x', "PVAL110 Patient.extension[0].value: 'x' is not a correct literal for an oid."],
    ['valueTime', 'x', "PVAL111 Patient.extension[0].value: 'x' is not a correct literal for a time."],
    ['valueUri', 'urn:oid:x', "PVAL112 Patient.extension[0].value: 'urn:oid:x' is not a correct literal for an uri."],
    ['valueUuid', 'x', "PVAL113 Patient.extension[0].value: 'x' is not a correct literal for a uuid."],
    ['valueCode', ' x', "PVAL106 Patient.extension[0].value: ' x' is not a correct literal for a code."],
    ['valueInstant', 'x', "JSON107 Patient.extension[0].value: Literal string 'x' cannot be parsed as an instant."],
    ['valueBase64Binary', 'x', 'JSON106 Patient.extension[0].value: Encountered incorrectly encoded base64 data.'],
    ['valueInteger', 3.14, "JSON108 Patient.extension[0].value: Json number '3.14' cannot be parsed as a Int32."],
    [
      'valueInteger64',
      'x',
      "JSON123 Patient.extension[0].value: Json string 'x' cannot be parsed as a DataType, because it should be a Json number.",
    ],
    [
      'valueString',
      'x'.repeat(1_048_577),
      'PVAL119 Patient.extension[0].value: String  exceeds maximum length of 1MB.',
    ],
  ])('%s says so', (name, value, expected) => {
    expect(extension({ [name]: value })).toEqual([expected])
  })

  test('white space in base64 and a comma before a fraction depend on the runtime', () => {
    const on6 = { ...STRICT_DEFAULTS, dotnet: 6 } as const
    const comma = { valueDateTime: '2026-05-26T10:06:17,014+02:00' }
    expect([extension(comma), extension({ valueBase64Binary: 'QU JD' })]).toEqual([[], []])
    expect(extension(comma, on6)).toHaveLength(1)
    expect(extension({ valueBase64Binary: 'QU JD' }, on6)).toHaveLength(1)
    expect(extension({ valueBase64Binary: 'QU JD' }, { ...on6, sdk: 6 })).toEqual([])
  })

  test('integers have no fraction in the text either, and numbers are quoted as they were sent', () => {
    const birth = (number: string) => `{"resourceType":"Patient","multipleBirthInteger":${number}}`
    expect(validateStrict(birth('3')).issues).toEqual([])
    expect(['3.0', '1e2', '2147483648.00'].map((number) => validateStrict(birth(number)).issues[0]?.message)).toEqual([
      "Json number '3.0' cannot be parsed as a Int32.",
      "Json number '1e2' cannot be parsed as a Int32.",
      "Json number '2147483648.00' cannot be parsed as a Int32.",
    ])
  })

  test('evidence never has the value', () => {
    const [issue] = issuesOf({ ...COMPOSITION, date: '02850097219' })
    expect(issue?.evidence).toEqual({ expected: 'dateTime', found: 'string of 11 characters' })
  })
})

describe('codes with a required binding', () => {
  test('are of their value set, in its letter case, and are checked at the end of their object', () => {
    expect(issuesOf({ ...COMPOSITION, status: 'Final', title: '' })).toMatchObject([
      { code: 'JSON127', expression: 'Composition.title' },
      {
        code: 'PVAL116',
        severity: 'error',
        expression: 'Composition.status',
        message: "Value 'Final' is not a correct code for valueset 'CompositionStatus'.",
        evidence: {
          expected: 'preliminary, final, amended, entered-in-error',
          valueSet: 'CompositionStatus',
          found: 'string of 5 characters',
        },
      },
    ])
    expect(found({ ...MEDICATION_DISPENSE, status: 'ferdig' })).toEqual([
      "PVAL116 MedicationDispense.status: Value 'ferdig' is not a correct code for valueset 'MedicationDispenseStatusCodes'.",
    ])
    expect(found({ ...COMPOSITION, status: 5 })).toEqual([
      "JSON110 Composition.status: Expecting a CompositionStatus, but found a json number with value '5'.",
    ])
  })

  test('with a required binding to mime types are not checked', () => {
    expect(found({ resourceType: 'Binary', contentType: 'anything' })).toEqual([])
  })
})
