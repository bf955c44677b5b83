import { exportJWK, generateKeyPair } from 'jose'
import { describe, expect, test } from 'vitest'
import { newKey, newSimulator } from '../../surfaces/helseid/helseid.fixture.ts'
import { readRegistration, registerClient } from './registration.ts'

const registration = async (changes: object = {}) => ({
  clientId: 'C',
  tenancy: 'single-tenant',
  organization: '313231593',
  publicKeys: [(await newKey()).publicJwk],
  ...changes,
})

const messagesOf = (value: unknown) => readRegistration(value).issues?.map(({ message }) => message) ?? []

test('what is left out gets the defaults of a JFT client', async () => {
  const { publicKeys, ...client } = readRegistration(await registration()).client ?? {}
  expect(publicKeys).toHaveLength(1)
  expect(client).toEqual({
    clientId: 'C',
    name: 'Unnamed client',
    tenancy: 'single-tenant',
    organization: '313231593',
    delegations: [],
    children: [],
    scopes: ['nhn:jft/api'],
    grantTypes: ['client_credentials'],
    dpop: 'required',
    apiClaims: {},
  })
})

test('a key may be JSON in a string, as self-service gives it', async () => {
  const { publicJwk } = await newKey('PS256')
  const { client } = readRegistration(await registration({ publicKeys: [JSON.stringify({ ...publicJwk, kid: 'K' })] }))
  expect(client?.publicKeys).toEqual([{ ...publicJwk, kid: 'K' }])
})

test('a client is registered with its world, with a new id where it has none', async () => {
  const { world } = newSimulator()
  const { clientId: _id, ...rest } = await registration()
  const { client } = await registerClient(world, rest)
  expect(client?.clientId).toMatch(/^[0-9a-f-]{36}$/)
  expect(await world.state.clients.find(client?.clientId ?? '')).toEqual(client)
})

describe('a registration that is wrong', () => {
  test('is refused with every field', async () => {
    const wrong = { clientID: 'C', tenancy: 'multitenant', organization: '12345', publicKeys: [] }
    const messages = messagesOf(wrong)
    expect(messages.map((message) => message.split(':')[0])).toEqual([
      'clientId',
      'tenancy',
      'organization',
      'publicKeys',
      'There is no field clientID. Did you mean clientId?',
    ])
  })

  test('is refused for a private key, which is not repeated', async () => {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true })
    const jwk = await exportJWK(privateKey)
    for (const key of [jwk, JSON.stringify(jwk)]) {
      const messages = messagesOf({ publicKeys: [key] })
      expect(messages).toEqual([
        'publicKeys[0] is a private or secret key: it has d. It was not kept; send the public members only.',
      ])
      expect(messages.join()).not.toContain(String(jwk.d))
    }
  })

  test.each([{ kty: 'oct' }, { kty: 'EC', crv: 'P-256', x: 'x' }, 'text'])('is refused for the key %j', async (key) => {
    const wrong = await registration({ publicKeys: [key] })
    expect(messagesOf(wrong)[0]).toMatch(/^publicKeys\[0\]/)
  })

  test('is refused when it is not an object', () => {
    expect(messagesOf('C')[0]).toMatch(/^The body: /)
  })
})
