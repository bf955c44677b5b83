import { expect, test } from 'vitest'
import { isSearch, isSubmission, scopeOf, tokenSurfaceAt, vkpScope } from './surfaces.ts'

test.each([
  ['jft-write', 'POST', '/write/v1/Composition', 'submission'],
  ['jft-write', 'POST', '/write/v1/Composition/1/$journaling-acknowledged', 'neither'],
  ['jft-write', 'POST', '/write/v1/Composition/1/%24journaling-acknowledged', 'neither'],
  ['jft-read', 'GET', '/read/v1/Composition', 'search'],
  ['jft-read', 'POST', '/read/v1/Composition/_search', 'search'],
  ['jft-read', 'GET', '/read/v1/Composition/1/$status', 'neither'],
  ['pit', 'GET', '/pit/v1/Patient', 'search'],
  ['pit', 'POST', '/pit/v1/Patient', 'submission'],
  ['pit', 'POST', '/pit/v1/Patient/_search', 'search'],
  ['vkp', 'POST', '/vkp/epj/r4/312229544/composition', 'submission'],
  ['vkp', 'POST', '/vkp/epj/r4/312229544/composition/_search', 'neither'],
  ['helseid', 'POST', '/helseid/connect/token', 'neither'],
  ['toString', 'POST', '/v1/Composition', 'neither'],
])('at %s, %s %s is: %s', (surface, method, path, what) => {
  const found = [isSubmission(surface, method, path) && 'submission', isSearch(surface, method, path) && 'search']
  expect(found.find(Boolean) || 'neither').toBe(what)
})

test('PIT has a scope for each direction, JFT one for both, VKP one for each resource type', () => {
  expect([scopeOf('pit', 'read'), scopeOf('pit', 'write')]).toEqual(['nhn:pit/api.read', 'nhn:pit/api.write'])
  expect([scopeOf('jft-read', 'read'), scopeOf('jft-write', 'write')]).toEqual(['nhn:jft/api', 'nhn:jft/api'])
  expect(vkpScope('Bundle', 'write')).toBe('nhn:vkp/api/user/bundle.write')
})

test.each([
  ['http://localhost:7357/read/v1/Composition', 'jft-read'],
  ['http://localhost:7357/s/write/pit/v1/Patient', 'pit'],
  ['https://simulator.example/base/vkp/epj/r4/312229544/composition', 'vkp'],
  ['https://api.pit.test.nhn.no/v1/Patient', 'pit'],
  ['https://elsewhere.example/v1/Composition', 'jft-write'],
])('%s takes tokens as %s', (url, surface) => expect(tokenSurfaceAt(new URL(url))).toBe(surface))
