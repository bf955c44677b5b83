import type { SurfaceName } from '../../simulator/ground/surfaces.ts'
import { SURFACES } from '../../simulator/ground/surfaces.ts'
import type { RecordedExchange, RecordedMessage, RunResult } from '../runner/result.ts'
import type { Send } from '../runner/target.ts'

/** An answer as it can be changed. */
export interface DeviantReply {
  readonly status: number
  readonly headers: Headers
  readonly body: string
}

/** Where requests go: a surface, a method, and what the path below the surface's base URL looks like. */
export interface Endpoint {
  /** Such as `search Bundle`. */
  readonly name: string
  readonly surface: SurfaceName
  readonly method: 'GET' | 'POST'
  /** `:name` stands for any one segment. */
  readonly path: string
}

/** One way in which an implementation behaves otherwise than it should, at one endpoint. */
export interface Deviation {
  /** The endpoint's name and what is wrong there, such as `search Bundle: the last entry of a page is lost`. */
  readonly name: string
  readonly endpoint: Endpoint
  /** Gives the request that the implementation takes instead of the one that came. */
  readonly request?: (request: Request) => Request
  /** Gives the answer instead of the right one; undefined leaves it as it is. */
  readonly reply?: (reply: DeviantReply, request: Request) => DeviantReply | undefined
}

/** Whether a request goes to an endpoint, in whatever sandbox. */
export function goesTo({ surface, method, path }: Endpoint, request: { method: string; url: string }): boolean {
  if (request.method !== method) return false
  const below = new URL(request.url).pathname.replace(/^\/s\/[^/]+/, '')
  const { prefix } = SURFACES[surface]
  return below.startsWith(`${prefix}/`) && fits(path, below.slice(prefix.length))
}

function fits(path: string, sent: string): boolean {
  const [wanted, given] = [path, sent].map((one) => one.toLowerCase().split('/'))
  if (wanted?.length !== given?.length) return false
  return wanted?.every((segment, at) => segment.startsWith(':') || segment === given?.[at]) ?? false
}

/** Sends as an implementation with that deviation answers. */
export function deviating({ endpoint, request: taken, reply }: Deviation): (send: Send) => Send {
  return (send) => async (request, host) => {
    if (!goesTo(endpoint, request)) return send(request, host)
    const answer = await send(taken === undefined ? request : taken(request), host)
    if (reply === undefined) return answer
    const body = await answer.text()
    const given = { status: answer.status, headers: new Headers(answer.headers), body }
    const { status, headers, body: text } = reply(given, request) ?? given
    // It is of the body as it was.
    headers.delete('content-length')
    return new Response(isBodiless(status) ? null : text, { status, headers })
  }
}

function isBodiless(status: number): boolean {
  return status === 204 || status === 304
}

function headersOf({ headers }: RecordedMessage): Headers {
  return new Headers(headers.map(([name, value]): [string, string] => [name, value]))
}

/** Whether an exchange would have been another one. */
function changes({ endpoint, request: taken, reply }: Deviation, { request, response }: RecordedExchange): boolean {
  if (response === undefined || !goesTo(endpoint, request)) return false
  const sent = new Request(request.url, { method: request.method, headers: headersOf(request) })
  if (taken !== undefined) {
    const before = [sent.url, ...sent.headers.keys()].join()
    const after = taken(sent)
    return [after.url, ...after.headers.keys()].join() !== before
  }
  const { status, body = '' } = response
  return reply?.({ status, headers: headersOf(response), body }, sent) !== undefined
}

/** The scenarios that a deviation would have changed an exchange of, the quickest first. */
export function candidatesOf(deviation: Deviation | undefined, { scenarios }: RunResult): string[] {
  if (deviation === undefined) return []
  const met = scenarios.filter(
    ({ outcome, steps }) =>
      outcome === 'passed' && steps.some(({ exchanges }) => exchanges.some((one) => changes(deviation, one))),
  )
  return met.toSorted((a, b) => a.milliseconds - b.milliseconds).map(({ id }) => id)
}
