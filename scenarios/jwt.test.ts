import { base64url } from 'jose'
import { expect, test } from 'vitest'
import { createProof, newProofKey } from './helseid-client.ts'
import { alterJwt, readJwt } from './jwt.ts'

const NOW = 1_772_452_800

const aProof = async () =>
  createProof(await newProofKey(), { method: 'GET', url: 'https://jft.example/v1/Bundle?_count=5' }, () => NOW * 1000)

test('a token is read without its signature', async () => {
  const { header, claims } = readJwt(await aProof())
  expect(header).toMatchObject({ typ: 'dpop+jwt', alg: 'ES256' })
  expect(claims).toMatchObject({ htm: 'GET', htu: 'https://jft.example/v1/Bundle', iat: NOW })
})

test('members are set and taken away, times are counted from now, and the signature stays', async () => {
  const text = await aProof()
  const altered = alterJwt(text, { header: { alg: null }, claims: { htm: null, iat: { seconds: -60 } } }, NOW)
  expect(readJwt(altered).header).not.toHaveProperty('alg')
  expect(readJwt(altered).claims).not.toHaveProperty('htm')
  expect(readJwt(altered).claims).toMatchObject({ htu: 'https://jft.example/v1/Bundle', iat: NOW - 60 })
  expect(altered.split('.')[2]).toBe(text.split('.')[2])
})

test('the signature goes where the edit says so', async () => {
  const altered = alterJwt(await aProof(), { header: { alg: 'none' }, signature: 'none' }, NOW)
  expect(altered).toMatch(/^[\w-]+\.[\w-]+\.$/)
  expect(readJwt(altered).header.alg).toBe('none')
})

test('what is not a token is told', () => {
  expect(() => readJwt(`${base64url.encode('{}')}.nothing`)).toThrow(SyntaxError)
})
