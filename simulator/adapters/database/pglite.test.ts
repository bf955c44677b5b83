import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { emptyDatabaseFile } from './empty.ts'
import { openPglite } from './pglite.ts'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'jftsim-pglite-'))
})

afterAll(() => rmSync(folder, { recursive: true }))

test.skipIf(!existsSync(emptyDatabaseFile()))('a new folder begins with the empty database of the build', async () => {
  const data = join(folder, 'new')
  // What a start has left that was killed meanwhile.
  mkdirSync(join(data, 'postgres.new'), { recursive: true })
  writeFileSync(join(data, 'postgres.new', 'PG_VERSION'), '17\n')
  const first = await openPglite(data)
  expect(existsSync(join(data, 'postgres.new'))).toBe(false)
  expect(await first.query('SHOW wal_segment_size')).toEqual([{ wal_segment_size: '1MB' }])
  await first.query('CREATE TABLE kept (one int)')
  await first.close()
  const again = await openPglite(data)
  expect(await again.query('SELECT count(*) FROM kept')).toEqual([{ count: 0 }])
  await again.close()
})
