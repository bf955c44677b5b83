import { describe, expect, test } from 'vitest'
import { STRICT_DEFAULTS, type StrictOptions, validateStrict } from './strict.ts'

const COMPOSITION = {
  resourceType: 'Composition',
  status: 'final',
  type: { text: 'note' },
  date: '2026-05-26',
  author: [{ display: 'author' }],
  title: 'title',
}
const MEDICATION_DISPENSE = {
  resourceType: 'MedicationDispense',
  status: 'completed',
  medicationReference: { display: 'x' },
}
const SDK6: StrictOptions = { ...STRICT_DEFAULTS, sdk: 6 }

const issuesOf = (resource: unknown, options?: StrictOptions) =>
  validateStrict(JSON.stringify(resource), options).issues

/** Issues as `code expression: message`, the way most tests read. */
function found(resource: unknown, options?: StrictOptions): string[] {
  return issuesOf(resource, options).map(({ code, expression, message }) => `${code} ${expression}: ${message}`)
}

const patient = (members: object, options?: StrictOptions) => found({ resourceType: 'Patient', ...members }, options)
const extension = (members: object, options?: StrictOptions) =>
  patient({ extension: [{ url: 'http://example.org/x', ...members }] }, options)

describe('a valid resource', () => {
  test('has no issues and comes back parsed', () => {
    expect(validateStrict(JSON.stringify(COMPOSITION))).toEqual({ resource: COMPOSITION, issues: [] })
    expect(issuesOf(MEDICATION_DISPENSE, SDK6)).toEqual([])
  })

  test('may have the resourceType last, companions of primitives, contained resources and any extension value', () => {
    expect(
      patient({
        id: 'a-1.B',
        _birthDate: { extension: [{ url: 'http://example.org/x', valueCode: 'unknown' }] },
        name: [{ given: ['a', null], _given: [null, { id: 'x' }] }],
        _gender: { id: 'g' },
        contained: [{ resourceType: 'Organization', id: 'o', active: true }],
        multipleBirthInteger: 2,
      }),
    ).toEqual([])
  })

  test('need not have the value of a mandatory primitive when it has its companion', () => {
    const { title: _title, ...rest } = COMPOSITION
    expect(issuesOf({ ...rest, _title: { extension: [{ url: 'http://x.no', valueCode: 'masked' }] } })).toEqual([])
  })

  test('may be in another letter case', () => {
    expect(issuesOf({ resourceType: 'patient', Active: true, NAME: [{ Family: 'x' }] })).toEqual([])
    expect(patient({ DECEASEDBOOLEAN: false }, SDK6)).toEqual([])
  })
})

describe('places', () => {
  const text = `{
  "resourceType": "Bundle",
  "type": "document",
  "entry": [
    {"resource": {"resourceType": "Patient"},
     "link": []},
    {"resource": {
      "resourceType": "Observation",
      "code": {"coding": {"system": ""}},
      "valueQuantity": {"value": "36.6"},
      "performer": [{"identifier": {"x/y": 1}}]
    }}
  ]
}`

  test('are given as expression, pointer, line and column, with rule, code, severity and evidence', () => {
    const [first, ...others] = validateStrict(text).issues
    expect(first).toEqual({
      rule: 'r4-empty-object',
      code: 'JSON120',
      severity: 'warning',
      message: 'An object needs to have at least one property.',
      expression: 'Bundle.entry[0].resource',
      pointer: '/entry/0/resource',
      line: 5,
      column: 18,
      evidence: { expected: 'at least one property', found: 'object' },
    })
    expect(
      others.map(({ code, expression, pointer, line, column }) => [code, expression, pointer, line, column]),
    ).toEqual([
      ['JSON121', 'Bundle.entry[0].link', '/entry/0/link', 6, 14],
      ['JSON111', 'Bundle.entry[1].resource.code.coding', '/entry/1/resource/code/coding', 9, 26],
      ['JSON127', 'Bundle.entry[1].resource.code.coding[0].system', '/entry/1/resource/code/coding/system', 9, 37],
      ['JSON110', 'Bundle.entry[1].resource.value.value', '/entry/1/resource/valueQuantity/value', 10, 34],
      [
        'JSON118',
        'Bundle.entry[1].resource.performer[0].identifier.`x/y`',
        '/entry/1/resource/performer/0/identifier/x~1y',
        11,
        37,
      ],
    ])
  })

  test('of a missing element are the first property of its object', () => {
    const [issue] = validateStrict(
      '{"resourceType":"Composition",\n"section":[{\n  "entry":[{"display":"x"}]}]}',
    ).issues
    expect(issue).toMatchObject({ expression: 'Composition.status', pointer: '/status', line: 1, column: 2 })
    const [inner] = validateStrict('{"resourceType":"Patient","link":[\n {"other":{"display":"x"}}]}').issues
    expect(inner).toMatchObject({ expression: 'Patient.link[0].type', pointer: '/link/0/type', line: 2, column: 3 })
  })
})

describe('cardinality', () => {
  test('an object or value in place of an array is one fault, and is read on', () => {
    expect(found({ ...COMPOSITION, author: { display: 'x' } })).toEqual([
      'JSON111 Composition.author: Expected start of array.',
    ])
    expect(patient({ telecom: 4 })).toEqual([
      'JSON111 Patient.telecom: Expected start of array.',
      'JSON101 Patient.telecom[0]: Expected start of object, but found Number.',
    ])
    expect(patient({ name: [{ given: 'x' }] })).toEqual(['JSON111 Patient.name[0].given: Expected start of array.'])
    expect(patient({ name: [{ given: null }] })).toEqual([
      'JSON111 Patient.name[0].given: Expected start of array.',
      'JSON125 Patient.name[0].given[0]: Arrays need to have at least one non-null element.',
    ])
  })

  test('an array in place of a single element', () => {
    expect(found({ ...MEDICATION_DISPENSE, category: [{ text: 'x' }] })).toEqual([
      'JSON101 MedicationDispense.category: Expected start of object, but found StartArray.',
    ])
    expect(found({ ...COMPOSITION, title: ['x'] })).toEqual([
      'JSON105 Composition.title: Expected a primitive value, not the start of an array.',
    ])
  })

  test('a mandatory element is missing: single, list and choice', () => {
    expect(found({ resourceType: 'Composition', date: '2026' })).toEqual([
      "PVAL105 Composition.status: Element 'status' with minimum cardinality 1 cannot be null.",
      "PVAL105 Composition.type: Element 'type' with minimum cardinality 1 cannot be null.",
      'PVAL102 Composition.author: Element has 0 elements, but minimum cardinality is 1.',
      "PVAL105 Composition.title: Element 'title' with minimum cardinality 1 cannot be null.",
    ])
    expect(found({ resourceType: 'MedicationDispense', status: 'completed' })).toEqual([
      "PVAL105 MedicationDispense.medication: Element 'medication' with minimum cardinality 1 cannot be null.",
    ])
    expect(extension({ url: undefined, valueString: 'x' })).toEqual([
      "PVAL105 Patient.extension[0].url: Element 'url' with minimum cardinality 1 cannot be null.",
    ])
  })

  test('what is missing is reported of clean objects only, in SDK 6 of all', () => {
    const resource = {
      resourceType: 'Composition',
      status: 'final',
      type: { text: '' },
      author: [{ display: 'x' }],
      title: 'x',
    }
    expect(found(resource).map((issue) => issue.split(' ')[0])).toEqual(['JSON127'])
    expect(found(resource, SDK6)).toEqual([
      'PVAL119 Composition.type.text: String text is empty',
      "PVAL105 Composition.date: Element 'date' with minimum cardinality 1 must be present.",
    ])
  })
})

describe('emptiness', () => {
  test('of strings, objects and arrays', () => {
    expect(patient({ name: [{}], address: [], gender: '', birthDate: '', language: '', active: '' })).toEqual([
      'JSON120 Patient.name[0]: An object needs to have at least one property.',
      'JSON121 Patient.address: An array needs to have at least one element.',
      ...['gender', 'birthDate', 'language', 'active'].map(
        (name) =>
          `JSON127 Patient.${name}: Properties cannot be empty strings. Either they are absent, or they are present with at least one character of non-whitespace content.`,
      ),
    ])
  })

  test('of a resource with its type only', () => {
    expect(patient({})).toEqual(['JSON120 Patient: An object needs to have at least one property.'])
  })

  test('white space is something, unless the setting says otherwise', () => {
    expect(found({ ...COMPOSITION, title: ' \n' })).toEqual([])
    const [issue] = issuesOf({ ...COMPOSITION, title: ' \n' }, { sdk: 5, whitespaceOnlyStrings: 'rejected' })
    expect(issue).toMatchObject({ rule: 'r4-blank-string', code: 'JSON127', expression: 'Composition.title' })
  })

  test('null is never a value', () => {
    expect(patient({ active: null, maritalStatus: null, name: [null], _gender: null })).toEqual([
      'JSON109 Patient.active: Expected a primitive value, not a json null.',
      'JSON101 Patient.maritalStatus: Expected start of object, but found Null.',
      'JSON101 Patient.name[0]: Expected start of object, but found Null.',
      'JSON101 Patient.gender: Expected start of object, but found Null.',
    ])
  })

  test('null may keep a place in an array of primitives, if something is at that place', () => {
    expect(patient({ name: [{ given: ['a', null] }] })).toEqual([
      'PVAL104 Patient.name[0].given[1]: Repeating elements should not contain a null value.',
    ])
    expect(patient({ name: [{ given: ['a', null], _given: [{ id: 'x' }, null] }] })).toEqual([
      'PVAL104 Patient.name[0].given[1]: Repeating elements should not contain a null value.',
    ])
    expect(patient({ name: [{ given: [null, null] }] })).toEqual([
      'JSON125 Patient.name[0].given[2]: Arrays need to have at least one non-null element.',
    ])
    expect(patient({ name: [{ given: ['a'], _given: [{ id: 'x' }, null] }] })).toEqual([])
  })
})

describe('JSON types', () => {
  test('objects and arrays in place of primitives', () => {
    expect(patient({ active: { x: 1 }, gender: ['male'], name: [{ given: [['x']] }] })).toEqual([
      'JSON104 Patient.active: Expected a primitive value, not a json object.',
      'JSON105 Patient.gender: Expected a primitive value, not the start of an array.',
      'JSON105 Patient.name[0].given[0]: Expected a primitive value, not the start of an array.',
    ])
  })

  test('the wrong primitive', () => {
    expect(patient({ active: 'true', language: 5, multipleBirthInteger: '2', birthDate: true })).toEqual([
      "JSON110 Patient.active: Expecting a Boolean, but found a json string with value 'true'.",
      "JSON110 Patient.language: Expecting a String, but found a json number with value '5'.",
      "JSON110 Patient.multipleBirth: Expecting a Int32, but found a json string with value '2'.",
      "JSON110 Patient.birthDate: Expecting a String, but found a json boolean with value 'true'.",
    ])
    expect(extension({ valueDecimal: '1.5' })).toEqual([
      "JSON110 Patient.extension[0].value: Expecting a Decimal, but found a json string with value '1.5'.",
    ])
  })

  test('native strings: ids of elements and urls of extensions', () => {
    expect(patient({ name: [{ id: 5, text: 'x' }] })).toEqual([
      "JSON126 Patient.name[0].id: Json primitive value does not match the expected type of the primitive property. Details: (Expecting a String, but found a json number with value '5'.)",
    ])
    expect(extension({ url: 'urn:uuid:C757873D-EC9A-4326-A141-556F43239520', valueString: 'x' })).toEqual([
      "PVAL112 Patient.extension[0].url: 'urn:uuid:C757873D-EC9A-4326-A141-556F43239520' is not a correct literal for an uri.",
    ])
    expect(patient({ name: [{ id: 'any text at all!', text: 'x' }] })).toEqual([])
  })

  test('a companion that is no object', () => {
    expect(patient({ _active: 'x', name: [{ _given: [true] }] })).toEqual([
      'JSON101 Patient.active: Expected start of object, but found String.',
      'JSON101 Patient.name[0].given[0]: Expected start of object, but found True.',
    ])
  })
})

describe('names', () => {
  test('unknown properties', () => {
    expect(
      patient({ severityLevel: 'x', name: [{ resourceType: 'HumanName', text: 'x' }], '': 1, _nothing: {} }),
    ).toEqual([
      "JSON118 Patient.severityLevel: Encountered unrecognized element 'severityLevel'.",
      "JSON118 Patient.name[0].resourceType: Encountered unrecognized element 'resourceType'.",
      "JSON118 Patient.``: Encountered unrecognized element ''.",
      "JSON118 Patient._nothing: Encountered unrecognized element '_nothing'.",
    ])
  })

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('%s is a name like any other', (name) => {
    const [issue] = validateStrict(`{"resourceType":"Patient","${name}":{"a":1}}`).issues
    expect(issue).toMatchObject({ code: 'JSON118', expression: `Patient.${name}`, pointer: `/${name}` })
    expect(validateStrict(`{"resourceType":"${name}"}`).issues).toMatchObject([{ code: 'JSON116' }])
  })

  test('an underscore before an element that is no primitive', () => {
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
    expect(extension({ valuePatient: { resourceType: 'Patient', active: true } })).toEqual([
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

  test('the same property twice, also when everything else is right', () => {
    const text = '{"resourceType":"Patient","active":true,"name":[{"text":"x"}],\n"active":false,"name":[{"text":"y"}]}'
    expect(validateStrict(text).issues).toEqual([
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

describe('the type of a resource', () => {
  test.each([
    ['{}', "JSON103 $this: Resource has no 'resourceType' property."],
    ['[]', 'JSON101 $this: Expected start of object, but found StartArray.'],
    ['"x"', 'JSON101 $this: Expected start of object, but found String.'],
    ['null', 'JSON101 $this: Expected start of object, but found Null.'],
    ['{"resourceType":5}', "JSON102 $this: Property 'resourceType' should be a string, but found Number."],
    ['{"resourceType":"Bot","x":1}', "JSON116 $this: Unknown type 'Bot' found in 'resourceType' property."],
    [
      '{"resourceType":"Resource","id":"x"}',
      "JSON116 $this: Unknown type 'Resource' found in 'resourceType' property.",
    ],
    [
      '{"resourceType":"Meta","source":"x"}',
      "JSON117 Meta: Data type 'Meta' in property 'resourceType' is not a type of resource.",
    ],
  ])('%s', (text, expected) => {
    expect(
      validateStrict(text).issues.map(({ code, expression, message }) => `${code} ${expression}: ${message}`),
    ).toEqual([expected])
  })

  test('inside of another resource', () => {
    expect(
      found({ resourceType: 'Bundle', type: 'batch', entry: [{ resource: { id: 'x' } }, { resource: 'x' }] }),
    ).toEqual([
      "JSON103 Bundle.entry[0].resource: Resource has no 'resourceType' property.",
      'JSON101 Bundle.entry[1].resource: Expected start of object, but found String.',
    ])
  })

  test('contained resources contain none', () => {
    const inner = { resourceType: 'Organization', id: 'o', contained: [{ resourceType: 'Patient', active: true }] }
    expect(patient({ contained: [inner] })).toEqual([
      'PVAL118 Patient.contained[0].contained: It is not allowed for a resource to contain resources which themselves contain resources.',
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
    ['valueInstant', ['2026-05-26T10:06:17.014+02:00', '2026-05-26'], ['2026-05-26T10:06:17', 'now']],
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
      ['http://example.org/a b', 'anything', 'urn:oid:2.16'],
      ['urn:oid:x', 'urn:uuid:x', 'http://', 'https:///'],
    ],
    ['valueCode', ['a', 'a b c'], [' a', 'a ', 'a  b', 'a\tb', 'a\u00a0b']],
    ['valueBase64Binary', ['QUJD', 'QQ==', 'QUI='], ['QQ', 'Q===', '%%%%', 'QU JD', 'QUJD\n']],
    ['valueDecimal', [1.5, -0.000001, 7.9e28], [8e28, -1e245]],
    ['valueInteger', [0, -2147483648, 2147483647], [1.5, 2147483648]],
    ['valueInteger64', ['9223372036854775807', '-1'], ['9223372036854775808', 'x']],
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
    ['valueInteger64', 'x', "JSON122 Patient.extension[0].value: Json string 'x' cannot be parsed as a Integer64."],
    [
      'valueString',
      'x'.repeat(1_048_577),
      'PVAL119 Patient.extension[0].value: String value exceeds maximum length of 1MB.',
    ],
  ])('%s says so', (name, value, expected) => {
    expect(extension({ [name]: value })).toEqual([expected])
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
      'PVAL127 Patient.gender: Expected property to be a single code, but found a collection of code.',
    ],
    [{ name: [{ given: [['x']] }] }, 'JSON130 Patient.name[0].given[0]: Nested array detected.'],
    [
      { maritalStatus: 5 },
      "JSON131 Patient.maritalStatus: Encountered a json primitive while expecting a json object for non-primitive element 'maritalStatus'.",
    ],
    [
      { active: { x: 1 } },
      "JSON132 Patient.active: Encountered an unexpected json object while reading the value for primitive element 'active'.",
    ],
    [
      { _name: [{ text: 'x' }] },
      "JSON133 Patient.name: Element 'name' is not a FHIR primitive, so it should not use an underscore in the '_name' property.",
    ],
    [
      { _active: 5 },
      "JSON134 Patient.active: Property '_active' has an underscore, which should be a (an array of) Json object or null.",
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
    [{ deceased: 1 }, "JSON114 Patient.deceased: Choice element 'deceased' should be suffixed by a type."],
  ])('%j', (members, expected) => {
    expect(patient(members, SDK6)).toEqual([expected])
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
    expect(issuesOf({ resourceType: 'Patient', name: {} }, SDK6).map(({ severity }) => severity)).toEqual([
      'error',
      'error',
    ])
    expect(validateStrict('{"resourceType":"Patient","active":true,"active":true}', SDK6).issues).toMatchObject([
      { code: 'JSON129', severity: 'fatal' },
    ])
    expect(found({ resourceType: 'Bot', x: 1 }, SDK6)).toEqual([
      "PVAL130 $this: Encountered unknown resource type 'Bot'.",
    ])
  })
})

describe('text that is no JSON', () => {
  test('is one fatal issue with its place', () => {
    expect(validateStrict('{"resourceType":"Patient",\n "active":true,}')).toEqual({
      issues: [
        {
          rule: 'json-syntax',
          code: 'json-syntax',
          severity: 'fatal',
          line: 2,
          column: 15,
          message: 'A comma must not stand before }.',
        },
      ],
    })
  })

  test.each([
    ['nested arrays', `{"resourceType":"Patient","x":${'['.repeat(64)}${']'.repeat(64)}}`],
    ['nested objects', `${'{"extension":['.repeat(33)}{}${']}'.repeat(33)}`],
    [
      'a known element',
      `{"resourceType":"Patient","extension":[${'{"url":"x","extension":['.repeat(40)}{"url":"x"}${']}'.repeat(40)}]}`,
    ],
    ['very deep', '['.repeat(500_000)],
  ])('is too deep: %s', (_name, text) => {
    expect(validateStrict(text).issues).toMatchObject([{ rule: 'json-too-deep', severity: 'fatal' }])
  })
})
