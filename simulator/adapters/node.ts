import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { createSimulator, type Platform, type Simulator, type SimulatorInput } from '../index.ts'
import { dashboard } from './dashboard.ts'

/** A simulator that listens on a port. */
export interface RunningSimulator {
  readonly simulator: Simulator
  /** The URL that clients and browsers call, without a trailing slash. */
  readonly url: string
  /** Stops listening and ends open connections. */
  close(): Promise<void>
}

/** Milliseconds between two looks at what is due by the simulator's clock. */
const TICK = 500

/** `localhost` is both loopback addresses: a client may try either first. */
const LOOPBACK = { v4: '127.0.0.1', v6: '::1' }

/**
 * Starts a simulator on a port; 0 picks a free one. Rejects with the system's error when the port is taken, and with an
 * `OptionsError` when the options are wrong.
 */
export async function startServer(input: SimulatorInput = {}, platform: Platform = {}): Promise<RunningSimulator> {
  const { host = 'localhost', port = 7357 } = input
  const first = await listen(host === 'localhost' ? LOOPBACK.v4 : host, port)
  const actual = (first.address() as AddressInfo).port
  const simulator = await create({ ...input, port: actual }, { outbound: fetch, ...platform }, first)
  const ticking = setInterval(() => tick(simulator), TICK).unref()
  const servers = [first, ...(host === 'localhost' ? await alsoOn(LOOPBACK.v6, actual) : [])]
  for (const server of servers) serve(server, simulator)
  const stop = () => {
    clearInterval(ticking)
    return close(servers)
  }
  return { simulator, url: urlOf(simulator), close: stop }
}

/** Lets the robots of every sandbox do what is due. */
function tick({ sandboxes }: Simulator): void {
  for (const { robots } of sandboxes.list()) void robots.tick()
}

async function create(input: SimulatorInput, platform: Platform, server: Server): Promise<Simulator> {
  try {
    return createSimulator(input, platform)
  } catch (error) {
    await close([server])
    throw error
  }
}

function urlOf({ options: { publicUrl, host, port } }: Simulator): string {
  return publicUrl ?? `http://${host}:${port}`
}

function listen(host: string, port: number): Promise<Server> {
  const server = createServer()
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve(server)
    })
  })
}

/** A machine without IPv6 has no second loopback address: the first is enough then. */
async function alsoOn(host: string, port: number): Promise<Server[]> {
  try {
    return [await listen(host, port)]
  } catch {
    return []
  }
}

function serve(server: Server, simulator: Simulator): void {
  const answer = async (request: Request) => (await dashboard(request)) ?? simulator.fetch(request)
  server.on('request', getRequestListener(answer, { overrideGlobalObjects: false, errorHandler: malformed }))
}

/** What is no request that a URL can be made of, such as an absurd Host header. */
function malformed(): Response {
  return new Response('The request has no usable Host header or target.\n', { status: 400 })
}

async function close(servers: readonly Server[]): Promise<void> {
  await Promise.all(
    servers.map((server) => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    }),
  )
}
