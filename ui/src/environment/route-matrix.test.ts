import { describe, expect, test } from 'vitest'
import type { ClientEntry, VkpRoute } from '../data/api.ts'
import { axesOf, directOf, modeOf, withMode } from './route-matrix.ts'

const ROUTES: readonly VkpRoute[] = [
  { orgnr: '312229544', vkpId: '*', mode: 'proxy' },
  { orgnr: '*', vkpId: 'Vendor', mode: 'proxy', ehrUrl: 'http://ehr' },
  { orgnr: '313231593', vkpId: '*', mode: 'classic' },
]

const client = (name: string, part: Partial<ClientEntry>): ClientEntry => ({
  clientId: name,
  name,
  tenancy: 'multi-tenant',
  organization: '994598759',
  delegations: [],
  scopes: ['nhn:jft/api'],
  grantTypes: ['client_credentials'],
  readyMade: false,
  file: '',
  ...part,
})
const CLIENTS = [
  client('Vendor', { delegations: ['313231593', '314159265'] }),
  client('Municipality', { tenancy: 'single-tenant', organization: '313231593' }),
  client('VKP', {
    delegations: ['313231593'],
    grantTypes: ['client_credentials', 'urn:ietf:params:oauth:grant-type:token-exchange'],
  }),
  client('Vendor of VKP', { delegations: ['313231593'], scopes: ['nhn:vkp/api/user/composition.write'] }),
]

test('the axes have everyone once, and all others last', () => {
  const register = [{ orgnr: '313231593', vkpId: 'Other', active: true, serviceCodes: [] }]
  expect(axesOf(ROUTES, register, CLIENTS)).toEqual({
    municipalities: ['312229544', '313231593', '314159265', '*'],
    vendors: ['Other', 'Vendor', '*'],
  })
})

test('direct is who calls JFT for a municipality on its own: not VKP, and not who calls VKP', () => {
  const namesFor = (orgnr: string) => directOf(CLIENTS, orgnr).map(({ name }) => name)
  expect(namesFor('313231593')).toEqual(['Vendor', 'Municipality'])
  expect(namesFor('314159265')).toEqual(['Vendor'])
  expect(namesFor('994598759')).toEqual([])
})

describe('modeOf', () => {
  test.each([
    ['312229544', 'Other', 'proxy', false],
    ['312229544', '*', 'proxy', true],
    ['313231593', 'Vendor', 'classic', false],
    ['314159265', 'Vendor', 'proxy', false],
    ['314159265', 'Other', 'classic', false],
  ])('%s, %s: %s', (orgnr, vkpId, mode, own) => {
    expect(modeOf(ROUTES, orgnr, vkpId)).toEqual({ mode, own })
  })
})

describe('withMode', () => {
  test('a changed row keeps its EHR', () => {
    expect(withMode(ROUTES, '*', 'Vendor', 'classic')).toContainEqual({
      orgnr: '*',
      vkpId: 'Vendor',
      mode: 'classic',
      ehrUrl: 'http://ehr',
    })
  })

  test('no mode takes the row away', () => {
    expect(withMode(ROUTES, '312229544', '*', undefined)).toEqual(ROUTES.slice(1))
  })
})
