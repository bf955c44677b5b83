import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { anyEvent, dispensingFactory, KINDS, type Kind, noteFactory } from '../../../fixtures/index.ts'
import { eventKind } from './event-kind.ts'

const KIND_NAMES = Object.keys(KINDS) as Kind[]

/** An alert of a system with that code, as a document has it. */
const alertWith = (code: string, system = 'http://ehelse.no/fhir/CodeSystem/vkp-alert-code-v090') => ({
  resourceType: 'Bundle',
  entry: [
    { resource: noteFactory.build() },
    { resource: { resourceType: 'DetectedIssue', code: { coding: [{ system, code }] } } },
  ],
})

describe('the kind of an event', () => {
  test.each(KIND_NAMES)('is told by the codes of every %s that the fixtures make', (kind) => {
    const codes: readonly (string | undefined)[] = KINDS[kind].codes.length === 0 ? [undefined] : KINDS[kind].codes
    for (const code of codes) {
      const event = anyEvent(kind, code === undefined ? {} : { code })
      expect(eventKind(event), code).toBe(kind === 'dispensing' && code === '3' ? 'message' : kind)
    }
  })

  test.each([
    ['5', 'alert'],
    ['5.1', 'alert'],
    ['5.2', 'alert'],
    ['5.2.3', 'alert'],
    ['4.26', 'supervision'],
    ['7.1', 'alarm'],
  ])('of an alert %s is %s', (code, kind) => {
    expect(eventKind(alertWith(code))).toBe(kind)
  })

  test('is told by an alert before the note that follows it up', () => {
    expect(eventKind(alertWith('3'))).toBe('alarm')
    expect(eventKind(alertWith('3', 'http://ehelse.no/fhir/CodeSystem/vkp-alert-code'))).toBe('alarm')
    expect(eventKind(alertWith('8'))).toBe('note')
    expect(eventKind(alertWith('3', 'https://vendor.example/vkp'))).toBe('note')
  })

  test('is not told without a code of VKP', () => {
    const { category: _, ...bare } = dispensingFactory.build()
    expect(eventKind(bare)).toBeUndefined()
    expect(eventKind({ resourceType: 'Bundle', type: 'document' })).toBeUndefined()
    expect(eventKind({ resourceType: 'MedicationDispense', category: { coding: [{ code: '1' }] } })).toBeUndefined()
    for (const odd of [null, [], 'x', { entry: 7 }, { entry: [null] }]) expect(eventKind(odd)).toBeUndefined()
  })
})

const SAMPLES = new URL('../../../../shared/vkp-samples/', import.meta.url)
const there = existsSync(SAMPLES)

describe.skipIf(!there)(
  there ? 'samples of VKP' : 'samples of VKP (skipped: ../shared/vkp-samples is not there)',
  () => {
    test.each([
      ['official/Bundle_OppfolgingAvVarsel_TrygghetsAlarm.json', 'alarm'],
      ['constructed/Bundle_DHO_inaktiv-pasient.json', 'omission'],
      ['constructed/Bundle_DHO_skjemabesvarelse.json', 'form-answer'],
      ['constructed/Bundle_DHO_varsel-ved-maling.json', 'measurement'],
      ['constructed/Bundle_DigitaltTilsyn_hendelse_4.2.json', 'supervision'],
      ['constructed/Bundle_DigitaltTilsyn_planlagt.json', 'supervision'],
      ['constructed/Bundle_Medisin_ikke-utlevert_1.1.json', 'deviation'],
      ['constructed/Composition_DHO_frittstaende-notat.json', 'note'],
      ['constructed/MedicationDispense_2.1_reise.json', 'dispensing'],
      ['constructed/MedicationDispense_3_melding.json', 'message'],
    ])('%s is of kind %s', (file, kind) => {
      expect(eventKind(JSON.parse(readFileSync(new URL(file, SAMPLES), 'utf8')))).toBe(kind)
    })
  },
)
