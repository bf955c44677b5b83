import { describe, expect, test } from 'vitest'
import { type Assertion, adviseOnAssertion, checkAssertion } from './assertion.ts'

const NOW = 1_795_317_497
const ISSUER = 'http://localhost:7357/helseid'
const USE = { clientId: 'C', issuers: [ISSUER, 'https://helseid-sts.test.nhn.no'], now: NOW * 1000, keys: 1 }
const ASSERTION: Assertion = {
  header: { alg: 'PS256', typ: 'client-authentication+jwt', kid: 'any' },
  payload: { iss: 'C', sub: 'C', aud: ISSUER, jti: 'J', iat: String(NOW), nbf: NOW, exp: NOW + 10 },
  signature: 'good',
}

const check = (payload: object, header: object = {}) =>
  checkAssertion(
    { ...ASSERTION, header: { ...ASSERTION.header, ...header }, payload: { ...ASSERTION.payload, ...payload } },
    USE,
  ).map((issue) => issue.rule)

test('a good assertion has no issues, whatever its kid and its iat', () => {
  expect(checkAssertion(ASSERTION, USE)).toEqual([])
})

describe('aud', () => {
  test.each([
    [`${ISSUER}/`, []],
    [[ISSUER], []],
    ['https://helseid-sts.test.nhn.no', []],
    [[ISSUER, 'other'], ['assertion-audience']],
    [`${ISSUER}/connect/token`, ['assertion-audience']],
    [undefined, ['assertion-audience']],
  ])('%j is judged strictly for the newer typ', (aud, rules) => {
    expect(check({ aud })).toEqual(rules)
  })

  test.each([
    [`${ISSUER}/connect/token`, []],
    [`${ISSUER}/connect/par`, []],
    [[ISSUER, 'other'], []],
    ['https://helseid-sts.nhn.no', ['assertion-audience']],
  ])('%j is judged less strictly for others', (aud, rules) => {
    for (const typ of ['JWT', undefined]) expect(check({ aud }, { typ })).toEqual(rules)
  })
})

test.each([
  [{ exp: NOW - 10 }, []],
  [{ exp: NOW - 11 }, ['assertion-expired']],
  [{ exp: undefined }, ['assertion-expired']],
  [{ nbf: NOW + 11 }, ['assertion-not-yet-valid']],
  [{ jti: '' }, ['assertion-jti']],
  [{ iss: 'D' }, ['assertion-client']],
  [{ iss: 'D', sub: 'D' }, ['assertion-client']],
])('%o gives %j', (payload, rules) => {
  expect(check(payload)).toEqual(rules)
})

test('a bad signature tells how many keys were tried', () => {
  const [issue] = checkAssertion({ ...ASSERTION, signature: 'bad' }, { ...USE, keys: 2 })
  expect(issue).toMatchObject({
    rule: 'assertion-signature',
    message:
      'The client assertion is not signed with any of the 2 keys that are registered for this client (alg "PS256", kid "any").',
  })
})

test('an assertion that lives for longer than a minute is worth a look', () => {
  const lives = (seconds: number) => ({ ...ASSERTION, payload: { ...ASSERTION.payload, exp: NOW + seconds } })
  expect(adviseOnAssertion(lives(60), USE)).toEqual([])
  expect(adviseOnAssertion(lives(300), USE)).toMatchObject([{ rule: 'assertion-lifetime', severity: 'warning' }])
})
