import { expect, test } from 'vitest'
import { sampled } from '../../../simulator/sample.fixture.ts'
import { inProcess, judge, packOf } from './judge.fixture.ts'
import { RIGHT } from './right.fixture.ts'

/** Programs that are right, each in its own way: nobody may be accused, and each requirement is exercised. */

const target = await inProcess()

test.each(sampled(Object.entries(RIGHT), 12))('%s is right', async (_, { sample, changes, open = [] }) => {
  const verdict = await judge(target, sample, changes)
  expect(verdict.broken.map((id) => `${id}: ${verdict.reasons[id]}`)).toEqual([])
  expect(verdict.blame).toEqual([])
  expect(verdict.open).toEqual(open)
  expect(verdict.missing).toEqual([])
  expect([...verdict.kept, ...open].toSorted()).toEqual(
    packOf(sample.pack)
      .requirements.map(({ id }) => id)
      .toSorted(),
  )
})
