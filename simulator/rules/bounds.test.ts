import fc from 'fast-check'
import { expect, test } from 'vitest'
import { within } from './bounds.ts'

test('as many items as their JSON has room for', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), fc.nat(), (items, cut) => {
      const lengths = items.map((item) => JSON.stringify(item).length)
      const room = lengths.slice(0, cut % (items.length + 1)).reduce((sum, length) => sum + length, 0)
      const fits = (count: number) => lengths.slice(0, count).reduce((sum, length) => sum + length, 0)
      for (const characters of [room, room - 1]) {
        const most = Math.max(0, ...items.map((_, index) => index + 1).filter((count) => fits(count) <= characters))
        const { shown, more } = within(items, characters)
        expect([shown.length, more]).toEqual([most, items.length - most])
      }
    }),
  )
})

test('what is undefined is not there', () => {
  const item = { a: undefined, b: [], c: {}, d: 'x"\n', e: [1, null, true], '"': 0 }
  const { length } = JSON.stringify(item)
  expect([within([item], length).more, within([item], length - 1).more]).toEqual([0, 1])
})
