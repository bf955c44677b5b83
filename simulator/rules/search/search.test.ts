import { describe, expect, test } from 'vitest'
import { assumptionsSchema } from '../../ground/settings/assumptions.ts'
import { EVENT_SEARCH } from '../jft/event-search.ts'
import { type Cursor, cursorPayload, decodeCursor, encodeCursor } from './cursor.ts'
import type { SearchEndpoint } from './endpoint.ts'
import { readSearch } from './search.ts'

/** Another service's search: fewer parameters, and records with another facet. */
const PATIENTS: SearchEndpoint = {
  service: 'PIT',
  parameters: {
    _count: { form: 'count', description: 'Page size' },
    '_tag:not': { form: 'tag:not', facet: 'withdrawn', description: 'Only what holds' },
    cursor: { form: 'cursor', description: 'The next page' },
  },
}
const OPTIONS = {
  ...assumptionsSchema.parse({}),
  tags: { acknowledged: 'urn:jft|true', withdrawn: 'urn:pit|withdrawn' },
}
const read = (endpoint: SearchEndpoint, query: string) => {
  const { search, issues } = readSearch(endpoint, [...new URLSearchParams(query)], OPTIONS)
  return { search, issues: issues.map(({ rule, message }) => `${rule}: ${message}`) }
}

describe('an endpoint takes the parameters of its table', () => {
  test('and names the service and its own in the message about others', () => {
    expect(read(PATIENTS, '_sort=_lastUpdated').issues).toEqual([
      'search-parameter: Unknown search parameter "_sort". PIT documents _count, _tag:not, cursor.',
    ])
    expect(read(EVENT_SEARCH, '_sort=_lastUpdated').issues).toEqual([])
    expect(read(EVENT_SEARCH, 'constructor=1').issues).toHaveLength(1)
  })

  test('and searches by the facets of its tags', () => {
    expect(read(PATIENTS, '_tag:not=urn:pit|withdrawn').search.where).toEqual({ withdrawn: false })
    expect(read(EVENT_SEARCH, '_tag=urn:jft|true').search.where).toEqual({ acknowledged: true })
    expect(read(PATIENTS, '_tag:not=urn:jft|true').issues).toEqual([
      "search-tag: _tag:not=urn:jft|true is not this simulator's tag for what is withdrawn, urn:pit|withdrawn. NHN does not document the value.",
    ])
  })

  test.each(Object.keys(EVENT_SEARCH.parameters))('%s beside a cursor is refused, ignored or once too many', (name) => {
    const value = { _count: '10', _sort: '_lastUpdated', _lastUpdated: 'ge2026-01-01T12:00Z', cursor: 'b' }[name]
    const { issues } = read(EVENT_SEARCH, `cursor=a&${name}=${encodeURIComponent(value ?? 'urn:jft|true')}`)
    expect(issues).toEqual([expect.stringContaining(`: ${name} `)])
  })
})

test('a cursor keeps the facets, whichever they are; one of another form is not a cursor', () => {
  const cursor: Cursor = {
    ...{ lastUpdated: 1, lastId: 'a', type: 'Patient', municipality: '313231593', descending: false, count: 5 },
    ...{ where: { withdrawn: false }, above: null, below: null, issued: 2 },
  }
  expect(decodeCursor(encodeCursor(cursor, 'seal'))).toEqual({ cursor, seal: 'seal' })
  expect(cursorPayload(cursor)).toContain('"Where":{"withdrawn":false}')
  const { Where: _where, ...before } = JSON.parse(cursorPayload(cursor)) as { Where: unknown }
  const older = btoa(btoa(JSON.stringify({ ...before, Acknowledged: null, Seal: 'seal' }))).replace(/=+$/, '')
  expect(decodeCursor(older)).toBeUndefined()
})
