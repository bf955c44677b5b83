import { execFileSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openPglite } from '../../adapters/database/pglite.ts'
import { openPostgres } from '../../adapters/database/postgres.ts'
import type { Database } from './database.ts'
import { migrate } from './schema.ts'

/** A PostgreSQL server for tests. */
export interface TestServer {
  /** The URL of a new, empty database. */
  newDatabase(): Promise<string>
  stop(how?: 'fast' | 'immediate'): void
  start(): void
  end(): void
}

const BINARIES = '/usr/lib/postgresql'

/** Where the programs of a server are; `undefined`: none is installed, or nobody is there to run it as. */
export function postgresBinaries(): string | undefined {
  if (!existsSync(BINARIES)) return undefined
  const versions = readdirSync(BINARIES).sort((a, b) => Number(b) - Number(a))
  return versions.map((version) => join(BINARIES, version, 'bin')).find((bin) => existsSync(join(bin, 'postgres')))
}

/** Starts a server of its own on a free port; it does not run as root. */
export async function startPostgres(binaries: string): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'jftsim-postgres-'))
  const asRoot = process.getuid?.() === 0
  const user = asRoot ? idsOf('postgres') : undefined
  if (user) chownSync(folder, user.uid, user.gid)
  const data = join(folder, 'data')
  const run = (program: string, ...args: string[]) =>
    execFileSync(join(binaries, program), args, { stdio: 'ignore', cwd: folder, ...user })
  run('initdb', '-D', data, '-U', 'jftsim', '--auth=trust', '-E', 'UTF8', '--no-sync')
  const port = await freePort()
  const start = () =>
    run(
      'pg_ctl',
      '-D',
      data,
      '-w',
      '-l',
      join(folder, 'log'),
      '-o',
      `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1`,
      'start',
    )
  const stop = (how: 'fast' | 'immediate' = 'fast') => run('pg_ctl', '-D', data, '-w', '-m', how, 'stop')
  start()
  let made = 0
  return {
    async newDatabase() {
      made += 1
      const name = `test_${made}`
      run('createdb', '-h', '127.0.0.1', '-p', String(port), '-U', 'jftsim', name)
      return `postgres://jftsim@127.0.0.1:${port}/${name}`
    },
    start,
    stop,
    end() {
      stop('immediate')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function idsOf(name: string): { uid: number; gid: number } {
  const id = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/** A database with the schema, and how to end it. */
export interface Opened {
  readonly database: Database
  end(): Promise<void>
}

/** Opens an embedded database in a new folder. */
export async function openEmbedded(): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), 'jftsim-data-'))
  const database = await openPglite(folder)
  await migrate(database)
  return {
    database,
    async end() {
      await database.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Starts a server and opens a database of it. */
export async function openServed(binaries: string): Promise<Opened> {
  const server = await startPostgres(binaries)
  const database = await openPostgres(await server.newDatabase())
  await migrate(database)
  return {
    database,
    async end() {
      await database.close()
      server.end()
    },
  }
}
