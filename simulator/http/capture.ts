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
export async function captureExchange(
  { world, now, surface, request }: Context,
  answer: Answer,
  draft: ExchangeDraft,
): Promise<void> {
  const { progress, findings, facts, faults } = draft
  const exchange: Omit<Exchange, 'sequence'> = {
    id: draft.id,
    surface,
    time: new Date(now).toISOString(),
    milliseconds: draft.elapsed(),
    request: {
      method: request.method,
      url: redact(request.url),
      headers: headersOf(request.headers.entries()),
      ...captured(facts.body),
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
