import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { authorize } from '../../scenarios/helseid-client.ts'
import type { Target } from '../../scenarios/runner/target.ts'
import { SURFACE_NAMES, type SurfaceName } from '../../simulator/ground/surfaces.ts'
import { redact } from '../../simulator/ground/text/mask/redact.ts'
import { createOrigins } from '../../simulator/index.ts'
import { callerOf, ownTokens } from './own-tokens.ts'
import { isBelow, type Seen } from './recording.ts'

/** A proxy that listens. */
export interface Proxy {
  /** Base URLs of the surfaces that the target has, at the proxy. */
  readonly urls: Readonly<Record<string, string>>
  close(): Promise<void>
}

/** Who hears what goes through. */
export interface Listener {
  readonly seen: (exchange: Seen) => void
  /** What the user should know, once for each thing. */
  readonly said: (text: string) => void
}

/** Bytes of a body that goes through. */
const LIMIT = 16 * 1024 * 1024

/** Headers of one connection, and those that are made anew (RFC 9110, section 7.6.1). */
const OWN = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'te',
  'trailer',
  'host',
  'content-length',
  'content-encoding',
  'accept-encoding',
  'expect',
  'proxy-authorization',
  'proxy-connection',
])

/** Starts a proxy in front of a target's surfaces, on loopback only. */
export async function startProxy(target: Target, port: number, listener: Listener): Promise<Proxy> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  const actual = typeof address === 'object' && address ? address.port : port
  const local = createOrigins(`http://localhost:${actual}`, 'test').local
  const names = SURFACE_NAMES.filter((name) => name !== 'control' && target.urls[name] !== undefined)
  const urls = Object.fromEntries(names.map((name) => [name, local[name]]))
  const passOn = passerOn(target, urls, listener)
  server.on('request', (incoming, outgoing) => void answer(incoming, outgoing, passOn, urls))
  return { urls, close: () => closed(server) }
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

type Urls = Readonly<Record<string, string>>
type PassOn = (surface: SurfaceName, request: Request, body: string) => Promise<Response>

const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/

async function answer(incoming: IncomingMessage, outgoing: ServerResponse, passOn: PassOn, urls: Urls): Promise<void> {
  const refuse = (status: number, text: string) => {
    outgoing.writeHead(status, { 'content-type': 'text/plain' }).end(`jftsim record: ${text}\n`)
  }
  const { origin } = incoming.headers
  if (!LOOPBACK.test(incoming.headers.host ?? '')) return refuse(421, 'the Host is not this machine.')
  if (origin !== undefined && !LOOPBACK.test(origin.replace(/^https?:\/\//, '')))
    return refuse(403, 'the Origin is another site.')
  const any = Object.values(urls)[0] ?? 'http://localhost'
  const url = new URL(any).origin + (incoming.url ?? '/')
  const surface = SURFACE_NAMES.find((name) => urls[name] !== undefined && isBelow(url, urls[name]))
  if (!surface)
    return refuse(
      404,
      `there is no surface at ${redact(incoming.url ?? '')}. There are ${Object.values(urls).join(', ')}.`,
    )
  const body = await bodyOf(incoming)
  if (body === undefined) return refuse(413, `a body of more than ${LIMIT} bytes is not passed on.`)
  try {
    const { method = 'GET' } = incoming
    const headers = pairsOf(incoming.rawHeaders)
    const sent = new Request(url, { method, headers, ...(method === 'GET' || method === 'HEAD' ? {} : { body }) })
    const response = await passOn(surface, sent, body)
    outgoing.writeHead(response.status, [...response.headers].flat())
    outgoing.end(await response.text())
  } catch (error) {
    refuse(502, `the upstream did not answer: ${redact((error as Error).message)}`)
  }
}

async function bodyOf(incoming: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of incoming as AsyncIterable<Buffer>) {
    size += part.length
    if (size > LIMIT) return undefined
    parts.push(part)
  }
  return Buffer.concat(parts).toString()
}

function pairsOf(raw: readonly string[]): [string, string][] {
  return raw.flatMap((name, index): [string, string][] =>
    index % 2 === 0 && !OWN.has(name.toLowerCase()) ? [[name, raw[index + 1] ?? '']] : [],
  )
}

function passerOn(target: Target, urls: Urls, { seen, said }: Listener): PassOn {
  const sign = signerOf(target, said)
  return async (surface, request, body) => {
    const began = performance.now()
    const time = new Date().toISOString()
    const base = urls[surface] ?? ''
    const upstream = (target.urls[surface] ?? '') + request.url.slice(base.length)
    const sent = new Headers(request.headers)
    if (surface !== 'helseid') await sign(sent, request.method, upstream)
    const init = { method: request.method, headers: sent, redirect: 'manual' as const, body: body === '' ? null : body }
    const reply = await target.send(new Request(upstream, init))
    const text = localText(await reply.text(), surface, target.urls, urls)
    const headers = [...reply.headers]
      .filter(([name]) => !OWN.has(name))
      .map(([name, value]): [string, string] => [name, localText(value, surface, target.urls, urls)])
    const message = { method: request.method, url: request.url, headers: [...request.headers] }
    seen({
      surface,
      time,
      milliseconds: performance.now() - began,
      request: { ...message, ...(body === '' ? {} : { body }) },
      response: { status: reply.status, headers, ...(text === '' ? {} : { body: text }) },
    })
    return new Response([204, 205, 304].includes(reply.status) ? null : text, { status: reply.status, headers })
  }
}

/** What leads to the upstream leads through the proxy instead; HelseID's own URLs stay, which its tokens name. */
function localText(text: string, surface: SurfaceName, upstream: Urls, local: Urls): string {
  if (surface === 'helseid') return text
  return Object.entries(local).reduce(
    (changed, [name, url]) => (name === 'helseid' ? changed : changed.replaceAll(`${upstream[name]}/`, `${url}/`)),
    text,
  )
}

/** Signs a call anew where the target has the client's own key: the client's proof names the proxy's URL (RFC 9449, 4.3). */
function signerOf({ clients, send }: Target, said: (text: string) => void) {
  const tokenOf = ownTokens(send)
  const told = new Set<string>()
  const once = (text: string) => {
    if (!told.has(text)) said(text)
    told.add(text)
  }
  return async (headers: Headers, method: string, url: string): Promise<void> => {
    const [scheme = '', token = ''] = (headers.get('authorization') ?? '').split(' ')
    if (scheme.toLowerCase() !== 'dpop') return
    const caller = callerOf(token)
    const { clientId = '(unknown)' } = caller
    const file = Object.values(clients).find((one) => one.clientId === clientId)
    if (!file)
      return once(
        `The target has no file of the client ${clientId}: its proofs name the proxy's URL, which the upstream refuses.`,
      )
    const { authorization, dpop } = await authorize(await tokenOf(file, caller), method, url)
    headers.set('authorization', authorization)
    headers.set('dpop', dpop)
    once(`Calls of ${clientId} are signed anew, with a token and a key of the proxy's own.`)
  }
}
