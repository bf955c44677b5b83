import { pause } from '../ground/clock.ts'
import { once } from '../ground/once.ts'
import type { Answered } from '../ground/platform.ts'
import { identityNumbersIn } from '../ground/text/mask/identity-numbers.ts'
import { redact, redactHeader } from '../ground/text/mask/redact.ts'
import { redactIssues } from '../rules/redact.ts'
import type { CapturedBody, Exchange, Step } from '../state/exchange.ts'
import { headersSize } from '../state/exchange-size.ts'
import type { Answer } from './answer.ts'
import type { Context } from './context.ts'
import type { ExchangeDraft } from './exchange.ts'
import { textOfHeader } from './header-text.ts'

/** Characters of a body that the journal keeps. Of a request as many as JFT takes, so that what it refuses can be sent again. */
const KEPT = { request: 1024 * 1024, response: 64 * 1024 } as const
const MARGIN = 8 * 1024
/** Milliseconds for which the rest of a body is waited for that nobody read: its answer waits, too. */
const PATIENCE = 500

/**
 * Writes one finished exchange to the journal, with secrets cut out and identity numbers masked. Most exchanges are dropped
 * before anybody looks at them, so that this is done when a text is read: no other text can be had of an exchange.
 */
export async function captureExchange(ctx: Context, answer: Answer, draft: ExchangeDraft): Promise<void> {
  const { world, now, surface, request } = ctx
  const { progress, findings, facts, faults } = draft
  const sent = facts.body ?? (await unread(request))
  const warnings = once(() => redactIssues([...findings.waived, ...findings.warnings]))
  const asked = requestOf(request, calledUrl(ctx), sent)
  const answered = responseOf(answer)
  const exchange: Omit<Exchange, 'sequence'> = {
    id: draft.id,
    surface,
    time: new Date(now).toISOString(),
    milliseconds: draft.elapsed(),
    request: asked.shown,
    response: answered.shown,
    steps: [...progress.taken, ...notReached(draft)],
    issues: findings.refused,
    ...(findings.more === 0 ? {} : { moreIssues: findings.more }),
    ...(findings.verdicts === undefined ? {} : { verdicts: findings.verdicts }),
    get warnings() {
      return warnings()
    },
    caller: facts.caller,
    ...(faults.injected.length === 0 ? {} : { injected: faults.injected }),
    ...(draft.parent === undefined ? {} : { parent: draft.parent }),
    ...(facts.event === undefined ? {} : { event: facts.event }),
    ...(facts.events === undefined ? {} : { events: facts.events }),
  }
  await world.state.journal.record(exchange, asked.size + answered.size)
  world.surroundings.answered?.(measured(ctx, exchange))
}

function measured(
  { world, surface, request: { headers, url } }: Context,
  exchange: Omit<Exchange, 'sequence'>,
): Answered {
  const { id, parent, milliseconds, steps, request, response } = exchange
  return {
    sandbox: world.settings.name,
    surface,
    id,
    ...(parent === undefined ? {} : { parent }),
    method: request.method,
    path: redact(new URL(url).pathname),
    status: response.status,
    milliseconds,
    steps,
    traceparent: headers.get('traceparent'),
    tracestate: headers.get('tracestate'),
  }
}

/** A part of an exchange as it is shown, and how many characters it holds. */
interface Captured<T> {
  readonly shown: T
  readonly size: number
}

function requestOf(request: Request, url: string, sent = ''): Captured<Exchange['request']> {
  // The request itself holds its connection: only its texts are kept.
  const { method } = request
  const entries = [...request.headers]
  const shownUrl = once(() => redact(url))
  const headers = once(() => headersOf(entries))
  const body = captured(sent, KEPT.request)
  const realNumbers = once(() => numbersIn([url, sent, ...entries.map(([, value]) => value)]))
  const shown = {
    method,
    get url() {
      return shownUrl()
    },
    get headers() {
      return headers()
    },
    ...(body === undefined ? {} : { body: body.shown }),
    get realNumbers() {
      return realNumbers()
    },
  }
  return { shown, size: url.length + headersSize(entries) + (body?.size ?? 0) }
}

function responseOf({ status, headers = {}, body: sent }: Answer): Captured<Exchange['response']> {
  const entries = Object.entries(headers)
  const shownHeaders = once(() => headersOf(entries))
  const body = captured(textOf(sent) ?? '', KEPT.response)
  const shown = {
    status,
    get headers() {
      return shownHeaders()
    },
    ...(body === undefined ? {} : { body: body.shown }),
  }
  return { shown, size: headersSize(entries) + (body?.size ?? 0) }
}

/** The URL as the client called it: behind a proxy that ends TLS it arrives as http. */
function calledUrl({ request, origins, surface }: Context): string {
  const isSecure = origins[surface].startsWith('https:')
  return isSecure ? request.url.replace(/^http:/, 'https:') : request.url
}

/** What was stopped before its body was read, as far as it has come. A client that waits to be asked for it is not asked. */
async function unread(request: Request): Promise<string | undefined> {
  // To ask a server's request for the body that it does not have costs as much as a small step.
  if (request.method === 'GET' || request.method === 'HEAD') return undefined
  const { body, bodyUsed, headers } = request
  if (body === null || bodyUsed || headers.has('expect')) return undefined
  const reader = body.getReader()
  const over = pause(PATIENCE).then(() => OVER)
  const decoder = new TextDecoder()
  let text = ''
  while (text.length <= KEPT.request) {
    const { done, value } = await Promise.race([reader.read().catch(() => OVER), over])
    if (done) break
    text += decoder.decode(value, { stream: true })
  }
  void reader.cancel().catch(() => {})
  return text + decoder.decode()
}

const OVER = { done: true, value: undefined } as const

/** How many numbers of the real series texts have, which the journal masks: the numbers are shown nowhere. */
function numbersIn(texts: readonly string[]): number | undefined {
  const found = texts.reduce((sum, text) => sum + identityNumbersIn(text).length, 0)
  return found === 0 ? undefined : found
}

function headersOf(entries: Iterable<[string, string]>): [string, string][] {
  return Array.from(entries, ([name, value]) => [name, redactHeader(name, textOfHeader(value))])
}

/** A stream has no end to wait for; bytes that are not UTF-8 show as replacement characters. */
function textOf(body: Answer['body']): string | undefined {
  if (body instanceof Uint8Array) return new TextDecoder().decode(body)
  return typeof body === 'string' ? body : undefined
}

function captured(text: string, limit: number): Captured<CapturedBody> | undefined {
  if (text === '') return undefined
  // What is cut in its middle may not be recognised: the cut comes after, and of less.
  const kept = text.length > limit + MARGIN ? copied(text.slice(0, limit + MARGIN)) : text
  const shownText = once(() => redact(kept).slice(0, limit))
  const shown = {
    get text() {
      return shownText()
    },
    capturedBytes: Math.min(text.length, limit),
    totalBytes: text.length,
  }
  // Beyond Latin-1 a character takes two bytes.
  return { shown, size: /[\u0100-\uffff]/.test(kept) ? 2 * kept.length : kept.length }
}

/** The same text, which does not hold the one that it was cut out of. */
function copied(text: string): string {
  return new TextDecoder().decode(new TextEncoder().encode(text))
}

function notReached({ progress: { taken, planned } }: ExchangeDraft): Step[] {
  const reached = new Set(taken.map((step) => step.name))
  return planned
    .filter((name) => !reached.has(name))
    .map((name) => ({ name, outcome: 'not-reached', milliseconds: 0, rules: [] }))
}
