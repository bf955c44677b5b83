import type { Key, Range } from '../records.ts'

/** Negative when `a` comes before `b`. */
export function compareKeys(a: Key, b: Key): number {
  if (a.lastUpdated !== b.lastUpdated) return a.lastUpdated - b.lastUpdated
  if (a.id === b.id) return 0
  return a.id < b.id ? -1 : 1
}

/** Items in the order of their keys. Insert, remove and the start of a walk cost O(log n). */
export interface SortedIndex<T extends Key> {
  insert(item: T): void
  /** Takes out the item with that key; nothing happens when there is none. */
  remove(key: Key): void
  /** The first `limit` items of the range, in its direction. */
  take(range: Range, limit: number): T[]
  /** How many items the range has. Costs O(log n + n / 1000). */
  count(range: Range): number
  readonly size: number
}

/** Items per block, at the most: a splice moves no more than this many pointers. */
const BLOCK = 1024

/**
 * Creates an index as a list of sorted blocks, each split when it is full. Appending at the end, which a clock that
 * only grows makes the usual case, touches the last block alone.
 */
export function createSortedIndex<T extends Key>(): SortedIndex<T> {
  const blocks: T[][] = []
  let size = 0

  /** The block that holds the key, or where it would stand. */
  const blockOf = (key: Key) => Math.min(countBelow(blocks, key), blocks.length - 1)

  const split = (index: number, block: T[]) => {
    if (block.length > BLOCK) blocks.splice(index + 1, 0, block.splice(BLOCK / 2))
  }
  return {
    insert(item) {
      size += 1
      if (blocks.length === 0) blocks.push([])
      const index = blockOf(item)
      const block = blocks[index] ?? []
      block.splice(lowerBound(block, item), 0, item)
      split(index, block)
    },
    remove(key) {
      const index = blockOf(key)
      const block = blocks[index]
      const at = block ? lowerBound(block, key) : 0
      const found = block?.[at]
      if (!block || !found || compareKeys(found, key) !== 0) return
      size -= 1
      block.splice(at, 1)
      if (block.length === 0) blocks.splice(index, 1)
    },
    take: (range, limit) => (range.descending ? takeDown(blocks, range, limit) : takeUp(blocks, range, limit)),
    count: ({ above, below }) =>
      Math.max((below ? rank(blocks, below, lowerBound) : size) - (above ? rank(blocks, above, upperBound) : 0), 0),
    get size() {
      return size
    },
  }
}

/** How many blocks lie wholly before the key. */
function countBelow<T extends Key>(blocks: readonly (readonly T[])[], key: Key): number {
  return bisect(blocks.length, (index) => {
    const last = blocks[index]?.at(-1)
    return last !== undefined && compareKeys(last, key) < 0
  })
}

/** How many items come before the key, by `bound` within a block. */
function rank<T extends Key>(
  blocks: readonly T[][],
  key: Key,
  bound: (block: readonly T[], key: Key) => number,
): number {
  const index = countBelow(blocks, key)
  const whole = blocks.slice(0, index).reduce((sum, block) => sum + block.length, 0)
  return whole + bound(blocks[index] ?? [], key)
}

/** Index of the first item that does not come before the key. */
function lowerBound<T extends Key>(block: readonly T[], key: Key): number {
  return bisect(block.length, (index) => {
    const item = block[index]
    return item !== undefined && compareKeys(item, key) < 0
  })
}

/** Index of the first item that comes after the key. */
function upperBound<T extends Key>(block: readonly T[], key: Key): number {
  return bisect(block.length, (index) => {
    const item = block[index]
    return item !== undefined && compareKeys(item, key) <= 0
  })
}

/** The number of leading indexes for which `before` holds; it must hold for a prefix. */
function bisect(length: number, before: (index: number) => boolean): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (before(middle)) low = middle + 1
    else high = middle
  }
  return low
}

function takeUp<T extends Key>(blocks: readonly T[][], { above, below }: Range, limit: number): T[] {
  const taken: T[] = []
  const first = above ? countBelow(blocks, above) : 0
  for (let index = first; index < blocks.length; index += 1) {
    const block = blocks[index] ?? []
    for (let at = above && index === first ? upperBound(block, above) : 0; at < block.length; at += 1) {
      const item = block[at]
      if (!item || taken.length === limit || (below && compareKeys(item, below) >= 0)) return taken
      taken.push(item)
    }
  }
  return taken
}

function takeDown<T extends Key>(blocks: readonly T[][], { above, below }: Range, limit: number): T[] {
  const taken: T[] = []
  const last = below ? Math.min(countBelow(blocks, below), blocks.length - 1) : blocks.length - 1
  for (let index = last; index >= 0; index -= 1) {
    const block = blocks[index] ?? []
    for (let at = (below && index === last ? lowerBound(block, below) : block.length) - 1; at >= 0; at -= 1) {
      const item = block[at]
      if (!item || taken.length === limit || (above && compareKeys(item, above) <= 0)) return taken
      taken.push(item)
    }
  }
  return taken
}
