import { expect, test } from 'vitest'
import { CATALOGUE } from '../../simulator/index.ts'
import { mutateAll, UNREACHABLE } from './mutate.ts'

test('each rule that is switched off makes a scenario fail', async () => {
  const mutants = await mutateAll([], () => undefined)
  expect(mutants.filter(({ outcome }) => outcome === 'unproved')).toEqual([])
  expect(mutants.filter(({ outcome }) => outcome === 'unreachable').map(({ rule }) => rule)).toEqual(
    Object.keys(UNREACHABLE),
  )
  expect(mutants.map(({ rule }) => rule)).toEqual(Object.keys(CATALOGUE))
})
