import type { Database } from './database.ts'

/** What is told to other processes, as JSON: kept short, since NOTIFY takes 8,000 bytes. */
export interface News {
  readonly world: string
  /** A kind of record, `journal`, `faults`, `closed` or `clock`. */
  readonly of: string
  readonly from?: number
  readonly to?: number
  readonly faults?: readonly (readonly [change: string, fault: string, exchange: string])[]
}

/** Where the stores of one world keep what they have. */
export interface WorldPlace {
  readonly database: Database
  readonly world: string
  /** The text for `pg_notify`, for a statement that writes; `null` where nobody else listens. */
  readonly news: (news: Omit<News, 'world'>) => string | null
  /** Calls the reader with what other processes tell of this world. */
  readonly heard: (reader: (news: News) => void) => void
  /** Calls the reader where news may have been missed. */
  readonly missed: (reader: () => void) => void
  /** This process has given that stamp. */
  readonly stamped?: (stamp: number) => void
}
