import { expect, test } from 'vitest'
import { createRouteTable, createVkpRegister } from './routes.ts'

test.each([
  ['312229544', 'A', 'proxy'],
  ['312229544', 'B', 'classic'],
  ['313231593', 'A', 'proxy'],
  ['313231593', 'B', 'classic'],
])('the row that fits best decides for %s and %s', async (orgnr, vkpId, mode) => {
  const table = createRouteTable([
    { orgnr: '*', vkpId: '*', mode: 'classic' },
    { orgnr: '*', vkpId: 'A', mode: 'proxy' },
    { orgnr: '312229544', vkpId: '*', mode: 'classic' },
    { orgnr: '312229544', vkpId: 'A', mode: 'proxy' },
  ])
  expect((await table.find(orgnr, vkpId)).mode).toBe(mode)
})

test('of two rows for the same pair the first decides; without any row it is classic', async () => {
  const table = createRouteTable([
    { orgnr: '312229544', vkpId: '*', mode: 'classic' },
    { orgnr: '312229544', vkpId: '*', mode: 'proxy' },
  ])
  expect((await table.find('312229544', 'A')).mode).toBe('classic')
  await table.replace([])
  expect(await table.find('312229544', 'A')).toEqual({ orgnr: '312229544', vkpId: 'A', mode: 'classic' })
})

test('the register knows a municipality by any of its pairs', async () => {
  const register = createVkpRegister([{ orgnr: '312229544', vkpId: 'A', active: false, serviceCodes: [] }])
  expect([await register.knows('312229544'), await register.knows('313231593')]).toEqual([true, false])
  expect(await register.find('312229544', 'B')).toBeUndefined()
})
