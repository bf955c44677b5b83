import { describe, expect, test } from 'vitest'
import { noteFactory, patientFactory } from '../../../fixtures/index.ts'
import { addressee } from '../../rules/addressee.ts'
import { startJft } from '../../surfaces/jft.fixture.ts'
import { checkPayload, fixPayload, payloadSteps } from './check.ts'

const patient = patientFactory.build()
const FAULTY = JSON.stringify({ ...patient, name: patient.name?.[0], gender: 'Male', telecom: [] })
const MENDED = JSON.stringify({ ...patient, gender: 'male', telecom: undefined })

describe('a patient', () => {
  test('is for PIT, and the others have no endpoint for it', () => {
    const verdicts = checkPayload(JSON.stringify(patient))
    expect(addressee(verdicts)).toEqual({ service: 'pit', name: 'PIT', verdict: { accepted: true, issues: [] } })
    expect(verdicts.jft.issues.map(({ rule }) => rule)).toEqual(['jft-endpoint-type'])
    expect(verdicts.vkp.issues.map(({ rule }) => rule)).toEqual(['vkp-endpoint-type'])
    expect(verdicts.cure).toBe('PIT accepts it as it is. JFT and VKP have no endpoint for it.')
  })

  test('is mended for PIT, and judged by PIT again', () => {
    const { pit, fixes, fixed, patch } = checkPayload(FAULTY)
    expect(pit?.issues.map(({ rule, certainty }) => [rule, certainty])).toEqual([
      ['r4-array-expected', 'assumed'],
      ['r4-empty-array', 'assumed'],
      ['r4-code-not-in-value-set', 'assumed'],
    ])
    expect(fixes).toMatchObject({ fixed: 3, of: 3, rest: [] })
    expect(JSON.parse(fixed ?? '')).toEqual(JSON.parse(MENDED))
    expect(fixPayload(FAULTY)).toBe(fixed)
    expect(patch).toBeNull()
    expect(payloadSteps(FAULTY).map(({ kind, issue }) => [kind, issue.certainty])).toEqual(
      Array(3).fill(['apply', 'assumed']),
    )
  })

  test.each([
    ['its type comes last', `{"name":{},"resourceType":"Patient"}`],
    ['it is no JSON', `{"resourceType":"Patient","gender":"male",}`],
  ])('is known where %s', (_what, text) => {
    expect(addressee(checkPayload(text))).toMatchObject({ service: 'pit', verdict: { accepted: false } })
  })

  test.each([
    ['an entry of a Bundle', JSON.stringify({ resourceType: 'Bundle', entry: [{ resource: patient }] })],
    ['a word in a note', JSON.stringify({ resourceType: 'Composition', title: 'Patient' })],
    ['a member of a list', '["Patient"]'],
    ['null, with a comment', 'null // Patient'],
  ])('is not %s', (_what, text) => {
    expect(checkPayload(text)).not.toHaveProperty('pit')
  })

  test('is for nobody in production, which has no PIT', () => {
    const { jft, ...verdicts } = checkPayload(JSON.stringify(patient), { environment: 'prod' })
    expect(verdicts).not.toHaveProperty('pit')
    expect(jft.accepted).toBe(false)
  })

  test('an event that is sent to PIT is not judged as an event', () => {
    const note = JSON.stringify(noteFactory.build())
    const { pit, jft, fixes } = checkPayload(note, { endpoint: 'Patient' })
    expect(pit?.issues.map(({ rule, fix }) => [rule, fix])).toEqual([
      ['pit-resource-type', 'PIT takes Patient alone. Events go to JFT, as Bundle, Composition or MedicationDispense.'],
    ])
    expect(fixes.rest.map(({ rule }) => rule)).toEqual(['pit-resource-type'])
    expect(jft.accepted).toBe(true)
  })
})

test.each([
  ['right', JSON.stringify(patient)],
  ['with three faults', FAULTY],
  ['that is an event', '{"resourceType":"Composition"}'],
  ['of no known type', '{"resourceType":"Person"}'],
  ['with a type of no resource', '{"resourceType":"Patientt"}'],
])('PIT refuses a body %s for what the check says', async (_what, text) => {
  const { call, lastExchange } = startJft()
  await call('POST', '/pit/v1/Patient', { audience: 'nhn:pit', scope: ['nhn:pit/api.write'], body: text })
  const { issues, verdicts } = await lastExchange()
  const { pit } = checkPayload(text, { endpoint: 'Patient' })
  expect(issues).toEqual(pit?.issues)
  expect(verdicts?.pit).toEqual(pit?.accepted ? undefined : pit)
})
