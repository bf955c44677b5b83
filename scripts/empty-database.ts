import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants } from 'node:zlib'
import { PGlite } from '@electric-sql/pglite'
import { emptyDatabaseFile, INITDB } from '../simulator/adapters/database/empty.ts'

/**
 * Makes what a new folder of `--data` begins with. The tarball has three databases that are nearly the same: a window of
 * 16 MB sees that.
 */
const file = fileURLToPath(emptyDatabaseFile())
const database = await PGlite.create({ initDbStartParams: INITDB })
const tarball = Buffer.from(await (await database.dumpDataDir('none')).arrayBuffer())
await database.close()
const params = { [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_QUALITY]: 9 }
const folder = new URL('.', emptyDatabaseFile())
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
writeFileSync(file, brotliCompressSync(tarball, { params }))
