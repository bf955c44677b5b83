import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  checkedOptions,
  createSimulator,
  type Platform,
  type Simulator,
  type SimulatorInput,
  setEs256,
} from '../index.ts'
import { verifyEs256 } from './es256.ts'
import { serve } from './serve.ts'
import { keepTicking } from './ticking.ts'

/** A simulator that listens on a port. */
export interface RunningSimulator {
  readonly simulator: Simulator
  /** The URL that clients and browsers call, without a trailing slash. */
  readonly url: string
  /** Stops listening and ends open connections. */
  close(): Promise<void>
}

/** `localhost` is both loopback addresses: a client may try either first. */
const LOOPBACK = { v4: '127.0.0.1', v6: '::1' }

/**
 * Starts a simulator on a port; 0 picks a free one. Rejects with the system's error when the port is taken, and with an
 * `OptionsError` when the options are wrong.
 */
export async function startServer(input: SimulatorInput = {}, platform: Platform = {}): Promise<RunningSimulator> {
  const { host, port } = checkedOptions(input)
  const first = await listen(host === 'localhost' ? LOOPBACK.v4 : host, port)
  const actual = (first.address() as AddressInfo).port
  const simulator = await create({ ...input, port: actual }, { outbound, ...platform }, first)
  const stopTicking = keepTicking(simulator)
  const servers = [first, ...(host === 'localhost' ? await alsoOn(LOOPBACK.v6, actual) : [])]
  for (const server of servers) serve(server, simulator)
  const stop = () => {
    stopTicking()
    return close(servers)
  }
  return { simulator, url: simulator.world.net.origins.home, close: stop }
}

/** Milliseconds that an EHR of a vendor's own has for its answer. */
const OUTBOUND = 30_000

function outbound(request: Request): Promise<Response> {
  return fetch(request, { signal: AbortSignal.timeout(OUTBOUND) })
}

async function create(input: SimulatorInput, platform: Platform, server: Server): Promise<Simulator> {
  setEs256(verifyEs256)
  try {
    return createSimulator(input, platform)
  } catch (error) {
    await close([server])
    throw error
  }
}

/** Milliseconds that a connection may be idle: Node's 5 s end it while a client that was held up sends its next request. */
const IDLE = 65_000

function listen(host: string, port: number): Promise<Server> {
  const server = createServer({ keepAliveTimeout: IDLE })
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

async function close(servers: readonly Server[]): Promise<void> {
  await Promise.all(
    servers.map((server) => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    }),
  )
}
