/** Gathers what arrives in bursts. */
export interface Batch<T> {
  add(item: T): void
  /** Forgets what was gathered. */
  clear(): void
}

/**
 * Hands over what was added, in order and all at once, when `schedule` runs what it is given. It is scheduled by the
 * first item after a hand-over, so nothing runs while nothing arrives.
 */
export function createBatch<T>(apply: (items: readonly T[]) => void, schedule: (run: () => void) => void): Batch<T> {
  let items: T[] = []
  let scheduled = false
  const flush = () => {
    scheduled = false
    const gathered = items
    items = []
    if (gathered.length > 0) apply(gathered)
  }
  return {
    add(item) {
      items.push(item)
      if (scheduled) return
      scheduled = true
      schedule(flush)
    },
    clear() {
      items = []
    },
  }
}
