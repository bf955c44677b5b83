import { redact, redactHeader } from '../../simulator/ground/text/mask/redact.ts'
import { textOf } from './listen.ts'
import type { RecordedExchange } from './result.ts'
import type { Send } from './target.ts'

/** A request before it is sent. */
export interface Message {
  readonly method: string
  readonly url: string
  /** In order; a name may come twice. */
  readonly headers: readonly (readonly [string, string])[]
  readonly body?: string | Uint8Array<ArrayBuffer>
  /** Another Host header. */
  readonly host?: string
}

/** An answer, read to its end. */
export interface Reply {
  /** 0: the connection broke before there was a status. */
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The body as JSON; `undefined` where it is none. */
  readonly json: unknown
  /** Why there is no whole answer. */
  readonly broken?: string
  /** Id of the exchange in the simulator's journal. */
  readonly exchange?: string
}

/** Writes down what was sent and answered. */
export type Recorder = (exchange: RecordedExchange) => void

/** Sends a message and reads the answer; a connection that breaks is an answer too. */
export async function exchange(
  send: Send,
  message: Message,
  purpose: RecordedExchange['purpose'],
  record: Recorder,
): Promise<Reply> {
  const began = performance.now()
  const reply = await replyTo(send, message)
  record(recorded(message, reply, purpose, performance.now() - began))
  return reply
}

async function replyTo(send: Send, { method, url, headers, body, host }: Message): Promise<Reply> {
  let status = 0
  let answered = new Headers()
  try {
    const init = {
      method,
      headers: headers.map(([name, value]): [string, string] => [name, value]),
      body: body ?? null,
    }
    const answer = await send(new Request(url, init), host)
    status = answer.status
    answered = answer.headers
    return replyOf(status, answered, await textOf(answer))
  } catch (error) {
    return { ...replyOf(status, answered, ''), broken: reasonOf(error) }
  }
}

/** An answer by its parts. */
export function replyOf(status: number, headers: Headers, text: string): Reply {
  const link = headers.get('jftsim-exchange')
  const id = link?.split('/').at(-1)
  return { status, headers, text, json: parsed(text), ...(id === undefined ? {} : { exchange: id }) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
}

/** Characters of a body that a report keeps. */
const KEPT = 64 * 1024
const MARGIN = 8 * 1024

function recorded(
  message: Message,
  reply: Reply,
  purpose: RecordedExchange['purpose'],
  milliseconds: number,
): RecordedExchange {
  const { method, url, headers, host } = message
  const link = reply.headers.get('jftsim-exchange') ?? undefined
  const sent = host === undefined ? headers : [['host', host] as const, ...headers]
  return {
    purpose,
    request: { method, url: redact(url), headers: masked(sent), ...bodyOf(message.body) },
    ...(reply.status === 0
      ? {}
      : { response: { status: reply.status, headers: masked([...reply.headers]), ...bodyOf(reply.text) } }),
    ...(reply.broken === undefined ? {} : { broken: redact(reply.broken) }),
    milliseconds,
    at: new Date(Date.now() - milliseconds).toISOString(),
    ...(reply.exchange === undefined ? {} : { exchange: reply.exchange }),
    ...(link === undefined ? {} : { link }),
  }
}

function masked(headers: readonly (readonly [string, string])[]): [string, string][] {
  return headers.map(([name, value]) => [name, redactHeader(name, value)])
}

function bodyOf(body: Message['body']): { body?: string } {
  const text = typeof body === 'string' || body === undefined ? body : new TextDecoder().decode(body)
  if (text === undefined || text === '') return {}
  // What is cut in its middle may not be recognised: the cut comes after.
  const kept = redact(text.slice(0, KEPT + MARGIN))
  return { body: text.length > KEPT ? `${kept.slice(0, KEPT)} … (${text.length} characters)` : kept }
}
