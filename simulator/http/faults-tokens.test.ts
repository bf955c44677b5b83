import type { JSONWebKeySet } from 'jose'
import { decodeProtectedHeader } from 'jose'
import { describe, expect, test } from 'vitest'
import { noteFactory } from '../../fixtures/index.ts'
import type { Simulator } from '../simulator.ts'
import {
  BASE,
  type Changes,
  callApi,
  fetchToken,
  ISSUER,
  type KeyPair,
  newKey,
  newSimulator,
  nonceOf,
  readyMade,
  type TokenAnswer,
} from '../surfaces/helseid/helseid.fixture.ts'
import { CLASSIC, eventsOf, notesOf, PROXIED, startVkp } from '../surfaces/vkp/vkp.fixture.ts'

const READ = `${BASE}/read/v1/Bundle`

async function order(simulator: Simulator, fault: unknown) {
  const body = JSON.stringify(fault)
  const answer = await simulator.fetch(new Request(`${BASE}/_sim/faults`, { method: 'POST', body }))
  expect(answer.status, await answer.text()).toBe(201)
}

async function newToken(simulator: Simulator, key: KeyPair): Promise<string> {
  const answer = await fetchToken(simulator, await readyMade(simulator), key)
  return ((await answer.json()) as TokenAnswer).access_token
}

/** A client with a token. */
async function ready() {
  const simulator = newSimulator()
  const key = await newKey()
  const token = await newToken(simulator, key)
  const read = (changes?: Changes, sent = token) => callApi(simulator, key, sent, READ, changes)
  return { simulator, key, token, read }
}

describe('a demand for a nonce', () => {
  test('401 use_dpop_nonce with a nonce, and the proof with it passes, until the fault ends', async () => {
    const { simulator, read } = await ready()
    await order(simulator, { preset: 'nonce-demand' })
    for (let n = 0; n < 2; n += 1) {
      const challenged = await read()
      const nonce = challenged.headers.get('dpop-nonce')
      expect(challenged.status).toBe(401)
      expect(challenged.headers.get('www-authenticate')).toMatch(
        /^DPoP error="use_dpop_nonce", error_description="Resource server requires nonce in DPoP proof", algs=/,
      )
      expect((await read({ payload: { nonce } })).status).toBe(200)
    }
    await simulator.fetch(new Request(`${BASE}/_sim/faults`, { method: 'DELETE' }))
    expect((await read()).status).toBe(200)
  })

  test('a nonce of HelseID’s, or one that nobody gave, does not do', async () => {
    const { simulator, read } = await ready()
    await order(simulator, { preset: 'nonce-demand' })
    for (const nonce of [await nonceOf(simulator), 'made.up']) {
      expect((await read({ payload: { nonce } })).status).toBe(401)
    }
  })

  test('a bad proof is refused as such first', async () => {
    const { simulator, read } = await ready()
    await order(simulator, { preset: 'nonce-demand' })
    const refused = await read({ payload: { htm: 'PUT' } })
    expect(refused.headers.get('www-authenticate')).toContain('invalid_dpop_proof')
    expect(refused.headers.get('jftsim-fault')).toBeNull()
  })
})

describe('rotated keys', () => {
  const kids = async (simulator: Simulator) => {
    const answer = await simulator.fetch(new Request(`${ISSUER}/.well-known/openid-configuration/jwks`))
    return ((await answer.json()) as JSONWebKeySet).keys.map(({ kid }) => kid)
  }

  test('kept: the JWKS has both, new tokens have the new key, and the old token passes', async () => {
    const { simulator, key, token, read } = await ready()
    const [old] = await kids(simulator)
    await order(simulator, { preset: 'new-key' })
    expect((await read()).headers.get('jftsim-fault')).toBe('f1 rotate-keys, old key kept')
    const now = await kids(simulator)
    expect(now).toEqual([expect.not.stringMatching(`^${old}$`), old])
    const renewed = await newToken(simulator, key)
    expect([token, renewed].map((one) => decodeProtectedHeader(one).kid)).toEqual([old, now[0]])
    expect((await read()).status).toBe(200)
    expect((await read({}, renewed)).status).toBe(200)
  })

  test('withdrawn: only the new one is left, the old token is refused although it passed before', async () => {
    const { simulator, key, read } = await ready()
    const [old] = await kids(simulator)
    expect((await read()).status).toBe(200)
    await order(simulator, { preset: 'withdrawn-key' })
    const refused = await read()
    expect(refused.headers.get('www-authenticate')).toContain('invalid_token')
    const now = await kids(simulator)
    expect([now.length, now.includes(old)]).toEqual([1, false])
    expect((await read({}, await newToken(simulator, key))).status).toBe(200)
  })
})

describe('legs of VKP', () => {
  const note = JSON.stringify(noteFactory.build())

  test.each([
    ['the connection to JFT breaks after the event was stored', { preset: 'retry-trap' }, 1],
    ['the connection to HelseID breaks', { surface: 'helseid', effect: { kind: 'reset', when: 'before' } }, 0],
    ['the answer of HelseID is cut', { surface: 'helseid', effect: { kind: 'truncate', bytes: 3 }, times: 2 }, 0],
  ])('%s: VKP answers, and does not fail itself', async (_name, fault, stored) => {
    const vkp = startVkp({ assumptions: { vkpJftDown: 'time-out' } })
    await order(vkp.simulator, fault)
    const answer = await vkp.call(`${PROXIED}/composition`, { body: note })
    expect(answer.status).toBe(400)
    expect(await vkp.codes(answer)).toHaveLength(1)
    expect(await eventsOf(vkp)).toHaveLength(stored)
  })

  test('the connection to the EHR breaks after the note was written', async () => {
    const vkp = startVkp()
    await order(vkp.simulator, { surface: 'ehr', effect: { kind: 'reset', when: 'after' } })
    const answer = await vkp.call(`${CLASSIC}/composition`, { body: note })
    expect([answer.status, await vkp.codes(answer)]).toEqual([400, ['3.1 vkp-timed-out']])
    expect(await notesOf(vkp, CLASSIC)).toHaveLength(1)
  })
})
