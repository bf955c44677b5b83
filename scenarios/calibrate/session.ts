import { redact, redactHeader } from '../../simulator/ground/text/mask/redact.ts'
import { authorize, type BoundToken, requestToken, TokenRefused } from '../helseid-client.ts'
import { keptTokens } from '../kept-tokens.ts'
import { type Reply, replyOf } from '../runner/http.ts'
import { partyOf } from '../runner/parties.ts'
import type { Target } from '../runner/target.ts'
import type { ProbeEvidence } from './calibration.ts'
import { Inconclusive } from './question.ts'

/** A call of a probe. */
export interface CallOptions {
  /** Who calls, by the party's name; `null`: nobody, without a token. The vendor when absent. */
  readonly party?: string | null
  /** The municipality; `null`: none is named. That of the target when absent. */
  readonly orgnr?: string | null
  readonly surface: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** From the base URL; a whole URL is taken as it is. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Statuses that are an answer although they look like a passing failure. */
  readonly takes?: readonly number[]
}

/** How a session waits, and how fast it may send. */
export interface Pace {
  readonly sleep: (milliseconds: number) => Promise<void>
  /** Milliseconds from one request to the next at least. */
  readonly gap: number
  /** Milliseconds since the epoch; the machine's time by default. */
  readonly now?: () => number
}

/** The calls of a calibration: with the vendor's own clients, at the pace that was told, with everything kept as evidence. */
export interface Session {
  readonly target: Target
  readonly sleep: Pace['sleep']
  /** Throws `Inconclusive` for what a service does not decide: a passing failure, a proxy's page, a rate limit. */
  call(ask: CallOptions): Promise<Reply>
  /** A token of a party. Throws `Inconclusive` when HelseID gives none. */
  token(party: string, orgnr: string | null): Promise<BoundToken>
  /** Something that several probes need, made once. */
  once<T>(key: string, make: () => Promise<T>): Promise<T>
  /** The exchanges since it was asked last. */
  takeEvidence(): ProbeEvidence[]
}

/** The part of a token's lifetime after which another one is asked for. */
const USED = 0.5

/** A session at a target. */
export function createSession(target: Target, { sleep, gap, now = Date.now }: Pace): Session {
  const made = new Map<string, Promise<unknown>>()
  const kept = keptTokens((expiresIn) => expiresIn * USED, now)
  let seen: ProbeEvidence[] = []
  let last = Number.NEGATIVE_INFINITY
  /** Before anything is signed: a proof that waits for its turn may be too old then. */
  const turn = async () => {
    const wait = last + gap - now()
    if (wait > 0) await sleep(wait)
    last = now()
  }
  const self: Session = {
    target,
    sleep,
    async once<T>(key: string, make: () => Promise<T>) {
      const known = made.get(key) ?? make()
      made.set(key, known)
      known.catch(() => made.delete(key))
      return known as Promise<T>
    },
    token: (party, orgnr) =>
      kept(`${party} ${orgnr}`, async () => {
        await turn()
        return newToken(target, now, party, orgnr)
      }),
    async call(ask) {
      const { party = 'response-centre', orgnr = target.municipality } = ask
      const token = party === null ? undefined : await self.token(party, orgnr)
      await turn()
      const request = await requestOf(target, ask, token, now)
      const copy = request.clone()
      const reply = await replyTo(target.send, request)
      seen.push(await evidenceOf(copy, reply))
      return conclusive(ask, reply)
    },
    takeEvidence() {
      const taken = seen
      seen = []
      return taken
    },
  }
  return self
}

async function requestOf(
  target: Target,
  { surface, method, path, headers, body }: CallOptions,
  token: BoundToken | undefined,
  now: () => number,
): Promise<Request> {
  const base = target.urls[surface]
  if (base === undefined) throw new Inconclusive(`The target has no URL of ${surface}.`)
  const url = /^https?:/.test(path) ? path : base + path
  const proof = token === undefined ? {} : await authorize(token, method, url, now)
  return new Request(url, { method, redirect: 'manual', headers: { ...proof, ...headers }, body: body ?? null })
}

async function replyTo(send: Target['send'], request: Request): Promise<Reply> {
  try {
    const answer = await send(request)
    return replyOf(answer.status, answer.headers, await answer.text())
  } catch (error) {
    throw new Inconclusive(`No answer came: ${redact((error as Error).message)}`)
  }
}

/** What cannot be told from a failure that passes, or was said by somebody in between, decides nothing. */
function conclusive({ takes = [] }: CallOptions, reply: Reply): Reply {
  const { status, headers } = reply
  if (takes.includes(status)) return reply
  if (status === 429) throw new Inconclusive('The service answered 429: a rate limit.')
  if (status >= 500) throw new Inconclusive(`The service answered ${status}, which may pass.`)
  if (status === 407 || (status >= 300 && status < 400)) {
    throw new Inconclusive(`The answer was ${status}: a proxy, or a page to log in.`)
  }
  if (/html/i.test(headers.get('content-type') ?? '') || /^\s*<(?:!doctype|html)/i.test(reply.text)) {
    throw new Inconclusive(`The answer (${status}) was an HTML page, as a proxy sends.`)
  }
  return reply
}

async function newToken(target: Target, now: () => number, name: string, orgnr: string | null): Promise<BoundToken> {
  const party = partyOf(name, {}, target.municipality)
  const file = target.clients[party.like]
  if (!file) throw new Inconclusive(`The target has no client for the party ${party.like}.`)
  const wanted = {
    ...(orgnr === null ? {} : { orgnr }),
    ...(party.scope === null ? {} : { scope: party.scope }),
  }
  try {
    return await requestToken(file, wanted, { fetch: target.send, now })
  } catch (error) {
    if (error instanceof TokenRefused) throw new Inconclusive(`HelseID gave no token: ${redact(error.message)}`)
    throw new Inconclusive(`HelseID did not answer: ${redact((error as Error).message)}`)
  }
}

/** Characters of a body that are kept as evidence. */
const KEPT = 4_000
/** Read beyond it: what is cut in its middle may not be recognised as a secret. */
const MARGIN = 1_000

async function evidenceOf(request: Request, reply: Reply): Promise<ProbeEvidence> {
  const { method, url } = request
  return {
    request: { method, url: redact(url), headers: masked(request.headers), ...bodyOf(await request.text()) },
    response: { status: reply.status, headers: masked(reply.headers), ...bodyOf(reply.text) },
  }
}

function masked(headers: Headers): [string, string][] {
  return [...headers].map(([name, value]) => [name, redactHeader(name, value)])
}

function bodyOf(text: string): { body?: string } {
  return text === '' ? {} : { body: redact(text.slice(0, KEPT + MARGIN)).slice(0, KEPT) }
}
