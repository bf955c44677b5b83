import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { authorize, type BoundToken, type ClientFile, requestToken } from '../scenarios/helseid-client.ts'
import { CLI } from '../scripts/paths.mjs'
import { load, type Measured, type Sent } from './support/load.ts'
import { median } from './support/median.ts'
import { PEER_PACKAGES, writeMockFiles } from './support/mock-files.ts'
import { composition } from './support/payloads.ts'

/**
 * Beside what it replaces: `npm run bench -- peers`. Installs mock servers into a folder for the time being, and loads each in
 * turn with the same two requests over 50 connections: a note of 1 kB, and a page of 10. `PEERS_REQUESTS` and `PEERS_ROUNDS` choose how many.
 * The server's own processor time for a request is steady on a busy machine too; it is told on Linux. MockServer is left
 * out: its package on npm fetches its program from elsewhere.
 */

const REQUESTS = Number(process.env.PEERS_REQUESTS ?? 4_000)
const ROUNDS = Number(process.env.PEERS_ROUNDS ?? 3)
const MUNICIPALITY = '313231593'
const { section: _section, event: _event, attester: _attester, ...note } = composition()
const NOTE = JSON.stringify(note)
const PAGE = {
  resourceType: 'Bundle',
  type: 'searchset',
  entry: Array.from({ length: 10 }, () => ({ resource: note })),
}

interface Contestant {
  readonly name: string
  /** What it does for a request. */
  readonly does: string
  readonly command: (port: number) => readonly string[]
  readonly auth?: 'strict' | 'relaxed'
}

const SHALLOW = 'a shallow schema, the example of a file; keeps nothing'
const simulator = (auth: 'strict' | 'relaxed', does: string): Contestant => ({
  name: `this, ${auth}`,
  does,
  command: (port) => [process.execPath, CLI, 'start', '--ephemeral', '--port', String(port), '--auth', auth],
  auth,
})

const folder = mkdtempSync(join(tmpdir(), 'jftsim-peers-'))
const bin = (path: string) => join(folder, 'node_modules', path)
const own = (file: string) => (port: number) => [process.execPath, join(folder, file), String(port)]

const CONTESTANTS: readonly Contestant[] = [
  { name: 'node:http', does: 'parses the note, writes a fixed page', command: own('floor.mjs') },
  {
    name: 'Prism, silent',
    does: SHALLOW,
    command: (port) => [
      process.execPath,
      bin('.bin/prism'),
      ...['mock', '-h', '127.0.0.1', '-p', String(port), '-v', 'silent', join(folder, 'openapi.json')],
    ],
  },
  {
    name: 'Mockoon',
    does: 'the example of a file; checks and keeps nothing',
    command: (port) => [
      process.execPath,
      bin('@mockoon/cli/bin/run.js'),
      ...[
        'start',
        '-d',
        join(folder, 'openapi.json'),
        '-p',
        String(port),
        '-l',
        '127.0.0.1',
        '-X',
        '--disable-admin-api',
      ],
    ],
  },
  { name: 'msw, middleware', does: 'a handler in code; checks and keeps nothing', command: own('msw.mjs') },
  {
    name: 'WireMock',
    does: 'matches method and path, a fixed answer; keeps a journal without bound',
    command: (port) => [
      ...['java', '-jar', bin('wiremock/build/wiremock-standalone-3.13.2.jar'), '--disable-banner'],
      ...['--bind-address', '127.0.0.1', '--port', String(port), '--root-dir', folder],
    ],
  },
  simulator('relaxed', 'all of FHIR R4, identity numbers, store, journal; a page out of the store'),
  simulator('strict', 'the same, with the access token, and a DPoP proof verified for each request'),
]

interface Running {
  readonly pid: number
  readonly stop: () => Promise<void>
  readonly post: () => Promise<Sent>
  readonly get: () => Promise<Sent>
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}

async function start(contestant: Contestant): Promise<Running> {
  const port = await freePort()
  const [command = '', ...args] = contestant.command(port)
  const child = spawn(command, args, { cwd: folder, stdio: 'ignore' })
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const base = `http://127.0.0.1:${port}`
  const stop = () => {
    child.kill()
    return gone
  }
  try {
    await answers(base)
    return { pid: child.pid ?? 0, stop, ...(await requestsTo(contestant, base)) }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Waits until a server answers at all. */
async function answers(base: string): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    const answer = await fetch(`${base}/v1/Composition`).catch(() => undefined)
    if (answer) return void (await answer.text())
    await sleep(100)
  }
  throw new Error(`Nothing answers at ${base}.`)
}

async function requestsTo({ auth }: Contestant, base: string): Promise<Pick<Running, 'post' | 'get'>> {
  const writes = `${base}${auth === undefined ? '' : '/write'}/v1/Composition`
  const reads = `${base}${auth === undefined ? '' : '/read'}/v1/Composition`
  const token = auth === 'strict' ? await tokenAt(base) : undefined
  const headers = (method: string, url: string) =>
    token ? authorize(token, method, url) : Promise.resolve({ 'jftsim-municipality': MUNICIPALITY })
  const type = { 'content-type': 'application/json' }
  return {
    post: async () => ({
      method: 'POST',
      url: writes,
      headers: { ...type, ...(await headers('POST', writes)) },
      body: NOTE,
    }),
    get: async () => ({ method: 'GET', url: `${reads}?_count=10`, headers: await headers('GET', reads) }),
  }
}

async function tokenAt(base: string): Promise<BoundToken> {
  const { clients } = (await (await fetch(`${base}/_sim/clients`)).json()) as { clients: { file: string }[] }
  const file = (await (await fetch(clients[0]?.file ?? '')).json()) as ClientFile
  return requestToken({ ...file, authority: `${base}/helseid` }, { orgnr: MUNICIPALITY, scope: 'nhn:jft/api' })
}

type Loads = { readonly post: Measured; readonly get: Measured }

async function measure({ pid, post, get }: Running): Promise<Loads> {
  await load(pid, REQUESTS / 4, post, 202)
  const posted = await load(pid, REQUESTS, post, 202)
  await load(pid, REQUESTS / 4, get, 200)
  return { post: posted, get: await load(pid, REQUESTS, get, 200) }
}

/** One round of one server that is not there, or cannot be started, is said and not measured. */
async function round(contestant: Contestant, results: Map<string, Loads[]>): Promise<void> {
  try {
    const running = await start(contestant)
    try {
      results.set(contestant.name, [...(results.get(contestant.name) ?? []), await measure(running)])
    } finally {
      await running.stop()
    }
  } catch (error) {
    console.error(`${contestant.name} was not measured: ${error instanceof Error ? error.message : error}`)
  }
}

function row({ name, does }: Contestant, loads: readonly Loads[]): readonly (string | number)[] {
  const middle = (of: keyof Loads, what: keyof Measured) => median(loads.map((one) => one[of][what]))
  const rate = (of: keyof Loads) => Math.round(middle(of, 'perSecond'))
  const cost = (of: keyof Loads) => middle(of, 'cpu').toFixed(2)
  const ratio = (middle('post', 'p99') / middle('post', 'p50')).toFixed(1)
  return [name, rate('post'), rate('get'), cost('post'), cost('get'), ratio, Math.round(middle('get', 'rss')), does]
}

const HEAD = [
  '',
  'POST/s',
  'GET/s',
  'POST, CPU ms',
  'GET, CPU ms',
  'POST p99/p50',
  'RSS MB',
  'what it does for a request',
]

try {
  mkdirSync(join(folder, 'mappings'))
  writeMockFiles(folder, PAGE)
  console.error(`Installing ${PEER_PACKAGES.join(', ')} into ${folder}`)
  const flags = [
    '--loglevel',
    'error',
    '--no-audit',
    '--no-fund',
    '--no-package-lock',
    '--ignore-scripts',
    '--prefix',
    folder,
  ]
  execFileSync('npm', ['install', ...flags, ...PEER_PACKAGES], { stdio: ['ignore', 'ignore', 'inherit'] })
  const results = new Map<string, Loads[]>()
  for (let number = 0; number < ROUNDS; number += 1) {
    for (const contestant of CONTESTANTS) await round(contestant, results)
  }
  const measured = CONTESTANTS.flatMap((one) => {
    const loads = results.get(one.name)
    return loads === undefined ? [] : [row(one, loads)]
  })
  for (const line of [HEAD, HEAD.map(() => '---'), ...measured]) console.info(`| ${line.join(' | ')} |`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
