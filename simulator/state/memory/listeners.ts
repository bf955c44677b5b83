/** Who is told of something. */
export interface Listeners<T> {
  /** Gives the way to unsubscribe. */
  add(listener: (value: T) => void): () => void
  /** Tells everybody. Never throws: what a listener does wrong is not the fault of whoever made the change. */
  tell(value: T): void
  clear(): void
}

/** Creates a list of nobody. A listener that throws is not told again. */
export function createListeners<T>(): Listeners<T> {
  const listeners = new Set<{ readonly listener: (value: T) => void }>()
  return {
    add(listener) {
      const entry = { listener }
      listeners.add(entry)
      return () => void listeners.delete(entry)
    },
    tell(value) {
      for (const entry of listeners) {
        try {
          entry.listener(value)
        } catch {
          listeners.delete(entry)
        }
      }
    },
    clear: () => listeners.clear(),
  }
}
