import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** The command line program, as built. */
export const MAIN = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url))

/** Something that answers at `url`, from the beginning until it is stopped. */
export interface Place {
  /** Where the page is, with a slash at the end. */
  readonly url: string
  stop(): Promise<void>
  /** After `stop`: it answers at the same URL again, and remembers nothing. */
  start(): Promise<void>
}

/** Starts the simulator as a user does, on a free port, with more options where they are given. */
export async function startSimulator(...options: readonly string[]): Promise<Place> {
  let child = spawnSimulator('0', options)
  const url = await dashboardOf(child)
  return {
    url,
    stop: () => stop(child),
    async start() {
      child = spawnSimulator(new URL(url).port, options)
      await dashboardOf(child)
    },
  }
}

function spawnSimulator(port: string, options: readonly string[]): ChildProcess {
  // It ends when the channel does, however this process ends.
  const stdio = ['ignore', 'pipe', 'inherit', 'ipc'] as const
  return spawn(process.execPath, [MAIN, 'start', '--port', port, '--ephemeral', ...options], { stdio: [...stdio] })
}

/** What the program prints when it listens. */
async function dashboardOf({ stdout }: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: stdout ?? process.stdin })) {
    const [, url] = /^Dashboard: (\S+)/.exec(line) ?? []
    if (url !== undefined) return url
  }
  throw new Error('The simulator ended before it said where its dashboard is.')
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill()
  await ended
}

/** A path that no part of the page knows, on a server that has files only. */
const PREFIX = '/pages/jft-demo/'
const DEMO = new URL('../dist/demo/', import.meta.url)
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
}

async function answer({ url = '' }: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(url, 'http://localhost')
  const file = pathname === PREFIX ? 'index.html' : pathname.slice(PREFIX.length)
  const content = pathname.startsWith(PREFIX) ? await readFile(new URL(file, DEMO)).catch(() => undefined) : undefined
  response.writeHead(content ? 200 : 404, { 'content-type': TYPES[extname(file)] ?? 'text/plain' })
  response.end(content ?? 'No such file.\n')
}

/** A plain web server, which knows the files of the demo and nothing else. */
export async function servePages(): Promise<Place> {
  const server = createServer((request, response) => void answer(request, response))
  const listen = (port: number) => once(server.listen(port, 'localhost'), 'listening')
  await listen(0)
  const { port } = server.address() as AddressInfo
  return {
    url: `http://localhost:${port}${PREFIX}`,
    stop: () => close(server),
    start: async () => void (await listen(port)),
  }
}

function close(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}
