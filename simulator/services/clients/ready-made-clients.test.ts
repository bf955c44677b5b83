import { createPrivateKey, createPublicKey } from 'node:crypto'
import { calculateJwkThumbprint } from 'jose'
import { expect, test } from 'vitest'
import { newSimulator } from '../../surfaces/helseid/helseid.fixture.ts'
import { clientFile, readyMadeClients } from './ready-made-clients.ts'

test('the clients cover both tenancies and both municipalities of NHN’s documents', () => {
  expect(
    readyMadeClients().map(({ name, tenancy, organization, delegations }) => [
      name,
      tenancy,
      organization,
      ...delegations,
    ]),
  ).toEqual([
    ['Bruno-Local', 'multi-tenant', '994598759', '313231593', '312229544'],
    ['EHR-Local', 'multi-tenant', '994598759', '313231593', '312229544'],
    ['Municipality-Local', 'single-tenant', '313231593'],
    ['Bruno-VKP', 'none', '994598759'],
    ['VKP', 'multi-tenant', '994598759', '*'],
    ['Bruno-PIT', 'multi-tenant', '994598759', '313231593', '312229544'],
    ['EHR-PIT', 'multi-tenant', '994598759', '313231593', '312229544'],
    ['Municipality-PIT', 'single-tenant', '313231593'],
    ['VKP.Samples', 'none', '994598759'],
    ['HelseID.Samples (multi-tenant)', 'multi-tenant', '994598759', '999977774'],
    ['HelseID.Samples (single-tenant)', 'single-tenant', '999977774'],
  ])
})

test('production has no clients of PIT', () => {
  expect(
    readyMadeClients('prod').flatMap(({ scopes }) => scopes.filter((scope) => scope.startsWith('nhn:pit'))),
  ).toEqual([])
})

test('a file has the shape of HelseID’s self-service, with one key in both its forms', async () => {
  const { world } = newSimulator()
  const [vendor] = readyMadeClients()
  if (!vendor) throw new Error('no client')
  const { privateJwk, rsaPrivateKey, ...file } = await clientFile(world.state.keys, vendor, {
    origins: world.net.origins.local,
    handsOutKeys: true,
  })
  expect(file).toEqual({
    authority: 'http://localhost:7357/helseid',
    clientId: 'acdc0123-acdc-0123-4567-0123456789ab',
    grantTypes: ['client_credentials'],
    scopes: ['nhn:jft/api'],
    secretType: 'private_key_jwt:RsaPrivateKeyJwtSecret',
    rsaKeySizeBits: 2048,
  })
  const jwk = JSON.parse(String(privateJwk)) as Record<string, string>
  expect(jwk.kid).toBe(await calculateJwkThumbprint({ kty: 'RSA', n: String(jwk.n), e: String(jwk.e) }))
  const key = createPrivateKey({ key: jwk, format: 'jwk' })
  expect(createPublicKey(key).asymmetricKeyDetails?.modulusLength).toBe(2048)
  const xml = String(rsaPrivateKey)
  expect(Array.from(xml.matchAll(/<(\w+)>[^<]+</g), ([, name]) => name)).toEqual([
    'Modulus',
    'Exponent',
    'P',
    'Q',
    'DP',
    'DQ',
    'InverseQ',
    'D',
  ])
  const modulus = /<Modulus>([^<]+)</.exec(xml)?.[1] ?? ''
  expect(Buffer.from(modulus, 'base64').toString('base64url')).toBe(jwk.n)
})

test('every key that is handed out has a kid of its own', async () => {
  const { world } = newSimulator()
  const withKey = readyMadeClients().filter(({ keyName }) => keyName !== undefined)
  const files = await Promise.all(
    withKey.map((client) =>
      clientFile(world.state.keys, client, { origins: world.net.origins.local, handsOutKeys: true }),
    ),
  )
  const kids = files.map(({ privateJwk }) => (JSON.parse(String(privateJwk)) as { kid?: string }).kid)
  expect(kids.every((kid) => kid?.length === 43)).toBe(true)
  expect(new Set(kids).size).toBe(withKey.length)
})

test('the file of a client with its own key has no key', async () => {
  const { world } = newSimulator()
  const [vendor] = readyMadeClients()
  if (!vendor) throw new Error('no client')
  const { keyName: _name, ...own } = vendor
  expect(
    Object.keys(await clientFile(world.state.keys, own, { origins: world.net.origins.local, handsOutKeys: true })),
  ).toEqual(['authority', 'clientId', 'grantTypes', 'scopes', 'secretType'])
})
