import { expect, test } from 'vitest'
import { type AccessToken, checkAccessToken, keyOf, scopesOf } from './claims.ts'

const NOW = 1_795_317_497
const USE = { audience: 'nhn:jft', issuers: ['https://helseid-sts.test.nhn.no'], kids: ['K'], now: NOW * 1000 }
const TOKEN: AccessToken = {
  header: { alg: 'RS256', kid: 'K', typ: 'at+jwt' },
  payload: { iss: 'https://helseid-sts.test.nhn.no', aud: 'nhn:jft', nbf: NOW, exp: NOW + 600, cnf: { jkt: 'J' } },
  signature: 'good',
}

const check = (payload: object, header: object = {}) =>
  checkAccessToken(
    { ...TOKEN, header: { ...TOKEN.header, ...header }, payload: { ...TOKEN.payload, ...payload } },
    USE,
  ).map((issue) => issue.rule)

test('a good token has no issues', () => {
  expect(check({})).toEqual([])
})

test.each([
  [{ aud: ['nhn:jft', 'nhn:vkp'] }, []],
  [{ aud: 'nhn:JFT' }, ['token-audience']],
  [{ aud: undefined }, ['token-audience']],
  [{ iss: 'https://helseid-sts.test.nhn.no/' }, ['token-issuer']],
  [{ exp: NOW - 5 }, []],
  [{ exp: NOW - 6 }, ['token-expired']],
  [{ exp: 'never' }, ['token-expired']],
  [{ nbf: NOW + 5 }, []],
  [{ nbf: NOW + 6 }, ['token-not-yet-valid']],
  [{ nbf: undefined }, []],
  [{ cnf: { jkt: '' } }, ['token-binding']],
  [{ cnf: 'J' }, ['token-binding']],
])('claims %o give %j', (payload, rules) => {
  expect(check(payload)).toEqual(rules)
})

test.each([
  [{ typ: 'JWT' }, []],
  [{ typ: 'AT+JWT' }, []],
  [{ typ: undefined }, ['token-typ']],
  [{ alg: 'HS256' }, ['token-alg']],
])('header %o gives %j', (header, rules) => {
  expect(check({}, header)).toEqual(rules)
})

test('a bad signature tells a changed token from a foreign one', () => {
  const message = (kid: string) =>
    checkAccessToken({ ...TOKEN, header: { ...TOKEN.header, kid }, signature: 'bad' }, USE).map(
      (issue) => issue.message,
    )
  expect(message('K')).toEqual([
    "The access token's signature is wrong for key K: the token was changed, or signed with another key.",
  ])
  expect(message('X')).toEqual([
    'The access token was signed with key "X"; the only key of this issuer is K. Was the token made by the real HelseID, or before a reset?',
  ])
})

test('scopes are read from HelseID’s list, and from a string', () => {
  expect(scopesOf({ scope: ['a', 'b', 1] })).toEqual(['a', 'b'])
  expect(scopesOf({ scope: 'a  b' })).toEqual(['a', 'b'])
  expect(scopesOf({ scope: 1 })).toEqual([])
})

test('the key of a token is cnf.jkt', () => {
  expect(keyOf(TOKEN.payload)).toBe('J')
  expect(keyOf({ cnf: null })).toBeUndefined()
})
