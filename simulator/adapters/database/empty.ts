import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { promisify } from 'node:util'
import { brotliDecompress } from 'node:zlib'
import { built } from '../built.ts'

/** Segments of 1 MB, where 16 MB are the default: the first has to be written before there is a database. */
export const INITDB = ['--wal-segsize=1']

/** Where the build leaves an empty database, as the version of PGlite that is installed makes it. */
export function emptyDatabaseFile(): URL {
  const require = createRequire(import.meta.url)
  const manifest = require(require.resolve('@electric-sql/pglite').replace(/dist[\\/][^\\/]+$/, 'package.json'))
  return new URL(`pglite-${(manifest as { readonly version: string }).version}.tar.br`, built('database'))
}

/** A tarball of it: to make one takes most of a first start. `undefined` where the build has none of this version. */
export async function emptyDatabase(): Promise<Blob | undefined> {
  const packed = await readFile(emptyDatabaseFile()).catch(() => undefined)
  return packed && new Blob([await promisify(brotliDecompress)(packed)])
}
