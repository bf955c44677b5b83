import { createListeners } from '../memory/listeners.ts'

/** Something with its place in the order of changes. */
export interface Numbered {
  readonly sequence: number
}

/** What listeners are told of a store, in order and each once, whoever has changed it. */
export interface Feed<T extends Numbered> {
  add(listener: (item: T) => void): () => void
  /** Others, or this process, have written what has the sequences `from` to `to`; `items` where they are known. */
  moved(from: number, to: number, items?: readonly T[]): Promise<void>
  /** Something may have been missed. */
  catchUp(): Promise<void>
  clear(): void
}

/** Creates a feed. `since` reads what has a sequence after the given one, in order; `newest` the newest sequence. */
export function createFeed<T extends Numbered>(
  since: (sequence: number) => AsyncIterable<T>,
  newest: () => Promise<number>,
): Feed<T> {
  const listeners = createListeners<T>()
  const present = new Set<object>()
  /** The newest that was told; `undefined` before the first since somebody listens. */
  let told: number | undefined
  /** What was the newest when somebody began to listen. */
  let begun: number | undefined
  let line = Promise.resolve()
  const tell = (item: T) => {
    if (told !== undefined && item.sequence <= told) return
    told = item.sequence
    listeners.tell(item)
  }
  const readOn = async (from: number) => {
    for await (const item of since(from)) tell(item)
  }
  const inLine = (work: () => Promise<void>) => {
    // What cannot be read now is read when the connection is back.
    line = line.then(work).catch(() => {})
    return line
  }
  const advance = async (from: number, to: number, items?: readonly T[]) => {
    if (present.size === 0 || (told !== undefined && told >= to)) return
    told ??= from - 1
    if (items && from === told + 1) items.forEach(tell)
    else await readOn(told)
    told = Math.max(told, to)
  }
  return {
    add(listener) {
      const leave = listeners.add(listener)
      const entry = {}
      present.add(entry)
      if (present.size === 1) {
        told = undefined
        void inLine(async () => {
          begun = await newest()
        })
      }
      return () => {
        leave()
        present.delete(entry)
      }
    },
    moved: (from, to, items) => (present.size === 0 ? Promise.resolve() : inLine(() => advance(from, to, items))),
    catchUp: () =>
      inLine(async () => {
        const from = told ?? begun
        if (present.size > 0 && from !== undefined) await readOn(from)
      }),
    clear() {
      listeners.clear()
      present.clear()
    },
  }
}
