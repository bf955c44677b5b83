import type { SearchPages } from '../data/api.ts'

/** The searches that took so many pages; `to`: the most of them, `undefined` where there is no most. */
export interface PageBucket {
  readonly from: number
  readonly to: number | undefined
  /** Read to the last page. */
  readonly complete: number
  /** Not read further, though there was a `next` link. */
  readonly partial: number
}

/** The least pages of each bucket. */
const BUCKETS = [1, 2, 3, 4, 5, 6, 11, 21] as const

/** How many searches took how many pages. Buckets after the last that has any are left out. */
export function pagesPerSearch(searches: readonly SearchPages[]): readonly PageBucket[] {
  const buckets = BUCKETS.map((from, index) => {
    const next = BUCKETS[index + 1]
    const within = searches.filter(({ pages }) => pages >= from && (next === undefined || pages < next))
    const complete = within.filter((search) => search.complete).length
    return { from, to: next === undefined ? undefined : next - 1, complete, partial: within.length - complete }
  })
  return buckets.slice(0, buckets.findLastIndex(({ complete, partial }) => complete + partial > 0) + 1)
}
