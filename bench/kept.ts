import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { postgresBinaries, startPostgres } from '../simulator/state/sql/database.fixture.ts'
import { follow } from './support/follower.ts'
import { readAll, readPage, submit, type Target } from './support/kept-calls.ts'
import { type PagingRun, pagingRun } from './support/paging.ts'
import { kill, roundRobin, type Started, startProcess } from './support/processes.ts'

/**
 * State that is kept: what it costs beside memory, and that no kill loses what was answered, neither to pages nor to the
 * stream. `SECONDS=60 KILLS=50 RUNS=600 npm run bench -- kept` is the long run; `PARTS=folder,server` leaves out what is not
 * named (`figures`: what it costs). The parts with a PostgreSQL server are left out, and said to be, where none is installed.
 */

const SECONDS = Number(process.env.SECONDS ?? 15)
const KILLS = Number(process.env.KILLS ?? 10)
const RUNS = Number(process.env.RUNS ?? 50)
const PARTS = (process.env.PARTS ?? 'figures,folder,server').split(',')
const CLIENTS = 100
const PORT = 7460
const WARM = 1_500

interface Loaded {
  readonly accepted: string[]
  readonly broken: number
}

/** Submits by many clients at once until it is told to stop. */
function load(target: Target, clients: number) {
  const accepted: string[] = []
  let broken = 0
  let going = true
  const client = async () => {
    while (going) {
      const id = await submit(target).catch(() => undefined)
      if (id === undefined) broken += 1
      else accepted.push(id)
      if (id === undefined) await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  const all = Promise.all(Array.from({ length: clients }, client))
  return {
    accepted,
    async stop(): Promise<Loaded> {
      going = false
      await all
      return { accepted, broken }
    },
  }
}

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

async function perSecond(work: () => Promise<unknown>, clients: number): Promise<number> {
  let count = 0
  let counting = false
  let going = true
  const client = async () => {
    while (going) {
      await work()
      if (counting) count += 1
    }
  }
  const all = Promise.all(Array.from({ length: clients }, client))
  await sleep(WARM)
  counting = true
  const began = performance.now()
  await sleep(4_000)
  const seconds = (performance.now() - began) / 1000
  going = false
  const measured = count / seconds
  await all
  return Math.round(measured)
}

async function figures(name: string, started: readonly Started[], target: Target) {
  if (!PARTS.includes('figures')) return
  const posts = await perSecond(() => submit(target), 50)
  // The first look marks what it shows as read: the pages after it only read.
  await readPage(target)
  const pages = await perSecond(() => readPage(target), 20)
  const start = Math.round(Math.max(...started.map(({ took }) => took)))
  console.table({ [name]: { 'POST/s': posts, 'page of 50/s': pages, 'start, ms': start } })
}

/** Whether all that was accepted is there, once, and in how many events all. */
async function verdict(what: string, { accepted, broken }: Loaded, target: Target): Promise<void> {
  const found = await readAll(target)
  const known = new Set(found)
  const lost = accepted.filter((id) => !known.has(id)).length
  const twice = found.length - known.size
  console.log(
    `${what}: ${accepted.length} accepted, ${broken} without an answer or refused, ${lost} lost, ${twice} twice`,
  )
  if (lost > 0 || twice > 0) process.exitCode = 1
}

async function onFolder(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'jftsim-bench-'))
  const target = { port: PORT, publicPort: PORT }
  let running = await startProcess(PORT, '--data', folder)
  console.log(`first start with --data: ${Math.round(running.took)} ms`)
  await kill(running)
  running = await startProcess(PORT, '--data', folder)
  await figures('--data', [running], target)
  const loaded = load(target, 20)
  const starts: number[] = []
  for (let n = 0; n < KILLS; n += 1) {
    await sleep(Math.random() * 1_500)
    await kill(running)
    running = await startProcess(PORT, '--data', folder)
    starts.push(running.took)
  }
  await verdict(`--data, ${KILLS} kills`, await loaded.stop(), target)
  console.log(`slowest start after a kill: ${Math.round(Math.max(...starts))} ms`)
  await kill(running)
  rmSync(folder, { recursive: true, force: true })
}

async function onServer(binaries: string): Promise<void> {
  const server = await startPostgres(binaries)
  const url = await server.newDatabase()
  const { server: proxy, port } = await roundRobin([PORT, PORT + 1, PORT + 2])
  const open = (n: number) => startProcess(PORT + n, '--store', url, '--public-url', `http://localhost:${port}`)
  const running = [await open(0)]
  await figures('--store, 1 process', running, { port: PORT, publicPort: port })
  running.push(await open(1), await open(2))
  const target = { port, publicPort: port }
  await figures('--store, 3 processes', running, target)
  const killer = killing(running, open)
  await loadAndFollow(target, killer)
  await pageAtRandom(target, killer)
  await killer.stop()
  for (const one of running) await kill(one)
  proxy.close()
  server.end()
}

/** Kills one process after the other, and starts it again, until it is stopped. */
function killing(running: Started[], open: (n: number) => Promise<Started>) {
  let kills = 0
  let going = true
  const work = async () => {
    for (let at = 0; going; at = (at + 1) % running.length) {
      await sleep(5_000)
      const victim = running[at]
      if (victim) await kill(victim)
      running[at] = await open(at)
      kills += 1
    }
  }
  const ended = work()
  return {
    kills: () => kills,
    stop() {
      going = false
      return ended
    },
  }
}

type Killer = Pick<ReturnType<typeof killing>, 'kills'>

async function loadAndFollow(target: Target, killer: Killer): Promise<void> {
  const follower = follow(target)
  await sleep(WARM)
  const loaded = load(target, CLIENTS)
  await sleep(SECONDS * 1000)
  const all = await loaded.stop()
  await verdict(`--store, 3 processes, ${CLIENTS} clients, ${SECONDS} s, ${killer.kills()} kills`, all, target)
  const { connections, missed } = follower.counts()
  const untold = all.accepted.filter((id) => !follower.seen.has(id)).length
  console.log(
    `stream: ${connections} connections, ${untold} accepted events not told, ${missed} exchanges said to be missed`,
  )
  follower.stop()
  if (untold > missed) process.exitCode = 1
}

/** Runs of pages at once. */
const AT_ONCE = 8

async function pageAtRandom(target: Target, killer: Killer): Promise<void> {
  const runs: PagingRun[] = []
  const before = killer.kills()
  let next = 0
  const reader = async () => {
    while (next < RUNS) {
      next += 1
      runs.push(await pagingRun(target, `pages-${next}`))
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, reader))
  const sum = (of: (run: PagingRun) => number) => runs.reduce((all, run) => all + of(run), 0)
  const [lost, twice] = [sum((run) => run.lost), sum((run) => run.twice)]
  const kills = killer.kills() - before
  console.log(
    `paging: ${runs.length} runs, ${sum((run) => run.accepted)} accepted, ${lost} lost, ${twice} twice, ${kills} kills`,
  )
  if (lost > 0 || twice > 0) process.exitCode = 1
}

if (PARTS.includes('figures')) {
  const inMemory = await startProcess(PORT)
  await figures('memory', [inMemory], { port: PORT, publicPort: PORT })
  await kill(inMemory)
}
if (PARTS.includes('folder')) await onFolder()
const binaries = postgresBinaries()
if (!PARTS.includes('server')) console.log('--store: left out')
else if (binaries === undefined) console.log('--store: not tried, there is no PostgreSQL below /usr/lib/postgresql')
else await onServer(binaries)
process.exit()
