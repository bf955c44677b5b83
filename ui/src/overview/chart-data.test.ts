import { expect, test } from 'vitest'
import type { SearchPages } from '../data/api.ts'
import { pagesPerSearch } from './chart-data.ts'

test('searches are counted by their pages, those that were not read to the end apart', () => {
  const search = (pages: number, complete = true): SearchPages => ({
    exchange: 'x1',
    time: '2026-11-22T10:00:00Z',
    url: '/v1/Bundle',
    client: null,
    municipality: null,
    pages,
    complete,
  })
  expect(pagesPerSearch([])).toEqual([])
  const buckets = pagesPerSearch([search(1), search(1), search(2, false), search(6), search(10, false)])
  expect(buckets).toHaveLength(6)
  expect(buckets.filter(({ complete, partial }) => complete + partial > 0)).toEqual([
    { from: 1, to: 1, complete: 2, partial: 0 },
    { from: 2, to: 2, complete: 0, partial: 1 },
    { from: 6, to: 10, complete: 1, partial: 1 },
  ])
  expect(pagesPerSearch([search(400)]).at(-1)).toEqual({ from: 21, to: undefined, complete: 1, partial: 0 })
})
