/** Keeps the values that were asked for most recently, at most `limit` of them. */
export interface Memo<T> {
  get(key: string): T | undefined
  put(key: string, value: T): void
}

/** Creates an empty memo. */
export function createMemo<T>(limit: number): Memo<T> {
  const kept = new Map<string, T>()
  const put = (key: string, value: T) => {
    kept.delete(key)
    kept.set(key, value)
    const [oldest] = kept.keys()
    if (kept.size > limit && oldest !== undefined) kept.delete(oldest)
  }
  return {
    get(key) {
      const value = kept.get(key)
      if (value !== undefined) put(key, value)
      return value
    },
    put,
  }
}
