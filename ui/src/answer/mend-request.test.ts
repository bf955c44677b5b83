import { describe, expect, test } from 'vitest'
import type { ShownIssue } from '../data/api.ts'
import { type SentRequest, tokenWish } from '../parts/snippets.ts'
import { mendRequest } from './mend-request.ts'

const REQUEST: SentRequest = {
  method: 'POST',
  url: 'http://localhost:7357/write/v1/Composition',
  headers: [['content-type', 'text/plain']],
  body: '{}',
}

function issue(rule: string, expected?: string): ShownIssue {
  const words = { certainty: 'documented', source: 'a page', message: 'The message.', fix: 'The fix.' } as const
  return { rule, ...words, ...(expected === undefined ? {} : { evidence: { expected } }) }
}

/** What the test token service is asked for when the request is sent as it was put right. */
const wishOf = (...issues: ShownIssue[]) => tokenWish(mendRequest(REQUEST, issues)?.request ?? REQUEST)

describe('a request is put right', () => {
  test('to the path of its type, where JFT has one', () => {
    const sentTo = (type: string) => {
      const advice = { key: 'endpoint-of-type', values: { type } } as const
      return mendRequest(REQUEST, [{ ...issue('jft-resource-type'), advice }])?.request.url
    }
    expect(sentTo('MedicationDispense')).toBe('http://localhost:7357/write/v1/MedicationDispense')
    expect(sentTo('Observation')).toBeUndefined()
  })

  test('with a token and a proof, where there was none', () => {
    expect(tokenWish(REQUEST)).toBeUndefined()
    expect(wishOf(issue('token-missing'), issue('dpop-missing'))).toMatchObject({
      audience: 'nhn:jft',
      createDPoPTokenWithDPoPProof: true,
      clientClaimsParameters: { scope: ['nhn:jft/api'] },
    })
  })

  test('with the audience and the scope that were looked for', () => {
    expect(wishOf(issue('token-audience', 'nhn:pit'))).toBeUndefined()
    expect(wishOf(issue('dpop-missing'), issue('token-audience', 'nhn:pit'))).toMatchObject({ audience: 'nhn:pit' })
    expect(wishOf(issue('dpop-missing'), issue('token-scope', 'nhn:pit/api.write'))).toMatchObject({
      clientClaimsParameters: { scope: ['nhn:pit/api.write'] },
    })
  })

  test('with the content type that the endpoint takes', () => {
    expect(mendRequest(REQUEST, [issue('http-content-type')])).toEqual({
      what: 'content-type',
      request: { ...REQUEST, headers: [['content-type', 'application/json']] },
    })
  })
})

test('what only the vendor can put right is left', () => {
  expect(mendRequest(REQUEST, [])).toBeUndefined()
  expect(mendRequest(REQUEST, [issue('jft-municipality')])).toBeUndefined()
  expect(mendRequest(REQUEST, [issue('token-scope', 'nhn:jft/api'), issue('jft-municipality')])).toBeUndefined()
  const atHelseId = { ...REQUEST, url: 'http://localhost:7357/helseid/connect/token' }
  expect(mendRequest(atHelseId, [issue('dpop-htm')])).toBeUndefined()
})

describe('a request to VKP is put right', () => {
  const VKP: SentRequest = {
    ...REQUEST,
    url: 'http://localhost:7357/vkp/epj/r4/123456789/composition',
    headers: [
      ['authorization', 'DPoP abc'],
      ['servicecodes', 'ta,xx'],
    ],
    body: '{"resourceType":"Bundle"}',
  }
  const mend = (rule: string, expected?: readonly string[]) =>
    mendRequest(VKP, [{ ...issue(rule), ...(expected === undefined ? {} : { evidence: { expected } }) }])
  const own = [{ type: 'nhn:vkp/client/claims/vkp-id', value: 'Bruno_Local_Test' }]

  test.each(['vkp-token-missing', 'vkp-token-scheme', 'token-audience', 'vkp-scope', 'vkp-id'])(
    'with a token of its own kind, for %s',
    (rule) => {
      const { what, request = VKP } = mend(rule) ?? {}
      expect(what).toBe('bearer')
      expect(tokenWish(request)).toEqual({
        audience: 'nhn:vkp',
        withoutDefaultUserClaims: true,
        clientClaimsParameters: expect.objectContaining({ scope: ['nhn:vkp/api/user/composition.write'] }),
        apiSpecificClaims: own,
      })
    },
  )

  test('with a vkp-id that may call', () => {
    expect(tokenWish(mend('vkp-not-allowed', ['Somebody'])?.request ?? VKP)).toMatchObject({
      apiSpecificClaims: [{ type: 'nhn:vkp/client/claims/vkp-id', value: 'Somebody' }],
    })
  })

  test('to a municipality that VKP knows, and to the path of what is in the body', () => {
    expect(mend('vkp-organization', ['313231593'])).toMatchObject({
      what: 'municipality',
      names: '313231593',
      request: { url: 'http://localhost:7357/vkp/epj/r4/313231593/composition' },
    })
    expect(mend('vkp-body-type')?.request.url).toBe('http://localhost:7357/vkp/epj/r4/123456789/bundle')
  })

  test('with the service codes that there are, and as a form', () => {
    expect(mend('vkp-service-code-unknown')).toMatchObject({ what: 'codes', names: 'ta' })
    expect(mend('vkp-parameter-format')?.request.headers).toContainEqual([
      'content-type',
      'application/x-www-form-urlencoded',
    ])
  })

  test('but not where only the vendor knows what belongs there', () => {
    expect(mend('vkp-organization')).toBeUndefined()
    expect(mend('vkp-inactive')).toBeUndefined()
    expect(mendRequest(VKP, [issue('vkp-body-type'), issue('vkp-parameter-format')])).toBeUndefined()
  })
})

test('a search is sent without the parameters that it does not take', () => {
  const request = { ...REQUEST, method: 'GET', url: 'http://localhost:7357/read/v1/Bundle?_count=0&_tag=true' }
  const wrong = { ...issue('search-count'), evidence: { parameter: '_count' } }
  expect(mendRequest(request, [wrong])).toMatchObject({
    what: 'query',
    names: '_count',
    request: { url: 'http://localhost:7357/read/v1/Bundle?_tag=true' },
  })
  expect(mendRequest(request, [issue('search-count')])).toBeUndefined()
})
