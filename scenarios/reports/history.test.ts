import { expect, test } from 'vitest'
import { historyOf } from './history.ts'
import type { RequirementOutcome } from './outcome.ts'
import type { Report } from './report.ts'

const run = (started: string, outcomes: Readonly<Record<string, RequirementOutcome>>): Report => ({
  format: 'jft-simulator-report',
  formatVersion: 1,
  title: 'A <b>program</b>',
  tested: 'program',
  target: 'node ehr.js',
  version: '0.1.0',
  seed: '1',
  started,
  milliseconds: 1,
  passed: true,
  totals: { passed: 0, failed: 0, skipped: 0 },
  scenarios: [],
  requirements: Object.entries(outcomes).map(([id, outcome]) => ({
    id,
    quote: `of ${id}`,
    source: 'x',
    outcome,
    scenarios: [],
  })),
})

/** The rows of a page, as ids and the outcomes beside them. */
const rowsOf = (page: string) =>
  [...page.matchAll(/<tr><td><code>([\w-]+)<\/code>(.*?)<\/tr>/gs)].map(([, id, cells = '']) => [
    id,
    ...Array.from(cells.matchAll(/<td>(?:<span class="badge \w+">([^<]+)<\/span>)?<\/td>/g), ([, word = '']) => word),
  ])

test('runs stand side by side from the oldest on, first what is broken, then what changed', () => {
  const page = historyOf([
    run('2026-03-02T12:00:00.000Z', { same: 'kept', worse: 'broken', mended: 'kept', fresh: 'kept' }),
    run('2026-03-01T12:00:00.000Z', { same: 'kept', worse: 'kept', mended: 'broken' }),
  ])
  expect(rowsOf(page)).toEqual([
    ['worse', 'kept', 'broken'],
    ['mended', 'broken', 'kept'],
    ['fresh', '', 'kept'],
    ['same', 'kept', 'kept'],
  ])
  expect(page).toContain('The same in all runs (1)')
  expect(page).toContain('A &lt;b&gt;program&lt;/b&gt;: history')
})

test('it has the language of the newest run', () => {
  const page = historyOf([{ ...run('2026-03-02T12:00:00.000Z', { one: 'broken' }), language: 'nb' }])
  expect(rowsOf(page)).toEqual([['one', 'brutt']])
  expect(page).toContain('<html lang="nb">')
})
