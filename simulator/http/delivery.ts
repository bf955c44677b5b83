import type { Answer, Delivery } from './answer.ts'

/**
 * The connection broke: what `fetch` rejects with then. A `TypeError`, as the Fetch standard has it, with the cause that
 * Node's gives.
 */
export class ConnectionReset extends TypeError {
  constructor() {
    super('fetch failed', { cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }) })
    this.name = 'ConnectionReset'
  }
}

type Pause = (milliseconds: number) => Promise<void>

/** The body of a `Response`; where a fault spoils it, a stream that is cut short or comes slowly, by `pause`. */
export function bodyOf({ body, delivery }: Answer, pause: Pause): NonNullable<Answer['body']> | null {
  if (delivery === undefined || body === undefined || body instanceof ReadableStream) return body ?? null
  return spoiled(bytesOf(body), delivery, pause)
}

/** The bytes of a body that is not a stream. */
export function bytesOf(body: string | Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return typeof body === 'string' ? new TextEncoder().encode(body) : body
}

/** Parts in a second of a slow body. */
const PARTS = 10

/** Nothing is read ahead, so that a reader gets every byte before the break. */
function spoiled(
  bytes: Uint8Array,
  { cutAfter = bytes.length, bytesPerSecond }: Delivery,
  pause: Pause,
): ReadableStream<Uint8Array> {
  const end = Math.min(cutAfter, bytes.length)
  const size = bytesPerSecond === undefined ? end : Math.max(Math.ceil(bytesPerSecond / PARTS), 1)
  let sent = 0
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>) => {
    if (sent < end) {
      if (bytesPerSecond !== undefined) await pause((size / bytesPerSecond) * 1000)
      controller.enqueue(bytes.slice(sent, Math.min(sent + size, end)))
      sent += size
    } else if (end < bytes.length) controller.error(new ConnectionReset())
    else controller.close()
  }
  return new ReadableStream({ pull }, { highWaterMark: 0 })
}
