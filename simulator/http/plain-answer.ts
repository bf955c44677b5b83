/** What a `Response` was made of, where its body is known whole. */
export interface PlainAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array<ArrayBuffer>
}

const known = new WeakMap<Response, PlainAnswer>()

/** Makes a `Response`, and remembers what of. */
export function plainResponse(answer: PlainAnswer): Response {
  const { status, headers, body = null } = answer
  const response = new Response(body, { status, headers })
  known.set(response, answer)
  return response
}

/** What a response of a simulator was made of, so that a server need not read a stream for it; `undefined`: it has to. */
export function plainAnswerOf(response: Response): PlainAnswer | undefined {
  return known.get(response)
}
