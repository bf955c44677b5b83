import { type Server as HttpServer, type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Server as HttpsServer } from 'node:https'
import type { Socket } from 'node:net'
import { emitWarning } from 'node:process'
import { getRequestListener, type Http2Bindings, type HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import {
  API_ANSWER,
  ConnectionReset,
  isEventStream,
  type PlainAnswer,
  type PlainOutcome,
  responseTo,
  type Simulator,
  type Unread,
} from '../index.ts'
import { dashboard } from './dashboard.ts'
import { docsSite } from './docs-site.ts'
import { answerEarly, continuing, endAfterRequest } from './early-answer.ts'
import { breakHere, listenForHangUp } from './hang-up.ts'
import type { Metrics } from './metrics.ts'

/** What a simulator that several people share has at its door. */
export interface Watch {
  /** Gives the answer to a request that may not come in. */
  readonly guard?: (request: Request) => Response | undefined
  readonly metrics?: Metrics
}

/** Lets a simulator answer at a server of node:http or node:https, beside the dashboard. */
export function serve(server: HttpServer | HttpsServer, simulator: Simulator, watch: Watch = {}): void {
  /** Requests whose clients wait for `100 Continue`. */
  const waiting = new WeakSet<IncomingMessage>()
  const listener = getRequestListener((request, bindings) => answer(simulator, request, bindings, waiting, watch), {
    overrideGlobalObjects: false,
    errorHandler: (thrown) => malformed(simulator, thrown),
  })
  const answering = new WeakSet<Socket>()
  const listen = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const { socket } = incoming
    answering.add(socket)
    outgoing.once('close', () => answering.delete(socket))
    const wrong = wrongHeaders(incoming)
    if (wrong === undefined) void listener(incoming, outgoing)
    else void refuse(simulator, incoming, outgoing, wrong)
  }
  server.on('request', listen)
  server.on('checkContinue', (incoming: IncomingMessage, outgoing: ServerResponse) => {
    waiting.add(incoming)
    listen(incoming, outgoing)
  })
  server.on('clientError', (error, socket) => void unreadable(simulator, error, socket as Socket, answering))
  // A client may say that it has written all, and wait for the answer (RFC 9112, section 9.6). Node has no type for it.
  Object.assign(server, { httpAllowHalfOpen: true })
}

async function answer(
  simulator: Simulator,
  request: Request,
  bindings: HttpBindings | Http2Bindings,
  waiting: WeakSet<IncomingMessage>,
  { guard, metrics }: Watch,
): Promise<Response> {
  // The server is one of node:http, so are its requests and answers.
  const { incoming, outgoing } = bindings as HttpBindings
  const refused = guard?.(request)
  if (refused) return sent(refused, incoming, outgoing)
  const own = (await dashboard(request)) ?? (await docsSite(request)) ?? (await metrics?.page(request))
  if (own) return own
  const started = metrics && performance.now()
  const note = (status: number) =>
    started === undefined ? undefined : metrics?.answered(request, status, (performance.now() - started) / 1000)
  try {
    const waits = waiting.has(incoming) && request.method !== 'GET' && request.method !== 'HEAD'
    const outcome = await simulator.answer(waits ? continuing(request, outgoing) : request)
    note(outcome.status)
    listenForHangUp(outcome, outgoing)
    return await sent(outcome, incoming, outgoing)
  } catch (thrown) {
    if (!(thrown instanceof ConnectionReset)) throw thrown
    note(0)
    outgoing.socket?.resetAndDestroy()
    return RESPONSE_ALREADY_SENT
  }
}

async function sent(outcome: PlainOutcome, incoming: IncomingMessage, outgoing: ServerResponse): Promise<Response> {
  const isOver = incoming.complete || incoming.destroyed
  if (isOver && !(outcome instanceof Response) && isWhole(outcome)) return writeWhole(outcome, outgoing)
  const response = responseTo(outcome)
  if (response.headers.has('jftsim-fault')) return sendAsIs(response, incoming, outgoing)
  if (isEventStream(response)) {
    // Whoever reads a stream has nothing more to say: the end of what it sends is that it goes away.
    incoming.socket.once('end', () => incoming.socket.destroy())
    return response
  }
  if (isOver) return response
  // A client that waits for `100 Continue` may or may not send its body now (RFC 9110, section 10.1.1).
  if (incoming.headers.expect !== undefined && !incoming.readableDidRead) response.headers.set('connection', 'close')
  await answerEarly(response, incoming, outgoing)
  return RESPONSE_ALREADY_SENT
}

/** Without a type a `Response` gives a text one, and what a fault spoils is sent part by part. */
function isWhole({ headers, body }: PlainAnswer): boolean {
  return headers['jftsim-fault'] === undefined && (body === undefined || headers['content-type'] !== undefined)
}

/** Most answers are a text that is there: it is written at once, where a `Response` would make a stream of it. */
function writeWhole({ status, headers, body }: PlainAnswer, outgoing: ServerResponse): Response {
  const length = body === undefined || 'content-length' in headers ? {} : { 'content-length': Buffer.byteLength(body) }
  outgoing.writeHead(status, { ...headers, ...length }).end(body)
  return RESPONSE_ALREADY_SENT
}

/** Sends part by part, and breaks the connection where the body breaks: a fault may have cut it short. */
async function sendAsIs(response: Response, incoming: IncomingMessage, outgoing: ServerResponse): Promise<Response> {
  outgoing.writeHead(response.status, [...response.headers].flat())
  try {
    for await (const part of response.body ?? []) await write(outgoing, part)
    await endAfterRequest(incoming, outgoing)
  } catch (thrown) {
    if (thrown instanceof ConnectionReset) breakHere(outgoing)
    else outgoing.socket?.destroy()
  }
  return RESPONSE_ALREADY_SENT
}

function write(outgoing: ServerResponse, part: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    outgoing.write(part, (error) => (error ? reject(error) : resolve()))
  })
}

/** What Node lets through and HTTP does not (RFC 9112, section 3.2). */
function wrongHeaders({ rawHeaders, httpVersion }: IncomingMessage): string | undefined {
  const hosts = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length
  if (hosts === 0 && httpVersion === '1.1') return 'The request has no Host header.'
  return hosts > 1 ? `The request has ${hosts} Host headers; it must have one.` : undefined
}

async function refuse(
  simulator: Simulator,
  { method, url }: IncomingMessage,
  outgoing: ServerResponse,
  message: string,
): Promise<void> {
  const answer = await simulator.refuseUnread({ status: 400, message, received: `${method} ${url} HTTP/1.1` })
  outgoing.writeHead(answer.status, { ...Object.fromEntries(answer.headers), connection: 'close' })
  outgoing.end(await answer.text())
}

const PLAIN = { ...API_ANSWER, 'content-type': 'text/plain; charset=utf-8' } as const

/** What no URL can be made of, such as an absurd Host header; everything else that is thrown is our own bug. */
async function malformed(simulator: Simulator, thrown: unknown): Promise<Response> {
  if (thrown instanceof Error && thrown.name === 'RequestError') {
    const message = `The request has no usable Host header or target: ${thrown.message}.`
    return simulator.refuseUnread({ status: 400, message, received: '' })
  }
  emitWarning(thrown instanceof Error ? thrown : String(thrown))
  const text = 'The simulator failed, not your request. Please report it with what the simulator has printed.\n'
  return new Response(text, { status: 500, headers: PLAIN })
}

/** What Node's parser refuses before there is a request: says why, where it can still be said. */
async function unreadable(
  simulator: Simulator,
  error: ParserError,
  socket: Socket,
  answering: WeakSet<Socket>,
): Promise<void> {
  if (!socket.writable || error.code === 'ECONNRESET' || answering.has(socket)) {
    socket.destroy()
    return
  }
  const answer = await simulator.refuseUnread({
    ...refusalOf(error),
    received: error.rawPacket?.toString('latin1') ?? '',
  })
  const text = await answer.text()
  const headers = {
    ...Object.fromEntries(answer.headers),
    'content-length': Buffer.byteLength(text),
    connection: 'close',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  socket.end([`HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status]}`, ...lines, '', text].join('\r\n'))
}

/** What Node says of a request that its parser did not take. */
interface ParserError extends NodeJS.ErrnoException {
  readonly rawPacket?: Buffer
}

function refusalOf({ code, message }: ParserError): Pick<Unread, 'status' | 'message'> {
  if (code === 'HPE_HEADER_OVERFLOW') return { status: 431, message: 'The headers are larger than 16 KiB together.' }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return { status: 408, message: 'The request did not come to its end in time.' }
  return { status: 400, message: `This is not a request of HTTP/1.1: ${message}.` }
}
