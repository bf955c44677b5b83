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

  test.each(['', '[]', 'null', '{"subject":[1],"author":"x","section":{"text":{"div":5}}}', '{"meta":{"tag":{}}}'])(
    '%j has none',
    (text) => {
      expect(factsOf(text)).toEqual({ tags: [], narratives: [] })
    },
  )
})
