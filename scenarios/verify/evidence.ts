import { serviceOf } from '../../simulator/ground/surfaces.ts'
import type { Control } from '../../simulator/surfaces/control/client.ts'
import type {
  CaseFile,
  EventSummary,
  PatientList,
  PatientSummary,
  RuleEntry,
} from '../../simulator/surfaces/control/types.ts'
import { recordedOf } from '../runner/journaled.ts'
import type { JournalIssue, RecordedExchange } from '../runner/result.ts'

type JournaledExchange = CaseFile['exchanges'][number]

/** One exchange of the program under test. Times are milliseconds since the epoch, by the sandbox's clock. */
export interface Call {
  readonly id: string
  readonly surface: string
  readonly method: string
  readonly url: URL
  readonly began: number
  readonly ended: number
  /** 0: a fault reset the connection. */
  readonly status: number
  readonly requestHeaders: ReadonlyMap<string, string>
  readonly responseHeaders: ReadonlyMap<string, string>
  readonly requestBody: string
  readonly responseBody: string
  /** `Type/id` of the events that the answer handed out. */
  readonly handedOut: readonly string[]
  /** `Type/id` of the event that it made or touched. */
  readonly event: string | undefined
  readonly rules: readonly string[]
  /** What a fault did to it, in words. */
  readonly injected: readonly string[]
  /** Whether the whole answer reached the program. */
  readonly whole: boolean
  readonly recorded: RecordedExchange
}

/** What a program did, and what was true at the end. */
export interface Evidence {
  /** The program's own exchanges, oldest first. */
  readonly calls: readonly Call[]
  readonly events: readonly EventSummary[]
  /** What PIT had of patients in the end. */
  readonly patients: readonly PatientSummary[]
  /** What the pack's own parties did, oldest first. */
  readonly others: readonly Call[]
  /** When the program was started again. */
  readonly restarted: number | undefined
  /** `Type/id` of events that the pack's own parties acknowledged. */
  readonly acknowledgedByOthers: ReadonlySet<string>
  /** Least seconds between two polls, as the program was told. */
  readonly poll: number | undefined
  /** Exchanges that the journal could not keep. */
  readonly dropped: number
}

/** Collects what the journal has; `own` are the exchanges of the pack itself. */
export async function collect(
  control: Control,
  own: ReadonlySet<string>,
  told: Pick<Evidence, 'poll' | 'restarted'>,
): Promise<Evidence> {
  const [file, { rules }, events, { patients }] = await Promise.all([
    control<CaseFile>('GET', '/case'),
    control<{ rules: readonly RuleEntry[] }>('GET', '/rules'),
    allEvents(control),
    control<PatientList>('GET', `/patients?limit=${PAGE}`),
  ])
  const catalogue = new Map(rules.map((rule) => [rule.id, rule]))
  const legs = file.exchanges.filter(({ id, parent }) => parent === undefined && !own.has(id))
  const byOthers = file.exchanges.filter(({ id, request }) => own.has(id) && isAcknowledgement(request.url))
  return {
    calls: legs.map((exchange) => callOf(exchange, catalogue)),
    events,
    patients,
    others: file.exchanges.filter(({ id }) => own.has(id)).map((exchange) => callOf(exchange, catalogue)),
    acknowledgedByOthers: new Set(byOthers.flatMap(({ event }) => event ?? [])),
    ...told,
    dropped: file.dropped,
  }
}

/** Whether a URL is that of a journaling acknowledgement. */
export function isAcknowledgement(url: string): boolean {
  return /\/(?:\$|%24)journaling-acknowledged$/.test(url)
}

/** The most that the control API lists at once. */
const PAGE = 1_000

async function allEvents(control: Control): Promise<EventSummary[]> {
  const all: EventSummary[] = []
  for (;;) {
    const { events } = await control<{ events: EventSummary[] }>('GET', `/events?limit=${PAGE}&skip=${all.length}`)
    all.push(...events)
    if (events.length < PAGE) return all
  }
}

function callOf(exchange: JournaledExchange, catalogue: ReadonlyMap<string, RuleEntry>): Call {
  const { id, surface, request, response, time, milliseconds, injected = [], issues, warnings, steps, event } = exchange
  const began = Date.parse(time)
  const effects = injected.map(({ effect }) => effect)
  return {
    id,
    surface,
    method: request.method,
    url: new URL(request.url),
    began,
    ended: began + milliseconds,
    status: response.status,
    requestHeaders: new Map(request.headers),
    responseHeaders: new Map(response.headers),
    requestBody: request.body?.text ?? '',
    responseBody: response.body?.text ?? '',
    handedOut: exchange.events ?? [],
    event,
    rules: issues.map(({ rule }) => rule),
    injected: effects,
    whole: response.status !== 0 && !effects.some((effect) => /^(reset|truncate)/.test(effect)),
    recorded: {
      ...recordedOf(exchange),
      journal: {
        steps,
        issues: issues.map((issue) => explained(issue, surface, catalogue)),
        warnings: warnings.map((issue) => explained(issue, surface, catalogue)),
        injected: effects,
      },
    },
  }
}

function explained(
  issue: { readonly rule: string; readonly message: string; readonly expression?: string },
  surface: string,
  catalogue: ReadonlyMap<string, RuleEntry>,
): JournalIssue {
  const rule = catalogue.get(issue.rule)
  const { certainty = '', source = '' } = rule?.sources[serviceOf(surface)] ?? rule ?? {}
  const { message, expression } = issue
  const place = expression === undefined ? {} : { expression }
  return { rule: issue.rule, message, certainty, source, fix: rule?.fix ?? '', ...place }
}
