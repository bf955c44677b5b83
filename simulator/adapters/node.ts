import { createServer, type Server as HttpServer } from 'node:http'
import { createServer as createTlsServer, type Server as HttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import {
  checkedOptions,
  createSimulator,
  type Platform,
  type Simulator,
  type SimulatorInput,
  setEs256,
  setHmac,
} from '../index.ts'
import { type Database, openSimulator } from '../open-simulator.ts'
import { createAdminGuard } from './admin.ts'
import { createAside } from './aside.ts'
import { verifyEs256 } from './es256.ts'
import { hmacSha256 } from './hmac.ts'
import { holdRequests } from './hold-requests.ts'
import { createMetrics } from './metrics.ts'
import { serve } from './serve.ts'
import { keepTicking } from './ticking.ts'
import type { Tracing } from './tracing.ts'

/** A simulator that listens on a port. */
export interface RunningSimulator {
  readonly simulator: Simulator
  /** The URL that clients and browsers call, without a trailing slash. */
  readonly url: string
  /** Stops listening and ends open connections. */
  close(): Promise<void>
}

/** What a server of TLS shows, as PEM. */
export interface TlsIdentity {
  readonly key: string
  readonly cert: string
}

type Server = HttpServer | HttpsServer

/** A server that listens, and keeps what it is asked until it is released. */
interface Listening {
  readonly server: Server
  readonly release: () => void
}

/** How a simulator is served, beyond what it plays. */
export interface Serving {
  /** Keeps the state; it is closed with the simulator. */
  readonly database?: Database
  /** Guards the control API, the dashboard and the metrics. */
  readonly adminToken?: string
  /** Whether there is `GET /metrics`. */
  readonly metrics?: boolean
  /** Is told what is answered, and ended with the simulator. */
  readonly tracing?: Tracing
  /** It is called by https then, and by nothing else. */
  readonly tls?: TlsIdentity
}

/** `localhost` is both loopback addresses: a client may try either first. */
const LOOPBACK = { v4: '127.0.0.1', v6: '::1' }

/**
 * Starts a simulator on a port; 0 picks a free one. Its state is in memory, or in a database, which is closed with it.
 * Rejects with the system's error when the port is taken, and with an `OptionsError` when the options are wrong.
 */
export async function startServer(
  input: SimulatorInput = {},
  platform: Platform = {},
  { database, adminToken, metrics = false, tracing, tls }: Serving = {},
): Promise<RunningSimulator> {
  const { host, port } = checkedOptions(input)
  const first = await listen(host === 'localhost' ? LOOPBACK.v4 : host, port, tls)
  const actual = (first.server.address() as AddressInfo).port
  const secure = tls === undefined ? {} : { publicUrl: `https://${host}:${actual}` }
  const other = platform.aside ? undefined : createAside()
  const measured = tracing && { answered: tracing.answered }
  const own = { outbound, ...(other && { aside: other.aside }), ...measured, ...platform }
  const simulator = await create({ ...secure, ...input, port: actual }, own, first.server, database)
  const stopTicking = keepTicking(simulator)
  const listening = [first, ...(host === 'localhost' ? await alsoOn(LOOPBACK.v6, actual, tls) : [])]
  const watch = {
    ...(adminToken === undefined ? {} : { guard: createAdminGuard(adminToken) }),
    ...(metrics ? { metrics: await createMetrics() } : {}),
  }
  for (const { server, release } of listening) {
    serve(server, simulator, watch)
    release()
  }
  const stop = async () => {
    stopTicking()
    await close(listening.map(({ server }) => server))
    await other?.close()
    await database?.close()
    await tracing?.end()
  }
  return { simulator, url: simulator.world.net.origins.home, close: stop }
}

/** Milliseconds that an EHR of a vendor's own has for its answer. */
const OUTBOUND = 30_000

function outbound(request: Request): Promise<Response> {
  return fetch(request, { signal: AbortSignal.timeout(OUTBOUND) })
}

async function create(
  input: SimulatorInput,
  platform: Platform,
  server: Server,
  database: Database | undefined,
): Promise<Simulator> {
  setEs256(verifyEs256)
  setHmac(hmacSha256)
  try {
    return database ? await openSimulator(input, platform, database) : createSimulator(input, platform)
  } catch (error) {
    await close([server])
    throw error
  }
}

/** Milliseconds that a connection may be idle: Node's 5 s end it while a client that was held up sends its next request. */
const IDLE = 65_000

function listen(host: string, port: number, tls: TlsIdentity | undefined): Promise<Listening> {
  // Node refuses a request without Host by a bare 400; the simulator says why.
  const options = { keepAliveTimeout: IDLE, requireHostHeader: false }
  const server = tls ? createTlsServer({ ...options, ...tls }) : createServer(options)
  const release = holdRequests(server)
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve({ server, release })
    })
  })
}

/** A machine without IPv6 has no second loopback address: the first is enough then. */
async function alsoOn(host: string, port: number, tls: TlsIdentity | undefined): Promise<Listening[]> {
  try {
    return [await listen(host, port, tls)]
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
