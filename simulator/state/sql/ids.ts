import { hash } from '../../ground/hash.ts'
import { createIds, type Ids } from '../../ground/ids.ts'
import type { Database } from './database.ts'

/** Bytes of the sequence that a process takes at a time. */
const BLOCK = 65_536

/** By how much the position in the sequence grows with each byte. */
const STEP = 0x9e3779b9

/** Identifiers of a seeded sandbox: each process takes pieces of the one sequence, and no piece is taken twice. */
export interface SharedIds extends Ids {
  /** Takes another piece where little is left of the last one. */
  refill(): Promise<void>
}

/** Where the sequence of a seed begins; `null` without a seed. */
export function firstPosition(seed: string | undefined, state?: number): number | null {
  if (state !== undefined) return state
  return seed === undefined ? null : hash(seed)
}

/** Creates the identifiers of a world; without a seed they are random. */
export function createSharedIds({ query }: Pick<Database, 'query'>, world: string, seeded: boolean): SharedIds {
  const random = createIds()
  let piece = random
  let left = 0
  const take = (bytes: number) => {
    if (!seeded) return random
    // Nobody waits here: what a piece does not have is random, and so not taken twice either.
    if (bytes > left) return random
    left -= bytes
    return piece
  }
  let refilling: Promise<void> | undefined
  const more = async () => {
    const [row] = await query(
      'UPDATE jftsim.ledger SET ids = (ids + $2::bigint) % 4294967296 WHERE world = $1 RETURNING ids',
      [world, Math.imul(BLOCK, STEP) >>> 0],
    )
    if (!row || row.ids === null) return
    const start = (Number(row.ids) - (Math.imul(BLOCK, STEP) >>> 0) + 2 ** 32) % 2 ** 32
    const end = left > 0 ? ((piece.state ?? 0) + (Math.imul(left, STEP) >>> 0)) % 2 ** 32 : undefined
    if (end === start) left += BLOCK
    else {
      piece = createIds(undefined, start)
      left = BLOCK
    }
  }
  return {
    uuid: () => take(16).uuid(),
    hex: (bytes) => take(bytes).hex(bytes),
    fraction: () => take(4).fraction(),
    get state() {
      return seeded ? piece.state : undefined
    },
    async refill() {
      if (!seeded || left > BLOCK / 2) return
      refilling ??= more().finally(() => {
        refilling = undefined
      })
      await refilling
    },
  }
}
