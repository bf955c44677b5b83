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
  expect(faultsOf({ text: OWN_PACK_SAMPLE, shipped: [] })).toEqual({ faults: [], more: 0 })
  expect(faultsOf({ text: '  \n', shipped: [] })).toEqual({ faults: [], more: 0 })
})

test.each([
  ['a name that nothing has', '{ submit: { fixture: nota } }', 'There is no fixture nota', 1],
  ['a key that no step has, without one that it needs', '{ sumbit: {} }', 'There is no key sumbit', 2],
])('of very many faults the first are given, and all are counted: %s', (_name, step, message, each) => {
  const { faults, more } = faultsOf({ text: packOf(MANY, step), shipped: [] })
  expect(faults.length + more).toBe(MANY * each)
  expect(faults).toHaveLength(50)
  expect(faults.map(({ line }) => line)[0]).toBe(4)
  expect(faults.map((one) => one.message).join('\n')).toContain(message)
})

test('an id that many scenarios have is said of each', () => {
  const text = packOf(300, '{ submit: { fixture: note } }').replaceAll(/long-\d+/g, 'long-one')
  const { faults, more } = faultsOf({ text, shipped: [] })
  expect(faults.length + more).toBe(300)
  expect(faults[0]?.message).toBe('300 scenarios have the id long-one (in long).')
})

test('an id that a shipped scenario has, too, is said; those of a pack of the same name are not looked at', () => {
  const text = packOf(1, '{ submit: { fixture: note } }')
  const scenarios = [{ id: 'long-0' }]
  const { faults } = faultsOf({ text, shipped: [{ pack: 'other', scenarios }] })
  expect(faults.map(({ message }) => message)).toEqual(['2 scenarios have the id long-0 (in long, other).'])
  expect(faultsOf({ text, shipped: [{ pack: 'long', scenarios }] }).faults).toEqual([])
})
