import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Database, Row, SqlQuery, SqlValue } from '../../open-simulator.ts'
import { isMissing, MissingPackageError } from '../missing-package.ts'
import { emptyDatabase, INITDB } from './empty.ts'
import { claimFolder, FolderError } from './in-use.ts'

type Library = typeof import('@electric-sql/pglite')

/**
 * Opens the PostgreSQL that is embedded in this process, with its data in `folder`, which it makes where there is none.
 * Rejects with a `FolderInUseError` where another process has it open, and with a `FolderError` where it cannot be made.
 */
export async function openPglite(folder: string): Promise<Database> {
  const { PGlite, types } = await load()
  makeFolder(folder)
  const release = await claimFolder(folder)
  const numbers = { [types.INT8]: Number, [types.NUMERIC]: Number }
  const dataDir = join(folder, 'postgres')
  if (!existsSync(dataDir)) await layEmpty(PGlite, dataDir)
  const db = await PGlite.create({ dataDir, parsers: numbers, initDbStartParams: INITDB })
  const query: SqlQuery = async (sql, values = []) => (await db.query<Row>(sql, asParameters(values))).rows
  return {
    query,
    later: query,
    transaction: (work) =>
      db.transaction((own) => work(async (sql, values = []) => (await own.query<Row>(sql, asParameters(values))).rows)),
    shared: false,
    hear: () => {},
    leads: async () => true,
    async close() {
      await db.close()
      await release()
    },
  }
}

/** An empty database under its name when it is whole, and not before; where the build has none, PGlite makes one. */
async function layEmpty(PGlite: Library['PGlite'], dataDir: string): Promise<void> {
  const beside = `${dataDir}.new`
  rmSync(beside, { recursive: true, force: true })
  const loadDataDir = await emptyDatabase()
  if (loadDataDir === undefined) return
  await (await PGlite.create({ dataDir: beside, loadDataDir })).close()
  renameSync(beside, dataDir)
}

function asParameters(values: readonly SqlValue[]): unknown[] {
  return [...values]
}

async function load(): Promise<Library> {
  try {
    return await import('@electric-sql/pglite')
  } catch (error) {
    if (!isMissing(error)) throw error
    throw new MissingPackageError('@electric-sql/pglite', '--data')
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw new FolderError(folder, (error as Error).message)
  }
}
