import { expect, test } from 'vitest'
import { isUri, isUrl } from './uri.ts'

/* What .NET 10 said of each, run with both versions of the library. */

test.each([
  'http://example.no/x y',
  'http:',
  'https://a/',
  'http://user:pw@x.no:8080/a?b#c',
  'http://bjørk.no',
  'http://a_b.no',
  'http://-a.no/',
  'http://[::1]:80/',
  'http://[1:2:3:4:5:6:1.2.3.4]',
  'http://x.no:/',
  'Patient/1',
  '../a b',
  'urn:oid:2.16.578',
  ' urn:oid:2.16.578 ',
  'URN:OID:x',
  'urn:oid:1.2.%33',
  'urn:uuid:c757873d-ec9a-4326-a141-556f43239520',
  'urn:ietf:rfc:3986',
  'file:///a/b',
  'mailto:a@b.no',
  'x://..',
])('%s is a uri', (value) => {
  expect([isUri(value, 5), isUri(value, 6), isUrl(value)]).toEqual([true, true, true])
})

test.each([
  `https://$${'{host}'}/id`,
  'http:///x',
  'https://?x',
  'http://user@/',
  'http://a b/',
  'http://{org}/x',
  'http://a,b',
  'http://x:abc',
  'http://x:99999',
  'http://.',
  'http://[::1/',
  'http://a\\b',
  'c:x',
  'mailto:a b',
  'file://x:80/',
])('%s is not one', (value) => {
  expect([isUri(value, 5), isUri(value, 6), isUrl(value)]).toEqual([false, false, false])
})

test('of an urn only oid and uuid are looked at, and not where a url is wanted', () => {
  const urns = ['urn:oid:3.1', 'urn:uuid:C757873D-EC9A-4326-A141-556F43239520', 'URN:uuid:x', 'urn:o\u200bid:1.2']
  expect(urns.map((urn) => [isUri(urn, 5), isUri(urn, 6), isUrl(urn)])).toEqual(urns.map(() => [false, false, true]))
})

test('a mark that nobody sees before the scheme makes it no urn, but something relative (asked of 6.8.0)', () => {
  expect(isUri('\u00adurn:uuid:x', 6)).toBe(true)
})

test('SDK 6 takes no blanks alone', () => {
  expect([isUri(' ', 5), isUri(' ', 6), isUrl(' ')]).toEqual([true, false, true])
})
