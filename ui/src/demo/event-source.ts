import { getResponse, type RequestHandler } from 'msw'

/**
 * The browser's `EventSource`, as far as this page uses it, over the handlers themselves. Through msw's worker a stream gets
 * only where the browser can transfer one between threads; in Safari it would never begin (msw pull request 1771).
 */
export function eventSourceOf(handlers: RequestHandler[]) {
  return class InPageEventSource extends EventTarget {
    static readonly CLOSED = 2
    readyState = 0
    onopen: (() => void) | null = null
    onerror: (() => void) | null = null
    readonly #closing = new AbortController()

    constructor(url: string) {
      super()
      this.#listen(new URL(url, window.location.href)).then(this.#ended, this.#ended)
    }

    close(): void {
      this.#closing.abort()
    }

    readonly #ended = () => {
      this.readyState = InPageEventSource.CLOSED
      if (!this.#closing.signal.aborted) this.onerror?.()
    }

    async #listen(url: URL): Promise<void> {
      const { signal } = this.#closing
      const response = await getResponse(handlers, new Request(url, { signal }))
      if (!response?.ok || !response.body) return
      this.readyState = 1
      this.onopen?.()
      for await (const { event, data } of messagesOf(response.body, signal)) {
        if (event !== undefined) this.dispatchEvent(new MessageEvent(event, { data: data ?? '' }))
      }
    }
  }
}

/** The fields of each message (HTML standard, 9.2.6), as the simulator writes them: one line to a field. */
export async function* messagesOf(body: ReadableStream<Uint8Array<ArrayBuffer>>, signal: AbortSignal) {
  const reader = body.pipeThrough(new TextDecoderStream(), { signal }).getReader()
  let rest = ''
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const messages = (rest + part.value).split('\n\n')
    rest = messages.pop() ?? ''
    for (const message of messages) yield fieldsOf(message)
  }
}

function fieldsOf(message: string): Readonly<Record<string, string>> {
  return Object.fromEntries(message.split('\n').map((line) => line.split(/: (.*)/s)))
}
