import { decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair } from 'jose'
import { describe, expect, test } from 'vitest'
import type { Simulator } from '../../simulator.ts'
import { BASE, newSimulator, rulesOf } from '../helseid/helseid.fixture.ts'

const READ = `${BASE}/read/v1/Bundle`

/** What a vendor sends to get a good token for JFT. */
const GOOD = {
  audience: 'nhn:jft',
  withoutDefaultUserClaims: true,
  createDPoPTokenWithDPoPProof: true,
  dPoPProofParameters: { htuClaimValue: READ, htmClaimValue: 'GET' },
  clientClaimsParameters: { scope: ['nhn:jft/api'], orgnrParent: '313231593' },
}

interface TestToken {
  readonly accessTokenJwt: string
  readonly dPoPProof: string | null
}

function post(
  simulator: Simulator,
  body: unknown,
  path = '/v2/create-test-token-with-key',
  headers = {},
): Promise<Response> {
  const request = { method: 'POST', body: JSON.stringify(body), headers: { 'x-auth-key': 'any', ...headers } }
  return simulator.fetch(new Request(`${BASE}/ttt${path}`, request))
}

async function tokenFor(simulator: Simulator, body: unknown): Promise<TestToken> {
  const answer = (await (await post(simulator, body)).json()) as { isError: boolean; successResponse: TestToken }
  expect(answer).toMatchObject({ isError: false, errorResponse: { errorMessage: '' } })
  return answer.successResponse
}

/** The status that JFT gives a test token, and the rules that refused it. */
async function verdictOf(simulator: Simulator, { accessTokenJwt, dPoPProof }: TestToken) {
  const headers = { authorization: `DPoP ${accessTokenJwt}`, dpop: dPoPProof ?? '' }
  const { status } = await simulator.fetch(new Request(READ, { headers }))
  return [status, ...(await rulesOf(simulator))]
}

test('a token and a proof that JFT takes', async () => {
  const simulator = newSimulator()
  expect(await verdictOf(simulator, await tokenFor(simulator, GOOD))).toEqual([200])
})

test('names are read in any case, choices by name or number, null is absent', async () => {
  const simulator = newSimulator()
  const body = {
    Audience: 'nhn:jft',
    CREATEDPOPTOKENWITHDPOPPROOF: true,
    clientClaimsParametersGeneration: 2,
    UserClaimsParametersGeneration: 'generatenone',
    DPoPProofParameters: { HtuClaimValue: READ, HtmClaimValue: 'GET', InvalidDPoPProofParameters: 'none' },
    ClientClaimsParameters: { Scope: ['nhn:jft/api'], OrgnrParent: '313231593', ClientId: null, ClientName: '' },
  }
  const token = await tokenFor(simulator, body)
  expect(decodeJwt(token.accessTokenJwt)).not.toHaveProperty('client_id')
  expect(await verdictOf(simulator, token)).toEqual([200])
})

describe('every defect of a proof is a 401 by its rule', () => {
  test.each([
    [1, 'DontSetHtuClaimValue', ['dpop-htu']],
    [2, 'DontSetHtmClaimValue', ['dpop-htm']],
    [3, 'SetIatValueInThePast', ['dpop-iat']],
    [4, 'SetIatValueInTheFuture', ['dpop-iat']],
    [5, 'DontSetAthClaimValue', ['dpop-ath']],
    [6, 'DontSetAlgHeader', ['dpop-alg']],
    [7, 'DontSetJwkHeader', ['dpop-jwk']],
    [8, 'DontSetJtiClaim', ['dpop-jti']],
    [9, 'SetAlgHeaderToASymmetricAlgorithm', ['dpop-alg']],
    [10, 'SetPrivateKeyInJwkHeader', ['dpop-private-key']],
    [11, 'SetInvalidTypHeaderValue', ['dpop-typ']],
    [12, 'SetAnInvalidSignature', ['dpop-signature']],
    [13, 'SetAnInvalidJktValueInToken', ['dpop-thumbprint']],
  ])('%i %s', async (number, name, rules) => {
    const simulator = newSimulator()
    for (const invalidDPoPProofParameters of [number, name]) {
      const dPoPProofParameters = { ...GOOD.dPoPProofParameters, invalidDPoPProofParameters }
      const token = await tokenFor(simulator, { ...GOOD, dPoPProofParameters })
      expect(await verdictOf(simulator, token)).toEqual([401, ...rules])
    }
  })
})

describe('every defect of a token is refused by its rule', () => {
  test.each([
    [{ signJwtWithInvalidSigningKey: true }, [401, 'token-signature']],
    [{ setInvalidIssuer: true }, [401, 'token-issuer']],
    [{ setInvalidAudience: true }, [401, 'token-audience']],
    [{ audience: 'nhn:vkp' }, [401, 'token-audience']],
    [{ expirationParameters: { setExpirationTimeAsExpired: true } }, [401, 'token-expired']],
    [{ headerParameters: { typ: 'jwt' } }, [200]],
    [{ headerParameters: { typ: 'dpop+jwt' } }, [401, 'token-typ']],
    [{ clientClaimsParameters: { cnfJkt: 'x'.repeat(43) } }, [401, 'dpop-thumbprint']],
    [{ clientClaimsParameters: { orgnrParent: '313231593' } }, [403, 'token-scope']],
    [{ clientClaimsParameters: { scope: ['nhn:jft/api'] } }, [403, 'jft-municipality']],
    [{ clientClaimsParametersGeneration: 1 }, [403, 'token-scope']],
    [{ createDPoPTokenWithDPoPProof: false }, [401, 'token-binding', 'dpop-missing']],
    [{ apiSpecificClaims: [{ type: 'aud', value: 'nhn:pit' }] }, [401, 'token-audience']],
  ])('%o', async (changes, expected) => {
    const simulator = newSimulator()
    expect(await verdictOf(simulator, await tokenFor(simulator, { ...GOOD, ...changes }))).toEqual(expected)
  })
})

test('a proof is made with the key that was sent', async () => {
  const simulator = newSimulator()
  const { privateKey } = await generateKeyPair('PS256', { extractable: true })
  const privateKeyForProofCreation = JSON.stringify(await exportJWK(privateKey))
  const token = await tokenFor(simulator, {
    ...GOOD,
    dPoPProofParameters: { ...GOOD.dPoPProofParameters, privateKeyForProofCreation },
  })
  const { alg, jwk } = decodeProtectedHeader(token.dPoPProof ?? '')
  expect({ alg, members: Object.keys(jwk ?? {}) }).toEqual({ alg: 'PS256', members: ['kty', 'n', 'e'] })
  expect(await verdictOf(simulator, token)).toEqual([200])
})

test('claims are those that were asked for', async () => {
  const { accessTokenJwt } = await tokenFor(newSimulator(), {
    audience: 'nhn:jft',
    clientClaimsParametersGeneration: 'GenerateOnlyFromNonEmptyParameterValues',
    userClaimsParametersGeneration: 0,
    expirationParameters: { expirationTimeInSeconds: 30, expirationTimeInDays: 1 },
    clientClaimsParameters: {
      orgnrParent: '313231593',
      orgnrSupplier: '994598759',
      clientName: 'A',
      jti: 'J',
      clientTenancyType: 0,
    },
    apiSpecificClaims: [{ type: 'nhn:vkp/client/claims/vkp-id', value: 'X' }],
    createTokenExchangeClaims: true,
    tokenExchangeParameters: { issuer: 'I', clientId: 'C', orgnrParent: '312229544' },
  })
  const { nbf, iat, exp, ...claims } = decodeJwt(accessTokenJwt)
  expect([(exp ?? 0) - (iat ?? 0), nbf]).toEqual([86_430, iat])
  expect(claims).toEqual({
    iss: `${BASE}/helseid`,
    aud: 'nhn:jft',
    jti: 'J',
    'helseid://claims/client/claims/orgnr_parent': '313231593',
    'helseid://claims/client/claims/orgnr_supplier': '994598759',
    'helseid://claims/client/client_name': 'A',
    'helseid://claims/client/client_tenancy': 'multi-tenant',
    'nhn:vkp/client/claims/vkp-id': 'X',
    act: { iss: 'I', client_id: 'C', 'helseid://claims/client/claims/orgnr_parent': '312229544' },
  })
})

test('the older form has the audience in a header, and general claims', async () => {
  const body = {
    generalClaimsParametersGeneration: 2,
    generalClaimsParameters: { orgnrParent: '313231593' },
    withoutDefaultUserClaims: true,
  }
  const response = await post(newSimulator(), body, '/create-test-token-with-key', { audience: 'nhn:jft' })
  const { successResponse } = (await response.json()) as { successResponse: TestToken }
  expect(decodeJwt(successResponse.accessTokenJwt)).toMatchObject({
    aud: 'nhn:jft',
    'helseid://claims/client/claims/orgnr_parent': '313231593',
  })
})

describe('a person in a token', () => {
  const PERSON = ['name', 'sub', 'sid', 'helseid://claims/identity/pid', 'helseid://claims/identity/security_level']
  const claimsOf = async (path: string, body: object) => {
    const answer = await post(newSimulator(), body, path, { audience: 'nhn:jft' })
    const { successResponse } = (await answer.json()) as { successResponse: TestToken }
    return decodeJwt(successResponse.accessTokenJwt)
  }

  test.each([
    ['/create-test-token-with-key', { generalClaimsParametersGeneration: 2 }, false],
    ['/create-test-token-with-key', { GeneralClaimsParametersGeneration: 2, UserClaimsParametersGeneration: 0 }, false],
    ['/create-test-token-with-key', { userClaimsParametersGeneration: 1 }, true],
    ['/create-test-token-with-key', { UserClaimsParametersGeneration: 1 }, true],
    ['/v2/create-test-token-with-key', { audience: 'nhn:jft', clientClaimsParametersGeneration: 2 }, true],
  ])('at %s with %j: %s', async (path, body, isThere) => {
    const claims = await claimsOf(path, body)
    expect(PERSON.filter((name) => name in claims)).toEqual(isThere ? PERSON : [])
    if (isThere) expect(claims.sid).not.toBe(claims.jti)
  })

  test('setSubject gives a subject: each person’s own, unless one is named', async () => {
    const subject = async (more: object) => {
      const body = { audience: 'nhn:jft', withoutDefaultUserClaims: true, ...more }
      return (await claimsOf('/v2/create-test-token-with-key', body)).sub
    }
    const pid = '13717404089'
    expect(await subject({})).toBeUndefined()
    expect(await subject({ setSubject: true })).toBe('nonfigurativ-hestesko')
    const own = await subject({ setSubject: true, userClaimsParameters: { pid } })
    expect(own).toMatch(/^person-\w+$/)
    expect(await subject({ setSubject: true, userClaimsParameters: { pid } })).toBe(own)
    expect(await subject({ setSubject: true, userClaimsParameters: { pid, subject: 'mine' } })).toBe('mine')
  })
})

describe('a request that it does not understand', () => {
  test('is refused with every field that is wrong', async () => {
    const simulator = newSimulator()
    const body = {
      clientClaimParameters: {},
      dPoPProofParameters: { htuClaimValu: READ, invalidDPoPProofParameters: 14 },
      clientClaimsParameters: { scope: 'nhn:jft/api' },
    }
    const response = await post(simulator, body)
    expect(response.status).toBe(400)
    const answer = (await response.json()) as { jft_simulator: { issues: { message: string }[] } }
    expect(answer).toMatchObject({ isError: true, successResponse: null })
    const messages = answer.jft_simulator.issues.map((issue) => issue.message)
    expect(messages).toContain('The request has no field clientClaimParameters. Did you mean clientClaimsParameters?')
    expect(messages).toContain('dPoPProofParameters has no field htuClaimValu. Did you mean htuClaimValue?')
    expect(
      messages.filter((message) => /^(clientClaimsParameters.scope|dPoPProofParameters.inv)/.test(message)),
    ).toHaveLength(2)
  })

  test.each([
    [{}, ['audience is required, for example "nhn:jft".']],
    [
      { ...GOOD, dPoPProofParameters: {} },
      [
        'dPoPProofParameters.htuClaimValue is required for a proof.',
        'dPoPProofParameters.htmClaimValue is required for a proof.',
      ],
    ],
    [{ ...GOOD, issuerEnvironment: 'IntTest' }, ['issuerEnvironment IntTest has no issuer here.']],
    [
      {
        ...GOOD,
        dPoPProofParameters: { ...GOOD.dPoPProofParameters, privateKeyForProofCreation: { kty: 'oct', k: 'AAAA' } },
      },
      ['dPoPProofParameters.privateKeyForProofCreation is not a private RSA or EC key as a JSON Web Key.'],
    ],
  ])('%o', async (body, messages) => {
    const simulator = newSimulator()
    expect((await post(simulator, body)).status).toBe(400)
    const [newest] = await simulator.world.state.journal.list({ limit: 1 })
    expect(newest?.issues.map((issue) => issue.message)).toEqual(messages)
  })

  test('a field that changes nothing is taken with a warning', async () => {
    const simulator = newSimulator()
    await tokenFor(simulator, { ...GOOD, createTillitsrammeverkClaims: true })
    const [newest] = await simulator.world.state.journal.list({ limit: 1 })
    expect(newest?.warnings.map((issue) => issue.message)).toEqual([
      'createTillitsrammeverkClaims changes nothing here.',
    ])
  })

  test('a body that is not JSON', async () => {
    const simulator = newSimulator()
    const response = await simulator.fetch(
      new Request(`${BASE}/ttt/v2/create-test-token-with-key`, { method: 'POST', body: '{' }),
    )
    expect(response.status).toBe(400)
    expect(await rulesOf(simulator)).toEqual(['ttt-request'])
  })
})

/** The full request that Helsedirektoratet publishes as an example. */
const PUBLISHED = {
  audience: 'hdir:kuhr-krav-api',
  signJwtWithInvalidSigningKey: false,
  setInvalidIssuer: false,
  withoutDefaultClientClaims: true,
  withoutDefaultUserClaims: true,
  clientClaimsParameters: {
    scope: ['openid', 'profile', 'read', 'hdir:kuhr-krav-api/krav'],
    jti: 'F4F832F0C68E24F0011F773B71CC6739',
    client_id: 'eeb808a2-6e6f-42ae-849a-505432cf128f',
    clientTenancy: true,
    clientAuthenticationMethodsReferences: 'private_key_jwt',
    orgnrParent: '883974832',
  },
  userClaimsParameters: { pid: '15876498518', securityLevel: '4' },
  getPersonFromPersontjenesten: true,
  onlySetNameForPerson: true,
  getHprNumberFromHprregisteret: true,
  setSubject: true,
  createDPoPTokenWithDPoPProof: true,
  dPoPProofParameters: { htmClaimValue: 'GET', htuClaimValue: 'https://api-preprod.helserefusjon.no/kuhr/krav' },
}

describe('a field that it does not know is passed over, with a warning that names it', () => {
  const warningsOf = async (simulator: Simulator) => {
    const [newest] = await simulator.world.state.journal.list({ limit: 1 })
    return (newest?.warnings ?? []).filter(({ rule }) => rule === 'ttt-unknown-field').map(({ message }) => message)
  }

  test('in the example that Helsedirektoratet publishes', async () => {
    const simulator = newSimulator()
    await tokenFor(simulator, PUBLISHED)
    expect(await warningsOf(simulator)).toEqual([
      'clientClaimsParameters has no field client_id. Did you mean clientId?',
    ])
  })

  test.each<[object, string]>([
    [{ colour: 'red' }, 'The request has no field colour.'],
    [
      { ClientClaimsParameters: { ...GOOD.clientClaimsParameters, Colour: 'red' } },
      'clientClaimsParameters has no field Colour.',
    ],
    [{ userClaimsParameters: { colour: null } }, 'userClaimsParameters has no field colour.'],
    [{ dPoPProofParameters: { ...GOOD.dPoPProofParameters, colour: {} } }, 'dPoPProofParameters has no field colour.'],
    [{ expirationParameters: { colour: 1 } }, 'expirationParameters has no field colour.'],
    [{ headerParameters: { colour: 1 } }, 'headerParameters has no field colour.'],
    [{ tokenExchangeParameters: { colour: 1 } }, 'tokenExchangeParameters has no field colour.'],
    [
      {
        apiSpecificClaims: [
          { type: 'a', value: 1 },
          { type: 'b', value: 1, colour: 1 },
        ],
      },
      'apiSpecificClaims[1] has no field colour.',
    ],
  ])('%o', async (more, message) => {
    const simulator = newSimulator()
    const { clientClaimsParameters, ...good } = GOOD
    await tokenFor(
      simulator,
      'ClientClaimsParameters' in more ? { ...good, ...more } : { ...good, clientClaimsParameters, ...more },
    )
    expect(await warningsOf(simulator)).toEqual([expect.stringContaining(message)])
  })
})
