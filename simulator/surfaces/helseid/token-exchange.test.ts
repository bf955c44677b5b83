import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { noteFactory } from '../../../fixtures/index.ts'
import { VKP_CLIENT_ID } from '../../services/clients/ready-made-clients.ts'
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
  newKey,
  newSimulator,
  postToken,
  readyMade,
  rulesOf,
  type TestClient,
  type TokenAnswer,
  thumbprint,
} from './helseid.fixture.ts'

/** The ready-made client of a vendor that is on VKP. */
const VKP_VENDOR = 'acdc0123-acdc-0123-4567-0123456789af'
const SCOPE = 'nhn:vkp/api/user/composition.write'
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token'
const PARENT = 'helseid://claims/client/claims/orgnr_parent'

/** A token request as NHN's VKP sample makes it: one request, no proof. */
async function bearerToken(simulator: Simulator, client: TestClient, scope = SCOPE): Promise<TokenAnswer> {
  const answer = await postToken(simulator, formOf(client, await assertionOf(simulator, client), { scope }))
  return (await answer.json()) as TokenAnswer
}

describe('a Bearer token', () => {
  test('is what a client of VKP gets without a proof, with its vkp-id and for no organisation', async () => {
    const simulator = newSimulator()
    const { access_token, ...answer } = await bearerToken(simulator, await readyMade(simulator, VKP_VENDOR))
    expect(answer).toEqual({ expires_in: 600, token_type: 'Bearer', scope: SCOPE })
    const iat = expect.any(Number)
    expect(decodeJwt(access_token)).toEqual({
      iss: ISSUER,
      nbf: iat,
      iat,
      exp: iat,
      aud: 'nhn:vkp',
      scope: [SCOPE],
      client_id: VKP_VENDOR,
      client_amr: 'private_key_jwt',
      'helseid://claims/client/client_name': 'Bruno-VKP',
      'helseid://claims/client/client_tenancy': 'none',
      'helseid://claims/client/amr': 'rsa_private_key',
      'nhn:vkp/client/claims/vkp-id': 'Bruno_Local_Test',
      jti: expect.stringMatching(/^[0-9A-F]{32}$/),
    })
  })

  test('is a DPoP token after all when the client sends a proof', async () => {
    const simulator = newSimulator()
    const client = await readyMade(simulator, VKP_VENDOR)
    const answer = await fetchToken(simulator, client, client, {}, { scope: SCOPE })
    expect(await answer.json()).toMatchObject({ token_type: 'DPoP' })
  })

  test('is no good at JFT', async () => {
    const simulator = newSimulator()
    const client = await readyMade(simulator, VKP_VENDOR)
    const { access_token } = await bearerToken(simulator, client)
    await callApi(simulator, client, access_token, `${BASE}/read/v1/Bundle`)
    expect(await rulesOf(simulator)).toEqual(['token-audience', 'token-binding'])
  })

  test('names no organisation, even when the client asks for one', async () => {
    const simulator = newSimulator()
    const client = await readyMade(simulator, VKP_VENDOR)
    const assertion = await assertionOf(simulator, client, { payload: actingFor('312229544') })
    await postToken(simulator, formOf(client, assertion, { scope: SCOPE }))
    expect(await rulesOf(simulator)).toEqual(['hid-1005'])
  })
})

test('an own client with an own vkp-id gets through VKP to JFT, once VKP’s register has the pair', async () => {
  const simulator = newSimulator()
  const key = await newKey()
  const send = (method: string, path: string, body: unknown) =>
    simulator.fetch(new Request(`${BASE}/_sim${path}`, { method, body: JSON.stringify(body) }))
  await send('POST', '/clients', {
    clientId: 'own',
    tenancy: 'none',
    organization: '994598759',
    scopes: [SCOPE],
    dpop: 'optional',
    apiClaims: { 'nhn:vkp/client/claims/vkp-id': 'Own_System_Test', 'nhn:sfm/client/claims/other': 'x' },
    publicKeys: [key.publicJwk],
  })
  const { access_token } = await bearerToken(simulator, { ...key, clientId: 'own' })
  expect(decodeJwt(access_token)).not.toHaveProperty('nhn:sfm/client/claims/other')
  const submit = () =>
    simulator.fetch(
      new Request(`${BASE}/vkp/epj/r4/312229544/composition`, {
        method: 'POST',
        headers: { authorization: `Bearer ${access_token}` },
        body: JSON.stringify(noteFactory.build()),
      }),
    )
  expect((await submit()).status).toBe(400)
  await send('PUT', '/vkp/register', { register: [{ orgnr: '312229544', vkpId: 'Own_System_Test' }] })
  expect((await submit()).status).toBe(200)
  expect((await simulator.world.state.events.usage()).records).toBe(1)
})

describe('a token exchange', () => {
  async function exchange(simulator: Simulator, more: Record<string, string>, clientId = VKP_CLIENT_ID) {
    const client = await readyMade(simulator, clientId)
    return fetchToken(simulator, client, client, actingFor('312229544'), {
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token_type: ACCESS_TOKEN,
      scope: 'nhn:jft/api',
      ...more,
    })
  }

  async function subject(simulator: Simulator) {
    return (await bearerToken(simulator, await readyMade(simulator, VKP_VENDOR))).access_token
  }

  test('gives a token for JFT, bound to the actor’s key, with act', async () => {
    const simulator = newSimulator()
    const response = await exchange(simulator, { subject_token: await subject(simulator) })
    const { access_token, ...answer } = (await response.json()) as TokenAnswer
    expect(answer).toEqual({
      expires_in: 600,
      token_type: 'DPoP',
      scope: 'nhn:jft/api',
      issued_token_type: ACCESS_TOKEN,
    })
    const actor = await readyMade(simulator, VKP_CLIENT_ID)
    expect(decodeJwt(access_token)).toMatchObject({
      aud: 'nhn:jft',
      scope: ['nhn:jft/api'],
      cnf: { jkt: await thumbprint(actor) },
      client_id: VKP_CLIENT_ID,
      'helseid://claims/client/client_name': 'VKP',
      [PARENT]: '312229544',
      act: { iss: ISSUER, client_id: VKP_CLIENT_ID, [PARENT]: '312229544' },
    })
    expect((await callApi(simulator, actor, access_token, `${BASE}/read/v1/Bundle`)).status).toBe(200)
  })

  test('keeps the subject’s client where the setting says so', async () => {
    const simulator = newSimulator({ assumptions: { vkpExchangedClient: 'subject' } })
    const response = await exchange(simulator, { subject_token: await subject(simulator) })
    const { access_token } = (await response.json()) as TokenAnswer
    expect(decodeJwt(access_token)).toMatchObject({
      client_id: VKP_VENDOR,
      'helseid://claims/client/client_name': 'Bruno-VKP',
      act: { client_id: VKP_CLIENT_ID },
    })
  })

  test.each([
    ['no subject token', async () => ({}), 'subject-token'],
    ['a subject token that is none', async () => ({ subject_token: 'abc' }), 'subject-token'],
    [
      'another type of subject token',
      async (simulator: Simulator) => ({
        subject_token: await subject(simulator),
        subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
      }),
      'subject-token',
    ],
    [
      'a wish for another type of token',
      async (simulator: Simulator) => ({
        subject_token: await subject(simulator),
        requested_token_type: 'urn:ietf:params:oauth:token-type:refresh_token',
      }),
      'subject-token',
    ],
    [
      'an expired subject token',
      (simulator: Simulator) => testToken(simulator, { expirationParameters: { setExpirationTimeAsExpired: true } }),
      'token-expired',
    ],
    [
      'a subject token of another issuer',
      (simulator: Simulator) => testToken(simulator, { signJwtWithInvalidSigningKey: true }),
      'token-signature',
    ],
  ])('is an invalid_request with %s', async (_name, more, rule) => {
    const simulator = newSimulator()
    const response = await exchange(simulator, await more(simulator))
    expect(await errorOf(response)).toMatchObject({ status: 400, error: 'invalid_request' })
    expect(await rulesOf(simulator)).toEqual([rule])
  })

  async function testToken(simulator: Simulator, fields: object) {
    const url = `${BASE}/ttt/v2/create-test-token-with-key`
    const body = JSON.stringify({ audience: 'nhn:vkp', ...fields })
    const answer = await simulator.fetch(new Request(url, { method: 'POST', body }))
    const { successResponse } = (await answer.json()) as { successResponse: { accessTokenJwt: string } }
    return { subject_token: successResponse.accessTokenJwt }
  }

  test('is for clients that may', async () => {
    const simulator = newSimulator()
    const subject_token = await subject(simulator)
    const response = await exchange(simulator, { subject_token }, 'acdc0123-acdc-0123-4567-0123456789ab')
    expect(await errorOf(response)).toMatchObject({ status: 400, error: 'unauthorized_client' })
    expect(await rulesOf(simulator)).toEqual(['grant-not-allowed'])
  })

  test('never without a proof', async () => {
    const simulator = newSimulator()
    const client = await readyMade(simulator, VKP_CLIENT_ID)
    const form = formOf(client, await assertionOf(simulator, client), {
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token: await subject(simulator),
      subject_token_type: ACCESS_TOKEN,
    })
    expect(await errorOf(await postToken(simulator, form))).toMatchObject({ status: 400, error: 'invalid_request' })
    expect(await rulesOf(simulator)).toEqual(['dpop-missing'])
  })
})
