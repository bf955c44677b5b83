import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Target } from '../../scenarios/runner/target.ts'
import { SURFACE_NAMES, type SurfaceName } from '../../simulator/ground/surfaces.ts'
import { redact } from '../../simulator/ground/text/mask/redact.ts'
import { createOrigins } from '../../simulator/index.ts'
import { isBelow, type Seen } from './recording.ts'
import { localBody, localText, moved, type TargetUrls } from './relocate.ts'
import { createSigner } from './signer.ts'

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

/** Headers of one connection, and those that are made again (RFC 9110, section 7.6.1). */
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

/** A request as it came, without its body. */
interface Incoming {
  readonly method: string
  readonly url: string
  readonly headers: Headers
}

interface Answered {
  readonly status: number
  readonly headers: readonly (readonly [string, string])[]
  readonly body: Uint8Array
}

type PassOn = (surface: SurfaceName, request: Incoming, body: Uint8Array<ArrayBuffer>) => Promise<Answered>

const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/

async function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  passOn: PassOn,
  urls: TargetUrls,
): Promise<void> {
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
    const answered = await passOn(surface, { method, url, headers: new Headers(pairsOf(incoming.rawHeaders)) }, body)
    // Its length is said: some clients take a body without one for one that is not empty.
    const length = [204, 304].includes(answered.status) ? [] : ['content-length', String(answered.body.length)]
    outgoing.writeHead(answered.status, [...answered.headers.flat(), ...length])
    outgoing.end(answered.body)
  } catch (error) {
    refuse(502, `the upstream did not answer: ${redact((error as Error).message)}`)
  }
}

async function bodyOf(incoming: IncomingMessage): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of incoming as AsyncIterable<Buffer>) {
    size += part.length
    if (size > LIMIT) return undefined
    parts.push(part)
  }
  return new Uint8Array(Buffer.concat(parts))
}

function pairsOf(raw: readonly string[]): [string, string][] {
  return raw.flatMap((name, index): [string, string][] =>
    index % 2 === 0 && !OWN.has(name.toLowerCase()) ? [[name, raw[index + 1] ?? '']] : [],
  )
}

function passerOn(target: Target, urls: TargetUrls, { seen, said }: Listener): PassOn {
  const upstreamOf = (url: string) => moved(url, urls, target.urls)
  const signer = createSigner(target, { upstreamOf, said })
  return async (surface, { method, url, headers }, body) => {
    const began = performance.now()
    const time = new Date().toISOString()
    const sent = new Headers(headers)
    await signer.sign(sent)
    const form = surface === 'helseid' && method === 'POST' ? await signer.form(textOf(body)) : body
    const bare = form.length === 0 || method === 'GET' || method === 'HEAD'
    const init = { method, headers: sent, redirect: 'manual' as const, body: bare ? null : form }
    const reply = await target.send(new Request(upstreamOf(url), init))
    const answer = localBody(new Uint8Array(await reply.arrayBuffer()), surface, target, urls)
    const told = [...reply.headers]
      .filter(([name]) => !OWN.has(name))
      .map(([name, value]): [string, string] => [name, localText(value, surface, target, urls)])
    seen({
      surface,
      time,
      milliseconds: performance.now() - began,
      request: { method, url, headers: [...headers], ...shown(body) },
      response: { status: reply.status, headers: told, ...shown(answer) },
    })
    return { status: reply.status, headers: told, body: answer }
  }
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}

function shown(bytes: Uint8Array): { body?: string } {
  return bytes.length === 0 ? {} : { body: textOf(bytes) }
}
