import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exportJWK, importJWK, type JWK, SignJWT } from 'jose'
import * as oidc from 'openid-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noteFactory } from '../../fixtures/index.ts'
import { MUNICIPALITY } from '../../scenarios/runner/target.ts'
import type { Token } from '../../simulator/adapters/testing/sandbox-types.ts'
import { type Jft, startJft } from '../../simulator/adapters/testing/start-jft.ts'
import type { CaseFile } from '../../simulator/surfaces/control/types.ts'
import { described } from '../run-target.ts'
import { startProxy } from './proxy.ts'
import { caseOf, exchangeOf, type Seen } from './recording.ts'
import { replayAt, replayHere } from './replay.ts'

const folder = mkdtempSync(join(tmpdir(), 'jftsim-record-'))
const TARGET = join(folder, 'target.json')

let upstream: Jft
let proxy: Awaited<ReturnType<typeof startProxy>>
const seen: Seen[] = []
const said: string[] = []

beforeAll(async () => {
  upstream = await startJft()
  const { helseid, 'jft-write': write, 'jft-read': read } = upstream.urls
  writeFileSync(join(folder, 'vendor.json'), JSON.stringify(await upstream.client('Bruno-Local')))
  const urls = { helseid, 'jft-write': write, 'jft-read': read }
  writeFileSync(
    TARGET,
    JSON.stringify({
      name: 'Upstream',
      municipality: MUNICIPALITY,
      urls,
      clients: { 'response-centre': 'vendor.json' },
    }),
  )
  proxy = await startProxy(described(TARGET).target, 0, {
    seen: (one) => void seen.push(one),
    said: (text) => void said.push(text),
  })
})

afterAll(async () => {
  await proxy.close()
  await upstream.close()
  rmSync(folder, { recursive: true })
})

/** Calls the proxy as a vendor does that is configured with its URLs. */
async function callThrough(token: Token, method: string, url: string, body?: string): Promise<Response> {
  const headers = { ...(await token.authorize(method, url)), 'content-type': 'application/fhir+json' }
  return fetch(url, { method, headers, ...(body === undefined ? {} : { body }) })
}

test('what goes through a proxy is signed again, recorded, and replayed there and in a simulator', async () => {
  const token = await upstream.token(MUNICIPALITY, { client: 'Bruno-Local' })
  const before = (await upstream.exchanges({ surface: 'helseid' })).length
  const note = JSON.stringify(noteFactory.build())
  const submitted = await callThrough(token, 'POST', `${proxy.urls['jft-write']}/v1/Composition`, note)
  const location = submitted.headers.get('location') ?? ''
  expect([submitted.status, location.startsWith(`${proxy.urls['jft-read']}/`)]).toEqual([202, true])
  expect((await callThrough(token, 'GET', location)).status).toBe(200)
  expect(said).toEqual([
    expect.stringMatching(/^Calls of \S+ are signed again, with a token and a key of the proxy's own\.$/),
  ])
  // Discovery, the demand for a nonce, and one token for both calls.
  expect(await upstream.exchanges({ surface: 'helseid' })).toHaveLength(before + 3)

  const recorded = await caseOf(seen.map((one, index) => exchangeOf(one, index + 1)))
  expect(recorded.exchanges.map(({ surface, response }) => [surface, response.status])).toEqual([
    ['jft-write', 202],
    ['jft-read', 200],
  ])
  expect(await replayAt(recorded, TARGET)).toMatchObject({ sandbox: 'Upstream', replayed: 2, same: 2, differences: [] })
  const inSandbox = JSON.parse(
    JSON.stringify(recorded).replaceAll(/(:\d+)\/(?=write|read)/g, '$1/s/other/'),
  ) as CaseFile
  expect(inSandbox.exchanges[0]?.request.url).toMatch(/\/s\/other\/write\/v1\/Composition$/)
  expect(await replayAt(inSandbox, TARGET)).toMatchObject({ replayed: 2, same: 2 })
  expect(await replayHere(recorded)).toMatchObject({ replayed: 2 })
})

/** The token that openid-client gets for a vendor who has configured the proxy as HelseID, and the keys of its proofs. */
async function throughOpenidClient() {
  const { clientId, privateJwk } = await upstream.client('Bruno-Local')
  const jwk = JSON.parse(privateJwk ?? '') as JWK
  const key = (await importJWK(jwk, 'RS256')) as oidc.CryptoKey
  const identifier = { system: 'urn:oid:1.0.6523', type: 'ENH', value: `NO:ORGNR:${MUNICIPALITY}:` }
  const authentication = oidc.PrivateKeyJwt(
    { key, kid: jwk.kid ?? '' },
    {
      [oidc.modifyAssertion]: (header, payload) => {
        header.typ = 'client-authentication+jwt'
        payload.assertion_details = {
          type: 'helseid_authorization',
          practitioner_role: { organization: { identifier } },
        }
      },
    },
  )
  const execute = [oidc.allowInsecureRequests]
  const config = await oidc.discovery(new URL(proxy.urls.helseid ?? ''), clientId, {}, authentication, { execute })
  const keys = await oidc.randomDPoPKeyPair('ES256')
  const DPoP = oidc.getDPoPHandle(config, keys)
  const { access_token: token } = await oidc.clientCredentialsGrant(config, { scope: 'nhn:jft/api' }, { DPoP })
  return { config, keys, DPoP, token, issuer: config.serverMetadata().issuer }
}

test('openid-client takes the proxy for HelseID: one token, the calls signed with the key that it is bound to', async () => {
  const before = (await upstream.exchanges({ surface: 'helseid' })).length
  said.length = 0
  const { config, DPoP, token, issuer } = await throughOpenidClient()
  expect(issuer).toBe(proxy.urls.helseid)
  const url = new URL(`${proxy.urls['jft-read']}/v1/Composition?_count=1`)
  const answer = await oidc.fetchProtectedResource(config, token, url, 'GET', null, undefined, { DPoP })
  expect(answer.status).toBe(200)
  expect(said).toEqual([
    expect.stringMatching(/^Calls of \S+ are signed again, with the key that its token is bound to\.$/),
  ])
  // Discovery, the demand for a nonce, and one token.
  expect(await upstream.exchanges({ surface: 'helseid' })).toHaveLength(before + 3)
})

test('a mistake of the client reaches the upstream: a proof for another URL, and one that is not signed by its key', async () => {
  const { keys, token } = await throughOpenidClient()
  const url = `${proxy.urls['jft-read']}/v1/Composition`
  const proof = async (htu: string) =>
    new SignJWT({
      htm: 'GET',
      htu,
      jti: crypto.randomUUID(),
      ath: createHash('sha256').update(token).digest('base64url'),
    })
      .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk: await exportJWK(keys.publicKey) })
      .setIssuedAt()
      .sign(keys.privateKey)
  const rulesOf = async (dpop: string) => {
    const answer = await fetch(url, { headers: { authorization: `DPoP ${token}`, dpop } })
    const [exchange] = await upstream.exchanges({ surface: 'jft-read' })
    return [answer.status, exchange?.issues.map(({ rule }) => rule)]
  }
  expect(await rulesOf(await proof(url))).toEqual([200, []])
  expect(await rulesOf(await proof(`${url}/other`))).toEqual([401, ['dpop-htu']])
  const [header, claims] = (await proof(url)).split('.')
  expect(await rulesOf(`${header}.${claims}.${'A'.repeat(86)}`)).toEqual([
    401,
    ['dpop-thumbprint', 'dpop-signature', 'dpop-htu'],
  ])
})

test('a body goes through byte for byte, with its length', async () => {
  const vendor = await upstream.token(MUNICIPALITY, { client: 'Bruno-Local' })
  const url = `${proxy.urls['jft-write']}/v1/Composition`
  const headers = { ...(await vendor.authorize('POST', url)), 'content-type': 'application/fhir+json' }
  const bytes = new Uint8Array([
    ...new TextEncoder().encode('{"resourceType":"Composition","title":"'),
    0xff,
    0x22,
    0x7d,
  ])
  const answer = await fetch(url, { method: 'POST', headers, body: bytes })
  const [exchange] = await upstream.exchanges({ surface: 'jft-write' })
  expect([answer.status, exchange?.issues.map(({ rule }) => rule)]).toEqual([400, ['http-encoding']])
  const taken = await callThrough(vendor, 'POST', url, JSON.stringify(noteFactory.build()))
  expect([taken.status, taken.headers.get('content-length')]).toEqual([202, '0'])
})
