import { expect, test } from 'vitest'
import { type RegistrationForm, registrationOf } from './registration.ts'

const FORM: RegistrationForm = {
  clientId: '',
  name: 'My system',
  tenancy: 'multi-tenant',
  organization: '994598759',
  organizations: '313231593, 312229544\n',
  vkpId: 'My_System',
  scopes: 'nhn:jft/api',
  publicKey: '{"kty":"RSA","n":"AQAB","e":"AQAB","kid":"one","d":"secret","p":"secret"}',
}

test('a client of JFT acts by delegation, and its private key stays here', () => {
  expect(registrationOf('jft', FORM, 'no key')).toEqual({
    name: 'My system',
    tenancy: 'multi-tenant',
    organization: '994598759',
    delegations: ['313231593', '312229544'],
    scopes: ['nhn:jft/api'],
    publicKeys: [{ kty: 'RSA', n: 'AQAB', e: 'AQAB', kid: 'one' }],
  })
})

test('a client of VKP has its vkp-id in a claim, and may do without DPoP', () => {
  const form = { ...FORM, clientId: 'mine', tenancy: 'none', scopes: 'nhn:vkp/a nhn:vkp/b' }
  expect(registrationOf('vkp', form, 'no key')).toMatchObject({
    clientId: 'mine',
    dpop: 'optional',
    apiClaims: { 'nhn:vkp/client/claims/vkp-id': 'My_System' },
    scopes: ['nhn:vkp/a', 'nhn:vkp/b'],
  })
})

test.each(['', '-----BEGIN PRIVATE KEY-----', '[]', '{"keys":[]}'])('%j is not a key, and is not sent', (publicKey) => {
  expect(() => registrationOf('jft', { ...FORM, publicKey }, 'no key')).toThrow('no key')
})
