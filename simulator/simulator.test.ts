import { describe, expect, test } from 'vitest'
import { noteFactory } from '../fixtures/index.ts'
import manifest from '../package.json' with { type: 'json' }
import { VERSION } from './ground/version.ts'
import { createSimulator, OptionsError } from './simulator.ts'
import { startJft } from './surfaces/jft.fixture.ts'

const get = (url: string, headers: Record<string, string> = {}) =>
  createSimulator().fetch(new Request(url, { headers }))

describe('routing by host and path', () => {
  test('the real host names lead to the same surfaces, with links under those hosts', async () => {
    const answer = await get('https://helseid-sts.test.nhn.no/.well-known/openid-configuration')
    expect(await answer.json()).toMatchObject({
      issuer: 'https://helseid-sts.test.nhn.no',
      token_endpoint: 'https://helseid-sts.test.nhn.no/connect/token',
    })
  })

  test('a submission to the real host gets its status URL on the real ReadAPI', async () => {
    const { simulator } = startJft()
    const url = 'https://api.write.jft.test.nhn.no/v1/Composition'
    const post = (to: string, body: unknown, headers: Record<string, string> = {}) =>
      simulator.fetch(
        new Request(to, {
          method: 'POST',
          body: JSON.stringify(body),
          headers: { 'content-type': 'application/json', ...headers },
        }),
      )
    const token = await post('https://helseid-ttt.test.nhn.no/v2/create-test-token-with-key', {
      Audience: 'nhn:jft',
      CreateDPoPTokenWithDPoPProof: true,
      DPoPProofParameters: { HtuClaimValue: url, HtmClaimValue: 'POST' },
      ClientClaimsParameters: { Scope: ['nhn:jft/api'], OrgnrParent: '313231593' },
    })
    const { successResponse } = (await token.json()) as {
      successResponse: { accessTokenJwt: string; dPoPProof: string }
    }
    const answer = await post(url, noteFactory.build(), {
      authorization: `DPoP ${successResponse.accessTokenJwt}`,
      dpop: successResponse.dPoPProof,
    })
    expect(answer.status).toBe(202)
    expect(answer.headers.get('location')).toMatch(/^https:\/\/api\.read\.jft\.test\.nhn\.no\/v1\/Composition\//)
  })

  test('both loopback addresses answer with links under the address that was called', async () => {
    for (const base of ['http://127.0.0.1:7357', 'http://[::1]:7357']) {
      const answer = await get(`${base}/helseid/.well-known/openid-configuration`)
      expect(await answer.json()).toMatchObject({ issuer: `${base}/helseid` })
    }
  })

  test.each([
    'http://evil.example:7357/_sim/info',
    'http://localhost:9999/_sim/info',
    'https://api.write.jft.nhn.no/v1/Bundle',
  ])('%s is refused: not a host of this simulator', async (url) => {
    const answer = await get(url)
    expect(answer.status).toBe(421)
    expect(await answer.json()).toMatchObject({ issues: [{ rule: 'http-host' }] })
  })

  test('a path without a surface names the base URLs', async () => {
    const answer = await get('http://localhost:7357/v1/Bundle')
    expect(answer.status).toBe(404)
    expect(await answer.text()).toContain('http://localhost:7357/write')
  })

  test('a path that nearly exists gets a suggestion', async () => {
    const answer = await get('http://localhost:7357/_sim/exchange')
    expect(await answer.json()).toMatchObject({
      issues: [{ message: expect.stringContaining('Did you mean /exchanges?') }],
    })
  })
})

describe('options', () => {
  test('every wrong option is named at once', () => {
    const wrong = { environment: 'staging', assumptions: { countMax: 'x', counMax: 1 }, clients: [{}] }
    expect(() => createSimulator(wrong as never)).toThrow(OptionsError)
    try {
      createSimulator(wrong as never)
    } catch (error) {
      expect((error as OptionsError).faults.map(({ option }) => option)).toEqual([
        'environment',
        'assumptions.countMax',
        'assumptions.counMax',
      ])
    }
  })

  test('a client that is registered with its private key is refused', () => {
    const jwk = { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA', d: 'AA' }
    const client = { clientId: 'a', tenancy: 'multi-tenant', organization: '994598759', publicKeys: [jwk] }
    expect(() => createSimulator({ clients: [client] })).toThrow(/private/)
  })

  test('production takes only real numbers, and plays the real production hosts', async () => {
    const jft = startJft({ environment: 'prod' })
    const answer = await jft.call('POST', '/write/v1/Composition', { body: JSON.stringify(noteFactory.build()) })
    expect(await jft.issues(answer)).toEqual([{ rule: 'organization-number-synthetic' }])
    const noted = await jft.call('POST', '/write/v1/Composition', {
      body: JSON.stringify(noteFactory.build()),
      orgnr: '994598759',
    })
    expect(await jft.issues(noted)).toEqual([
      { rule: 'identity-number-synthetic' },
      { rule: 'identity-number-synthetic' },
    ])
  })
})

test('the version is that of the package', () => expect(VERSION).toBe(manifest.version))
