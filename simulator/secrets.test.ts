import { expect, test } from 'vitest'
import { noteFactory } from '../fixtures/index.ts'
import { DOORS } from './doors.fixture.ts'
import { createSimulator } from './simulator.ts'

/*
 * A secret in every place of a request, by name, is in nothing that the journal is shown as: list, exchange, stream, HAR, case
 * file, command, test.
 */

const BASE = 'http://localhost:7357'
const SECRET = 'S3cr3tS3cr3tS3cr3tS3cr3t'
const part = (text: string) => Buffer.from(text).toString('base64url')
const token = (header: object | string) => {
  const text = typeof header === 'string' ? header : JSON.stringify(header)
  return `${part(text)}.${part('{"sub":"x"}')}.${part(SECRET)}`
}
const proof = token({ typ: 'dpop+jwt', jwk: { kty: 'EC', d: SECRET } })

/** Where a secret can stand: a request for each. */
const PLACES: Readonly<Record<string, RequestInit & { readonly query?: string }>> = {
  'Authorization: Basic': { headers: { authorization: `Basic ${SECRET}` } },
  'Authorization: an opaque Bearer token': { headers: { authorization: `Bearer ${SECRET}` } },
  'Authorization: a scheme that nobody knows': { headers: { authorization: `My-Scheme ${SECRET}` } },
  'Authorization: a token': { headers: { authorization: `DPoP ${token({ alg: 'RS256' })}` } },
  'Authorization: a token whose header has blanks': {
    headers: { authorization: `DPoP ${token('{ "alg": "RS256" }')}` },
  },
  Cookie: { headers: { cookie: `session=${SECRET}; other=${SECRET}` } },
  'X-Auth-Key': { headers: { 'x-auth-key': SECRET } },
  'a header -key': { headers: { 'ocp-apim-subscription-key': SECRET } },
  'a header -token': { headers: { 'x-csrf-token': SECRET } },
  'a header -secret': { headers: { 'x-client-secret': SECRET } },
  'DPoP: a proof with a private key': { headers: { dpop: proof } },
  'a URL in a header': { headers: { referer: `https://me:${SECRET}@example.org/?access_token=${SECRET}` } },
  'the query: access_token': { query: `access_token=${SECRET}` },
  'the query: subscription-key': { query: `a=1&subscription-key=${SECRET}` },
  'the query: code': { query: `code=${SECRET}` },
  'the form: client_secret': { body: `client_id=a&client_secret=${SECRET}` },
  'the form: client_assertion': { body: `client_assertion=${token('\n{"alg":"RS256"}')}&a=b` },
  'the form: subject_token': { body: `subject_token=${SECRET}&subject_token_type=x` },
  'the form: password': { body: `grant_type=password&username=a&password=${SECRET}` },
  'JSON: client_secret': { body: JSON.stringify({ client_secret: SECRET }) },
  'JSON: a JSON Web Key': { body: JSON.stringify({ kty: 'RSA', n: 'x', d: SECRET }) },
  'JSON: a JSON Web Key that was escaped twice': {
    body: JSON.stringify({ a: JSON.stringify({ b: JSON.stringify({ d: SECRET }) }) }),
  },
  'JSON: a key in PEM': {
    body: JSON.stringify({ a: `-----BEGIN PRIVATE KEY-----\n${SECRET}\n-----END PRIVATE KEY-----` }),
  },
  'JSON: a key in XML': {
    body: JSON.stringify({ a: `<RSAKeyValue><Modulus>x</Modulus><D>${SECRET}</D></RSAKeyValue>` }),
  },
  'text: a key in PEM': { body: `-----BEGIN RSA PRIVATE KEY-----\n${SECRET}` },
}

const TARGETS = [
  '/helseid/connect/token',
  '/ttt/v2/create-test-token-with-key',
  '/write/v1/Composition',
  '/read/v1/Composition/_search',
  '/pit/v1/Patient',
  '/vkp/epj/r4/313231593/patient/_search',
  '/ehr/journal/313231593/Composition',
]

const leaks = (text: string) =>
  text.includes(SECRET) ||
  text.includes(part(SECRET)) ||
  (text.match(/[\w-]{20,}/g) ?? []).some((one) => Buffer.from(one, 'base64url').toString().includes(SECRET))

test.each(Object.entries(PLACES))('%s', async (_, { query, headers = {}, ...init }) => {
  const simulator = createSimulator({ auth: 'relaxed' })
  const read = async (path: string) => (await simulator.fetch(new Request(`${BASE}/_sim${path}`))).text()
  for (const path of TARGETS) {
    const body = init.body ?? JSON.stringify(noteFactory.build())
    const type = String(init.body ?? '{').startsWith('{') ? 'application/json' : 'application/x-www-form-urlencoded'
    const url = `${BASE}${path}${query === undefined ? '' : `?${query}`}`
    await simulator.fetch(
      new Request(url, {
        method: 'POST',
        body,
        headers: { 'content-type': type, ...(headers as Record<string, string>) },
      }),
    )
  }
  const { exchanges } = JSON.parse(await read('/exchanges')) as { exchanges: { id: string }[] }
  expect(exchanges.length).toBeGreaterThanOrEqual(TARGETS.length)
  // Whatever shows an exchange: what is registered below its path, and what shows all of them.
  const own = DOORS.filter(({ surface, path }) => surface === 'control' && path.startsWith('/exchanges/:id'))
  const paths = [
    '/exchanges',
    '/har',
    '/case',
    '/searches',
    ...exchanges.flatMap(({ id }) => own.map(({ path }) => path.replace(':id', id))),
  ]
  const shown = await Promise.all(paths.map(async (path) => [path, await read(path)] as const))
  expect(shown.filter(([, text]) => leaks(text)).map(([path]) => path)).toEqual([])
  expect(leaks(await streamed(simulator))).toBe(false)
})

/** What the stream has of the exchanges that were. */
async function streamed(simulator: ReturnType<typeof createSimulator>): Promise<string> {
  const answer = await simulator.fetch(new Request(`${BASE}/_sim/stream`, { headers: { 'last-event-id': '0' } }))
  const reader = answer.body?.getReader()
  let text = ''
  while (text.split('event: exchange').length <= TARGETS.length) {
    const { value, done } = (await reader?.read()) ?? { value: undefined, done: true }
    if (done) break
    text += new TextDecoder().decode(value)
  }
  await reader?.cancel()
  return text
}
