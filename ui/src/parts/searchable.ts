import { SUBMISSION_TYPES } from '../../../simulator/ground/event-types.ts'
import { kindOf } from '../events/event-kind.ts'
import { type EventSummary, type ExchangeSummary, isRefused, type RuleEntry } from '../shell/api.ts'
import type { Searchable } from './search.ts'

/** What an exchange can be found by. */
export function searchableExchange(exchange: ExchangeSummary): Searchable {
  const { id, status, method, url, surface, clientName, municipality, event, steps, issues, warnings } = exchange
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
      is: [isRefused(exchange) ? 'rejected' : 'accepted'],
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

/** What an event can be found by. */
export function searchableEvent(event: EventSummary): Searchable {
  const stages = ['registered', 'read', 'acknowledged', 'failed'] as const
  return {
    time: event.lastUpdated,
    fields: {
      status: [stages.filter((stage) => event[stage] !== null).at(-1)],
      type: [event.type],
      vendor: [event.clientName ?? event.clientId],
      municipality: [event.municipality],
      system: [event.sourceSystem],
      kind: [event.kind, kindOf(event.kind)],
      id: [event.id],
    },
  }
}

/** What a rule can be found by. */
export function searchableRule(rule: RuleEntry): Searchable {
  const { id, title, certainty, severity, source, fix } = rule
  return {
    fields: { rule: [id], certainty: [certainty], severity: [severity], title: [title], source: [source], fix: [fix] },
  }
}

/** The fields whose values are offered as completions: the others are too many, or are found by any words. */
export function offered(vocabulary: Readonly<Record<string, readonly string[]>>): Record<string, readonly string[]> {
  const left = ['id', 'event', 'message', 'path', 'title', 'source', 'fix']
  return Object.fromEntries(Object.entries(vocabulary).filter(([field]) => !left.includes(field)))
}
