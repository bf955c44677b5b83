import { describe, expect, test } from 'vitest'
import { type Correction, correct } from './correct.ts'

const COMPOSITION = { resourceType: 'Composition', status: 'final', title: 'title' }

const corrected = (members: object, mode?: Parameters<typeof correct>[1]) =>
  correct(JSON.stringify({ resourceType: 'Patient', ...members }), mode)

/** Corrections as `kind expression: before -> after`, and what is left of the resource. */
function changes(members: object): [string[], unknown] {
  const { corrections, resource } = corrected(members)
  const { resourceType: _type, ...rest } = resource as Record<string, unknown>
  return [corrections.map(line), rest]
}

function line({ kind, expression, before, after }: Correction): string {
  return `${kind} ${expression}: ${JSON.stringify(before)} -> ${JSON.stringify(after)}`
}

describe('each kind of correction', () => {
  test.each<[string, object, string[], object]>([
    [
      'wrap',
      { name: { family: 'x' } },
      ['wrap Patient.name: {"family":"x"} -> [{"family":"x"}]'],
      { name: [{ family: 'x' }] },
    ],
    ['unwrap', { active: [true] }, ['unwrap Patient.active: [true] -> true'], { active: true }],
    ['trim', { gender: ' male\n' }, ['trim Patient.gender: " male\\n" -> "male"'], { gender: 'male' }],
    [
      'trim, in base64 all blanks',
      { photo: [{ data: 'AA AA' }] },
      ['trim Patient.photo[0].data: "AA AA" -> "AAAA"'],
      { photo: [{ data: 'AAAA' }] },
    ],
    [
      'retype',
      { active: 'true', multipleBirthInteger: '02', name: [{ family: 1 }] },
      [
        'retype Patient.active: "true" -> true',
        'retype Patient.multipleBirth: "02" -> 2',
        'retype Patient.name[0].family: 1 -> "1"',
      ],
      { active: true, name: [{ family: '1' }], multipleBirthInteger: 2 },
    ],
    [
      'drop-empty',
      { id: '', gender: null, name: [], maritalStatus: {}, photo: [{ title: 'x' }, {}, null] },
      [
        'drop-empty Patient.id: "" -> null',
        'drop-empty Patient.gender: null -> null',
        'drop-empty Patient.name: [] -> null',
        'drop-empty Patient.maritalStatus: {} -> null',
        'drop-empty Patient.photo[1]: {} -> null',
        'drop-empty Patient.photo[2]: null -> null',
      ],
      { photo: [{ title: 'x' }] },
    ],
    [
      'what is empty thereby goes too',
      { managingOrganization: { identifier: { value: '' } }, active: true },
      ['drop-empty Patient.managingOrganization.identifier.value: "" -> null'],
      { active: true },
    ],
    [
      'rename',
      { _maritalStatus: { text: 'x' }, deceasedboolean: true },
      [
        'move Patient.maritalStatus: {"_maritalStatus":{"text":"x"}} -> {"maritalStatus":{"text":"x"}}',
        'rename Patient.deceased: "deceasedboolean" -> "deceasedBoolean"',
      ],
      { maritalStatus: { text: 'x' }, deceasedBoolean: true },
    ],
    [
      'move',
      { birthDate: { id: 'x' }, active: true },
      ['move Patient.birthDate: {"birthDate":{"id":"x"}} -> {"_birthDate":{"id":"x"}}'],
      { active: true, _birthDate: { id: 'x' } },
    ],
    [
      'drop',
      { fhir_comments: ['x'], name: [[{ family: 'x' }], { family: 'y' }] },
      ['drop Patient.fhir_comments: ["x"] -> null', 'drop Patient.name[0]: [{"family":"x"}] -> null'],
      { name: [{ family: 'y' }] },
    ],
    [
      'several in each other',
      { contact: { name: [{ given: ' Ola ', family: '' }] } },
      [
        'wrap Patient.contact: {"name":[{"given":" Ola ","family":""}]} -> [{"name":{"given":["Ola"]}}]',
        'unwrap Patient.contact[0].name: [{"given":" Ola ","family":""}] -> {"given":["Ola"]}',
        'trim Patient.contact[0].name.given: " Ola " -> "Ola"',
        'wrap Patient.contact[0].name.given: " Ola " -> ["Ola"]',
        'drop-empty Patient.contact[0].name.family: "" -> null',
      ],
      { contact: [{ name: { given: ['Ola'] } }] },
    ],
  ])('%s', (_kind, members, corrections, left) => {
    expect(changes(members)).toEqual([corrections, left])
  })

  test('values and their companions stay together', () => {
    const name = [{ given: ['', 'Ola', '', null], _given: [{ id: 'a' }, null, {}, { id: 'b' }] }]
    expect(changes({ name })).toEqual([
      [
        'drop-empty Patient.name[0].given[0]: "" -> null',
        'drop-empty Patient.name[0].given[2]: "" -> null',
        'drop-empty Patient.name[0].given[2]: {} -> null',
      ],
      { name: [{ given: [null, 'Ola', null], _given: [{ id: 'a' }, null, { id: 'b' }] }] },
    ])
  })

  test.each<[string, string, string, string, string]>([
    ['rewrite', 'valueInstant', '"2026-05-26T10:06:17Z"', '2026-05-26T10:06:17Z', '"2026-05-26T10:06:17+00:00"'],
    [
      'rewrite',
      'valueInstant',
      '"2026-05-26T10:06:17.500-00:00"',
      '2026-05-26T10:06:17.500-00:00',
      '"2026-05-26T10:06:17.5+00:00"',
    ],
    ['rewrite', 'valueDecimal', '1e2', '1e2', '100'],
    ['rewrite', 'valueDecimal', '-0.0', '-0.0', '0.0'],
    ['rewrite', 'valueInteger', '-0', '-0', '0'],
    ['rewrite', 'valueBase64Binary', '"AB=="', 'AB==', '"AA=="'],
    ['change-value', 'valueInstant', '"2026-05-26"', '2026-05-26', '"2026-05-26T00:00:00+00:00"'],
    ['change-value', 'valueInstant', '"2026-05-26T10:06:17"', '2026-05-26T10:06:17', '"2026-05-26T10:06:17+00:00"'],
    [
      'change-value',
      'valueInstant',
      '"2026-12-31T23:59:59.99999999Z"',
      '2026-12-31T23:59:59.99999999Z',
      '"2027-01-01T00:00:00+00:00"',
    ],
    [
      'change-value',
      'valueDecimal',
      '1234567890.12345678901234567891',
      '1234567890.12345678901234567891',
      '1234567890.1234567890123456789',
    ],
    ['change-value', 'valueDecimal', '1e-400', '1e-400', '0'],
    [
      'change-value',
      'valueDecimal',
      '"0.33333333333333333333333333333"',
      '0.33333333333333333333333333333',
      '0.3333333333333333333333333333',
    ],
    [
      'change-value',
      'valueString',
      '0.00000000000000000000000000000001',
      '0.00000000000000000000000000000001',
      '"0.0"',
    ],
    ['change-value', 'valueString', '"a\\ud800b"', 'a\ufffdb', '"a\ufffdb"'],
  ])('%s: %s %s', (kind, name, sent, before, written) => {
    const text = `{"resourceType":"Patient","extension":[{"url":"x","${name}":${sent}}]}`
    const { corrections, edited, patch, text: forwarded } = correct(text)
    expect(forwarded).toBe(`{"resourceType":"Patient","extension":[{"url":"x","${name}":${written}}]}`)
    const after = written.startsWith('"') ? JSON.parse(written) : written
    const place = { expression: 'Patient.extension[0].value', pointer: `/extension/0/${name}` }
    expect(corrections).toEqual([{ kind, ...place, before, after }])
    expect([edited, patch]).toEqual([text, []])
  })

  test.each([
    ['change-value', '010', '8'],
    ['rewrite', '0x1F', '31'],
    ['rewrite', '-010', '-10'],
  ])('%s: a number that is not JSON, %s, is read as %s; no fix says so', (kind, sent, written) => {
    const text = `{"resourceType":"Patient","multipleBirthInteger":${sent}}`
    const { corrections, edited, patch, text: forwarded } = correct(text)
    expect(forwarded).toBe(`{"resourceType":"Patient","multipleBirthInteger":${written}}`)
    expect(corrections).toMatchObject([{ kind: 'syntax' }, { kind, before: sent, after: written }])
    expect([edited.includes(sent), patch]).toEqual([true, undefined])
  })

  test('syntax: what is not JSON is written as JSON', () => {
    const text = "{// the note\n resourceType: 'Composition',\n 'title': 1.50,}"
    expect(correct(text)).toEqual({
      text: '{"resourceType":"Composition","title":"1.50"}',
      resource: { resourceType: 'Composition', title: '1.50' },
      corrections: [
        {
          kind: 'syntax',
          expression: '$this',
          pointer: '',
          before: ['// the note', 'resourceType', "'Composition'", "'title'", ','],
          after: null,
        },
        { kind: 'retype', expression: 'Composition.title', pointer: '/title', before: '1.50', after: '1.50' },
      ],
      moreCorrections: 0,
      edited: '{\n  "resourceType": "Composition",\n  "title": "1.50"\n}',
      patch: undefined,
    })
  })

  test('drop: of two properties of the same name the last is kept, and no patch can say so', () => {
    const { text, corrections, patch } = correct('{"resourceType":"Composition","title":"a","title":"b"}')
    expect([text, corrections.map(line), patch]).toEqual([
      '{"resourceType":"Composition","title":"b"}',
      ['drop Composition.title: "a" -> null'],
      undefined,
    ])
  })
})

describe('what is forwarded', () => {
  test('has the elements in the order of R4, no blanks, and numbers as .NET writes them', () => {
    const text = `{ "valueQuantity": {"unit": "C", "value": 36.50}, "component": [{"valueQuantity": {"value": 1e2}}],
      "_status": {"id": "x"}, "status": "final", "meta": {}, "contained": [{"id": "p", "resourceType": "Patient"}],
      "resourceType": "Observation" }`
    expect(correct(text).text).toBe(
      '{"resourceType":"Observation","contained":[{"resourceType":"Patient","id":"p"}],"status":"final","_status":{"id":"x"},' +
        '"valueQuantity":{"value":36.50,"unit":"C"},"component":[{"valueQuantity":{"value":100}}]}',
    )
  })

  test.each([
    ['1e2', '100'],
    ['1.50e1', '"15.0"'],
    ['-0.5E-1', '"-0.05"'],
    ['12345678901234567890', '"12345678901234567890"'],
    ['1.00', '"1.00"'],
  ])('a number %s keeps its digits', (sent, written) => {
    const name = written.startsWith('"') ? 'valueString' : 'valueInteger'
    expect(correct(`{"resourceType":"Observation","${name}":${sent}}`).text).toBe(
      `{"resourceType":"Observation","${name}":${written}}`,
    )
  })

  test('is what was sent, where VKP rejects it', () => {
    const text = '{"resourceType":"Composition", "unheardOf": 1}'
    expect(correct(text)).toMatchObject({ text, edited: text, corrections: [], patch: [] })
  })
})

describe('the sent text with the corrections in place', () => {
  test('keeps order, indentation, line ends and numbers', () => {
    const text = `{\r
\t"title": "  a  ",\r
\t"status": "final",\r
\t"event": {\r
\t\t"code": {"text": "x"},\r
\t\t"period": {}\r
\t},\r
\t"extension": [{"url": "x", "valueDecimal": 1.50}, {}],\r
\t"language": "",\r
\t"resourceType": "Composition"\r
}\r
`
    expect(correct(text).edited).toBe(`{\r
\t"title": "a",\r
\t"status": "final",\r
\t"event": [{\r
\t\t"code": [{"text": "x"}]\r
\t}],\r
\t"extension": [{"url": "x", "valueDecimal": 1.50}],\r
\t"resourceType": "Composition"\r
}\r
`)
  })

  test('keeps its comma when the first member goes', () => {
    expect(correct('{"title":"", "id":null, "resourceType":"Composition", "status":""}').edited).toBe(
      '{"resourceType":"Composition"}',
    )
  })
})

test('the patch goes from the last place to the first, so that no path is moved', () => {
  const { patch } = corrected({ name: [{ text: '' }, { given: 'x' }, {}], active: 'true' })
  expect(patch).toEqual([
    { op: 'replace', path: '/active', value: true },
    { op: 'remove', path: '/name/2' },
    { op: 'replace', path: '/name/1/given', value: ['x'] },
    { op: 'remove', path: '/name/0' },
  ])
})

describe('numbers', () => {
  const NUMBERS = ['36.60', '1234567890123456789.25', '1.0e0', '0.10', '12345678901234567890123', '-0.0', '1E+2']

  test.each(NUMBERS)('%s keeps its characters in the patch, the corrections and the sent text', (number) => {
    const entry = `{"resource":{"resourceType":"Observation","valueQuantity":{"value":${number},"unit":""}}}`
    const sent = `{"resourceType":"Bundle", "entry":${entry}}`
    const { patch = [], corrections, edited } = correct(sent)
    expect(patch.map(({ op, path }) => `${op} ${path}`)).toEqual([
      'remove /entry/resource/valueQuantity/unit',
      'move /entry#',
      'add /entry',
      'move /entry/0',
    ])
    const [wrap] = corrections
    expect(wrap).toMatchObject({ kind: 'wrap', before: { resource: { valueQuantity: { value: number } } } })
    expect(wrap).toMatchObject({ after: [{ resource: { valueQuantity: { value: number } } }] })
    expect(edited).toBe(sent.replace(',"unit":""', '').replace(/"entry":(.*)\}$/, '"entry":[$1]}'))
  })

  test('of an array that goes are moved out of it', () => {
    const { patch } = correct('{"resourceType":"Observation","valueQuantity":[{"value":36.60},{}]}')
    expect(patch).toEqual([
      { op: 'remove', path: '/valueQuantity/1' },
      { op: 'move', from: '/valueQuantity/0', path: '/valueQuantity' },
    ])
  })

  test('that would lose digits as a new value are in no patch', () => {
    expect(correct('{"resourceType":"Observation","valueQuantity":{"value":"36.60"}}').patch).toBeUndefined()
    expect(correct('{"resourceType":"Observation","valueQuantity":{"value":"36.6"}}').patch).toHaveLength(1)
  })
})

describe('modes', () => {
  const members = {
    ...COMPOSITION,
    author: { display: '', identifier: { value: '' } },
    category: { text: ' x ' },
    subject: { identifier: { value: '' }, display: 'x' },
  }
  const sent = JSON.stringify(members)

  test('documented-only wraps objects and drops empty strings in properties named value, and what is empty thereby', () => {
    const { text, corrections } = correct(sent, 'documented-only')
    expect(text).toBe(
      '{"resourceType":"Composition","status":"final","title":"title","author":[{"display":""}],"category":[{"text":" x "}],"subject":{"display":"x"}}',
    )
    expect(corrections.map(({ kind, expression }) => `${kind} ${expression}`)).toEqual([
      'wrap Composition.author',
      'drop-empty Composition.author[0].identifier.value',
      'wrap Composition.category',
      'drop-empty Composition.subject.identifier.value',
    ])
  })

  test('none forwards what came', () => {
    expect(correct(sent, 'none')).toEqual({
      text: sent,
      resource: members,
      corrections: [],
      moreCorrections: 0,
      edited: sent,
      patch: [],
    })
  })
})
