import type { Assumptions } from '../../ground/settings/assumptions.ts'
import type { SandboxSpec } from '../sandbox-spec.ts'
import type { Row, SqlQuery } from './database.ts'
import type { KnownFaults } from './faults.ts'
import { readSeat, SEAT_COLUMNS, type Seat } from './ledger.ts'

/** What this process knows of a world, renewed at the beginning of each request. */
export interface Header {
  version: number
  readonly seat: { current: Seat }
  readonly faults: KnownFaults
  assumptions: Assumptions
}

/** The columns that each request begins with, for a query of `sandbox s`, `world w` and `ledger l`. */
export const LIGHT = `s.name, s.world, w.version, w.faults, w.keys_oldest, w.keys_current,
  extract(epoch FROM clock_timestamp() - s.used)::float8 AS idle, ${SEAT_COLUMNS}`

/** Renews what is known by a row of `LIGHT`, unless this process knows something newer. */
export function renew(header: Header, row: Row): void {
  if (Number(row.version) < header.version) return
  header.faults.active = Number(row.faults)
  header.faults.keys = { oldest: Number(row.keys_oldest), current: Number(row.keys_current) }
  const seat = readSeat(row)
  header.seat.current = { ...seat, lastStamp: Math.max(seat.lastStamp, header.seat.current.lastStamp) }
}

/** Reads all that this process knows of a world. */
export async function readHeader(query: SqlQuery, id: string, { options }: SandboxSpec): Promise<Header> {
  const [row] = await query(
    `SELECT w.version, w.faults, w.keys_oldest, w.keys_current, d.data, ${SEAT_COLUMNS}
     FROM jftsim.world w JOIN jftsim.ledger l USING (world)
     LEFT JOIN jftsim.document d ON d.world = w.world AND d.name = 'assumptions' WHERE w.world = $1`,
    [id],
  )
  const keys = { oldest: Number(row?.keys_oldest), current: Number(row?.keys_current) }
  return {
    version: Number(row?.version),
    seat: { current: readSeat(row ?? {}) },
    faults: { active: Number(row?.faults), keys },
    // A setting that a newer simulator has, and the database has not.
    assumptions: { ...options.assumptions, ...(JSON.parse(String(row?.data ?? '{}')) as Assumptions) },
  }
}

/** All processes read the world again. Gives its new version. */
export async function raiseVersion(query: SqlQuery, world: string): Promise<number> {
  const [row] = await query('UPDATE jftsim.world SET version = version + 1 WHERE world = $1 RETURNING version', [world])
  return Number(row?.version)
}
