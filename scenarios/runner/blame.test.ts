import { expect, test } from 'vitest'
import { readPacks } from '../pack/read-pack.ts'
import { blameOf } from './blame.ts'
import type { StepResult } from './result.ts'

/** What a scenario with these steps says of write-202, when its first step was answered otherwise than it should. */
function blamed(steps: string, expected: unknown) {
  const text = `pack: x\ntitle: x\nscenarios:\n  - id: x-one\n    title: x\n    proves: [write-202]\n    steps:\n${steps}`
  const [pack] = readPacks([{ file: 'x.yaml', text }])
  const [scenario] = pack?.scenarios ?? []
  const failed = { outcome: 'failed', name: 'submit', line: 8, failures: [{ what: 'status', expected, actual: 400 }] }
  if (!scenario) throw new Error('there is a scenario')
  return blameOf(scenario, [failed as unknown as StepResult]).breaks
}

const LOOKS = '      - submit: { fixture: note }\n        expect: { status: 202 }\n'

test('a step that expects nothing prepares, whatever it sends: what others look at is not broken by it', () => {
  expect(blamed(`      - submit: { fixture: note, set: { /status: nonsense } }\n${LOOKS}`, 'below 400')).toEqual([])
})

test('the status of a right submission is what it is about, expected or not', () => {
  expect(blamed(`      - submit: { fixture: note }\n${LOOKS}`, 'below 400')).toEqual(['write-202'])
})

test('a scenario in which nothing else looks stands with its only step', () => {
  expect(blamed('      - submit: { fixture: note, set: { /status: final } }\n', 'below 400')).toEqual(['write-202'])
})
