/** What a handler answers, as data. The pipeline turns it into a `Response` and the journal keeps it. */
export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  /** Text, or a stream for what never ends (server-sent events); none for an empty body. */
  readonly body?: string | ReadableStream<Uint8Array>
}

/** An answer with a JSON body. */
export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  }
}
