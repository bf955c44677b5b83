/** A value of a statement, or of a row. Numbers are whole up to 2^53: the schema has no others that are larger. */
export type SqlValue = string | number | boolean | null | readonly (string | number | boolean | null)[]

export type Row = Readonly<Record<string, string | number | boolean | null>>

/** Runs one statement with its parameters `$1, $2, …`. Rejects with a `StoreLost` where there is no way to the database. */
export type SqlQuery = (sql: string, values?: readonly SqlValue[]) => Promise<readonly Row[]>

/** A PostgreSQL, whether it is a server or is embedded. */
export interface Database {
  readonly query: SqlQuery
  /** The same for what a crash of the database server may take back: a crash of the simulator does not. */
  readonly later: SqlQuery
  /** All or nothing, and on disk when it ends. */
  transaction<T>(work: (query: SqlQuery) => Promise<T>): Promise<T>
  /** Whether others use the same database: if not, nothing needs to be heard or told. */
  readonly shared: boolean
  /** Hears what others tell by NOTIFY. `missed` is called where some of it may have been missed. */
  hear(tell: (payload: string) => void, missed: () => void): void
  /** Whether this process is the one that does what one process at a time does; asked again and again. */
  leads(): Promise<boolean>
  close(): Promise<void>
}

/** The channel of NOTIFY. */
export const CHANNEL = 'jftsim'
