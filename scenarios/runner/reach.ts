import type { Send, Target } from './target.ts'

/** Which of a target's surfaces cannot be reached, and why: what needs them is not exercised. */
export type Unreached = ReadonlyMap<string, string>

/** A target whose surfaces were asked for, and what was found out since. */
export interface Reached {
  readonly target: Target
  readonly gone: Unreached
}

/** Milliseconds after which no answer is taken for none. */
const PATIENCE = 10_000

/** So many requests of a surface that get no answer, and it is taken to be gone. */
const STRIKES = 2

/** What is asked of a surface, and whether the answer is one that it could give. */
interface Greeting {
  readonly path: string
  readonly fits: (answer: Response) => Promise<boolean>
}

const discovery: Greeting = {
  path: '/.well-known/openid-configuration',
  async fits(answer) {
    const body: unknown = await answer.json().catch(() => undefined)
    return answer.status === 200 && typeof body === 'object' && body !== null && 'token_endpoint' in body
  },
}

/** Asked without a token, an API refuses; a page of a hotel's portal, a proxy's error or another host's 410 is no API. */
const api = (path: string): Greeting => ({
  path,
  fits: (answer) =>
    Promise.resolve(
      REFUSALS.includes(answer.status) && !(answer.headers.get('content-type') ?? '').includes('text/html'),
    ),
})

/** What an API may say to who has no token, or too many requests, or when it fails. */
const REFUSALS = [400, 401, 403, 405, 406, 415, 422, 429, 500]

const GREETINGS: Readonly<Record<string, Greeting>> = {
  helseid: discovery,
  'jft-write': api('/v1/Composition/0/$journaling-acknowledged'),
  'jft-read': api('/v1/Composition'),
}

/** Asks each surface of a target once whether it is there. A simulator has answered by its control API already. */
export async function reach(target: Target): Promise<Reached> {
  if (target.urls.control !== undefined) return { target, gone: new Map() }
  const gone = new Map<string, string>()
  const patient = { ...target, send: patiently(target.send) }
  await Promise.all(
    Object.entries(GREETINGS).map(async ([surface, greeting]) => {
      const url = `${target.urls[surface]}${greeting.path}`
      const why = await greet(patient.send, url, greeting)
      if (why !== undefined) gone.set(surface, `${surface} is not there: ${why}`)
    }),
  )
  return { target: { ...patient, send: watching(patient, gone) }, gone }
}

async function greet(send: Send, url: string, { fits }: Greeting): Promise<string | undefined> {
  const method = url.endsWith('acknowledged') ? 'POST' : 'GET'
  try {
    const answer = await send(new Request(url, { method, redirect: 'manual' }))
    const { status } = answer
    const isIt = await fits(answer)
    await answer.body?.cancel().catch(() => undefined)
    return isIt ? undefined : `${method} ${url} answered ${status}, as no such service does`
  } catch (error) {
    return `${method} ${url} got no answer (${causeOf(error)})`
  }
}

/** The innermost cause, in words. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause === undefined ? error.message || error.name : causeOf(error.cause)
}

function patiently(send: Send): Send {
  return (request, host) => send(new Request(request, { signal: AbortSignal.timeout(PATIENCE) }), host)
}

/** Counts the requests that get no answer, so that a host which went away is not waited for by every scenario. */
function watching({ urls, send }: Target, gone: Map<string, string>): Send {
  const strikes = new Map<string, number>()
  return async (request, host) => {
    try {
      return await send(request, host)
    } catch (error) {
      const surface = Object.keys(urls).find((name) => request.url.startsWith(urls[name] ?? '\0'))
      if (surface === undefined) throw error
      const count = (strikes.get(surface) ?? 0) + 1
      strikes.set(surface, count)
      if (count >= STRIKES) gone.set(surface, `${surface} answers no more: ${causeOf(error)}`)
      throw error
    }
  }
}
