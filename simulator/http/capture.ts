import { identityNumbersIn } from '../ground/text/mask/identity-numbers.ts'
import { redact, redactHeader } from '../ground/text/mask/redact.ts'
import { redactIssue } from '../rules/redact.ts'
import type { CapturedBody, Exchange, Step } from '../state/exchange.ts'
import type { Answer } from './answer.ts'
import type { Context } from './context.ts'
import type { ExchangeDraft } from './exchange.ts'
import { textOfHeader } from './header-text.ts'

/** Characters of a body that the journal keeps. */
const CAPTURE_LIMIT = 64 * 1024
const MARGIN = 8 * 1024

/** Writes one finished exchange to the journal, with secrets cut out and identity numbers masked. */
export async function captureExchange(ctx: Context, answer: Answer, draft: ExchangeDraft): Promise<void> {
  const { world, now, surface, request } = ctx
  const { progress, findings, facts, faults } = draft
  const sent = facts.body ?? (await unread(request, faults.injected.length > 0))
  const exchange: Omit<Exchange, 'sequence'> = {
    id: draft.id,
    surface,
    time: new Date(now).toISOString(),
    milliseconds: draft.elapsed(),
    request: {
      method: request.method,
      url: redact(calledUrl(ctx)),
      headers: headersOf(request.headers.entries()),
      ...captured(sent),
      ...maskedIn(request, sent),
    },
    response: {
      status: answer.status,
      headers: headersOf(Object.entries(answer.headers ?? {})),
      ...captured(textOf(answer.body)),
    },
    steps: [...progress.taken, ...notReached(draft)],
    issues: findings.refused,
    ...(findings.more === 0 ? {} : { moreIssues: findings.more }),
    ...(findings.verdicts === undefined ? {} : { verdicts: findings.verdicts }),
    warnings: [...findings.waived, ...findings.warnings].map(redactIssue),
    caller: facts.caller,
    ...(faults.injected.length === 0 ? {} : { injected: faults.injected }),
    ...(draft.parent === undefined ? {} : { parent: draft.parent }),
    ...(facts.event === undefined ? {} : { event: facts.event }),
    ...(facts.events === undefined ? {} : { events: facts.events }),
  }
  await world.state.journal.record(exchange)
}

/** The URL as the client called it: behind a proxy that ends TLS it arrives as http. */
function calledUrl({ request, origins, surface }: Context): string {
  const isSecure = origins[surface].startsWith('https:')
  return isSecure ? request.url.replace(/^http:/, 'https:') : request.url
}

/** What a fault stopped before its body was read: by the body one sees that the next request is the same once more. */
async function unread({ body, bodyUsed }: Request, isHit: boolean): Promise<string | undefined> {
  if (!isHit || body === null || bodyUsed) return undefined
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  while (text.length <= CAPTURE_LIMIT) {
    const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }))
    if (done) return text + decoder.decode()
    text += decoder.decode(value, { stream: true })
  }
  void reader.cancel().catch(() => {})
  return text
}

/** How many numbers of the real series a request had, which the journal has masked: the numbers are kept nowhere. */
function maskedIn({ url, headers }: Request, body = ''): { realNumbers?: number } {
  const found = [url, body, ...headers.values()].reduce((sum, text) => sum + identityNumbersIn(text).length, 0)
  return found === 0 ? {} : { realNumbers: found }
}

function headersOf(entries: Iterable<[string, string]>): [string, string][] {
  return Array.from(entries, ([name, value]) => [name, redactHeader(name, textOfHeader(value))])
}

/** A stream has no end to wait for; bytes that are not UTF-8 show as replacement characters. */
function textOf(body: Answer['body']): string | undefined {
  if (body instanceof Uint8Array) return new TextDecoder().decode(body)
  return typeof body === 'string' ? body : undefined
}

function captured(text: string | undefined): { body?: CapturedBody } {
  if (text === undefined || text === '') return {}
  // What is cut in its middle may not be recognised: the cut comes after, and of less.
  const kept = redact(text.slice(0, CAPTURE_LIMIT + MARGIN)).slice(0, CAPTURE_LIMIT)
  return { body: { text: kept, capturedBytes: Math.min(text.length, CAPTURE_LIMIT), totalBytes: text.length } }
}

function notReached({ progress: { taken, planned } }: ExchangeDraft): Step[] {
  const reached = new Set(taken.map((step) => step.name))
  return planned
    .filter((name) => !reached.has(name))
    .map((name) => ({ name, outcome: 'not-reached', milliseconds: 0, rules: [] }))
}
