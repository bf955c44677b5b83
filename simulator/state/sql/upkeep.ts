import { MOST_RATES, MOST_REPLAYS } from './counters.ts'
import type { Database } from './database.ts'

/** What one process at a time does for all. */
export interface Upkeep {
  /** Whether this process was the one when it asked last. */
  inCharge(): boolean
  /** Asks whether this process is the one, and clears away what is past where it is. */
  turn(): Promise<boolean>
}

/** Turns between two clearings. */
const EVERY = 40

/** Requests of a world that was reset or deleted are through by then. */
const GRACE = "interval '1 minute'"

const CLEAR = [
  `DELETE FROM jftsim.world WHERE retired < clock_timestamp() - ${GRACE}`,
  // Worlds of processes that ended before they were put into a sandbox.
  `DELETE FROM jftsim.world WHERE created < clock_timestamp() - interval '1 hour'
   AND world NOT IN (SELECT world FROM jftsim.sandbox)`,
  older('replay', MOST_REPLAYS),
  older('rate', MOST_RATES),
]

/** Deletes all but the newest of each world. */
function older(table: string, most: number): string {
  return `DELETE FROM jftsim.${table} AS old USING (
    SELECT world, (SELECT ordinal FROM jftsim.${table} AS one WHERE one.world = w.world
      ORDER BY ordinal DESC OFFSET ${most} LIMIT 1) AS last FROM jftsim.world AS w
  ) AS bound WHERE old.world = bound.world AND old.ordinal <= bound.last`
}

/** Creates the upkeep of this process. */
export function createUpkeep({ leads, later }: Database): Upkeep {
  let charged = false
  let turns = 0
  return {
    inCharge: () => charged,
    async turn() {
      charged = await leads()
      turns += charged ? 1 : 0
      if (charged && turns % EVERY === 1) for (const statement of CLEAR) await later(statement)
      return charged
    },
  }
}
