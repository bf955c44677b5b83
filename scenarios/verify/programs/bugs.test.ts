import { expect, test } from 'vitest'
import { sampled } from '../../../simulator/sample.fixture.ts'
import { BUGS } from './bugs.fixture.ts'
import { inProcess, judge } from './judge.fixture.ts'

/** Programs with a bug each: exactly that is broken, and nothing is called passed. */

const target = await inProcess()

test.each(sampled(Object.entries(BUGS), 10))('%s', async (_, { sample, breaks, blame, changes }) => {
  const verdict = await judge(target, sample, changes)
  const reasons = Object.fromEntries(verdict.broken.map((id) => [id, verdict.reasons[id]]))
  expect(verdict.broken.toSorted(), JSON.stringify(reasons, null, 2)).toEqual(breaks.toSorted())
  if (blame) expect(verdict.blame.join(' ')).toMatch(blame)
})
