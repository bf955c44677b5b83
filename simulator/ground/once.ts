/** The same value with each call, made with the first; what it was made of is let go then. */
export function once<T>(make: () => T): () => T {
  let pending: (() => T) | undefined = make
  let made: T | undefined
  return () => {
    if (pending !== undefined) {
      made = pending()
      pending = undefined
    }
    return made as T
  }
}
