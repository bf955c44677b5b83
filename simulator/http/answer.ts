/** What a handler answers, as data. The pipeline turns it into a `Response` and the journal keeps it. */
export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  /** Text, bytes that are passed on as they came, or a stream for what never ends (server-sent events); none: empty. */
  readonly body?: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>
  /** The body is made of texts in each of which there was nothing to mask, with nothing between them that numbers stand in. */
  readonly isMasked?: true
  /** How the body is sent, where a fault spoils it. */
  readonly delivery?: Delivery
}

/** A body that ends too early, or comes slowly. */
export interface Delivery {
  readonly cutAfter?: number
  readonly bytesPerSecond?: number
}

/** What has no promise among its members: `JSON.stringify` writes one as `{}`, and says nothing. */
type Settled<T> =
  T extends PromiseLike<unknown> ? never : { readonly [K in keyof T]: Exclude<T[K], PromiseLike<unknown>> }

/** An answer with a JSON body. */
export function json<T>(status: number, value: T & Settled<T>, headers: Readonly<Record<string, string>> = {}): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  }
}
