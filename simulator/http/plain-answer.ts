/** An answer whose body is known whole: a server can write it as it is. */
export interface PlainAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array<ArrayBuffer>
}

/** What a request comes to. To make a `Response` of each costs a tenth of a page, so that a server is given what it is made of. */
export type PlainOutcome = PlainAnswer | Response

/** The same as a `Response`, for who calls a simulator as a `fetch`. */
export function responseTo(outcome: PlainOutcome): Response {
  if (outcome instanceof Response) return outcome
  const { status, headers, body = null } = outcome
  return new Response(body, { status, headers })
}
