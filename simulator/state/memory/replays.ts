import type { ReplayCache } from '../ports.ts'

/** Creates a cache for at most `limit` values; past that the oldest are forgotten. */
export function createReplayCache(limit: number): ReplayCache {
  const expiry = new Map<string, number>()
  const forgetOldest = () => {
    for (const value of expiry.keys()) {
      if (expiry.size <= limit) return
      expiry.delete(value)
    }
  }
  return {
    async seen(value, now, expires) {
      const known = expiry.get(value)
      if (known !== undefined && known >= now) return true
      expiry.delete(value)
      expiry.set(value, expires)
      forgetOldest()
      return false
    },
  }
}
