import { readFileSync } from 'node:fs'
import { createServer, get } from 'node:http'
import { get as getSecurely } from 'node:https'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { importJWK } from 'jose'
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import * as oidc from 'openid-client'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { MUNICIPALITIES, noteFactory } from '../../fixtures/index.ts'
import { setupJft } from './msw.ts'
import { jftHandlers } from './msw-browser.ts'

const MUNICIPALITY = MUNICIPALITIES.jft

describe('setupJft', () => {
  const jft = setupJft()
  beforeAll(() => jft.listen())
  afterEach(() => jft.reset())
  afterAll(() => jft.close())

  test('a vendor’s client gets its token from the real authority, and submits to the real host', async () => {
    const file = await jft.client()
    expect(file.authority).toBe('https://helseid-sts.test.nhn.no')
    const jwk = JSON.parse(file.privateJwk)
    const key = await importJWK(jwk, 'RS256')
    if (key instanceof Uint8Array) throw new TypeError('no RSA key')
    const config = await oidc.discovery(new URL(file.authority), file.clientId, {}, orgnrAssertion(key))
    const pair = await oidc.randomDPoPKeyPair('ES256')
    const proofs = oidc.getDPoPHandle(config, pair)
    const { access_token: token } = await oidc.clientCredentialsGrant(
      config,
      { scope: 'nhn:jft/api' },
      { DPoP: proofs },
    )
    const url = new URL('https://api.write.jft.test.nhn.no/v1/Composition')
    const body = JSON.stringify(noteFactory.build())
    const headers = new Headers({ 'content-type': 'application/json' })
    const answer = await oidc.fetchProtectedResource(config, token, url, 'POST', body, headers, { DPoP: proofs })
    expect(answer.status).toBe(202)
    expect(answer.headers.get('location')).toMatch(/^https:\/\/api\.read\.jft\.test\.nhn\.no\/v1\/Composition\//)
  })

  test('answers node:https too, and each of the five hosts', async () => {
    const hosts = [
      ['helseid-sts.test.nhn.no', '/.well-known/openid-configuration', 200],
      ['helseid-ttt.test.nhn.no', '/none', 404],
      ['api.write.jft.test.nhn.no', '/v1/Bundle', 405],
      ['api.read.jft.test.nhn.no', '/v1/Bundle', 401],
      ['api.test.vkpnorge.no', '/none', 404],
    ] as const
    for (const [host, path, status] of hosts) {
      const answered = new Promise((resolve) => getSecurely({ host, path }, ({ statusCode }) => resolve(statusCode)))
      expect([host, await answered]).toEqual([host, status])
    }
  })

  test.each([
    'https://helseid-sts.nhn.no/connect/token',
    'https://api.write.jft.nhn.no/v1/Bundle',
    'http://api.write.jft.test.nhn.no/v1/Bundle',
    'https://nhn.no',
    'https://API.VKPNORGE.no:8443/x',
  ])('%s never reaches the network: a network error, and the reason is printed', async (url) => {
    const spoken = vi.spyOn(console, 'error').mockImplementation(() => {})
    await expect(fetch(url)).rejects.toThrow(TypeError)
    expect(String(spoken.mock.calls)).toContain('was kept from the network')
    spoken.mockRestore()
  })

  test('other hosts are reached as ever', async () => {
    const server = createServer((_, answer) => answer.end('mine')).listen(0)
    const url = `http://localhost:${(server.address() as AddressInfo).port}/nhn.no/`
    expect(await (await fetch(url)).text()).toBe('mine')
    expect(await new Promise((resolve) => get(url, ({ statusCode }) => resolve(statusCode)))).toBe(200)
    server.close()
  })

  test('a fault breaks the connection after the event was stored', async () => {
    await jft.fault({ preset: 'retry-trap' })
    const token = await jft.token(MUNICIPALITY)
    const url = `${jft.urls['jft-write']}/v1/Composition`
    const headers = { ...(await token.authorize('POST', url)), 'content-type': 'application/json' }
    const body = JSON.stringify(noteFactory.build())
    await expect(fetch(url, { method: 'POST', headers, body })).rejects.toThrow(TypeError)
    expect(await jft.events()).toHaveLength(1)
  })

  test('a fault cuts a page off', async () => {
    await jft.submit(noteFactory.build(), MUNICIPALITY)
    await jft.fault({ surface: 'jft-read', effect: { kind: 'truncate', bytes: 20 } })
    const token = await jft.token(MUNICIPALITY)
    const url = `${jft.urls['jft-read']}/v1/Composition`
    const answer = await fetch(url, { headers: { ...(await token.authorize('GET', url)) } })
    expect(answer.status).toBe(200)
    await expect(answer.text()).rejects.toThrow(TypeError)
  })

  test('a reset leaves nothing behind', async () => {
    await jft.submit(noteFactory.build(), MUNICIPALITY)
    expect(await jft.events()).toHaveLength(1)
    await jft.reset()
    expect([await jft.events(), await jft.exchanges()]).toEqual([[], []])
  })
})

test('a beginning is made again by each reset', async () => {
  const event = { municipality: MUNICIPALITY, resource: noteFactory.build() }
  const jft = setupJft({ seed: 'a', frozenAt: '2026-03-02T12:00:00Z', events: [event] })
  const first = await jft.events()
  expect(first).toMatchObject([{ registered: '2026-03-02T12:00:00+00:00' }])
  const { id } = await jft.submit(noteFactory.build(), MUNICIPALITY)
  await jft.reset()
  expect(await jft.events()).toEqual(first)
  expect(await jft.submit(noteFactory.build(), MUNICIPALITY)).toMatchObject({ id })
})

test('the handlers work in an own server, beside own handlers', async () => {
  const jft = setupJft()
  const own = http.get('https://ehr.example/journal', () => HttpResponse.json({ notes: 1 }))
  const server = setupServer(own, ...jft.handlers)
  server.listen()
  const answers = await Promise.all(
    ['https://ehr.example/journal', 'https://helseid-sts.test.nhn.no/.well-known/openid-configuration'].map(
      async (url) => (await fetch(url)).json(),
    ),
  )
  server.close()
  expect(answers).toMatchObject([{ notes: 1 }, { issuer: 'https://helseid-sts.test.nhn.no' }])
})

test('the production hosts, for who simulates production', async () => {
  const jft = setupJft({ environment: 'prod' })
  expect(jft.urls).toMatchObject({
    helseid: 'https://helseid-sts.nhn.no',
    'jft-write': 'https://api.write.jft.nhn.no',
  })
})

describe('for a page', () => {
  const server = setupServer(...jftHandlers({ publicUrl: 'https://demo.example' }))
  const send = (method: string, path: string, body: unknown) =>
    fetch(`https://demo.example${path}`, { method, body: JSON.stringify(body) })
  beforeAll(() => server.listen())
  afterAll(() => server.close())

  test('the real hosts, and with a public URL the simulator’s own paths', async () => {
    const health = await fetch('https://demo.example/_sim/health')
    const discovery = await fetch('https://helseid-sts.test.nhn.no/.well-known/openid-configuration')
    expect([health.status, discovery.status]).toEqual([200, 200])
  })

  test('a sandbox has base URLs of its own, and its robots work by themselves', async () => {
    expect((await send('POST', '/_sim/sandboxes', { name: 'own' })).status).toBe(201)
    await send('PUT', '/s/own/_sim/robots/response-centre', { on: true, eventsPerMinute: 600 })
    const events = async () => (await fetch('https://demo.example/s/own/_sim/events')).json()
    await expect.poll(events).not.toMatchObject({ events: [] })
  })
})

test('what a page loads imports nothing of Node.js', () => {
  const seen = new Set<string>()
  const importsBelow = (file: string): string[] => {
    if (seen.has(file)) return []
    seen.add(file)
    const names = [...readFileSync(file, 'utf8').matchAll(/^(?:import|export)(?! type)[^'"]*? from '([^']+)'/gm)]
    return names.flatMap(([, name = '']) =>
      name.startsWith('.') ? importsBelow(join(dirname(file), name)) : [name.split('/')[0] ?? ''],
    )
  }
  const packages = importsBelow(join(import.meta.dirname, 'msw-browser.ts'))
  expect([...new Set(packages)].sort()).toEqual(['hono', 'jose', 'msw', 'rfc6902', 'zod'])
})

function orgnrAssertion(key: oidc.CryptoKey): oidc.ClientAuth {
  const organization = { identifier: { system: 'urn:oid:1.0.6523', type: 'ENH', value: `NO:ORGNR:${MUNICIPALITY}:` } }
  return oidc.PrivateKeyJwt(key, {
    [oidc.modifyAssertion]: (_, payload) => {
      payload.assertion_details = { type: 'helseid_authorization', practitioner_role: { organization } }
    },
  })
}
