import type { Bundle, FhirResource } from 'fhir/r4.js'
import { Client } from 'fhir-kit-client'
import { type CryptoKey, exportJWK, importJWK } from 'jose'
import * as oidc from 'openid-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MUNICIPALITIES, noteFactory } from '../fixtures/index.ts'
import { type RunningSimulator, startServer } from '../simulator/adapters/node.ts'
import { authorize, type BoundToken, type ClientFile } from './helseid-client.ts'

/**
 * Paging with the clients that vendors use: openid-client for HelseID, fhir-kit-client for the pages.
 * Everything goes over HTTP; the simulator is known by its base URLs only.
 */

let running: RunningSimulator
let url: string

beforeAll(async () => {
  running = await startServer({ port: 0 })
  url = running.url
})

afterAll(() => running.close())

/** A DPoP-bound token from HelseID by openid-client: discovery, private_key_jwt, nonce round trip. */
async function tokenOf(clientName: string, orgnr: string): Promise<BoundToken> {
  const file = await clientFileOf(clientName)
  const jwk = JSON.parse(file.privateJwk)
  const key = (await importJWK(jwk, jwk.alg)) as CryptoKey
  const organization = { identifier: { system: 'urn:oid:1.0.6523', type: 'ENH', value: `NO:ORGNR:${orgnr}:` } }
  const assertion = oidc.PrivateKeyJwt(key, {
    [oidc.modifyAssertion]: (header, payload) => {
      header.typ = 'client-authentication+jwt'
      payload.assertion_details = { type: 'helseid_authorization', practitioner_role: { organization } }
    },
  })
  const config = await oidc.discovery(new URL(file.authority), file.clientId, {}, assertion, {
    execute: [oidc.allowInsecureRequests],
  })
  const pair = await oidc.randomDPoPKeyPair('ES256', { extractable: true })
  const answer = await oidc.clientCredentialsGrant(
    config,
    { scope: 'nhn:jft/api' },
    { DPoP: oidc.getDPoPHandle(config, pair) },
  )
  expect(answer.token_type).toBe('dpop')
  const proofKey = { privateKey: pair.privateKey, publicJwk: await exportJWK(pair.publicKey) }
  return { accessToken: answer.access_token, expiresIn: answer.expires_in ?? 0, proofKey }
}

async function clientFileOf(name: string): Promise<ClientFile> {
  const { clients } = await read<{ clients: { name: string; file: string }[] }>(fetch(`${url}/_sim/clients`))
  return read(fetch(clients.find((client) => client.name === name)?.file ?? ''))
}

async function read<T>(answer: Promise<Response>): Promise<T> {
  return (await (await answer).json()) as T
}

async function call(token: BoundToken, method: string, target: string, body?: unknown): Promise<Response> {
  const headers = { ...(await authorize(token, method, target)), 'content-type': 'application/json' }
  return fetch(target, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
}

const submit = (token: BoundToken, resource: FhirResource) =>
  call(token, 'POST', `${url}/write/v1/${resource.resourceType}`, resource)

type Page = Parameters<Client['nextPage']>[0]['bundle']

const VENDOR = 'Bruno-Local'
const EHR = 'EHR-Local'

test('500 events are paged while others arrive and are acknowledged: none lost, none twice', async () => {
  const vendor = await tokenOf(VENDOR, MUNICIPALITIES.vkpProxy)
  const ehr = await tokenOf(EHR, MUNICIPALITIES.vkpProxy)
  const submitted: string[] = []
  const submitOne = async () => {
    const answer = await submit(vendor, noteFactory.build())
    submitted.push(answer.headers.get('location')?.split('/').at(-2) ?? '')
  }
  for (let n = 0; n < 500; n += 25) await Promise.all(Array.from({ length: 25 }, submitOne))
  const first500 = new Set(submitted)

  const client = new Client({
    baseUrl: `${url}/read/v1`,
    requestSigner: async (target: string, init: RequestInit) => {
      const headers = await authorize(ehr, init.method ?? 'GET', target)
      for (const [name, value] of Object.entries(headers)) (init.headers as Headers).set(name, value)
    },
  })
  const seen: string[] = []
  let page: unknown = await client.search({ resourceType: 'Composition', searchParams: { _count: 20 } })
  while (page) {
    const bundle = page as Page
    const ids = (page as Bundle).entry?.map((entry) => entry.resource?.id ?? '') ?? []
    seen.push(...ids)
    await Promise.all([
      ...(submitted.length < 540 ? [submitOne(), submitOne()] : []),
      ...ids.slice(0, 3).map((id) => call(ehr, 'POST', `${url}/write/v1/Composition/${id}/$journaling-acknowledged`)),
    ])
    page = await client.nextPage({ bundle })
  }
  expect(seen.length).toBe(new Set(seen).size)
  expect([...first500].filter((id) => !seen.includes(id))).toEqual([])
  expect(seen.toSorted()).toEqual(submitted.toSorted())
})
