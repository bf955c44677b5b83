interface Waiting<I, O> {
  readonly item: I
  readonly resolve: (value: O) => void
  readonly reject: (reason: unknown) => void
}

/** Items that are worked at together, at the most. */
const MOST = 500

/**
 * Lets calls that come while one runs wait, and be done together by the next: many requests then cost one statement. `work`
 * gives one result for each item, in their order. Where it rejects, so do all of its calls.
 */
export function batched<I, O>(work: (items: readonly I[]) => Promise<readonly O[]>): (item: I) => Promise<O> {
  let queue: Waiting<I, O>[] = []
  let running = false
  const run = async () => {
    // Who calls in the same turn is done with the first.
    await Promise.resolve()
    while (queue.length > 0) {
      const taken = queue.splice(0, MOST)
      try {
        const results = await work(taken.map(({ item }) => item))
        for (const [index, { resolve }] of taken.entries()) resolve(results[index] as O)
      } catch (error) {
        for (const { reject } of taken) reject(error)
      }
    }
    running = false
    queue = []
  }
  return (item) =>
    new Promise<O>((resolve, reject) => {
      queue.push({ item, resolve, reject })
      if (running) return
      running = true
      void run()
    })
}
