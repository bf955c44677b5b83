import { SUBMISSION_TYPES } from '../../ground/event-types.ts'
import { ANSWER, SURFACE_NAMES, SURFACES } from '../../ground/surfaces.ts'
import type { Grammar, Searchable } from '../../ground/text/find.ts'
import type { EventSummary, ExchangeSummary } from './types.ts'

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const

/** By what exchanges are found. */
export const EXCHANGE_FIELDS: Grammar = {
  status: 'status',
  rule: 'any',
  vendor: 'any',
  type: SUBMISSION_TYPES,
  municipality: 'any',
  surface: SURFACE_NAMES,
  method: METHODS,
  path: 'any',
  step: [...new Set([...SURFACE_NAMES.flatMap((surface) => SURFACES[surface].steps), ANSWER])],
  is: ['rejected', 'accepted', 'leg'],
  id: 'any',
  event: 'any',
  message: 'any',
  system: 'any',
  correlation: 'any',
  body: 'any',
  header: 'any',
  before: 'time',
  after: 'time',
}

/** By what events are found. */
export const EVENT_FIELDS: Grammar = {
  status: ['registered', 'read', 'acknowledged', 'failed'],
  type: SUBMISSION_TYPES,
  vendor: 'any',
  municipality: 'any',
  system: 'any',
  kind: 'any',
  id: 'any',
  body: 'any',
  before: 'time',
  after: 'time',
}

interface Answered {
  readonly status: number
  readonly issues: readonly { readonly rule: string }[]
}

interface Cause {
  readonly rule: string
  readonly expression?: string
  readonly advice?: { readonly key: string }
}

/** The key of an issue's cause: its rule and its place without indexes; where there is no place, what was found. */
export function causeOf({ rule, expression, advice }: Cause): string {
  const what = expression === undefined ? advice?.key : withoutIndexes(expression)
  return what === undefined ? rule : `${rule} ${what}`
}

/** A place, for all elements of a list: `Bundle.entry.resource` of `Bundle.entry[2].resource`. */
export function withoutIndexes(expression: string): string {
  return expression.replaceAll(/\[\d+\]/g, '')
}

/** Whether an exchange was refused. The nonce challenge is not. */
export function isRefused(exchange: Answered): boolean {
  return exchange.status >= 400 && !isChallenge(exchange)
}

/** Whether an answer asks for a nonce: it is how every DPoP token request begins (RFC 9449, section 8). */
export function isChallenge({ issues }: Pick<Answered, 'issues'>): boolean {
  return issues.length > 0 && issues.every((issue) => issue.rule === 'dpop-nonce')
}

/** What an exchange can be found by, but for what only its headers and bodies have. */
export function searchableExchange(exchange: ExchangeSummary): Searchable {
  const { id, status, method, url, surface, clientName, municipality, event, steps, issues, warnings, parent } =
    exchange
  const { events = [] } = exchange
  const all = [...issues, ...warnings]
  const stopped = steps.filter((step) => step.outcome !== 'passed' && step.outcome !== 'not-reached')
  return {
    time: exchange.time,
    fields: {
      status: [String(status)],
      rule: [...new Set(all.map((issue) => issue.rule))],
      vendor: [clientName],
      type: [typeIn(url)],
      municipality: [municipality],
      surface: [surface],
      method: [method],
      path: [new URL(url).pathname],
      step: [...new Set(stopped.map((step) => step.name))],
      is: [isRefused(exchange) ? 'rejected' : 'accepted', parent === null ? undefined : 'leg'],
      id: [id],
      event: [event, ...events],
      message: all.flatMap((issue) => [issue.message, issue.expression]),
    },
  }
}

/** The resource type in a path; VKP's paths may have it in small letters. */
function typeIn(url: string): string | undefined {
  const segments = new URL(url).pathname.toLowerCase().split('/')
  return SUBMISSION_TYPES.find((type) => segments.includes(type.toLowerCase()))
}

/** What an event can be found by, but for its text. `status`: every stage that it has reached. */
export function searchableEvent(event: EventSummary): Searchable {
  const stages = ['registered', 'read', 'acknowledged', 'failed'] as const
  return {
    time: event.lastUpdated,
    fields: {
      status: stages.filter((stage) => event[stage] !== null),
      type: [event.type],
      vendor: [event.clientName ?? event.clientId],
      municipality: [event.municipality],
      system: [event.sourceSystem],
      kind: [event.kind],
      id: [event.id],
    },
  }
}
