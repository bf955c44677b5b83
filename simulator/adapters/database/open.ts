import type { Database } from '../../open-simulator.ts'

/** Where a simulator keeps its state, when not in memory. */
export type Keeping = { readonly data: string } | { readonly store: string }

/** Opens what keeps the state; the library is loaded only then. */
export async function openDatabase(where: Keeping): Promise<Database> {
  if ('data' in where) return (await import('./pglite.ts')).openPglite(where.data)
  return (await import('./postgres.ts')).openPostgres(where.store)
}
