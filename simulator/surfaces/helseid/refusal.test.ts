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
} from './helseid.fixture.ts'

const READ = `${BASE}/read/v1/Bundle`

describe('invalid_client', () => {
  test('is bare as HelseID’s, and beside it says everything that is wrong', async () => {
    const simulator = newSimulator()
    const client = await readyMade(simulator)
    const changes = { payload: { aud: READ, exp: secondsOf(simulator) - 60, jti: undefined } }
    const response = await postToken(simulator, formOf(client, await assertionOf(simulator, client, changes)))
    const body = (await response.json()) as { jft_simulator: { issues: Record<string, unknown>[] } }
    expect(response.status).toBe(400)
    expect(body).toMatchObject({ error: 'invalid_client' })
    expect(body).not.toHaveProperty('error_description')
    expect(body.jft_simulator.issues).toMatchObject([
      {
        rule: 'assertion-audience',
        message: `The client assertion's aud is "${READ}"; it must be "${ISSUER}" alone, since typ is client-authentication+jwt.`,
        expected: ISSUER,
        found: READ,
        certainty: 'observed',
      },
      { rule: 'assertion-expired' },
      { rule: 'assertion-jti' },
    ])
    expect(await rulesOf(simulator)).toEqual(['assertion-audience', 'assertion-expired', 'assertion-jti'])
  })

  test('for an assertion by another key', async () => {
    const simulator = newSimulator()
    const stranger = { ...(await newKey('RS256')), clientId: MUNICIPALITY }
    await postToken(simulator, formOf(stranger, await assertionOf(simulator, stranger)))
    expect(await rulesOf(simulator)).toEqual(['assertion-signature'])
  })

  test('for an unknown client', async () => {
    const simulator = newSimulator()
    const stranger = { ...(await newKey()), clientId: '11111111-2222-3333-4444-555555555555' }
    const response = await postToken(simulator, formOf(stranger, await assertionOf(simulator, stranger)))
    expect(await errorOf(response)).toEqual({ status: 400, error: 'invalid_client', error_description: undefined })
    expect(await rulesOf(simulator)).toEqual(['client-unknown'])
  })

  test('for an issuer that is not the client', async () => {
    const simulator = newSimulator()
    const client = await readyMade(simulator)
    await postToken(simulator, formOf(client, await assertionOf(simulator, client, { payload: { iss: 'me' } })))
    expect(await rulesOf(simulator)).toEqual(['assertion-client'])
  })

  test('for a client secret', async () => {
    const simulator = newSimulator()
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: MUNICIPALITY,
      client_secret: 'secret',
    })
    await postToken(simulator, form)
    expect(await rulesOf(simulator)).toEqual(['client-authentication'])
  })

  test('an assertion that lives for too long is taken with a warning', async () => {
    const simulator = newSimulator()
    const client = await readyMade(simulator, MUNICIPALITY)
    const changes = { payload: { exp: secondsOf(simulator) + 3600 } }
    await postToken(simulator, formOf(client, await assertionOf(simulator, client, changes)))
    const [newest] = await simulator.world.state.journal.list({ limit: 1 })
    expect(newest?.warnings.map((issue) => issue.rule)).toEqual(['assertion-lifetime'])
  })
})

describe('the proof at the token endpoint', () => {
  async function post(simulator: Simulator, proof?: string) {
    const client = await readyMade(simulator, MUNICIPALITY)
    return postToken(simulator, formOf(client, await assertionOf(simulator, client)), proof)
  }

  test('is required', async () => {
    expect(await errorOf(await post(newSimulator()))).toEqual({
      status: 400,
      error: 'invalid_request',
      error_description: 'Client requires DPoP and a DPoP header value was not provided.',
    })
  })

  test('a nonce is good for a minute, more than once', async () => {
    const simulator = newSimulator()
    simulator.world.time.clock.freeze()
    const key = await newKey()
    const nonce = await nonceOf(simulator)
    const proof = () => proofOf(simulator, key, { payload: { htm: 'POST', htu: TOKEN_ENDPOINT, nonce } })
    simulator.world.time.clock.advance(59_000)
    expect((await post(simulator, await proof())).status).toBe(200)
    expect((await post(simulator, await proof())).status).toBe(200)
    simulator.world.time.clock.advance(2_000)
    const refused = await post(simulator, await proof())
    expect(refused.headers.get('dpop-nonce')).toMatch(/^\w+\.[\w-]{43}$/)
    expect(await errorOf(refused)).toEqual({
      status: 400,
      error: 'use_dpop_nonce',
      error_description: "Invalid 'nonce' value.",
    })
  })

  test('a nonce that was made up is refused', async () => {
    const simulator = newSimulator()
    simulator.world.time.clock.freeze()
    const [time] = (await nonceOf(simulator)).split('.')
    const payload = { htm: 'POST', htu: TOKEN_ENDPOINT, nonce: `${time}.${'A'.repeat(43)}` }
    await post(simulator, await proofOf(simulator, await newKey(), { payload }))
    expect(await rulesOf(simulator)).toEqual(['dpop-nonce'])
  })

  test('is good once', async () => {
    const simulator = newSimulator()
    const nonce = await nonceOf(simulator)
    const proof = await proofOf(simulator, await newKey(), { payload: { htm: 'POST', htu: TOKEN_ENDPOINT, nonce } })
    expect((await post(simulator, proof)).status).toBe(200)
    const second = await post(simulator, proof)
    expect(second.headers.get('dpop-nonce')).toBeNull()
    expect(await errorOf(second)).toEqual({
      status: 400,
      error: 'invalid_dpop_proof',
      error_description: 'Detected replay of DPoP proof token.',
    })
  })

  test.each([
    ['dpop-typ', { header: { typ: 'JWT' } }, "Invalid 'typ' value."],
    ['dpop-jwk', { header: { jwk: undefined } }, "Invalid 'jwk' value."],
    ['dpop-jti', { payload: { jti: undefined } }, "Invalid 'jti' value."],
    ['dpop-htm', { payload: { htm: 'GET' } }, "Invalid 'htm' value."],
    ['dpop-htu', { payload: { htu: ISSUER } }, "Invalid 'htu' value."],
    ['dpop-iat', { payload: { iat: 1 } }, "Invalid 'iat' value."],
  ])(
    'is refused by %s',
    async (rule, { header, payload }: { header?: object; payload?: object }, error_description) => {
      const simulator = newSimulator()
      const claims = { htm: 'POST', htu: TOKEN_ENDPOINT, ...payload }
      const response = await post(
        simulator,
        await proofOf(simulator, await newKey(), { header: { ...header }, payload: claims }),
      )
      expect(await errorOf(response)).toEqual({ status: 400, error: 'invalid_dpop_proof', error_description })
      expect(await rulesOf(simulator)).toEqual([rule])
    },
  )

  test('two headers are one too many', async () => {
    const simulator = newSimulator()
    expect(await errorOf(await post(simulator, 'a.b.c, d.e.f'))).toEqual({
      status: 400,
      error: 'invalid_request',
      error_description: 'Too many DPoP headers provided.',
    })
  })
})

describe('grant and scope', () => {
  async function refused(more: Record<string, string>) {
    const simulator = newSimulator()
    const client = await readyMade(simulator)
    const { error } = await errorOf(await fetchToken(simulator, client, client, actingFor('313231593'), more))
    return [error, ...(await rulesOf(simulator))]
  }

  test.each([
    [{ scope: 'nhn:jft/apo' }, ['invalid_scope', 'scope-not-allowed']],
    [{ scope: 'openid nhn:jft/api profile' }, ['invalid_scope', 'scope-not-allowed', 'scope-not-allowed']],
    [{ grant_type: 'authorization_code' }, ['unauthorized_client', 'grant-not-allowed']],
    [{ grant_type: 'password' }, ['unsupported_grant_type', 'grant-type']],
    [{ grant_type: '' }, ['unsupported_grant_type', 'grant-type']],
    [{ resource: 'nhn:vkp' }, ['invalid_target', 'resource-unknown']],
  ])('%o', async (more, expected) => {
    expect(await refused(more)).toEqual(expected)
  })

  test('a request that is not a form is an invalid_request', async () => {
    const simulator = newSimulator()
    const headers = { 'content-type': 'application/json' }
    const response = await simulator.fetch(new Request(TOKEN_ENDPOINT, { method: 'POST', body: '{}', headers }))
    expect(await errorOf(response)).toMatchObject({ status: 400, error: 'invalid_request' })
    expect(await rulesOf(simulator)).toEqual(['token-request'])
  })

  test('so is a GET', async () => {
    const simulator = newSimulator()
    const response = await simulator.fetch(new Request(TOKEN_ENDPOINT))
    expect(await errorOf(response)).toMatchObject({ status: 400, error: 'invalid_request' })
  })
})

describe('organisations', () => {
  test('a municipality without a delegation is refused with HID-1001', async () => {
    const simulator = newSimulator()
    const client = await readyMade(simulator)
    const response = await fetchToken(simulator, client, client, actingFor('312232324'))
    expect(await errorOf(response)).toEqual({
      status: 400,
      error: 'invalid_request',
      error_description: 'HID-1001: The client has no delegation from 312232324; it acts for 313231593, 312229544.',
    })
  })

  test('a multi-tenant client that names nobody gets a token without orgnr_parent, and JFT refuses it', async () => {
    const simulator = newSimulator()
    const client = await readyMade(simulator)
    const { access_token } = (await (await fetchToken(simulator, client, client, {})).json()) as TokenAnswer
    const [newest] = await simulator.world.state.journal.list({ limit: 1 })
    expect(newest?.warnings.map((issue) => issue.rule)).toEqual(['organization-missing'])
    expect((await callApi(simulator, client, access_token, READ)).status).toBe(403)
    expect(await rulesOf(simulator)).toEqual(['jft-municipality'])
  })
})

test('an unsigned assertion is refused', async () => {
  const simulator = newSimulator()
  const client = await readyMade(simulator)
  const assertion = await assertionOf(simulator, client, {})
  const [, payload] = assertion.split('.')
  const header = btoa(JSON.stringify({ alg: 'none', typ: 'JWT' })).replace(/=+$/, '')
  await postToken(simulator, formOf(client, `${header}.${payload}.`))
  expect(await rulesOf(simulator)).toEqual(['assertion-alg'])
})
