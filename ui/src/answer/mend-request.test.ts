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
