/** What a handler answers, as data. The pipeline turns it into a `Response` and the journal keeps it. */
export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  /** Text, bytes that are passed on as they came, or a stream for what never ends (server-sent events); none: empty. */
  readonly body?: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>
  /** How the body is sent, where a fault spoils it. */
  readonly delivery?: Delivery
}

/** A body that ends too early, or comes slowly. */
export interface Delivery {
  readonly cutAfter?: number
  readonly bytesPerSecond?: number
}

/** An answer with a JSON body. */
export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  }
}
