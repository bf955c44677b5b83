import type { Clock, ClockState } from '../../ground/clock.ts'
import type { Row, SqlQuery } from './database.ts'

/** Where the clock of a world stands: as it was set, by the time of the database. All in milliseconds but the stamp. */
export interface Seat {
  readonly frozen: boolean
  /** What the clock said when it was set. */
  readonly setNow: number
  /** The database's time then. */
  readonly setWall: number
  readonly rate: number
  /** By how much the time of stamps was ahead of the clock then. */
  readonly ahead: number
  /** Microseconds. */
  readonly lastStamp: number
}

/** A seat for a world that begins at that time of the database, or continues from a snapshot. */
export function seatOf(wall: number, state?: ClockState): Seat {
  const now = state?.now ?? wall
  const lastStamp = state?.lastStamp ?? 0
  const ahead = Math.max(0, lastStamp / 1000 - now)
  return { frozen: state?.frozen ?? false, setNow: now, setWall: wall, rate: state?.rate ?? 1, ahead, lastStamp }
}

/** A clock over a seat that others may change between two readings; `wall` is the database's time. */
export function clockOver(seat: { current: Seat }, wall: () => number): Clock {
  const set = (change: Partial<Seat>) => {
    const at = { setNow: reading(seat.current, wall()), ...change }
    const ahead = Math.max(0, seat.current.lastStamp / 1000 - at.setNow)
    seat.current = { ...seat.current, ...at, setWall: wall(), ahead }
  }
  const now = () => reading(seat.current, wall())
  const micros = () => microsOf(seat.current, wall())
  return {
    now,
    micros,
    stamp() {
      const lastStamp = Math.max(micros(), seat.current.lastStamp + 1)
      seat.current = { ...seat.current, lastStamp }
      return lastStamp
    },
    freeze: (at = now()) => set({ setNow: at, frozen: true }),
    run: (rate = 1, at = now()) => set({ setNow: at, frozen: false, rate }),
    advance: (milliseconds) => set({ setNow: now() + milliseconds }),
    resume: () => set({ setNow: wall(), frozen: false, rate: 1 }),
    get state() {
      const { frozen, rate, lastStamp } = seat.current
      return { frozen, now: now(), rate, lastStamp }
    },
  }
}

function reading({ frozen, setNow, setWall, rate }: Seat, wall: number): number {
  return frozen ? setNow : setNow + (wall - setWall) * rate
}

/** Where the clock was set back, the time of stamps continues at half the pace until the clock has caught up. */
function microsOf(seat: Seat, wall: number): number {
  const now = reading(seat, wall)
  const lead = Math.max(0, seat.ahead - Math.max(0, now - seat.setNow) / 2)
  return Math.max(Math.floor((now + lead) * 1000), seat.lastStamp)
}

/** The columns of a seat, and the time of the database in milliseconds. */
export const SEAT_COLUMNS = `l.frozen, l.set_now, l.set_wall, l.rate, l.ahead, l.last_stamp, ${wallSql()} AS wall`

/** The database's time in milliseconds, as an expression. */
export function wallSql(): string {
  return '(extract(epoch FROM clock_timestamp()) * 1000)::float8'
}

/** The seat in a row that has its columns. */
export function readSeat(row: Row): Seat {
  return {
    frozen: Boolean(row.frozen),
    setNow: Number(row.set_now),
    setWall: Number(row.set_wall),
    rate: Number(row.rate),
    ahead: Number(row.ahead),
    lastStamp: Number(row.last_stamp),
  }
}

/** Writes a seat that was read under the lock. */
export async function writeSeat(query: SqlQuery, world: string, seat: Seat): Promise<void> {
  const { frozen, setNow, setWall, rate, ahead, lastStamp } = seat
  await query(
    `UPDATE jftsim.ledger SET frozen = $2, set_now = $3, set_wall = $4, rate = $5, ahead = $6, last_stamp = $7
     WHERE world = $1`,
    [world, frozen, setNow, setWall, rate, ahead, lastStamp],
  )
}
