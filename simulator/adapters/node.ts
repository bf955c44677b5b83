import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener, type Http2Bindings, type HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import {
  ConnectionReset,
  checkedOptions,
  createSimulator,
  type Platform,
  type Simulator,
  type SimulatorInput,
} from '../index.ts'
import { dashboard } from './dashboard.ts'
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
  return { simulator, url: urlOf(simulator), close: stop }
}

/** Milliseconds that an EHR of a vendor's own has for its answer. */
const OUTBOUND = 30_000

function outbound(request: Request): Promise<Response> {
  return fetch(request, { signal: AbortSignal.timeout(OUTBOUND) })
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

function serve(server: Server, simulator: Simulator): void {
  // The server is one of node:http, so are its answers.
  const answer = async (request: Request, bindings: HttpBindings | Http2Bindings) => {
    const { outgoing } = bindings as HttpBindings
    const own = await dashboard(request)
    if (own) return own
    try {
      const response = await simulator.fetch(request)
      return response.headers.has('jftsim-fault') ? await sendAsIs(response, outgoing) : response
    } catch (thrown) {
      if (!(thrown instanceof ConnectionReset)) throw thrown
      outgoing.socket?.resetAndDestroy()
      return RESPONSE_ALREADY_SENT
    }
  }
  const options = { overrideGlobalObjects: false, errorHandler: malformed }
  const listener = getRequestListener(answer, options)
  server.on('request', (incoming, outgoing) => void listener(incoming, outgoing))
}

/** Sends part by part, and breaks the connection where the body breaks: a fault may have cut it short. */
async function sendAsIs(response: Response, outgoing: ServerResponse): Promise<Response> {
  outgoing.writeHead(response.status, [...response.headers].flat())
  try {
    for await (const part of response.body ?? []) await write(outgoing, part)
    outgoing.end()
  } catch {
    outgoing.socket?.destroy()
  }
  return RESPONSE_ALREADY_SENT
}

function write(outgoing: ServerResponse, part: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    outgoing.write(part, (error) => (error ? reject(error) : resolve()))
  })
}

/** What is not a request that a URL can be made of, such as an absurd Host header. */
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
