import { describe, expect, test } from 'vitest'
import { plainHeaders, type SentRequest, SNIPPET_LANGUAGES, snippet, tokenWish } from './snippets.ts'
import { tokenPart } from './token.fixture.ts'

const CLIENT = 'helseid://claims/client/'
const TOKEN = `${tokenPart({ alg: 'RS256' })}.${tokenPart({
  iss: 'http://localhost:7357/helseid',
  exp: 1,
  aud: 'nhn:jft',
  scope: ['nhn:jft/api'],
  cnf: { jkt: 'k' },
  client_id: 'c1',
  [`${CLIENT}client_name`]: 'Journal',
  [`${CLIENT}claims/orgnr_parent`]: '312229544',
  [`${CLIENT}client_tenancy`]: 'single-tenant',
  'nhn:own': 'claim',
})}.[signature removed]`

const REQUEST: SentRequest = {
  method: 'POST',
  url: 'http://localhost:7357/write/v1/Composition?a=b',
  headers: [
    ['authorization', `DPoP ${TOKEN}`],
    ['dpop', 'a.b.c'],
    ['content-type', 'application/json'],
    ['nhn-source-system', "O'Brien 1.0"],
    ['host', 'localhost:7357'],
    ['user-agent', 'curl'],
    ['accept', '*/*'],
  ],
  body: '{"title":"It\'s \\"so\\""}',
}

describe('tokenWish', () => {
  test('asks for the same audience, scopes and claims, and a proof for this request', () => {
    expect(tokenWish(REQUEST)).toEqual({
      audience: 'nhn:jft',
      withoutDefaultUserClaims: true,
      createDPoPTokenWithDPoPProof: true,
      dPoPProofParameters: { htuClaimValue: 'http://localhost:7357/write/v1/Composition', htmClaimValue: 'POST' },
      clientClaimsParameters: {
        scope: ['nhn:jft/api'],
        clientId: 'c1',
        clientName: 'Journal',
        orgnrParent: '312229544',
      },
      apiSpecificClaims: [{ type: 'nhn:own', value: 'claim' }],
    })
  })

  test('a bearer token goes without a proof, as it went', () => {
    const headers = [['authorization', `Bearer ${TOKEN}`]] as const
    expect(tokenWish({ ...REQUEST, headers })).not.toHaveProperty('createDPoPTokenWithDPoPProof')
    const curl = snippet('curl', { ...REQUEST, headers }, 'http://localhost:7357/ttt')
    expect(curl).toContain('-H "Authorization: Bearer $token"')
    expect(curl).not.toContain('DPoP')
  })

  test('a request without a token needs none', () => {
    expect(tokenWish({ ...REQUEST, headers: [] })).toBeUndefined()
  })

  test('a token that cannot be read is replaced by one of the page', () => {
    const headers = [['authorization', 'DPoP nonsense']] as const
    expect(tokenWish({ ...REQUEST, headers })).toMatchObject({
      clientClaimsParameters: { clientName: 'Dashboard', orgnrParent: '313231593', scope: ['nhn:jft/api'] },
    })
  })
})

test('what the sender’s library adds is left out', () => {
  expect(plainHeaders(REQUEST)).toEqual([
    ['content-type', 'application/json'],
    ['nhn-source-system', "O'Brien 1.0"],
  ])
})

describe('snippet', () => {
  const TTT = 'http://localhost:7357/ttt'

  test.each(SNIPPET_LANGUAGES)('%s asks for a token first, and sends no old one', (language) => {
    const text = snippet(language, REQUEST, TTT)
    expect(text).toContain('http://localhost:7357/ttt/v2/create-test-token-with-key')
    expect(text).toContain('nhn-source-system')
    expect(text).not.toContain('signature removed')
  })

  test.each(SNIPPET_LANGUAGES)('%s without a token is the request alone', (language) => {
    const text = snippet(language, { method: 'GET', url: 'http://localhost:7357/ehr/journal/1', headers: [] }, TTT)
    expect(text).toContain('http://localhost:7357/ehr/journal/1')
    expect(text).not.toContain('ttt')
  })

  test('curl: quotes survive the shell', () => {
    const text = snippet('curl', { ...REQUEST, headers: REQUEST.headers.slice(2) }, TTT)
    expect(text).toBe(
      [
        "curl -sS -i -X POST 'http://localhost:7357/write/v1/Composition?a=b'",
        "  -H 'content-type: application/json'",
        String.raw`  -H 'nhn-source-system: O'\''Brien 1.0'`,
        String.raw`  --data-raw '{"title":"It'\''s \"so\""}'`,
      ].join(' \\\n'),
    )
  })
})
