import { beforeAll, describe, expect, test } from 'vitest'
import { createSimulator, type Simulator } from '../../../simulator/index.ts'
import { keepRuns, type RunStorage, readRuns } from './kept-runs.ts'
import { packsIn } from './packs-in.ts'
import { pageTarget } from './page-target.ts'
import { createRuns, type Runs } from './runs.ts'
import { definitionOf, leavesOf, reportOn, treeOf } from './tree.ts'

const TEXT = `pack: own
title: Own
scenarios:
  - id: passes
    title: A note is accepted
    proves: [write-202]
    steps:
      - submit: { fixture: note, save: note }
        expect: { status: 202 }
      - status: note

  # Its author is not a list.
  - id: fails
    title: A note is refused
    proves: [write-202, write-location]
    steps:
      - submit: { fixture: note, spoil: single-object }
        expect: { status: 202 }
      - name: never reached
        search: { type: Composition }

  - id: cannot
    title: Another Host header
    proves: [write-hosts]
    steps:
      - request: { url: '{jft-read}/v1/Composition', host: other.example }
`

const PACKS = packsIn([{ file: 'own.yaml', text: TEXT }])

/** A browser's storage with room for so many characters. */
function storageOf(room: number): RunStorage {
  const kept = new Map<string, string>()
  return {
    getItem: (key) => kept.get(key) ?? null,
    removeItem: (key) => void kept.delete(key),
    setItem(key, value) {
      if (value.length > room) throw new Error('QuotaExceededError')
      kept.set(key, value)
    },
  }
}

const STORAGE = storageOf(5_000_000)

let simulator: Simulator
let runs: Runs

beforeAll(() => {
  simulator = createSimulator({})
  runs = createRuns(STORAGE)
})

/** Runs the scenarios of these names, as the page would. */
async function run(...names: string[]): Promise<void> {
  const { home, local } = simulator.world.net.origins
  const target = { ...pageTarget({ origins: local }, `${home}/`), send: simulator.fetch }
  await runs.start({ packs: PACKS.map(({ pack }) => pack), names: new Set(names), target, seed: '1', attended: false })
  await expect.poll(() => runs.state().running).toBe(false)
}

function statuses(q?: string): string[] {
  return leavesOf(treeOf(PACKS, runs.state(), q)).map(({ name, status }) => `${name} ${status}`)
}

async function sandboxes(): Promise<string[]> {
  return (await simulator.sandboxes.list()).map(({ settings }) => settings.name)
}

describe('runs of a page', () => {
  test('continue scenario by scenario, and leave out what a page cannot do', async () => {
    expect(statuses()).toEqual(['own/passes not-run', 'own/fails not-run', 'own/cannot not-run'])
    await run('own/passes', 'own/fails', 'own/cannot')
    expect(statuses()).toEqual(['own/passes passed', 'own/fails failed', 'own/cannot skipped'])
    expect([...runs.state().ended].sort()).toEqual(['own/cannot', 'own/fails', 'own/passes'])
    expect(runs.state().results.get('own/cannot')?.reason).toBe(
      'needs another Host header, which is not possible from here',
    )
  })

  test('are found by status, requirement and words', () => {
    expect(statuses('is:failed')).toEqual(['own/fails failed'])
    expect(statuses('requirement:write-202 -is:failed')).toEqual(['own/passes passed'])
    expect(statuses('rule:r4-array')).toEqual(['own/fails failed'])
    expect(statuses('host header')).toEqual(['own/cannot skipped'])
  })

  test('leave no sandbox of what passed', async () => {
    expect(runs.state().results.get('own/passes')).toMatchObject({ outcome: 'passed' })
    expect(runs.state().results.get('own/passes')?.sandbox).toBeUndefined()
    await expect.poll(sandboxes).not.toContainEqual(expect.stringMatching(/-passes$/))
  })

  test('keep the sandbox of the last result, and forget that of one before', async () => {
    const before = runs.state().results.get('own/fails')?.sandbox
    expect(await sandboxes()).toContain(before)
    await run('own/fails')
    const after = runs.state().results.get('own/fails')?.sandbox
    expect(after).not.toBe(before)
    await expect.poll(sandboxes).not.toContain(before)
    expect(await sandboxes()).toContain(after)
    expect(runs.state().ended).toEqual(['own/fails'])
  })

  test('are reported together: the last result of each', () => {
    const requirements = ['write-202', 'write-location', 'write-hosts', 'elsewhere'].map((id) => ({
      id,
      quote: id,
      source: 'WriteAPI',
    }))
    const report = reportOn(PACKS, runs.state(), requirements)
    expect(report?.totals).toEqual({ passed: 1, failed: 1, skipped: 1 })
    expect(report?.requirements.map(({ id, outcome }) => `${id} ${outcome}`)).toEqual([
      'write-202 broken',
      'write-location broken',
      'write-hosts not exercised',
    ])
  })

  test('took as long as the last of them did, and are still known when the page is loaded again', () => {
    const { took = 0, about, results, ended } = runs.state()
    expect(took).toBeLessThan(about?.milliseconds ?? 0)
    const { live: _, waiting: __, ...again } = createRuns(STORAGE).state()
    expect(again).toEqual({ running: false, total: 1, ended, took, about, results })
  })

  test('lose the steps of what passed, where there is no room for all', () => {
    const kept = readRuns(STORAGE)
    if (!kept) throw new Error('Nothing was kept.')
    const all = JSON.stringify(kept).length
    const small = storageOf(all - 1)
    keepRuns(small, kept)
    const withSteps = readRuns(small)?.results.filter(({ steps }) => steps.length > 0)
    expect(withSteps?.map(({ id }) => id)).toEqual(['fails'])
    const none = storageOf(10)
    keepRuns(none, kept)
    expect(readRuns(none)).toBeUndefined()
  })

  test('end after the scenarios that have begun when they are stopped', async () => {
    const running = run('own/passes', 'own/fails')
    runs.stop()
    await running
    expect(runs.state().ended).toEqual([])
  })
})

test('a scenario is shown as its pack has it', () => {
  const [own] = PACKS
  expect(own && definitionOf(own, 2)).toBe(TEXT.slice(TEXT.indexOf('  - id: cannot')).trimEnd())
})
