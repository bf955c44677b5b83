import type { RateCounter } from '../ports.ts'

/** Creates a counter for at most `limit` windows; past that the oldest are forgotten. */
export function createRateCounter(limit: number): RateCounter {
  const counts = new Map<string, number>()
  return {
    async count(window) {
      const next = (counts.get(window) ?? 0) + 1
      counts.delete(window)
      counts.set(window, next)
      const [oldest] = counts.keys()
      if (counts.size > limit && oldest !== undefined) counts.delete(oldest)
      return next
    },
  }
}
