import { describe, expect, test } from 'vitest'
import { checkProof, type Proof, type ProofUse } from './dpop.ts'

const NOW = 1_795_317_497
const URL = 'http://localhost:7357/write/v1/Bundle/3f/$status'

const USE: ProofUse = {
  method: 'GET',
  urls: [URL],
  now: NOW * 1000,
  window: { past: 6, future: 5 },
  ath: 'A',
  jkt: 'K',
}
const PROOF: Proof = {
  header: { typ: 'dpop+jwt', alg: 'ES256', jwk: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' } },
  payload: { jti: 'J', htm: 'GET', htu: URL, iat: NOW, ath: 'A' },
  signature: 'good',
  thumbprint: 'K',
}

const withPayload = (payload: object): Proof => ({ ...PROOF, payload: { ...PROOF.payload, ...payload } })
const withHeader = (header: object): Proof => ({ ...PROOF, header: { ...PROOF.header, ...header } })
const messages = (proof: Proof, use = USE) => checkProof(proof, use).map((issue) => issue.message)

test('a good proof has no issues', () => {
  expect(checkProof(PROOF, USE)).toEqual([])
})

test('an issue says what was expected and found', () => {
  expect(checkProof(withPayload({ ath: 'B' }), USE)).toEqual([
    {
      rule: 'dpop-ath',
      code: 'dpop-ath',
      severity: 'error',
      message: `The proof's ath is "B"; for this access token it is "A".`,
      evidence: { expected: 'A', found: 'B' },
    },
  ])
})

test('all that is wrong is found at once, in the order of NHN’s validator', () => {
  const proof: Proof = { header: {}, payload: {}, signature: 'bad', thumbprint: 'L' }
  expect(checkProof(proof, USE).map((issue) => issue.rule)).toEqual([
    'dpop-typ',
    'dpop-alg',
    'dpop-thumbprint',
    'dpop-signature',
    'dpop-ath',
    'dpop-jti',
    'dpop-htm',
    'dpop-htu',
    'dpop-iat',
  ])
})

test('at the token endpoint there is no access token to compare with', () => {
  const { ath: _ath, jkt: _jkt, ...use } = USE
  expect(checkProof({ ...withPayload({ ath: undefined }), thumbprint: 'other' }, use)).toEqual([])
})

test.each(['none', 'HS256', 'EdDSA', undefined])('alg %s is refused', (alg) => {
  expect(checkProof(withHeader({ alg }), USE).map((issue) => issue.rule)).toEqual(['dpop-alg'])
})

test('a private key is named by its members, not shown', () => {
  const [issue] = checkProof(withHeader({ jwk: { kty: 'EC', d: 'secret' } }), USE)
  expect(issue).toMatchObject({ rule: 'dpop-private-key', evidence: { found: ['d'] } })
  expect(JSON.stringify(issue)).not.toContain('secret')
})

describe('htu', () => {
  test('may have $ or %24', () => {
    expect(messages(withPayload({ htu: URL.replace('$', '%24') }))).toEqual([])
  })

  test('may be any of the URLs of the request', () => {
    const urls = ['https://api.read.jft.test.nhn.no/v1/Bundle', 'http://api.read.jft.test.nhn.no/v1/Bundle']
    for (const htu of urls) expect(messages(withPayload({ htu }), { ...USE, urls })).toEqual([])
  })

  test.each([
    [`${URL}?_count=10`, ' They differ by the query or fragment only: htu has neither (RFC 9449, section 4.2).'],
    [`${URL}#x`, ' They differ by the query or fragment only: htu has neither (RFC 9449, section 4.2).'],
    [`${URL}/`, ' They differ by the slash at the end only.'],
    [URL.toUpperCase(), ' They differ in upper and lower case only.'],
    [URL.replace('http:', 'https:'), ' They differ by http and https only.'],
    [
      'https://api.write.jft.test.nhn.no/v1/Bundle',
      ' The proof is made for the real host, the request came to the simulator.',
    ],
    [
      'http://127.0.0.1:7357/write/v1/Bundle',
      ' The proof is made for host 127.0.0.1:7357, the request came to localhost:7357.',
    ],
    ['/write/v1/Bundle', ' htu is not an absolute URL.'],
    [`${URL}s`, ''],
  ])('%s', (htu, hint) => {
    expect(messages(withPayload({ htu }))).toEqual([`The proof's htu is "${htu}"; the request is to "${URL}".${hint}`])
  })
})

describe('iat', () => {
  test.each([
    [-6, 0],
    [5, 0],
    [-6.5, 1],
    [5.5, 1],
  ])('%d seconds from now gives %i issues', (seconds, count) => {
    expect(checkProof(withPayload({ iat: NOW + seconds }), USE)).toHaveLength(count)
  })

  test.each([undefined, null, 'now', 1e300, Number.NaN])('%s is refused', (iat) => {
    expect(checkProof(withPayload({ iat }), USE).map((issue) => issue.rule)).toEqual(['dpop-iat'])
  })

  test('the message tells both clocks', () => {
    expect(messages(withPayload({ iat: NOW - 60 }))).toEqual([
      "The proof's iat is 2026-11-22T03:17:17.000Z, 60 seconds ago; it may be 6 seconds old and 5 seconds ahead. It is 2026-11-22T03:18:17.000Z.",
    ])
  })
})
