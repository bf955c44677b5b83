import { describe, expect, test } from 'vitest'
import type { Route } from './api.ts'
import { axesOf, modeOf, withMode } from './route-matrix.ts'

const ROUTES: readonly Route[] = [
  { orgnr: '312229544', vkpId: '*', mode: 'proxy' },
  { orgnr: '*', vkpId: 'Vendor', mode: 'proxy', ehrUrl: 'http://ehr' },
  { orgnr: '313231593', vkpId: '*', mode: 'classic' },
]

test('the axes have everyone once, and all others last', () => {
  const register = [{ orgnr: '313231593', vkpId: 'Other', active: true, serviceCodes: [] }]
  expect(axesOf(ROUTES, register)).toEqual({
    municipalities: ['312229544', '313231593', '*'],
    vendors: ['Other', 'Vendor', '*'],
  })
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
