import type { Row } from './database.ts'

/** Walks rows by their sequence, `size` at a time: `read` gives those that come after one, as many at the most. */
export async function* rowsInChunks(
  size: number,
  after: number,
  read: (after: number) => Promise<readonly Row[]>,
): AsyncIterable<Row> {
  for (let from = after; ; ) {
    const rows = await read(from)
    yield* rows
    if (rows.length < size) return
    from = Number(rows.at(-1)?.sequence)
  }
}
