import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readHar } from './har.ts'

const folder = mkdtempSync(join(tmpdir(), 'jftsim-har-'))
afterAll(() => rmSync(folder, { recursive: true }))

function har(entries: readonly object[]): string {
  const file = join(folder, 'traffic.har')
  writeFileSync(file, JSON.stringify({ log: { version: '1.2', entries } }))
  return file
}

const startedDateTime = '2026-11-01T10:00:00.000+01:00'
const url = 'https://api.read.jft.test.nhn.no/v1/Composition/_search'

test('a form of parameters, a body in base64 and pseudo-headers are read', () => {
  const headers = [
    { name: ':method', value: 'POST' },
    { name: 'Authorization', value: 'DPoP x' },
  ]
  const request = { method: 'post', url, headers, postData: { params: [{ name: '_count', value: '2' }] } }
  const content = { text: Buffer.from('{"a":1}').toString('base64'), encoding: 'base64' }
  const read = readHar(
    har([{ startedDateTime, time: 2, request, response: { status: 200, headers: [], content } }]),
    {},
  )
  expect(read).toMatchObject({ apart: 0, elsewhere: 0, unanswered: 0, withoutToken: 0 })
  expect(read.seen).toEqual([
    {
      surface: 'jft-read',
      time: '2026-11-01T09:00:00.000Z',
      milliseconds: 2,
      request: { method: 'POST', url, headers: [['Authorization', 'DPoP x']], body: '_count=2' },
      response: { status: 200, headers: [], body: '{"a":1}' },
    },
  ])
})

test('what went elsewhere, has no answer or no token is counted', () => {
  const response = { status: 200, headers: [] }
  const read = readHar(
    har([
      { startedDateTime, request: { method: 'GET', url: 'https://example.org/' }, response },
      { startedDateTime, request: { method: 'GET', url }, response: { status: 0 } },
      { startedDateTime, request: { method: 'GET', url }, response },
    ]),
    {},
  )
  expect([read.seen.length, read.elsewhere, read.unanswered, read.withoutToken]).toEqual([1, 1, 1, 1])
})

test('calls of a simulator are told from others on this machine, in a sandbox too; base URLs can be told', () => {
  const response = { status: 200, headers: [] }
  const called = (address: string) => ({ startedDateTime, request: { method: 'GET', url: address }, response })
  const read = readHar(
    har(
      [
        'http://localhost:7357/read/v1/Composition',
        'http://127.0.0.1:9000/s/one/pit/v1/Patient',
        'http://localhost:3000/app',
        'http://localhost:7357/_sim/info',
        'https://gateway.example.org/jft/v1/Composition?_count=2',
      ].map(called),
    ),
    { 'jft-read': 'https://gateway.example.org/jft' },
  )
  expect(read.seen.map(({ surface, request }) => [surface, request.url])).toEqual([
    ['jft-read', 'http://localhost:7357/read/v1/Composition'],
    ['pit', 'http://127.0.0.1:9000/s/one/pit/v1/Patient'],
    ['jft-read', 'http://localhost:7357/read/v1/Composition?_count=2'],
  ])
  expect(read.elsewhere).toBe(2)
})
