import { describe, expect, test } from 'vitest'
import { sha256 } from '../services/tokens/jwt.ts'
import { signToken } from '../services/tokens/sign.ts'
import { createSimulator, type Simulator } from '../simulator.ts'
import {
  BASE,
  type Changes,
  callApi,
  fetchToken,
  ISSUER,
  type KeyPair,
  newKey,
  newSimulator,
  proofOf,
  readyMade,
  rulesOf,
  type TokenAnswer,
} from '../surfaces/helseid/helseid.fixture.ts'

const URL_OF_READ = `${BASE}/read/v1/Bundle`

/** A simulator with a good token, and the key that it is bound to. */
async function ready(simulator = newSimulator()) {
  const key = await newKey()
  const response = await fetchToken(simulator, await readyMade(simulator), key)
  const { access_token: token } = (await response.json()) as TokenAnswer
  return { simulator, key, token }
}

/** A good token with other claims or another header. */
async function forged(simulator: Simulator, key: KeyPair, claims: Record<string, unknown>, options = {}) {
  const { access_token } = (await (await fetchToken(simulator, await readyMade(simulator), key)).json()) as TokenAnswer
  const payload = JSON.parse(atob(access_token.split('.')[1] ?? '')) as Record<string, unknown>
  return signToken(simulator.world.state, { ...payload, ...claims }, options)
}

function challengeOf(response: Response): string {
  return response.headers.get('www-authenticate') ?? ''
}

const ALGS = 'algs="RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512"'

test('a good token with a good proof passes, and the journal knows the caller', async () => {
  const { simulator, key, token } = await ready()
  expect((await callApi(simulator, key, token, URL_OF_READ)).status).toBe(200)
  const [newest] = await simulator.world.state.journal.list({ limit: 1 })
  expect(newest?.caller).toEqual({
    clientId: 'acdc0123-acdc-0123-4567-0123456789ab',
    clientName: 'Bruno-Local',
    municipality: '313231593',
  })
})

test('the query does not belong to htu', async () => {
  const { simulator, key, token } = await ready()
  expect((await callApi(simulator, key, token, `${URL_OF_READ}?_count=5`)).status).toBe(200)
  const refused = await callApi(simulator, key, token, `${URL_OF_READ}?_count=5`, {
    payload: { htu: `${URL_OF_READ}?_count=5` },
  })
  expect(challengeOf(refused)).toBe(
    `DPoP error="invalid_dpop_proof", error_description="The proof's htu is '${URL_OF_READ}?_count=5'; the request is to '${URL_OF_READ}'. They differ by the query or fragment only: htu has neither (RFC 9449, section 4.2).", ${ALGS}`,
  )
})

describe('401', () => {
  test('without credentials the challenge names no error', async () => {
    const simulator = newSimulator()
    const response = await simulator.fetch(new Request(URL_OF_READ))
    expect(response.status).toBe(401)
    expect(challengeOf(response)).toBe(`DPoP ${ALGS}`)
    expect(await rulesOf(simulator)).toEqual(['token-missing', 'dpop-missing'])
  })

  test('the scheme Bearer', async () => {
    const { simulator, key, token } = await ready()
    const dpop = await proofOf(simulator, key, { payload: { htm: 'GET', htu: URL_OF_READ, ath: await sha256(token) } })
    const headers = { authorization: `Bearer ${token}`, dpop }
    expect((await simulator.fetch(new Request(URL_OF_READ, { headers }))).status).toBe(401)
    expect(await rulesOf(simulator)).toEqual(['token-scheme'])
  })

  test('something that is not a token', async () => {
    const simulator = newSimulator()
    const headers = { authorization: 'DPoP hello', dpop: 'hello' }
    await simulator.fetch(new Request(URL_OF_READ, { headers }))
    expect(await rulesOf(simulator)).toEqual(['token-malformed', 'dpop-malformed'])
  })

  test.each([
    ['token-issuer', { iss: 'https://helseid-sts.nhn.no' }, {}],
    ['token-audience', { aud: 'nhn:vkp' }, {}],
    ['token-expired', { exp: 1 }, {}],
    ['token-expired', { exp: undefined }, {}],
    ['token-not-yet-valid', { nbf: 99_999_999_999 }, {}],
    ['token-binding', { cnf: undefined }, {}],
    ['token-typ', {}, { typ: 'id_token' }],
    ['token-signature', {}, { key: 'foreign' }],
  ])('%s: a token with %o %o', async (rule, claims, options) => {
    const simulator = newSimulator()
    const key = await newKey()
    const token = await forged(simulator, key, claims, options)
    const response = await callApi(simulator, key, token, URL_OF_READ)
    expect(response.status).toBe(401)
    expect(await rulesOf(simulator)).toEqual([rule])
    expect(challengeOf(response)).toContain('DPoP error="invalid_token", error_description="')
  })

  test('a token with alg none', async () => {
    const { simulator, key, token } = await ready()
    const header = btoa(JSON.stringify({ alg: 'none', typ: 'at+jwt' })).replace(/=+$/, '')
    await callApi(simulator, key, `${header}.${token.split('.')[1]}.`, URL_OF_READ)
    expect(await rulesOf(simulator)).toEqual(['token-alg'])
  })

  test('a token that was changed', async () => {
    const { simulator, key, token } = await ready()
    const [header, payload = '', signature] = token.split('.')
    const claims = JSON.parse(atob(payload)) as object
    const changed = btoa(JSON.stringify({ ...claims, jti: 'other' })).replace(/=+$/, '')
    await callApi(simulator, key, `${header}.${changed}.${signature}`, URL_OF_READ)
    expect(await rulesOf(simulator)).toEqual(['token-signature'])
  })

  test('a token that was good a moment ago and has expired', async () => {
    const { simulator, key, token } = await ready()
    expect((await callApi(simulator, key, token, URL_OF_READ)).status).toBe(200)
    simulator.world.time.clock.advance(606_000)
    await callApi(simulator, key, token, URL_OF_READ)
    expect(await rulesOf(simulator)).toEqual(['token-expired'])
  })

  test.each<[string, Changes]>([
    ['dpop-typ', { header: { typ: 'JWT' } }],
    ['dpop-jwk', { header: { jwk: undefined } }],
    ['dpop-ath', { payload: { ath: 'other' } }],
    ['dpop-jti', { payload: { jti: '' } }],
    ['dpop-htm', { payload: { htm: 'POST' } }],
    ['dpop-htu', { payload: { htu: 'https://api.read.jft.test.nhn.no/v1/Bundle' } }],
    ['dpop-iat', { payload: { iat: 'yesterday' } }],
  ])('%s: a proof with %o', async (rule, changes) => {
    const { simulator, key, token } = await ready()
    const response = await callApi(simulator, key, token, URL_OF_READ, changes)
    expect(response.status).toBe(401)
    expect(await rulesOf(simulator)).toEqual([rule])
    expect(challengeOf(response)).toContain('DPoP error="invalid_dpop_proof", error_description="')
  })

  test('a proof by another key than the token’s', async () => {
    const { simulator, token } = await ready()
    await callApi(simulator, await newKey(), token, URL_OF_READ)
    expect(await rulesOf(simulator)).toEqual(['dpop-thumbprint'])
  })

  test('a proof whose jwk is another key than the one that signed', async () => {
    const { simulator, key, token } = await ready()
    await callApi(simulator, { ...(await newKey()), publicJwk: key.publicJwk }, token, URL_OF_READ)
    expect(await rulesOf(simulator)).toEqual(['dpop-signature'])
  })

  test('a proof whose alg does not fit its key', async () => {
    const { simulator, key, token } = await ready()
    await callApi(simulator, { ...(await newKey('PS256')), publicJwk: key.publicJwk }, token, URL_OF_READ)
    expect(await rulesOf(simulator)).toEqual(['dpop-signature'])
  })

  test.each([
    [6, []],
    [7, ['dpop-iat']],
    [-5, []],
    [-6, ['dpop-iat']],
  ])('a proof that is %i seconds old', async (age, rules) => {
    const { simulator, key, token } = await ready()
    simulator.world.time.clock.freeze(Math.ceil(simulator.world.time.clock.now() / 1000) * 1000)
    const iat = simulator.world.time.clock.now() / 1000 - age
    await callApi(simulator, key, token, URL_OF_READ, { payload: { iat } })
    expect(await rulesOf(simulator)).toEqual(rules)
  })

  test('a proof that was used before', async () => {
    const { simulator, key, token } = await ready()
    const payload = { jti: 'once' }
    expect((await callApi(simulator, key, token, URL_OF_READ, { payload })).status).toBe(200)
    const second = await callApi(simulator, key, token, URL_OF_READ, { payload })
    expect(second.status).toBe(401)
    expect(await rulesOf(simulator)).toEqual(['dpop-replay'])
  })

  test('a refused proof does not use up its jti', async () => {
    const { simulator, key, token } = await ready()
    await callApi(simulator, key, token, URL_OF_READ, { payload: { jti: 'once', htm: 'POST' } })
    expect((await callApi(simulator, key, token, URL_OF_READ, { payload: { jti: 'once' } })).status).toBe(200)
  })

  test('names everything that is wrong at once', async () => {
    const simulator = newSimulator()
    const key = await newKey()
    const token = await forged(simulator, key, { aud: 'nhn:vkp', exp: 1 })
    await callApi(simulator, key, token, URL_OF_READ, { payload: { htm: 'POST', ath: undefined } })
    expect(await rulesOf(simulator)).toEqual(['token-audience', 'token-expired', 'dpop-ath', 'dpop-htm'])
  })
})

test('$ in a path may be sent as %24, in the URL and in htu', async () => {
  const { simulator, key, token } = await ready()
  const id = crypto.randomUUID()
  const plain = `${BASE}/read/v1/Bundle/${id}/$status`
  const encoded = `${BASE}/read/v1/Bundle/${id}/%24status`
  for (const [url, htu] of [
    [plain, encoded],
    [encoded, plain],
  ] as const) {
    await callApi(simulator, key, token, url, { payload: { htu } })
    expect(await rulesOf(simulator)).toEqual(['jft-event-unknown'])
  }
})

test('a real host name that is called over plain http takes both URLs in htu', async () => {
  const { simulator, key, token } = await ready()
  const http = 'http://api.read.jft.test.nhn.no/v1/Bundle'
  for (const htu of [http, http.replace('http:', 'https:')]) {
    expect((await callApi(simulator, key, token, http, { payload: { htu } })).status).toBe(200)
  }
})

test('403: a token without the scope', async () => {
  const simulator = newSimulator()
  const key = await newKey()
  const response = await callApi(
    simulator,
    key,
    await forged(simulator, key, { scope: ['nhn:pit/api.read'] }),
    URL_OF_READ,
  )
  expect(response.status).toBe(403)
  expect(challengeOf(response)).toBe(`DPoP error="insufficient_scope", scope="nhn:jft/api", ${ALGS}`)
  expect(await rulesOf(simulator)).toEqual(['token-scope'])
})

describe('--auth relaxed', () => {
  test('lets a request without a token pass for the municipality of the header, and says what was refused', async () => {
    const simulator = newSimulator({ auth: 'relaxed' })
    const headers = { 'jftsim-municipality': '313231593' }
    const response = await simulator.fetch(new Request(URL_OF_READ, { headers }))
    expect(response.status).toBe(200)
    expect(response.headers.get('jftsim-would-refuse')).toContain(
      'token-missing: The request has no Authorization header.',
    )
    const [newest] = await simulator.world.state.journal.list({ limit: 1 })
    expect(newest?.caller).toEqual({ clientId: 'anonymous', municipality: '313231593' })
    expect(newest?.warnings.map((issue) => issue.rule)).toEqual(['token-missing', 'dpop-missing', 'token-scope'])
  })

  test('reads what the token says, however wrong it is', async () => {
    const { simulator, key, token } = await ready(newSimulator({ auth: 'relaxed' }))
    simulator.world.time.clock.advance(3_600_000)
    expect((await callApi(simulator, key, token, URL_OF_READ)).status).toBe(200)
    const [newest] = await simulator.world.state.journal.list({ limit: 1 })
    expect(newest?.caller.municipality).toBe('313231593')
    expect(newest?.warnings.map((issue) => issue.rule)).toEqual(['token-expired'])
  })
})

test('a token of one simulator is none of another with other keys', async () => {
  const { key, token } = await ready()
  const other = createSimulator()
  await callApi(other, key, token, URL_OF_READ)
  const [newest] = await other.world.state.journal.list({ limit: 1 })
  expect(newest?.issues).toMatchObject([
    {
      rule: 'token-signature',
      message: expect.stringContaining('Was the token made by the real HelseID, or before a reset?'),
    },
  ])
  expect(newest?.issues[0]?.message).not.toContain(ISSUER)
})
