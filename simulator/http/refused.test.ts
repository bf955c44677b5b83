import { expect, test } from 'vitest'
import type { Refusal } from '../ground/platform.ts'
import { createSimulator } from '../simulator.ts'
import { createSigningKeys } from '../state/memory/keys.ts'
import { BASE, fetchToken, newKey, readyMade } from '../surfaces/helseid/helseid.fixture.ts'

const KEYS = createSigningKeys()

/** A simulator and the refusals that its platform is told. */
function watched() {
  const told: Refusal[] = []
  const simulator = createSimulator({}, { keys: KEYS, refused: (refusal) => told.push(refusal) })
  const post = (path: string, body: unknown = {}) =>
    simulator.fetch(new Request(BASE + path, { method: 'POST', body: JSON.stringify(body) }))
  return { simulator, told, post, rules: () => told.map(({ surface, status, rule }) => [surface, status, rule]) }
}

test('a token and what is accepted are told nobody, the demand for a nonce among them', async () => {
  const { simulator, told } = watched()
  expect((await fetchToken(simulator, await readyMade(simulator), await newKey())).status).toBe(200)
  expect(told).toEqual([])
})

test('each refusal is told with its client, by the name where there is one', async () => {
  const { simulator, told } = watched()
  const client = await readyMade(simulator)
  await fetchToken(simulator, { ...client, ...(await newKey()), clientId: client.clientId })
  expect(told).toMatchObject([{ surface: 'helseid', status: 400, client: 'Bruno-Local', rule: 'assertion-signature' }])
  expect(told[0]?.link).toBe(`${BASE}/#/exchanges/x1`)
})

test('so are those of every sandbox, and of one that began again', async () => {
  const { post, rules, told } = watched()
  await post('/_sim/sandboxes', { name: 'mine' })
  await post('/s/mine/write/v1/Composition')
  await post('/s/mine/_sim/reset')
  await post('/s/mine/vkp/epj/r4/312229544/composition')
  expect(rules()).toEqual([
    ['jft-write', 401, 'token-missing'],
    ['vkp', 401, 'vkp-token-missing'],
  ])
  expect(told.map(({ link }) => link?.includes('?sandbox=mine#'))).toEqual([true, true])
})

test('and those before there was a surface', async () => {
  const { simulator, rules, post } = watched()
  await post('/nowhere')
  await simulator.fetch(new Request('https://api.selvbetjening.example/v1/x'))
  await post('/s/nobody/write/v1/Composition')
  expect(rules()).toEqual([
    [undefined, 404, 'http-path'],
    [undefined, 421, 'http-host'],
    [undefined, 404, 'sim-sandbox'],
  ])
})

test('what is only tried is no refusal of a client', async () => {
  const { post, told } = watched()
  expect((await post('/_sim/explain', { method: 'POST', url: '/write/v1/Composition', body: '{}' })).status).toBe(200)
  expect(told).toEqual([])
})
