import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose'
import {
  allowInsecureRequests,
  clientCredentialsGrant,
  customFetch,
  discovery,
  fetchProtectedResource,
  getDPoPHandle,
  PrivateKeyJwt,
  randomDPoPKeyPair,
} from 'openid-client'
import { describe, expect, test } from 'vitest'
import type { Simulator } from '../../simulator.ts'
import {
  actingFor,
  assertionOf,
  BASE,
  callApi,
  errorOf,
  fetchToken,
  formOf,
  ISSUER,
  MUNICIPALITY,
  newKey,
  newSimulator,
  nonceOf,
  postToken,
  proofOf,
  readyMade,
  rulesOf,
  secondsOf,
  TOKEN_ENDPOINT,
  type TokenAnswer,
  thumbprint,
} from './helseid.fixture.ts'

const READ = `${BASE}/read/v1/Bundle`

async function get(simulator: Simulator, url: string) {
  const response = await simulator.fetch(new Request(url))
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

describe('discovery', () => {
  test('has the fields that clients read, below the URL that was called', async () => {
    const { body } = await get(newSimulator(), `${ISSUER}/.well-known/openid-configuration`)
    expect(body).toMatchObject({
      issuer: ISSUER,
      token_endpoint: TOKEN_ENDPOINT,
      jwks_uri: `${ISSUER}/.well-known/openid-configuration/jwks`,
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
    })
    expect(Object.keys(body)).toHaveLength(35)
  })

  test('under the real host name it is the real document', async () => {
    const { body } = await get(newSimulator(), 'https://helseid-sts.test.nhn.no/.well-known/openid-configuration')
    expect(body).toMatchObject({ issuer: 'https://helseid-sts.test.nhn.no' })
  })

  test('the JWKS has one public RS256 key with a kid in upper-case hex', async () => {
    const { body } = await get(newSimulator(), `${ISSUER}/.well-known/openid-configuration/jwks`)
    const { keys } = body as unknown as JSONWebKeySet
    expect(keys).toEqual([
      {
        kty: 'RSA',
        use: 'sig',
        alg: 'RS256',
        kid: expect.stringMatching(/^[0-9A-F]{40}$/),
        x5t: expect.stringMatching(/^[\w-]{27}$/),
        n: expect.any(String),
        e: 'AQAB',
      },
    ])
  })

  test('what it points at and is not played says so', async () => {
    const { status, body } = await get(newSimulator(), `${ISSUER}/connect/authorize`)
    expect({ status, error: body.error }).toEqual({ status: 400, error: 'invalid_request' })
    expect(body).toMatchObject({ jft_simulator: { issues: [{ rule: 'helseid-not-played' }] } })
  })
})

describe('an access token', () => {
  test('of a multi-tenant client has HelseID’s claims for a machine', async () => {
    const simulator = newSimulator()
    const client = await readyMade(simulator)
    const response = await fetchToken(simulator, client)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('dpop-nonce')).toBeNull()
    const { access_token, ...rest } = (await response.json()) as TokenAnswer
    expect(rest).toEqual({ expires_in: 600, token_type: 'DPoP', scope: 'nhn:jft/api' })
    const iat = expect.any(Number)
    expect(decodeJwt(access_token)).toEqual({
      iss: ISSUER,
      nbf: iat,
      iat,
      exp: (decodeJwt(access_token).iat ?? 0) + 600,
      aud: 'nhn:jft',
      cnf: { jkt: await thumbprint(client) },
      scope: ['nhn:jft/api'],
      client_id: client.clientId,
      client_amr: 'private_key_jwt',
      'helseid://claims/client/claims/orgnr_parent': '313231593',
      'helseid://claims/client/claims/orgnr_supplier': '994598759',
      'helseid://claims/client/client_name': 'Bruno-Local',
      'helseid://claims/client/client_tenancy': 'multi-tenant',
      'helseid://claims/client/amr': 'rsa_private_key',
      jti: expect.stringMatching(/^[0-9A-F]{32}$/),
    })
  })

  test('is signed with the key of the JWKS', async () => {
    const simulator = newSimulator()
    const { body } = await get(simulator, `${ISSUER}/.well-known/openid-configuration/jwks`)
    const keys = body as unknown as JSONWebKeySet
    const { access_token } = (await (await fetchToken(simulator, await readyMade(simulator))).json()) as TokenAnswer
    await expect(
      jwtVerify(access_token, createLocalJWKSet(keys), { typ: 'at+jwt', issuer: ISSUER }),
    ).resolves.toBeTruthy()
    const { alg, typ, kid, x5t } = decodeProtectedHeader(access_token)
    expect({ alg, typ, kid, x5t }).toEqual({
      alg: 'RS256',
      typ: 'at+jwt',
      kid: keys.keys[0]?.kid,
      x5t: keys.keys[0]?.x5t,
    })
  })

  test('of a single-tenant client has its organisation, and no supplier', async () => {
    const simulator = newSimulator()
    const client = await readyMade(simulator, MUNICIPALITY)
    const { access_token } = (await (await fetchToken(simulator, client, client, {})).json()) as TokenAnswer
    const claims = decodeJwt(access_token)
    expect(claims['helseid://claims/client/claims/orgnr_parent']).toBe('313231593')
    expect(claims).not.toHaveProperty('helseid://claims/client/claims/orgnr_supplier')
  })

  test('names its issuer as it was called', async () => {
    const simulator = newSimulator()
    const client = await readyMade(simulator)
    const issuer = 'https://helseid-sts.test.nhn.no'
    const url = `${issuer}/connect/token`
    const post = async (nonce?: string) => {
      const assertion = await assertionOf(simulator, client, { payload: { aud: issuer, ...actingFor('313231593') } })
      const dpop = await proofOf(simulator, client, { payload: { htm: 'POST', htu: url, nonce } })
      return simulator.fetch(new Request(url, { method: 'POST', body: formOf(client, assertion), headers: { dpop } }))
    }
    const nonce = (await post()).headers.get('dpop-nonce') ?? ''
    const { access_token } = (await (await post(nonce)).json()) as TokenAnswer
    expect(decodeJwt(access_token).iss).toBe(issuer)
    expect((await callApi(simulator, client, access_token, READ)).status).toBe(200)
  })
})

describe('clients as they are', () => {
  test('openid-client 6 gets a token and calls JFT', async () => {
    const simulator = newSimulator()
    const client = await readyMade(simulator, MUNICIPALITY)
    const authentication = PrivateKeyJwt(client.privateKey, {})
    const config = await discovery(new URL(ISSUER), client.clientId, undefined, authentication, {
      execute: [allowInsecureRequests],
      [customFetch]: (url, options) => simulator.fetch(new Request(url, options as RequestInit)),
    })
    const DPoP = getDPoPHandle(config, await randomDPoPKeyPair('ES256'))
    const tokens = await clientCredentialsGrant(config, { scope: 'nhn:jft/api' }, { DPoP })
    expect(tokens.token_type).toBe('dpop')
    const response = await fetchProtectedResource(
      config,
      tokens.access_token,
      new URL(`${READ}?_count=10`),
      'GET',
      null,
      undefined,
      { DPoP },
    )
    expect(response.status).toBe(200)
  })

  test('NHN’s Java library sends one assertion twice, as an array with the parent only', async () => {
    const simulator = newSimulator()
    const client = await readyMade(simulator)
    const identifier = { system: 'urn:oid:1.0.6523', type: 'ENH', value: 'NO:ORGNR:312229544' }
    const details = [{ type: 'helseid_authorization', practitioner_role: { organization: { identifier } } }]
    const form = formOf(client, await assertionOf(simulator, client, { payload: { assertion_details: details } }))
    const post = async (nonce?: string) =>
      postToken(
        simulator,
        form,
        await proofOf(simulator, client, { payload: { htm: 'POST', htu: TOKEN_ENDPOINT, nonce } }),
      )
    const challenge = await post()
    expect(await errorOf(challenge)).toEqual({
      status: 400,
      error: 'use_dpop_nonce',
      error_description: "Missing 'nonce' value.",
    })
    const answer = await post(challenge.headers.get('dpop-nonce') ?? '')
    expect(answer.status).toBe(200)
  })

  test('ks-no/fiks-helseid-client sends no scope, and gets all', async () => {
    const simulator = newSimulator()
    const client = await readyMade(simulator)
    const answer = await fetchToken(simulator, client, client, actingFor('313231593'), {})
    expect(await answer.json()).toMatchObject({ scope: 'nhn:jft/api' })
  })

  test('VKP.Samples sends iat as a string, and the kid of HelseID’s own key', async () => {
    const simulator = newSimulator()
    const client = await readyMade(simulator, MUNICIPALITY)
    const { body } = await get(simulator, `${ISSUER}/.well-known/openid-configuration/jwks`)
    const kid = (body as unknown as JSONWebKeySet).keys[0]?.kid
    const changes = { header: { kid }, payload: { iat: String(secondsOf(simulator)) } }
    const form = formOf(client, await assertionOf(simulator, client, changes))
    const nonce = await nonceOf(simulator)
    const proof = await proofOf(simulator, client, { payload: { htm: 'POST', htu: TOKEN_ENDPOINT, nonce } })
    expect((await postToken(simulator, form, proof)).status).toBe(200)
  })

  test('NHN’s .NET library has alg inside the proof’s jwk', async () => {
    const simulator = newSimulator()
    const client = await readyMade(simulator)
    const key = await newKey('PS256')
    const named = { ...key, publicJwk: { ...key.publicJwk, alg: 'PS256' } }
    const { access_token } = (await (await fetchToken(simulator, client, named)).json()) as TokenAnswer
    expect(decodeJwt(access_token).cnf).toEqual({ jkt: await thumbprint(key) })
    expect((await callApi(simulator, named, access_token, READ)).status).toBe(200)
  })

  test.each([
    ['aud with a slash at the end', {}, { aud: `${ISSUER}/` }],
    ['aud as a list of one', {}, { aud: [ISSUER] }],
    ['the older typ with the token endpoint as aud', { typ: 'JWT' }, { aud: TOKEN_ENDPOINT }],
    ['another name of the same server as aud', {}, { aud: 'https://helseid-sts.test.nhn.no' }],
  ])('an assertion is taken that has %s', async (_, header, payload) => {
    const simulator = newSimulator()
    const client = await readyMade(simulator, MUNICIPALITY)
    const form = formOf(client, await assertionOf(simulator, client, { header, payload }))
    await postToken(
      simulator,
      form,
      await proofOf(simulator, client, { payload: { htm: 'POST', htu: TOKEN_ENDPOINT } }),
    )
    expect(await rulesOf(simulator)).toEqual(['dpop-nonce'])
  })

  test('a client without client_id in the form is known by its assertion', async () => {
    const simulator = newSimulator()
    const client = await readyMade(simulator, MUNICIPALITY)
    const form = formOf(client, await assertionOf(simulator, client))
    form.delete('client_id')
    await postToken(
      simulator,
      form,
      await proofOf(simulator, client, { payload: { htm: 'POST', htu: TOKEN_ENDPOINT } }),
    )
    expect(await rulesOf(simulator)).toEqual(['dpop-nonce'])
  })
})

test('a client that was registered by its public key gets a token', async () => {
  const simulator = newSimulator()
  const key = await newKey('ES384')
  const registration = {
    name: 'Own',
    tenancy: 'multi-tenant',
    organization: '994598759',
    delegations: ['312229544'],
    publicKeys: [key.publicJwk],
  }
  const body = JSON.stringify(registration)
  const headers = { 'content-type': 'application/json' }
  const registered = await simulator.fetch(new Request(`${BASE}/_sim/clients`, { method: 'POST', body, headers }))
  const { clientId } = (await registered.json()) as { clientId: string }
  const client = { ...key, clientId }
  const { access_token } = (await (
    await fetchToken(simulator, client, await newKey(), actingFor('312229544'))
  ).json()) as TokenAnswer
  expect(decodeJwt(access_token)).toMatchObject({ client_id: clientId, 'helseid://claims/client/client_name': 'Own' })
})

test('each exchange says who asked, for whom, and how far it came', async () => {
  const simulator = newSimulator()
  await fetchToken(simulator, await readyMade(simulator))
  const [token, challenge] = await simulator.world.state.journal.list({ limit: 2 })
  expect(challenge?.steps.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual([
    'route passed',
    'form passed',
    'client passed',
    'dpop stopped',
    'grant not-reached',
    'organization not-reached',
    'token not-reached',
  ])
  const client = { clientId: 'acdc0123-acdc-0123-4567-0123456789ab', clientName: 'Bruno-Local' }
  expect(challenge?.caller).toEqual(client)
  expect(token?.caller).toEqual({ ...client, municipality: '313231593' })
})
