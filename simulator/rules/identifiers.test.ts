import { describe, expect, test } from 'vitest'
import { identitySeries } from '../ground/text/mask/series.ts'
import { realIdentityNumber } from './identifiers.fixture.ts'
import { checkIdentityNumbers, organizationSeries } from './identifiers.ts'

const OPTIONS = {
  environment: 'test',
  otherSyntheticSeries: 'accept',
  identityNumberScope: 'identifiers',
  mostIssues: 1_000,
} as const
const FNR = 'urn:oid:2.16.578.1.12.4.1.4.1'
const patientWith = (value: string) => ({ resourceType: 'Patient', identifier: [{ system: FNR, value }] })

describe('the series of an identity number', () => {
  test.each([
    ['02850097219', 'synthetic'],
    ['11845599620', 'synthetic'],
    ['13717404089', 'synthetic'],
    ['17912099997', 'synthetic'],
    ['57912075186', 'synthetic'],
    ['12345678901', 'invalid'],
    ['0285009721', 'invalid'],
    ['0285009721x', 'invalid'],
  ] as const)('%s is %s', (number, series) => expect(identitySeries(number)).toBe(series))

  test('a number with a calendar month is real', () => expect(identitySeries(realIdentityNumber())).toBe('real'))
})

describe('the series of an organisation number', () => {
  test.each([
    ['313231593', 'synthetic'],
    ['312229544', 'synthetic'],
    ['994598759', 'real'],
    ['314159265', 'invalid'],
    ['888134574', 'invalid'],
    ['31323159', 'invalid'],
    ['3132315930', 'invalid'],
    ['513000006', 'undecidable'],
  ] as const)('%s is %s', (number, series) => expect(organizationSeries(number)).toBe(series))
})

describe('identity numbers in a resource', () => {
  test('a synthetic one passes in Test and not in production', () => {
    expect(checkIdentityNumbers(patientWith('02850097219'), OPTIONS)).toEqual({ found: 1, issues: [], more: 0 })
    const prod = checkIdentityNumbers(patientWith('02850097219'), { ...OPTIONS, environment: 'prod' })
    expect(prod.issues).toMatchObject([
      { rule: 'identity-number-synthetic', expression: 'Patient.identifier[0].value' },
    ])
  })

  test('a real one is refused in Test, wherever it stands, and never repeated', () => {
    const number = realIdentityNumber()
    const bundle = { resourceType: 'Bundle', entry: [{ resource: patientWith(number) }] }
    const { issues } = checkIdentityNumbers(bundle, OPTIONS)
    expect(issues).toMatchObject([
      {
        rule: 'identity-number-real',
        expression: 'Bundle.entry[0].resource.identifier[0].value',
        pointer: '/entry/0/resource/identifier/0/value',
      },
    ])
    expect(JSON.stringify(issues)).not.toContain(number)
  })

  test('a number with wrong control digits is refused', () => {
    expect(checkIdentityNumbers(patientWith('12345678901'), OPTIONS).issues).toMatchObject([
      { rule: 'identity-number-invalid' },
    ])
  })

  test('beyond the number of issues that are told the others are counted', () => {
    const identifier = Array.from({ length: 5 }, () => ({ system: FNR, value: '12345678901' }))
    const { issues, more, found } = checkIdentityNumbers(
      { resourceType: 'Patient', identifier },
      { ...OPTIONS, mostIssues: 2 },
    )
    expect(issues.map(({ pointer }) => pointer)).toEqual(['/identifier/0/value', '/identifier/1/value'])
    expect([more, found]).toEqual([3, 5])
  })

  test('other identifier systems are left alone', () => {
    const patient = {
      resourceType: 'Patient',
      identifier: [{ system: 'http://cosdoc.dips.no/lopenummer', value: '1302' }],
    }
    expect(checkIdentityNumbers(patient, OPTIONS)).toEqual({ found: 0, issues: [], more: 0 })
  })
})
