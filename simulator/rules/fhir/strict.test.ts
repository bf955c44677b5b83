import { describe, expect, test } from 'vitest'
import { COMPOSITION, extension, found, issuesOf, MEDICATION_DISPENSE, patient, SDK6 } from './strict.fixture.ts'
import { STRICT_DEFAULTS, validateStrict } from './strict.ts'

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
      firely: {
        path: 'Bundle.entry[0].resource',
        line: 6,
        position: 13,
        type: 'structure',
        sdk: 5,
      },
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
  test('an object or value instead of an array is one fault, and is read on', () => {
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
      'JSON125 Patient.name[0].given: Arrays need to have at least one non-null element.',
    ])
  })

  test('an array instead of a single element', () => {
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
      "PVAL124 Composition.type.text: string '' is not a correct literal for a string.",
      "PVAL105 Composition.date: Element '$this.date' with minimum cardinality 1 must be present.",
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
    const [issue] = issuesOf(
      { ...COMPOSITION, title: ' \n' },
      { ...STRICT_DEFAULTS, whitespaceOnlyStrings: 'rejected' },
    )
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
      'JSON125 Patient.name[0].given: Arrays need to have at least one non-null element.',
    ])
    expect(patient({ name: [{ given: ['a'], _given: [{ id: 'x' }, { id: 'y' }] }] })).toEqual([])
    expect(patient({ name: [{ given: ['a'], _given: [{ id: 'x' }, null] }] })).toEqual([
      'PVAL104 Patient.name[0].given[1]: Repeating elements should not contain a null value.',
    ])
  })
})

describe('JSON types', () => {
  test('objects and arrays instead of primitives', () => {
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
      "JSON126 Patient.name[0].id: Json primitive value does not match the expected type of the primitive property. Details: (Expecting a String, but found a json number with value '5'. At Patient.name[0].id, line 1, position 42)",
    ])
    expect(extension({ url: 'urn:uuid:C757873D-EC9A-4326-A141-556F43239520', valueString: 'x' })).toEqual([
      "PVAL112 Patient.extension[0].url: 'urn:uuid:C757873D-EC9A-4326-A141-556F43239520' is not a correct literal for an uri.",
    ])
    expect(patient({ name: [{ id: 'any text at all!', text: 'x' }] })).toEqual([])
  })

  test('a companion that is not an object', () => {
    expect(patient({ _active: 'x', name: [{ _given: [true] }] })).toEqual([
      'JSON101 Patient.active: Expected start of object, but found String.',
      'JSON101 Patient.name[0].given[0]: Expected start of object, but found True.',
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
      '{"resourceType":"Meta","source":"x"}',
      "JSON117 Meta: Data type 'Meta' in property 'resourceType' is not a type of resource.",
    ],
  ])('%s', (text, expected) => {
    expect(
      validateStrict(text).issues.map(({ code, expression, message }) => `${code} ${expression}: ${message}`),
    ).toEqual([expected])
  })

  test('an abstract type: the library throws, and JFT has no such type', () => {
    expect(validateStrict('{"resourceType":"Resource","id":"x"}').issues.map(({ rule, code }) => [rule, code])).toEqual(
      [
        ['firely-throws', 'firely-throws'],
        ['r4-resource-type-unknown', 'JSON116'],
      ],
    )
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

describe('text that is not JSON', () => {
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
