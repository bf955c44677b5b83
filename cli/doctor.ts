import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { faultOfKeys } from '../simulator/adapters/key-file.ts'
import { isOfSimulator } from './admin-token.ts'

/** What was looked at, what was found, and what to do where it is not as it should be. */
export interface Diagnosis {
  readonly what: string
  readonly state: 'ok' | 'warning' | 'problem'
  readonly found: string
  readonly cure?: string
}

/** What is looked at. */
export interface Machine {
  readonly port: number
  /** Where keys are kept. */
  readonly keyFolder: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly nodeVersion: string
  /** Milliseconds since 1970. */
  readonly now: number
  /** Where `verify` and `mcp` have their files while they run. */
  readonly temporary: string
}

/** The surroundings of this process. */
export function surroundings(port: number, keyFolder: string): Machine {
  const { env, versions } = process
  return { port, keyFolder, env, nodeVersion: versions.node, now: Date.now(), temporary: tmpdir() }
}

/** Looks at what mostly keeps a simulator from starting, or a client from reaching it. Changes nothing. */
export async function examine(at: Machine): Promise<readonly Diagnosis[]> {
  return [nodeOf(at), await portOf(at), folderOf(at), proxyOf(at), clockOf(at), leftoversOf(at)]
}

/** Node 20.19 is the oldest that is tested. */
function nodeOf({ nodeVersion }: Machine): Diagnosis {
  const [major = 0, minor = 0] = nodeVersion.split('.').map(Number)
  const enough = major > 20 || (major === 20 && minor >= 19)
  const found = `Node ${nodeVersion}`
  if (enough) return { what: 'Node', state: 'ok', found }
  return { what: 'Node', state: 'problem', found, cure: 'Install Node 20.19 or later.' }
}

async function portOf({ port }: Machine): Promise<Diagnosis> {
  const what = 'port'
  if (await isFree(port)) return { what, state: 'ok', found: `${port} is free` }
  const running = await simulatorAt(port)
  if (running !== undefined) return { what, state: 'ok', found: `a simulator ${running} runs at ${port}` }
  const cure = 'Choose another: jftsim start --port NUMBER, or JFTSIM_PORT.'
  return { what, state: 'problem', found: `another program listens at ${port}`, cure }
}

function isFree(port: number): Promise<boolean> {
  const server = createServer()
  return new Promise((done) => {
    server.once('error', () => done(false))
    server.listen(port, '127.0.0.1', () => server.close(() => done(true)))
  })
}

/** The version of the simulator there, as far as it tells; undefined where something else answers, or nothing does. */
async function simulatorAt(port: number): Promise<string | undefined> {
  try {
    const answer = await fetch(`http://localhost:${port}/_sim/info`, { signal: AbortSignal.timeout(3_000) })
    if (isOfSimulator(answer)) return '(with an admin token)'
    const { name, version } = (await answer.json()) as { name?: string; version?: string }
    return name === 'jft-simulator' ? version : undefined
  } catch {
    return undefined
  }
}

function folderOf({ keyFolder }: Machine): Diagnosis {
  const what = 'key folder'
  const path = resolve(keyFolder)
  const cure = 'Make it writable, start in another folder, or start with --ephemeral.'
  if (!isWritable(existsSync(path) ? path : resolve(path, '..')))
    return { what, state: 'problem', found: `${path} cannot be written`, cure }
  const fault = faultOfKeys(path)
  if (fault) return { what, state: 'problem', found: fault.found, cure: fault.cure }
  return { what, state: 'ok', found: existsSync(path) ? path : `${path} will be made` }
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK)
    return statSync(folder).isDirectory()
  } catch {
    return false
  }
}

const PROXIES = ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy', 'ALL_PROXY', 'all_proxy']

/** A proxy that is asked for localhost too keeps every client from the simulator. */
function proxyOf({ env }: Machine): Diagnosis {
  const set = PROXIES.filter((name) => env[name])
  if (set.length === 0) return { what: 'proxy', state: 'ok', found: 'no proxy variable is set' }
  const without = `${env.NO_PROXY ?? ''},${env.no_proxy ?? ''}`
  const found = `${set.join(', ')} is set`
  if (without.split(',').some((host) => ['localhost', '*', '.localhost'].includes(host.trim())))
    return { what: 'proxy', state: 'ok', found: `${found}, and localhost is left out by NO_PROXY` }
  return {
    what: 'proxy',
    state: 'warning',
    found,
    cure: 'Clients may ask it for localhost too: set NO_PROXY=localhost,127.0.0.1.',
  }
}

/** A token's times are checked against this machine's clock. */
function clockOf({ now }: Machine): Diagnosis {
  const found = new Date(now).toISOString()
  const built = Date.UTC(2026, 0, 1)
  if (now > built) return { what: 'clock', state: 'ok', found }
  return { what: 'clock', state: 'problem', found, cure: 'Set the clock: tokens of other systems would be refused.' }
}

/** Hours after which nothing of ours is running any more. */
const STALE_HOURS = 24

function leftoversOf({ temporary, now }: Machine): Diagnosis {
  const old = readdirSync(temporary).filter((name) => {
    if (!name.startsWith('jftsim-')) return false
    return now - modified(join(temporary, name)) > STALE_HOURS * 3_600_000
  })
  if (old.length === 0) return { what: 'leftovers', state: 'ok', found: `none in ${temporary}` }
  const cure = `Delete them: rm -r ${join(temporary, 'jftsim-*')}`
  return { what: 'leftovers', state: 'warning', found: `${old.length} folders older than a day in ${temporary}`, cure }
}

function modified(path: string): number {
  try {
    return statSync(path).mtimeMs
  } catch {
    return Number.POSITIVE_INFINITY
  }
}
