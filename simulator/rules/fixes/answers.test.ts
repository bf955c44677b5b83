import { describe, expect, test } from 'vitest'
import { COMPOSITION, MEDICATION_DISPENSE } from '../fhir/strict.fixture.ts'
import { withFixes } from './answers.ts'
import { composeFixes } from './compose.ts'
import type { FixOptions } from './fix.ts'
import { composed, eachAlone, fixesOf, judging, patched, SDK_5, told } from './fixes.fixture.ts'

type Members = Readonly<Record<string, unknown>>

const note = (members: Members) => JSON.stringify({ ...COMPOSITION, ...members })
const dispense = (members: Members) => JSON.stringify({ ...MEDICATION_DISPENSE, ...members })
const patient = (members: Members) => note({ contained: [{ resourceType: 'Patient', id: 'p', ...members }] })
const extension = (members: Members) => note({ extension: [{ url: 'urn:example:x', ...members }] })
/** A text with a piece that JSON.stringify does not write. */
const raw = (member: string) => note({ language: '@' }).replace('"language":"@"', member)

const MECHANICAL: readonly [kind: string, sent: string, fixed: string, options?: FixOptions][] = [
  ['one object instead of a list', note({ author: { display: 'x' } }), note({ author: [{ display: 'x' }] })],
  ['one string instead of a list', patient({ name: [{ given: 'a' }] }), patient({ name: [{ given: ['a'] }] })],
  ['a list of one object', note({ subject: [{ display: 'x' }] }), note({ subject: { display: 'x' } })],
  ['a list of one string', note({ title: ['x'] }), note({ title: 'x' })],
  [
    'a list in a list',
    note({ author: [[{ display: 'x' }, { display: 'y' }]] }),
    note({ author: [{ display: 'x' }, { display: 'y' }] }),
  ],
  ['an object as text', note({ subject: JSON.stringify({ display: 'x' }) }), note({ subject: { display: 'x' } })],
  ['an optional empty string', note({ language: '' }), note({})],
  ['an optional null', note({ language: null }), note({})],
  ['an optional null object', note({ subject: null }), note({})],
  ['an optional empty list', note({ section: [] }), note({})],
  ['an optional list of nothing', note({ section: [{}] }), note({})],
  ['an optional empty object', note({ subject: {} }), note({})],
  ['an object that is empty then', note({ subject: { identifier: { value: '' } } }), note({})],
  ['an empty item', patient({ name: [{ given: ['a', ''] }] }), patient({ name: [{ given: ['a'] }] })],
  [
    'an empty item beside its companion',
    patient({ name: [{ given: ['a', ''], _given: [null, { id: 'x' }] }] }),
    patient({ name: [{ given: ['a', null], _given: [null, { id: 'x' }] }] }),
  ],
  [
    'the only value beside its companion',
    patient({ name: [{ given: [''], _given: [{ id: 'x' }] }] }),
    patient({ name: [{ _given: [{ id: 'x' }] }] }),
  ],
  [
    'a null in both lists',
    patient({ name: [{ given: ['a', null], _given: [{ id: 'x' }, null] }] }),
    patient({ name: [{ given: ['a'], _given: [{ id: 'x' }] }] }),
  ],
  ['only nulls', patient({ name: [{ family: 'x', given: [null] }] }), patient({ name: [{ family: 'x' }] })],
  ['a misspelt element', note({ titel: 'x', title: undefined }), note({ title: 'x' })],
  [
    'a misspelt element in another shape',
    note({ autor: { display: 'x' }, author: undefined }),
    note({ author: [{ display: 'x' }] }),
  ],
  [
    'the type of a datatype',
    note({ type: { resourceType: 'CodeableConcept', text: 'x' } }),
    note({ type: { text: 'x' } }),
  ],
  ['comments of an older FHIR', note({ fhir_comments: ['x'] }), note({})],
  [
    'an underscore that does not belong',
    note({ type: undefined, _type: { text: 'x' } }),
    note({ type: { text: 'x' } }),
  ],
  ['a value in the companion', note({ title: undefined, _title: 'x' }), note({ title: 'x' })],
  [
    'parts in the value',
    note({ language: { extension: [{ url: 'urn:x', valueCode: 'x' }] } }),
    note({ _language: { extension: [{ url: 'urn:x', valueCode: 'x' }] } }),
  ],
  ['a value in an object', note({ title: { value: 'x' } }), note({ title: 'x' })],
  [
    'a choice without its type',
    dispense({ medicationReference: undefined, medication: { coding: [{ code: 'x' }] } }),
    dispense({ medicationReference: undefined, medicationCodeableConcept: { coding: [{ code: 'x' }] } }),
  ],
  [
    'a misspelt type of a choice',
    extension({ valueCodeableConsept: { text: 'x' } }),
    extension({ valueCodeableConcept: { text: 'x' } }),
  ],
  [
    'a type that a choice does not allow',
    patient({ deceasedString: '2026-05-26' }),
    patient({ deceasedDateTime: '2026-05-26' }),
  ],
  [
    'a misspelt resource type',
    note({ contained: [{ resourceType: 'Pasient', active: true }] }),
    note({ contained: [{ resourceType: 'Patient', active: true }] }),
  ],
  [
    'a misspelt resourceType',
    note({ contained: [{ resourcetype: 'Patient', active: true }] }),
    note({ contained: [{ resourceType: 'Patient', active: true }] }),
  ],
  [
    'a resource type in a list',
    note({ contained: [{ resourceType: ['Patient'], active: true }] }),
    note({ contained: [{ resourceType: 'Patient', active: true }] }),
  ],
  ['a code in another letter case', note({ status: 'Final' }), note({ status: 'final' })],
  ['a misspelt code', note({ status: 'prelimnary' }), note({ status: 'preliminary' })],
  ['a code as it is displayed', note({ status: 'Entered in Error' }), note({ status: 'entered-in-error' })],
  ['a blank around a bound code', note({ status: ' final' }), note({ status: 'final' })],
  ['a blank around a code', note({ language: 'nb ' }), note({ language: 'nb' })],
  [
    'the size of an attachment, as Hl7.Fhir.R4 6 writes it',
    patient({ photo: [{ size: '4' }] }),
    patient({ photo: [{ size: 4 }] }),
  ],
  ['a number in quotes', patient({ multipleBirthInteger: '2' }), patient({ multipleBirthInteger: 2 })],
  ['true in quotes', patient({ active: 'true' }), patient({ active: true })],
  ['text without quotes', note({ title: 5 }), note({ title: '5' })],
  ['an id without quotes', note({ type: { id: 5, text: 'x' } }), note({ type: { id: '5', text: 'x' } })],
  [
    'a blank instead of the T',
    note({ date: '2026-05-26 10:06:17+02:00' }),
    note({ date: '2026-05-26T10:06:17+02:00' }),
  ],
  [
    'an offset without its colon',
    note({ date: '2026-05-26T10:06:17+0200' }),
    note({ date: '2026-05-26T10:06:17+02:00' }),
  ],
  ['one digit for a month', note({ date: '2026-5-6' }), note({ date: '2026-05-06' })],
  [
    'a UUID in capitals',
    extension({ valueUuid: 'urn:uuid:C757873D-EC9A-4326-A141-556F43239520' }),
    extension({ valueUuid: 'urn:uuid:c757873d-ec9a-4326-a141-556f43239520' }),
  ],
  [
    'a URN in capitals that something refers to',
    note({
      identifier: { system: 'urn:uuid:C757873D-EC9A-4326-A141-556F43239520' },
      subject: { reference: 'urn:uuid:C757873D-EC9A-4326-A141-556F43239520' },
    }),
    note({
      identifier: { system: 'urn:uuid:c757873d-ec9a-4326-a141-556f43239520' },
      subject: { reference: 'urn:uuid:c757873d-ec9a-4326-a141-556f43239520' },
    }),
  ],
  ['an oid without urn:oid:', extension({ valueOid: '2.16.578.1' }), extension({ valueOid: 'urn:oid:2.16.578.1' })],
  ['base64 of the other alphabet', extension({ valueBase64Binary: '-_8' }), extension({ valueBase64Binary: '+/8=' })],
  [
    'an offset by the word of the vendor',
    note({ date: '2026-07-01T10:06:17' }),
    note({ date: '2026-07-01T10:06:17+02:00' }),
    { ...SDK_5, offset: 'Europe/Oslo' },
  ],
  [
    'contained in contained',
    note({
      contained: [
        { resourceType: 'Patient', id: 'a', contained: [{ resourceType: 'Organization', id: 'b', name: 'x' }] },
      ],
    }),
    note({
      contained: [
        { resourceType: 'Patient', id: 'a' },
        { resourceType: 'Organization', id: 'b', name: 'x' },
      ],
    }),
  ],
]

describe('each mechanical kind: the patch alone, and the text alone, remove that issue and no more', () => {
  test.each(MECHANICAL)('%s', (_, sent, fixed, options = SDK_5) => {
    const [issue, ...others] = fixesOf(sent, options)
    expect(others).toEqual([])
    expect(patched(sent, issue?.patch)).toEqual(JSON.parse(fixed))
    const [alone] = eachAlone(sent, options)
    expect([alone?.isGone, alone?.added]).toEqual([true, []])
    expect(JSON.parse(alone?.text ?? '')).toEqual(JSON.parse(fixed))
    expect(composed(sent, options)).toMatchObject({ fixed: 1, of: 1, rest: [], beyond: 0 })
  })
})

const NEEDS_YOU: readonly [kind: string, sent: string, words: string][] = [
  [
    'a mandatory empty string',
    note({ title: '' }),
    'r4-empty-string: `title` is an empty string, but mandatory: it cannot be left out. Give it a value (string, such as "…").',
  ],
  [
    'a mandatory null',
    note({ status: null }),
    'r4-null-value: `status` is null, but mandatory: it cannot be left out. Give it a value (one of preliminary, final, amended or entered-in-error).',
  ],
  [
    'a mandatory empty list',
    note({ author: [] }),
    'r4-empty-array: `author` is an empty list, but mandatory: it cannot be left out. Give it a value (Reference, such as { "display": "…" }).',
  ],
  [
    'a mandatory object that would be empty',
    note({ type: { text: '' } }),
    'r4-empty-string: `text` is an empty string, and the mandatory `type` has nothing else. Give it a value (string, such as "…").',
  ],
  [
    'a missing element',
    note({ status: undefined }),
    'r4-missing-element: Add `status` to `Composition`, where it is mandatory (one of preliminary, final, amended or entered-in-error).',
  ],
  [
    'a missing list',
    note({ author: undefined }),
    'r4-missing-element: Add `author` to `Composition`, where it is mandatory: a list with at least one item (Reference, such as { "display": "…" }).',
  ],
  [
    'a missing choice',
    dispense({ medicationReference: undefined }),
    'r4-missing-element: Add `medication[x]` to `MedicationDispense`, where it is mandatory: medicationCodeableConcept or medicationReference.',
  ],
  [
    'two values instead of one',
    note({ title: ['x', 'y'] }),
    'r4-value-is-array: `title` must be one value (string, such as "…"); you sent a list of 2: keep one of them, without [ ].',
  ],
  [
    'a code that means nothing here',
    note({ status: 'ferdig' }),
    'r4-code-not-in-value-set: `status` is "ferdig", which is not allowed: use one of preliminary, final, amended or entered-in-error.',
  ],
  [
    'a time without an offset',
    note({ date: '2026-01-05T10:06:17' }),
    'r4-bad-datetime: `date` is "2026-01-05T10:06:17": a time needs its offset from UTC. If it was Norwegian time, write "2026-01-05T10:06:17+01:00".',
  ],
  [
    'an unfilled placeholder',
    extension({ valueUri: 'urn:uuid:{id}' }),
    'r4-bad-uri: `valueUri` is "urn:uuid:{id}": a placeholder in braces was not filled in.',
  ],
  [
    'text instead of an object',
    note({ type: 'note' }),
    'r4-object-expected: `type` must be an object (CodeableConcept); you sent a string: put it into one, for example { "text": "note" }.',
  ],
  [
    'a text that is not a number',
    patient({ multipleBirthInteger: 'two' }),
    'r4-wrong-json-type: `multipleBirthInteger` must be a number (integer, such as 1); you sent a string.',
  ],
  [
    'a name that is far from all',
    extension({ farge: 'x' }),
    'r4-unknown-element: `Extension` has no element `farge`. Use one that it has (id, extension, url or value[x]), move the information to an extension, or leave it out.',
  ],
  [
    'two values of a choice',
    extension({ valueString: 'x', valueCode: 'y' }),
    'r4-choice-repeated: `value[x]` may have one type, and you sent several: keep valueString or valueCode.',
  ],
  [
    'different values of one name',
    raw('"title":"a","language":"nb"'),
    'r4-duplicate-property: `title` is there twice, with different values: keep one of the two.',
  ],
]

describe('where only the vendor knows: words, and no patch', () => {
  test.each(NEEDS_YOU)('%s', (_, sent, words) => {
    const issues = fixesOf(sent)
    expect(issues.map(told)).toEqual([words])
    expect(issues.map(({ patch }) => patch)).toEqual([null])
    expect(composed(sent)).toMatchObject({ text: sent, patch: null, fixed: 0, of: 1, rest: [{}] })
  })
})

describe('what no JSON Patch can say is in the corrected text', () => {
  test('an equal value of the same name goes, and no other character', () => {
    const sent = raw('"title":"title" ,\n "language":"nb"')
    expect(fixesOf(sent)).toMatchObject([{ rule: 'r4-duplicate-property', patch: null }])
    const text = sent.replace(',"title":"title" ,', ' ,')
    expect(composed(sent)).toMatchObject({ text, patch: null, fixed: 1, rest: [] })
  })

  test('a number that a double would round keeps its digits', () => {
    const sent = raw('"extension":[{"url":"urn:x","valueDecimal":"36.60"}]')
    expect(fixesOf(sent)).toMatchObject([{ patch: null }])
    expect(composed(sent)).toMatchObject({ text: sent.replace('"36.60"', '36.60'), patch: null, fixed: 1, rest: [] })
  })

  test('numbers in what is wrapped are moved, never repeated', () => {
    const sent = raw('"section":{"extension":{"url":"urn:x","valueDecimal":1234567890123456789.25}}')
    const { patch, text } = composed(sent)
    expect(text).toBe(raw('"section":[{"extension":[{"url":"urn:x","valueDecimal":1234567890123456789.25}]}]'))
    expect(JSON.stringify(patch)).not.toContain('123456')
  })
})

describe('fixes go together', () => {
  test('two issues of one cause are one fix', () => {
    const sent = extension({ valueString: 'x', valueCode: '' })
    expect(
      fixesOf(sent)
        .map(({ rule }) => rule)
        .sort(),
    ).toEqual(['r4-choice-repeated', 'r4-empty-string'])
    expect(composed(sent)).toMatchObject({
      text: extension({ valueString: 'x' }),
      patch: [{ op: 'remove', path: '/extension/0/valueCode' }],
      fixed: 2,
      of: 2,
      rest: [],
    })
  })

  test('what is left is judged again: a missing element shows when nothing else is wrong', () => {
    const sent = note({ title: undefined, author: { display: 'x' }, language: '' })
    const { patch, ...rest } = composed(sent)
    expect(rest).toMatchObject({ fixed: 2, of: 2, rest: [{ rule: 'r4-missing-element', pointer: '/title' }] })
    expect(patched(sent, patch)).toEqual(JSON.parse(rest.text))
  })

  test('what shows only then and is mechanical is fixed too', () => {
    const sent = note({ autor: [{ display: 'x', identifier: { value: 5 } }], author: undefined })
    expect(fixesOf(sent).map(({ rule }) => rule)).toEqual(['r4-unknown-element'])
    const { patch, text, ...counts } = composed(sent)
    expect(counts).toMatchObject({ fixed: 1, of: 1, rest: [] })
    expect(JSON.parse(text).author).toEqual([{ display: 'x', identifier: { value: '5' } }])
    expect(patched(sent, patch)).toEqual(JSON.parse(text))
  })

  test('both values of a mandatory object do not go together', () => {
    const sent = note({ type: { text: '', id: '' } })
    const { text, fixed, of, rest } = composed(sent)
    expect([text, fixed, of, rest.length]).toEqual([sent, 0, 2, 2])
  })

  test('both values of an optional object take it along', () => {
    const sent = note({ subject: { display: '', type: '' } })
    expect(composed(sent)).toMatchObject({
      text: note({}),
      patch: [{ op: 'remove', path: '/subject' }],
      fixed: 2,
      of: 2,
      rest: [],
    })
  })

  test('fixes are made for the first thousand issues, and the others are counted', () => {
    const sent = note({ language: '' })
    const [issue] = judging()(sent)
    const issues = Array.from({ length: 1_500 }, () => issue).filter((one) => one !== undefined)
    expect(withFixes(sent, issues, SDK_5).filter(({ patch }) => patch !== undefined)).toHaveLength(1_000)
    expect(composeFixes(sent, issues, SDK_5, judging())).toMatchObject({ beyond: 500, rest: [] })
  })

  test('the fixed text is judged once for each layer of issues, not for each issue', () => {
    let judged = 0
    const judge = (text: string) => {
      judged++
      return judging()(text)
    }
    const sent = note({ extension: Array.from({ length: 200 }, () => ({ url: 'urn:x', valueString: '' })) })
    expect(composeFixes(sent, judging()(sent), SDK_5, judge)).toMatchObject({ fixed: 200, of: 200 })
    expect(judged).toBe(1)
  })
})

test.each([
  [{ subject: 'Patient/1' }, [{ op: 'replace', path: '/subject', value: { reference: 'Patient/1' } }]],
  [{ author: ['Kari'] }, [{ op: 'replace', path: '/author/0', value: { display: 'Kari' } }]],
  [{ type: 'note' }, [{ op: 'replace', path: '/type', value: { text: 'note' } }]],
  [{ type: 5 }, [{ op: 'replace', path: '/type', value: { text: '<string>' } }]],
])('a plain value where an object is due is in the template: %j', (members, template) => {
  expect(fixesOf(note(members))).toMatchObject([{ template }])
})

test('a body that was serialized twice is sent once: no patch says it, the text does', () => {
  const [alone] = eachAlone(JSON.stringify(note({})))
  expect([alone?.isGone, alone?.added, alone?.text]).toEqual([true, [], note({})])
  expect(fixesOf(JSON.stringify(note({}))).map(told)).toEqual([
    'r4-object-expected: The body is JSON as text, in quotes: send the JSON itself, and serialize it once.',
  ])
})
