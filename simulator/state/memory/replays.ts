/** Remembers values that may be used once, for as long as they could be used again. Bounded in number. */
export interface ReplayCache {
  /** True when `value` was seen within its lifetime; otherwise remembers it until `expires` (milliseconds). */
  seen(value: string, now: number, expires: number): boolean
}

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
    seen(value, now, expires) {
      const known = expiry.get(value)
      if (known !== undefined && known >= now) return true
      expiry.delete(value)
      expiry.set(value, expires)
      forgetOldest()
      return false
    },
  }
}
