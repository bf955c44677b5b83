import { exportJWK, generateKeyPair } from 'jose'
import { describe, expect, test } from 'vitest'
import type { SimulatorInput } from '../../state/options.ts'
import {
  BASE,
  fetchToken,
  newKey,
  newSimulator,
  proofOf,
  readyMade,
  rulesOf,
  type TestClient,
  type TokenAnswer,
} from '../helseid/helseid.fixture.ts'

const SECRET = `${BASE}/selvbetjening/v1/client-secret`
const SCOPE = 'nhn:selvbetjening/client'

/** A client that asks for another key, and the status of a token request with its key. */
async function starting(input: SimulatorInput = {}) {
  const simulator = newSimulator(input)
  const client = await readyMade(simulator)
  const key = await newKey()
  const tokenStatus = async (as: TestClient) => (await fetchToken(simulator, as, await newKey())).status
  const rotate = async (body: string, scope = SCOPE) => {
    const got = await fetchToken(simulator, client, key, {}, { scope })
    const { access_token: token } = (await got.json()) as TokenAnswer
    const ath = await digest(token)
    const dpop = await proofOf(simulator, key, { payload: { htm: 'POST', htu: SECRET, ath } })
    const headers = { authorization: `DPoP ${token}`, dpop, 'content-type': 'application/json' }
    return simulator.fetch(new Request(SECRET, { method: 'POST', headers, body }))
  }
  return { simulator, client, rotate, tokenStatus }
}

async function digest(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Buffer.from(bytes).toString('base64url')
}

/** Another key of the client, as its library makes it. */
async function another({ clientId }: TestClient) {
  const { privateKey, publicKey } = await generateKeyPair('PS256', { extractable: true, modulusLength: 2048 })
  const { n = '', e = '' } = await exportJWK(publicKey)
  const next: TestClient = { clientId, alg: 'PS256', privateKey, publicJwk: { kty: 'RSA', n, e } }
  return { next, sent: { kty: 'RSA', e, use: 'sig', kid: 'ABC', alg: 'PS256', n }, secret: await exportJWK(privateKey) }
}

describe('rotation of a key', () => {
  test.each([
    ['JSON, as HelseID.Library sends it', (jwk: object) => JSON.stringify(jwk)],
    ['JSON in a string, as the sample does', (jwk: object) => JSON.stringify(JSON.stringify(jwk))],
  ])('by %s: the new key is good, the older one is not', async (_what, written) => {
    const { client, rotate, tokenStatus } = await starting()
    const { next, sent } = await another(client)
    expect(await tokenStatus(next)).toBe(400)
    const answer = await rotate(written(sent))
    const { expiration } = (await answer.json()) as { expiration: string }
    expect([answer.status, Date.parse(expiration) > Date.now()]).toEqual([200, true])
    expect([await tokenStatus(next), await tokenStatus(client)]).toEqual([200, 400])
  })

  test('the client can rotate again with its new key', async () => {
    const { simulator, client, rotate, tokenStatus } = await starting()
    const { next, sent } = await another(client)
    await rotate(JSON.stringify(sent))
    expect((await fetchToken(simulator, next, await newKey(), {}, { scope: SCOPE })).status).toBe(200)
    expect(await tokenStatus(next)).toBe(200)
  })

  test('a registered key is kept beside the new one where the setting says so', async () => {
    const { simulator, client, rotate } = await starting({ assumptions: { rotatedKeys: 'kept' } })
    const [first, second] = [await another(client), await another(client)]
    await rotate(JSON.stringify(first.sent))
    await simulator.world.state.clients.find(client.clientId)
    const key = await newKey()
    const got = await fetchToken(simulator, first.next, key, {}, { scope: SCOPE })
    const { access_token: token } = (await got.json()) as TokenAnswer
    const payload = { htm: 'POST', htu: SECRET, ath: await digest(token) }
    const headers = { authorization: `DPoP ${token}`, dpop: await proofOf(simulator, key, { payload }) }
    await simulator.fetch(new Request(SECRET, { method: 'POST', headers, body: JSON.stringify(second.sent) }))
    for (const { next } of [first, second]) expect((await fetchToken(simulator, next, await newKey())).status).toBe(200)
  })

  test.each<[string, (key: Awaited<ReturnType<typeof another>>) => string, string]>([
    ['a private key', ({ secret }) => JSON.stringify(secret), 'client-private-key'],
    ['a private key in a string', ({ secret }) => JSON.stringify(JSON.stringify(secret)), 'client-private-key'],
    ['no key', () => '{}', 'client-registration'],
    ['no JSON', () => '{', 'client-registration'],
    ['nothing', () => '', 'client-registration'],
    ['a short key', ({ sent }) => JSON.stringify({ ...sent, n: sent.n.slice(0, 100) }), 'client-registration'],
  ])('%s is refused, and the key of before stays', async (_what, written, rule) => {
    const { simulator, client, rotate, tokenStatus } = await starting()
    const answer = await rotate(written(await another(client)))
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      400,
      'application/problem+json; charset=utf-8',
    ])
    expect(await answer.json()).toMatchObject({ status: 400, jft_simulator: { issues: [{ rule }] } })
    expect(await rulesOf(simulator)).toEqual([rule])
    expect(await tokenStatus(client)).toBe(200)
  })

  test('needs a token for it', async () => {
    const { client, rotate } = await starting()
    const { sent } = await another(client)
    expect((await rotate(JSON.stringify(sent), 'nhn:jft/api')).status).toBe(401)
    const { simulator } = await starting()
    expect((await simulator.fetch(new Request(SECRET, { method: 'POST', body: '{}' }))).status).toBe(401)
  })

  test('is there at the real host name too', async () => {
    const { simulator } = await starting()
    const url = 'https://api.selvbetjening.test.nhn.no/v1/client-secret'
    expect((await simulator.fetch(new Request(url, { method: 'POST', body: '{}' }))).status).toBe(401)
  })
})
