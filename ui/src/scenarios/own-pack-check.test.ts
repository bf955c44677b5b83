import { expect, test } from 'vitest'
import { faultsOf } from './own-pack-check.ts'
import { OWN_PACK_SAMPLE } from './own-pack-sample.ts'

const MANY = 2_000

/** A pack of so many scenarios, each with the same steps. */
const packOf = (count: number, step: string) =>
  [
    'pack: long',
    'title: Long',
    'scenarios:',
    ...Array.from({ length: count }, (_, at) => `  - { id: long-${at}, title: One, steps: [${step}] }`),
  ].join('\n')

test('the example has no fault, and what is empty has none', () => {
  expect(faultsOf(OWN_PACK_SAMPLE)).toEqual({ faults: [], more: 0 })
  expect(faultsOf('  \n')).toEqual({ faults: [], more: 0 })
})

test.each([
  ['a name that nothing has', '{ submit: { fixture: nota } }', 'There is no fixture nota', 1],
  ['a key that no step has, without one that it needs', '{ sumbit: {} }', 'There is no key sumbit', 2],
])('of very many faults the first are given, and all are counted: %s', (_name, step, message, each) => {
  const { faults, more } = faultsOf(packOf(MANY, step))
  expect(faults.length + more).toBe(MANY * each)
  expect(faults).toHaveLength(50)
  expect(faults.map(({ line }) => line)[0]).toBe(4)
  expect(faults.map((one) => one.message).join('\n')).toContain(message)
})

test('an id that many scenarios have is said of each', () => {
  const { faults, more } = faultsOf(packOf(300, '{ submit: { fixture: note } }').replaceAll(/long-\d+/g, 'long-one'))
  expect(faults.length + more).toBe(300)
  expect(faults[0]?.message).toBe('300 scenarios have the id long-one (in long).')
})
