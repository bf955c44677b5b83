import { describe, expect, test } from 'vitest'
import { factsOf } from './event-facts.ts'

const NOTE = {
  resourceType: 'Composition',
  meta: { tag: [{ system: 'https://fhir.jft.nhn.no/source-client-name', code: 'Journal' }] },
  category: [{ coding: [{ code: '2', display: 'DHO' }] }],
  subject: { identifier: { value: '02850097219' }, display: 'NONFIGURATIV HESTESKO' },
  author: [{ display: 'KRASS DALSIDE' }],
  date: '2026-01-01T08:00:00Z',
  section: [{ title: 'Notat', text: { div: '<div>one</div>' } }, { text: { div: '<div>two</div>' } }],
}

describe('factsOf', () => {
  const facts = {
    patient: 'NONFIGURATIV HESTESKO, 02850097219',
    by: 'author',
    author: 'KRASS DALSIDE',
    category: 'DHO',
    when: '2026-01-01T08:00:00Z',
    narratives: [{ title: 'Notat', div: '<div>one</div>' }, { div: '<div>two</div>' }],
  }

  test('a Composition', () => {
    expect(factsOf(JSON.stringify(NOTE))).toEqual({ ...facts, tags: ['Journal · source-client-name'] })
  })

  test('a Bundle says what its Composition says', () => {
    const bundle = { resourceType: 'Bundle', entry: [{ resource: { resourceType: 'Device' } }, { resource: NOTE }] }
    expect(factsOf(JSON.stringify(bundle))).toEqual({ ...facts, tags: [] })
  })

  test('a MedicationDispense is told by its device, in a Bundle too', () => {
    const dispense = {
      resourceType: 'MedicationDispense',
      performer: [{ actor: { display: 'Dispenser 7' } }],
      whenHandedOver: '2026-01-01T08:00:00Z',
    }
    const dispensed = { by: 'device', author: 'Dispenser 7', when: '2026-01-01T08:00:00Z', tags: [], narratives: [] }
    expect(factsOf(JSON.stringify(dispense))).toEqual(dispensed)
    expect(factsOf(JSON.stringify({ resourceType: 'Bundle', entry: [{ resource: dispense }] }))).toEqual(dispensed)
  })

  test.each(['', '[]', 'null', '{"subject":[1],"author":"x","section":{"text":{"div":5}}}', '{"meta":{"tag":{}}}'])(
    '%j has none',
    (text) => {
      expect(factsOf(text)).toEqual({ by: 'author', tags: [], narratives: [] })
    },
  )
})
