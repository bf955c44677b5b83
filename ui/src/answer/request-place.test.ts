import { expect, test } from 'vitest'
import { linesOfRequest, requestPlace } from './request-place.ts'

const SEARCH = {
  method: 'GET',
  url: 'http://localhost:7357/read/v1/Composition?_count=0',
  headers: [['authorization', `DPoP ${'x'.repeat(200)}`]] as const,
}
const TOKEN = { ...SEARCH, method: 'POST', url: 'http://localhost:7357/helseid/connect/token' }

test.each([
  ['search-count', 'query'],
  ['vkp-organization', 'path'],
  ['vkp-service-code-unknown', { header: 'servicecodes' }],
  ['vkp-scope', { header: 'authorization' }],
  ['token-expired', { header: 'authorization' }],
  ['dpop-htu', { header: 'dpop' }],
  ['r4-array-expected', undefined],
])('%s looks at %j', (rule, place) => {
  expect(requestPlace(rule, SEARCH)).toEqual(place)
})

test('of a request for a token all but its proof is in the body', () => {
  expect(requestPlace('token-request', TOKEN)).toBeUndefined()
  expect(requestPlace('dpop-nonce', TOKEN)).toEqual({ header: 'dpop' })
})

test('the lines that are shown: the first, and the header that is wrong', () => {
  const first = 'GET /read/v1/Composition?_count=0'
  expect(linesOfRequest(SEARCH, 'query')).toEqual([{ text: first, faulty: true }])
  expect(linesOfRequest(SEARCH, { header: 'authorization' })).toEqual([
    { text: first, faulty: false },
    { text: `authorization: DPoP ${'x'.repeat(155)}…`, faulty: true },
  ])
  expect(linesOfRequest(SEARCH, { header: 'servicecodes' })[1]).toEqual({ text: 'servicecodes:', faulty: true })
})
