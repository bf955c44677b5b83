import { expect, test } from 'vitest'
import { makeKeyPair } from './key-pair.ts'

test('a key pair is made, and its public key has nothing that is private', async () => {
  const { publicKey, privateKey } = await makeKeyPair()
  expect(Object.keys(publicKey).sort()).toEqual(['alg', 'e', 'kty', 'n'])
  expect(privateKey).toMatchObject({ ...publicKey, kty: 'RSA', alg: 'RS256', d: expect.any(String) })
  expect(privateKey).not.toHaveProperty('key_ops')
})
