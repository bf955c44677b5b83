import { describe, expect, test } from 'vitest'
import { createBatch } from './batch.ts'

/** A batch whose scheduled runs the test starts itself. */
function batchByHand() {
  const runs: (() => void)[] = []
  const applied: (readonly string[])[] = []
  const batch = createBatch<string>(
    (items) => applied.push(items),
    (run) => runs.push(run),
  )
  return { batch, runs, applied, run: () => runs.shift()?.() }
}

describe('createBatch', () => {
  test('a burst is handed over once, in order', () => {
    const { batch, runs, applied, run } = batchByHand()
    for (const item of ['a', 'b', 'c']) batch.add(item)
    expect(runs).toHaveLength(1)
    expect(applied).toEqual([])
    run()
    expect(applied).toEqual([['a', 'b', 'c']])
  })

  test('what arrives later is handed over later', () => {
    const { batch, applied, run } = batchByHand()
    batch.add('a')
    run()
    batch.add('b')
    run()
    expect(applied).toEqual([['a'], ['b']])
  })

  test('what was cleared is never handed over', () => {
    const { batch, applied, run } = batchByHand()
    batch.add('a')
    batch.clear()
    run()
    expect(applied).toEqual([])
    batch.add('b')
    run()
    expect(applied).toEqual([['b']])
  })
})
