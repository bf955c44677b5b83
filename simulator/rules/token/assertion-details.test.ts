import { describe, expect, test } from 'vitest'
import { checkOrganizations, readAssertionDetails } from './assertion-details.ts'

const entry = (identifier: object) => ({
  type: 'helseid_authorization',
  practitioner_role: { organization: { identifier } },
})
const multi = (value: string) => entry({ system: 'urn:oid:1.0.6523', type: 'ENH', value })
const single = (value: string, system = 'urn:oid:2.16.578.1.12.4.1.4.101') => entry({ system, type: 'ENH', value })

const read = (assertion_details: unknown) => {
  const { details, issues } = readAssertionDetails({ assertion_details })
  return { ...details, rules: issues.map((issue) => issue.rule) }
}

describe('every form that NHN’s libraries send', () => {
  test.each([
    ['NO:ORGNR:312229544:974042436', { parent: '312229544', child: '974042436', rules: [] }],
    ['NO:ORGNR:312229544:', { parent: '312229544', rules: [] }],
    ['NO:ORGNR:312229544', { parent: '312229544', rules: [] }],
  ])('parent: %s', (value, expected) => {
    expect(read(multi(value))).toEqual(expected)
    expect(read([multi(value)])).toEqual(expected)
  })

  test('child, with the right system and the one of older samples', () => {
    expect(read(single('974042436'))).toEqual({ child: '974042436', rules: [] })
    expect(read(single('974042436', 'urn:oid:2.16.578.1.12.4.1.2.101'))).toEqual({ child: '974042436', rules: [] })
  })

  test('beside an SFM journal id', () => {
    const journal = { type: 'nhn:sfm:journal-id', value: { journal_id: 'uuid' } }
    expect(read([journal, multi('NO:ORGNR:312229544:')])).toEqual({ parent: '312229544', journalId: 'uuid', rules: [] })
  })

  test('under the older name', () => {
    expect(readAssertionDetails({ authorization_details: [single('974042436')] }).details.child).toBe('974042436')
  })

  test('none at all', () => {
    expect(read(undefined)).toEqual({ rules: [] })
  })
})

describe('faults of the structure', () => {
  test.each([
    ['text', ['hid-1007']],
    [[multi('NO:ORGNR:312229544'), multi('NO:ORGNR:313231593')], ['hid-1007']],
    [{ type: 'helseid_authorization' }, ['hid-1007']],
    [entry({ system: 'urn:oid:1.0.6523', value: 'NO:ORGNR:312229544' }), ['hid-1007']],
    [single('974042436', 'urn:oid:1.2.3'), ['hid-1007']],
    [multi('312229544'), ['hid-1007']],
    [multi('NO:ORGNR:312229544:974042436:1'), ['hid-1007']],
    [entry({ system: 'urn:oid:2.16.578.1.12.4.1.4.101', type: 'ENH', value: 974042436 }), ['hid-1007']],
    [multi('NO:ORGNR:31222954'), ['hid-1004']],
    [multi('NO:ORGNR:31222954:x'), ['hid-1004', 'hid-1004']],
    [single('NO:ORGNR:974042436'), ['hid-1004']],
  ])('%j', (details, rules) => {
    expect(read(details).rules).toEqual(rules)
  })

  test('both names at once', () => {
    const { issues } = readAssertionDetails({ assertion_details: [], authorization_details: [] })
    expect(issues.map((issue) => issue.rule)).toEqual(['hid-1007'])
  })

  test('an entry of another type is left out with a warning', () => {
    const { issues, warnings } = readAssertionDetails({ assertion_details: [{ type: 'other' }] })
    expect([issues, warnings.map((issue) => issue.rule)]).toEqual([[], ['assertion-details-type']])
  })
})

describe('whom a client may act for', () => {
  const vendor = {
    tenancy: 'multi-tenant',
    organization: '994598759',
    delegations: ['313231593'],
    children: [],
  } as const
  const municipality = {
    tenancy: 'single-tenant',
    organization: '313231593',
    delegations: [],
    children: ['974042436'],
  } as const
  const rules = (client: Parameters<typeof checkOrganizations>[0], details: object) =>
    checkOrganizations(client, details).map((issue) => issue.rule)

  test.each([
    [{ parent: '313231593' }, []],
    [{ parent: '313231593', child: '974042436' }, []],
    [{}, []],
    [{ parent: '312229544' }, ['hid-1001']],
    [{ child: '974042436' }, ['organization-structure']],
  ])('multi-tenant, %o', (details, expected) => {
    expect(rules(vendor, details)).toEqual(expected)
  })

  test.each([
    [{}, []],
    [{ child: '974042436' }, []],
    [{ child: '312232324' }, ['hid-1002']],
    [{ parent: '313231593' }, ['hid-1005']],
  ])('single-tenant, %o', (details, expected) => {
    expect(rules(municipality, details)).toEqual(expected)
  })

  test('single-tenant without child units', () => {
    expect(rules({ ...municipality, children: [] }, { child: '974042436' })).toEqual(['hid-1006'])
  })
})
