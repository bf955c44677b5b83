import { expect, test } from 'vitest'
import { isSampled } from './sample.mjs'
import { describe, keyOf, tally } from './tally.mjs'
import { mutated } from './unit.mjs'

const SOURCE = 'const a = 1\nconst b = a > 0\n'
const EVERY = { seed: '1', oneIn: 1 }
const at = (line: number, from: number, to: number) => ({ start: { line, column: from }, end: { line, column: to } })

function report(...mutants: readonly { status: string; replacement?: string }[]) {
  const all = mutants.map((one, index) => ({ id: String(index), mutatorName: 'x', location: at(2, 11, 16), ...one }))
  return { files: { 'simulator/x.ts': { source: SOURCE, mutants: all } } }
}

test('what a scenario noticed in any way is caught; what was left out counts for nothing', () => {
  const statuses = ['Killed', 'Timeout', 'RuntimeError', 'Survived', 'NoCoverage', 'CompileError', 'Ignored']
  const result = tally(report(...statuses.map((status) => ({ status, replacement: 'true' }))), EVERY, {})
  expect([result.tried, result.caught, result.unexplained.length]).toEqual([5, 3, 2])
})

test('a survivor is told by its place and its change, and a reason is found by the change alone', () => {
  const survived = report({ status: 'Survived', replacement: 'a >= 0' })
  const { unexplained } = tally(survived, EVERY, {})
  const [one] = unexplained
  expect(one && keyOf(one)).toBe('simulator/x.ts: a > 0 => a >= 0')
  expect(describe(tally(survived, EVERY, {}))).toBe(
    'survived 2:11 simulator/x.ts: a > 0 => a >= 0\n1 mutants tried, 0 caught by packs (0.0 %), 0 with a reason, 1 without.',
  )
  const reasoned = tally(survived, EVERY, { 'simulator/x.ts: a > 0 => a >= 0': 'a is never 0' })
  expect([reasoned.explained, reasoned.unexplained]).toEqual([1, []])
  expect(tally(survived, EVERY, { 'simulator/x.ts: *': 'a is never 0' }).explained).toBe(1)
})

test('a sample is the same for a seed, another one for another, and about as large as it should be', () => {
  const sampleOf = (seed: string) =>
    Array.from({ length: 5_000 }, (_, line) => ({ fileName: 'x.ts', mutatorName: 'x', location: at(line, 1, 2) }))
      .filter((mutant) => isSampled(mutant, { seed, oneIn: 50 }))
      .map(({ location }) => location.start.line)
  expect(sampleOf('1')).toEqual(sampleOf('1'))
  expect(sampleOf('1')).not.toEqual(sampleOf('2'))
  expect(sampleOf('1').length).toBeGreaterThan(60)
  expect(sampleOf('1').length).toBeLessThan(140)
})

test('a survivor is made again in its source', () => {
  const change = { line: 2, column: 11, before: 'a > 0', after: 'a >= 0' }
  expect(mutated(SOURCE, change)).toBe('const a = 1\nconst b = a >= 0\n')
  expect(() => mutated(SOURCE, { ...change, line: 1 })).toThrow('a > 0 is not at 1:11.')
})
