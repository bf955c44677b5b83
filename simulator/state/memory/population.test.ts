import { describe, expect, test } from 'vitest'
import { identitySeries } from '../../ground/text/mask/series.ts'
import { syntheticIdentityNumber } from './population/identity-number.ts'
import { createPopulation } from './population.ts'

const population = createPopulation()

describe('the persons', () => {
  test('all have numbers of a synthetic series, and no two the same', async () => {
    const numbers = (await population.list()).map(({ person }) => person.identityNumber)
    expect(new Set(numbers).size).toBe(6)
    expect(numbers.map(identitySeries)).toEqual(numbers.map(() => 'synthetic'))
  })

  test('day of birth and gender agree with the number', async () => {
    for (const { person } of await population.list()) {
      const { identityNumber, birthDate, gender } = person
      expect(identityNumber.slice(0, 2)).toBe(birthDate.slice(8))
      expect(identityNumber.slice(4, 6)).toBe(birthDate.slice(2, 4))
      expect([65, 80]).toContain(Number(identityNumber.slice(2, 4)) - Number(birthDate.slice(5, 7)))
      expect(Number(identityNumber[8]) % 2 === 0 ? 'female' : 'male').toBe(gender)
    }
  })

  test('what belongs to one is found with them alone', async () => {
    const record = await population.find('02850097219')
    expect(record?.person).toMatchObject({ given: 'NONFIGURATIV', family: 'HESTESKO' })
    const owners = [record?.services, record?.visits, record?.conditions, record?.medications].flatMap((all) =>
      (all ?? []).map(({ person }) => person),
    )
    expect([...new Set(owners)]).toEqual(['02850097219'])
  })

  test('nobody else is there', async () => expect(await population.find('11845599620')).toBeUndefined())
})

test('every day of a year has a number in both series', () => {
  for (let day = Date.UTC(1960, 0, 1); day < Date.UTC(1961, 0, 1); day += 86_400_000) {
    const date = new Date(day).toISOString().slice(0, 10)
    for (const series of [65, 80] as const) {
      expect(identitySeries(syntheticIdentityNumber({ date, gender: 'male', series }))).toBe('synthetic')
    }
  }
})
