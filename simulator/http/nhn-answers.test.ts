import { describe, expect, test } from 'vitest'
import type { SimulatorInput } from '../state/options.ts'
import {
  BASE,
  type Changes,
  callApi,
  fetchToken,
  newKey,
  newSimulator,
  readyMade,
  type TokenAnswer,
} from '../surfaces/helseid/helseid.fixture.ts'
import { startJft } from '../surfaces/jft.fixture.ts'
import { CLASSIC, startVkp } from '../surfaces/vkp/vkp.fixture.ts'

const READ = `${BASE}/read/v1/Bundle`

/** What a call with a good token and a proof that is spoilt is answered. */
async function refusedFor(changes: Changes, assumptions: SimulatorInput['assumptions']) {
  const simulator = newSimulator({ assumptions })
  const key = await newKey()
  const { access_token } = (await (await fetchToken(simulator, await readyMade(simulator), key)).json()) as TokenAnswer
  const answer = await callApi(simulator, key, access_token, READ, changes)
  return [answer.status, answer.headers.get('www-authenticate'), await answer.text()]
}

describe('the answers of an API as NHN’s samples have it', () => {
  const AS_NHN = { apiChallenge: 'nhn-samples' } as const

  test.each<[string, Changes]>([
    ['another method', { payload: { htm: 'PUT' } }],
    ['another URL', { payload: { htu: `${BASE}/read/v1/Composition` } }],
    ['no jti', { payload: { jti: undefined } }],
    ['an old proof', { payload: { iat: 1 } }],
  ])('a proof for %s: no word of the proof', async (_what, changes) => {
    expect(await refusedFor(changes, AS_NHN)).toEqual([401, 'Bearer error="invalid_token"', ''])
    const [status, header, body] = await refusedFor(changes, {})
    expect([status, header]).toEqual([
      401,
      expect.stringMatching(/^DPoP error="invalid_dpop_proof", error_description=/),
    ])
    expect(body).not.toBe('')
  })

  test('a token for another API: a description, and no body', async () => {
    const jft = startJft({ assumptions: AS_NHN })
    const answer = await jft.call('GET', '/read/v1/Bundle', { audience: 'nhn:other' })
    expect([answer.status, await answer.text()]).toEqual([401, ''])
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer error="invalid_token", error_description=".*aud/)
  })

  test('no token: a challenge alone', async () => {
    const { simulator } = startJft({ assumptions: AS_NHN })
    const answer = await simulator.fetch(new Request(READ))
    expect([answer.status, answer.headers.get('www-authenticate'), await answer.text()]).toEqual([401, 'Bearer', ''])
  })

  test.each(['/read/v1/Bundle', '/pit/v1/Patient'])(
    'no scope at %s: 403 with neither header nor body',
    async (path) => {
      const jft = startJft({ assumptions: AS_NHN })
      const audience = path.startsWith('/pit') ? 'nhn:pit' : 'nhn:jft'
      const answer = await jft.call('GET', path, { audience, scope: ['nhn:other/x'] })
      expect([answer.status, answer.headers.get('www-authenticate'), await answer.text()]).toEqual([403, null, ''])
      expect((await jft.lastExchange()).issues.map(({ rule }) => rule)).toEqual(['token-scope'])
    },
  )
})

describe('error_description', () => {
  const refused = async (assumptions: SimulatorInput['assumptions']) => {
    const simulator = newSimulator({ assumptions })
    const stranger = { ...(await newKey()), clientId: 'a "stranger"' }
    return (await (await fetchToken(simulator, stranger)).json()) as Record<string, unknown>
  }

  test('is not there by default, as at HelseID', async () => {
    expect(await refused({})).not.toHaveProperty('error_description')
  })

  test('says why, where the setting asks for it, in characters that it may have', async () => {
    const { error, error_description: description } = await refused({ tokenErrorDescription: 'explained' })
    expect([error, description]).toEqual([
      'invalid_client',
      expect.stringMatching(/^This simulator has no client [\x20-\x21\x23-\x5b\x5d-\x7e]+$/),
    ])
  })

  test('that HelseID gives itself stays as it is', async () => {
    for (const tokenErrorDescription of ['as-helseid', 'explained'] as const) {
      const simulator = newSimulator({ assumptions: { tokenErrorDescription } })
      const details = { assertion_details: { type: 'helseid_authorization', practitioner_role: 'x' } }
      const answer = await fetchToken(simulator, await readyMade(simulator), await newKey(), details)
      expect(await answer.json()).toMatchObject({ error_description: expect.stringContaining('HID-') })
    }
  })
})

describe('a Bearer token at VKP that is bound to a key', () => {
  test.each([
    ['the-thumbprint-of-a-key', ['vkp-token-bound']],
    [undefined, []],
  ])('%s', async (cnfJkt, rules) => {
    const vkp = startVkp()
    const token = {
      clientClaimsParameters: {
        scope: ['nhn:vkp/api/user/patient.read'],
        clientAuthenticationMethodsReferences: 'private_key_jwt',
        ...(cnfJkt === undefined ? {} : { cnfJkt }),
      },
    }
    const headers = { servicecodes: 'rt', 'content-type': null }
    expect((await vkp.call(`${CLASSIC}/patient/_search`, { headers, token })).status).toBe(200)
    expect((await vkp.story()).at(-1)?.warnings.map(({ rule }) => rule)).toEqual(rules)
  })
})
