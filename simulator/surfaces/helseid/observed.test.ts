import { generateKeyPairSync, sign as nodeSign } from 'node:crypto'
import { decodeJwt } from 'jose'
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

const READ = `${BASE}/read/v1/Composition`

async function newest(simulator: Simulator) {
  const [exchange] = await simulator.world.state.journal.list({ limit: 1 })
  return {
    issues: (exchange?.issues ?? []).map(({ rule, message }) => `${rule}: ${message}`),
    warnings: (exchange?.warnings ?? []).map(({ rule }) => rule),
  }
}

/** A token request with one assertion, and what came of it. */
async function request(simulator: Simulator, assertion: string, nonce?: string): Promise<Response> {
  const client = await readyMade(simulator)
  const proof = await proofOf(simulator, client, { payload: { htm: 'POST', htu: TOKEN_ENDPOINT, nonce } })
  return postToken(simulator, formOf(client, assertion), proof)
}

async function tokenOf(simulator: Simulator, clientId?: string): Promise<TokenAnswer> {
  const client = await readyMade(simulator, clientId)
  const payload = clientId === MUNICIPALITY ? {} : actingFor('313231593')
  return (await (await fetchToken(simulator, client, client, payload)).json()) as TokenAnswer
}

describe('a client assertion that is used twice, as NHN’s Java library does in the nonce round trip', () => {
  const twice = async (assertionReuse?: 'accept' | 'warn' | 'refuse') => {
    const simulator = newSimulator(assertionReuse === undefined ? {} : { assumptions: { assertionReuse } })
    const client = await readyMade(simulator)
    const assertion = await assertionOf(simulator, client, { payload: actingFor('313231593') })
    const first = await request(simulator, assertion)
    expect((await newest(simulator)).warnings).toEqual([])
    const second = await request(simulator, assertion, first.headers.get('dpop-nonce') ?? '')
    return { simulator, second, ...(await newest(simulator)) }
  }

  test('gets a token, and a warning', async () => {
    for (const setting of [undefined, 'warn'] as const) {
      const { second, warnings, issues } = await twice(setting)
      expect([second.status, warnings, issues]).toEqual([200, ['assertion-reused'], []])
    }
  })

  test('is taken without a word where that is set', async () => {
    const { second, warnings } = await twice('accept')
    expect([second.status, warnings]).toEqual([200, []])
  })

  test('is refused where that is set, and a new one per request is not', async () => {
    const { second, simulator, issues } = await twice('refuse')
    expect(await errorOf(second)).toMatchObject({ status: 400, error: 'invalid_client' })
    expect(issues).toEqual([expect.stringMatching(/^assertion-reused: .*was used before/)])
    expect((await tokenOf(simulator)).token_type).toBe('DPoP')
  })

  test('that was refused for something else is not used up', async () => {
    const simulator = newSimulator({ assumptions: { assertionReuse: 'refuse' } })
    const client = await readyMade(simulator)
    const jti = crypto.randomUUID()
    await request(simulator, await assertionOf(simulator, client, { payload: { jti, aud: 'x' } }))
    const again = await request(simulator, await assertionOf(simulator, client, { payload: { jti } }))
    expect(await errorOf(again)).toMatchObject({ error: 'use_dpop_nonce' })
  })
})

describe('an access token lives', () => {
  const lifetimes = (token: TokenAnswer) => {
    const { iat = 0, exp = 0 } = decodeJwt(token.access_token)
    return [token.expires_in, exp - iat]
  }

  test('600 seconds, unless the setting says otherwise', async () => {
    expect(lifetimes(await tokenOf(newSimulator()))).toEqual([600, 600])
    for (const accessTokenLifetimeSeconds of [1, 60, 3_600]) {
      const simulator = newSimulator({ assumptions: { accessTokenLifetimeSeconds } })
      expect(lifetimes(await tokenOf(simulator))).toEqual([accessTokenLifetimeSeconds, accessTokenLifetimeSeconds])
    }
  })

  test('as long as its client is registered with, and is refused by JFT after that', async () => {
    const simulator = newSimulator({ assumptions: { accessTokenLifetimeSeconds: 3_600 } })
    const own = { ...(await newKey()), clientId: 'own' }
    const body = {
      clientId: 'own',
      tenancy: 'single-tenant',
      organization: '313231593',
      publicKeys: [own.publicJwk],
      accessTokenLifetimeSeconds: 60,
    }
    const { world, fetch } = simulator
    await fetch(new Request(`${BASE}/_sim/clients`, { method: 'POST', body: JSON.stringify(body) }))
    const token = (await (await fetchToken(simulator, own, own, {})).json()) as TokenAnswer
    expect(lifetimes(token)).toEqual([60, 60])
    expect((await callApi(simulator, own, token.access_token, READ)).status).toBe(200)
    world.time.clock.advance(70_000)
    expect((await callApi(simulator, own, token.access_token, READ)).status).toBe(401)
    expect(await rulesOf(simulator)).toEqual(['token-expired'])
  })

  test.each([0, -1, 1.5, '60', 86_401])('not %o seconds', async (accessTokenLifetimeSeconds) => {
    expect(() =>
      newSimulator({ assumptions: { accessTokenLifetimeSeconds: accessTokenLifetimeSeconds as number } }),
    ).toThrow('accessTokenLifetimeSeconds')
  })
})

test('a proof by another key than the token’s is invalid_token; any other fault of a proof invalid_dpop_proof', async () => {
  const simulator = newSimulator()
  const client = await readyMade(simulator)
  const { access_token: token } = await tokenOf(simulator)
  const errorIn = (answer: Response) => /error="(\w+)"/.exec(answer.headers.get('www-authenticate') ?? '')?.[1]
  expect(errorIn(await callApi(simulator, await newKey(), token, READ))).toBe('invalid_token')
  const faults = [
    { payload: { htm: 'PUT' } },
    { payload: { htu: 'x' } },
    { payload: { iat: 1 } },
    { payload: { jti: 5 } },
    { payload: { ath: 'x' } },
    { header: { typ: 'JWT' } },
  ]
  for (const fault of faults) {
    expect(errorIn(await callApi(simulator, client, token, READ, fault))).toBe('invalid_dpop_proof')
  }
})

describe('times are numbers', () => {
  const texts = (now: number) => [String(now), `${now}.0`, new Date(now * 1000).toISOString(), '', true, null, {}, []]

  test('iat of a proof, at the token endpoint and at an API', async () => {
    const simulator = newSimulator()
    const client = await readyMade(simulator)
    const { access_token: token } = await tokenOf(simulator)
    const nonce = await nonceOf(simulator)
    for (const iat of texts(secondsOf(simulator))) {
      const payload = { htm: 'POST', htu: TOKEN_ENDPOINT, nonce, iat }
      const assertion = await assertionOf(simulator, client, { payload: actingFor('313231593') })
      const answer = await postToken(
        simulator,
        formOf(client, assertion),
        await proofOf(simulator, client, { payload }),
      )
      expect(await errorOf(answer)).toMatchObject({ error: 'invalid_dpop_proof' })
      expect((await callApi(simulator, client, token, READ, { payload: { iat } })).status).toBe(401)
      expect((await newest(simulator)).issues).toEqual([expect.stringMatching(/^dpop-iat: .*which is not a number/)])
    }
  })

  test('a fraction is right by the RFC, and warned of', async () => {
    const simulator = newSimulator()
    const client = await readyMade(simulator)
    const { access_token: token } = await tokenOf(simulator)
    const iat = secondsOf(simulator) + 0.25
    expect((await callApi(simulator, client, token, READ, { payload: { iat } })).status).toBe(200)
    expect((await newest(simulator)).warnings).toEqual(['dpop-iat'])
  })

  test.each(['exp', 'nbf'])('%s of a client assertion; its iat may be anything', async (name) => {
    const simulator = newSimulator()
    const client = await readyMade(simulator)
    for (const value of texts(secondsOf(simulator))) {
      const payload = { ...actingFor('313231593'), [name]: value }
      expect((await fetchToken(simulator, client, client, payload)).status).toBe(400)
      const rule = name === 'exp' ? 'assertion-expired' : 'assertion-not-yet-valid'
      expect((await newest(simulator)).issues).toEqual([expect.stringMatching(new RegExp(`^${rule}: .* not a number`))])
    }
    const iat = String(secondsOf(simulator))
    expect((await fetchToken(simulator, client, client, { ...actingFor('313231593'), iat })).status).toBe(200)
  })

  test.each(['exp', 'nbf'])('%s of an access token', async (type) => {
    const simulator = newSimulator()
    // To the test token service, an empty text and null are no value.
    const values = texts(secondsOf(simulator)).filter((value) => value !== '' && value !== null)
    for (const value of values) {
      const body = JSON.stringify({
        audience: 'nhn:jft',
        createDPoPTokenWithDPoPProof: true,
        dPoPProofParameters: { htuClaimValue: READ, htmClaimValue: 'GET' },
        clientClaimsParameters: { scope: ['nhn:jft/api'], orgnrParent: '313231593' },
        apiSpecificClaims: [{ type, value }],
      })
      const made = await simulator.fetch(
        new Request(`${BASE}/ttt/v2/create-test-token-with-key`, { method: 'POST', body }),
      )
      const { successResponse } = (await made.json()) as { successResponse: Record<string, string> }
      const headers = {
        authorization: `DPoP ${successResponse.accessTokenJwt}`,
        dpop: successResponse.dPoPProof ?? '',
      }
      expect((await simulator.fetch(new Request(READ, { headers }))).status).toBe(401)
      expect(await rulesOf(simulator)).toEqual([type === 'exp' ? 'token-expired' : 'token-not-yet-valid'])
    }
  })
})

/** A JWT with a header as it is, signed by hand: libraries make none of these. */
function byHand(header: object, payload: object, key: Parameters<typeof nodeSign>[2]): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const text = `${part(header)}.${part(payload)}`
  return `${text}.${nodeSign('sha256', Buffer.from(text), key).toString('base64url')}`
}

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const jwk = publicKey.export({ format: 'jwk' })
const P1363 = { key: privateKey, dsaEncoding: 'ieee-p1363' } as const

describe('the cause that is named is the cause', () => {
  const small = generateKeyPairSync('rsa', { modulusLength: 1024 })
  const good = { typ: 'dpop+jwt', alg: 'ES256', jwk }

  test.each<[string, object, Parameters<typeof nodeSign>[2], string]>([
    ['crit', { ...good, crit: ['b64'], b64: false }, P1363, 'dpop-malformed: .*crit \\["b64"\\] and b64 false'],
    ['crit unknown', { ...good, crit: ['exp'] }, P1363, 'dpop-malformed: .*crit'],
    ['b64 alone', { ...good, b64: true }, P1363, 'dpop-malformed: .*b64 true'],
    [
      'an RSA key of 1,024 bits',
      { ...good, alg: 'RS256', jwk: small.publicKey.export({ format: 'jwk' }) },
      small.privateKey,
      'dpop-jwk: .*RSA key of 1024 bits',
    ],
    ['a P-256 key under ES384', { ...good, alg: 'ES384' }, P1363, 'dpop-signature: .*curve P-256; ES384 needs P-384'],
    ['an EC key under RS256', { ...good, alg: 'RS256' }, P1363, 'dpop-signature: .*of type EC; RS256 needs an RSA key'],
    [
      'an RSA key under ES256',
      { ...good, jwk: { kty: 'RSA', n: 'z'.repeat(342), e: 'AQAB' } },
      P1363,
      'dpop-signature: .*of type RSA',
    ],
    ['a signature in DER', good, privateKey, 'dpop-signature: .*bytes; ES256 has 64.*DER'],
    [
      'a point that is on no curve',
      { ...good, jwk: { ...jwk, x: 'A'.repeat(43) } },
      P1363,
      'dpop-signature: .*cannot be read',
    ],
    [
      'another key',
      { ...good, jwk: generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' }) },
      P1363,
      'dpop-signature: .*another key',
    ],
    ...['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'].map((name): [string, object, typeof P1363, string] => [
      `the private member ${name}`,
      { ...good, jwk: { ...jwk, [name]: 'x' } },
      P1363,
      `dpop-private-key: .*${name}`,
    ]),
  ])('%s in a proof', async (_what, header, key, expected) => {
    const simulator = newSimulator()
    const client = await readyMade(simulator)
    const payload = { htm: 'POST', htu: TOKEN_ENDPOINT, iat: secondsOf(simulator), jti: crypto.randomUUID() }
    await postToken(simulator, formOf(client, await assertionOf(simulator, client)), byHand(header, payload, key))
    expect((await newest(simulator)).issues).toEqual([expect.stringMatching(new RegExp(`^${expected}`))])
  })

  test.each<[string, object, string]>([
    ['crit', { crit: ['b64'], b64: false }, 'assertion-malformed: .*crit'],
    ['another algorithm than the key’s', { alg: 'ES384' }, 'assertion-signature: .*curve P-256; ES384 needs P-384'],
  ])('%s in a client assertion', async (_what, header, expected) => {
    const simulator = newSimulator()
    const body = { clientId: 'own', tenancy: 'none', organization: '994598759', publicKeys: [jwk] }
    await simulator.fetch(new Request(`${BASE}/_sim/clients`, { method: 'POST', body: JSON.stringify(body) }))
    const now = secondsOf(simulator)
    const claims = { iss: 'own', sub: 'own', aud: `${BASE}/helseid`, jti: 'x', iat: now, nbf: now, exp: now + 10 }
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: 'own',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: byHand({ typ: 'client-authentication+jwt', alg: 'ES256', ...header }, claims, P1363),
    })
    await postToken(simulator, form)
    expect((await newest(simulator)).issues).toEqual([expect.stringMatching(new RegExp(`^${expected}`))])
  })

  test('crit in an access token', async () => {
    const simulator = newSimulator()
    const client = await readyMade(simulator)
    const { access_token: token } = await tokenOf(simulator)
    const [, payload, signature] = token.split('.')
    const header = { alg: 'RS256', typ: 'at+jwt', crit: ['b64'], b64: false }
    const changed = `${Buffer.from(JSON.stringify(header)).toString('base64url')}.${payload}.${signature}`
    expect((await callApi(simulator, client, changed, READ)).status).toBe(401)
    expect((await newest(simulator)).issues).toEqual([expect.stringMatching(/^token-malformed: .*crit/)])
  })

  test.each([512, 1024, 2040])('an RSA key of %i bits is not registered', async (modulusLength) => {
    const simulator = newSimulator()
    const weak = generateKeyPairSync('rsa', { modulusLength }).publicKey.export({ format: 'jwk' })
    for (const key of [weak, JSON.stringify(weak)]) {
      const body = { clientId: 'own', tenancy: 'none', organization: '994598759', publicKeys: [key] }
      const answer = await simulator.fetch(
        new Request(`${BASE}/_sim/clients`, { method: 'POST', body: JSON.stringify(body) }),
      )
      expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining(`${modulusLength} bits`)])
    }
  })
})

test('a multi-tenant client that passes a single-tenant structure is told so in HelseID’s words', async () => {
  const simulator = newSimulator()
  const client = await readyMade(simulator)
  const identifier = { system: 'urn:oid:2.16.578.1.12.4.1.4.101', type: 'ENH', value: '974042436' }
  const entry = { type: 'helseid_authorization', practitioner_role: { organization: { identifier } } }
  const answer = await fetchToken(simulator, client, client, { assertion_details: entry })
  expect(await errorOf(answer)).toEqual({
    status: 400,
    error: 'invalid_request',
    error_description: expect.stringMatching(
      /is set up for multi-tenancy, but is passing a single tenant organization structure$/,
    ),
  })
  expect(await rulesOf(simulator)).toEqual(['organization-structure'])
})
