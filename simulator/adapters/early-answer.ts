import type { IncomingMessage, ServerResponse } from 'node:http'

/**
 * What is still read of a request that was answered before its end. A server that closes while the client writes resets the
 * connection, and the client never sees the answer (RFC 9112, section 9.6).
 */
const LINGER = { bytes: 64 * 1024 * 1024, idle: 2_000, total: 30_000 }

/** Sends an answer whole at once, and ends it when the client has written its request, or enough of it. */
export async function answerEarly(
  response: Response,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const body = new Uint8Array(await response.arrayBuffer())
  // Node loses the connection where an offer to upgrade is answered before the end of its request; the offer itself is passed over.
  if (incoming.headers.upgrade !== undefined && !(await dropped(incoming))) response.headers.set('connection', 'close')
  outgoing.writeHead(response.status, { ...Object.fromEntries(response.headers), 'content-length': body.byteLength })
  outgoing.write(body)
  await endAfterRequest(incoming, outgoing)
}

/** Ends the answer when the client has written its request; after too much of it, ends the connection. */
export async function endAfterRequest(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const whole = await dropped(incoming)
  outgoing.end()
  if (!whole) outgoing.socket?.destroySoon()
}

/** Reads the rest of a request and throws it away. False: it has not come to its end. */
function dropped(incoming: IncomingMessage): Promise<boolean> {
  if (incoming.complete || incoming.destroyed) return Promise.resolve(incoming.complete)
  return new Promise((resolve) => {
    let size = 0
    const end = () => {
      clearTimeout(total)
      clearTimeout(idle)
      incoming.off('data', count)
      resolve(incoming.complete)
    }
    const count = (part: Buffer) => {
      size += part.byteLength
      idle.refresh()
      if (size > LINGER.bytes) end()
    }
    const total = setTimeout(end, LINGER.total)
    const idle = setTimeout(end, LINGER.idle)
    // Who read the body until now keeps what comes, and stops it when there is enough: nobody wants it any more.
    incoming.removeAllListeners('data')
    incoming.on('data', count)
    incoming.once('end', end)
    incoming.once('close', end)
    incoming.resume()
  })
}

/** A request whose client waits for `100 Continue`: it gets that when somebody reads the body, and not before. */
export function continuing(request: Request, outgoing: ServerResponse): Request {
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>) => {
    if (reader === undefined) outgoing.writeContinue()
    reader ??= request.body?.getReader()
    const part = await reader?.read()
    if (part === undefined || part.done) controller.close()
    else controller.enqueue(part.value)
  }
  const body = new ReadableStream<Uint8Array>({ pull }, { highWaterMark: 0 })
  const { url, method, headers, signal } = request
  return new Request(url, { method, headers, signal, body, duplex: 'half' })
}
