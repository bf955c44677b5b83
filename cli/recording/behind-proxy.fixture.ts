import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from '../../scripts/paths.mjs'
import { described } from '../run-target.ts'
import { startProxy } from './proxy.ts'

/*
 * A sample program behind the recording proxy, as a vendor configures one: its base URLs are those of the proxy, also that of
 * HelseID, and its client stays what it is. `jftsim verify NAME -- node --import tsx behind-proxy.fixture.ts NAME ARGS`.
 */

const { HELSEID_AUTHORITY, JFT_WRITE_URL, JFT_READ_URL, JFT_CLIENT_FILE, JFT_MUNICIPALITY } = process.env
const [name = '', ...args] = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'jftsim-behind-'))
const file = join(folder, 'target.json')
const urls = { helseid: HELSEID_AUTHORITY, 'jft-write': JFT_WRITE_URL, 'jft-read': JFT_READ_URL }
const clients = { [name]: JFT_CLIENT_FILE }
writeFileSync(file, JSON.stringify({ name: 'upstream', municipality: JFT_MUNICIPALITY, urls, clients }))

const proxy = await startProxy(described(file).target, 0, { seen: () => undefined, said: () => undefined })
const { helseid, 'jft-write': write, 'jft-read': read } = proxy.urls
const env = { ...process.env, HELSEID_AUTHORITY: helseid, JFT_WRITE_URL: write, JFT_READ_URL: read }
const program = spawn(process.execPath, [join(ROOT, `examples/${name}/${name}.js`), ...args], { env, stdio: 'inherit' })
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => program.kill(signal))
const [code] = (await once(program, 'exit')) as [number | null]
await proxy.close()
rmSync(folder, { recursive: true })
process.exitCode = code ?? 1
