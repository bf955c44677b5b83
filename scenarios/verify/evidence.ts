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
import type { Ending } from './ending.ts'
import type { Stall } from './held-up.ts'

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
  /** Numbers of the real series that it sent, and that the journal has masked. */
  readonly realNumbers: number
  /** Of the legs that it led to, as of VKP to an EHR: where they went, and what a fault did to them. */
  readonly legs: readonly Leg[]
  /** What a fault did to it, in words. */
  readonly injected: readonly string[]
  /** Whether the program went away before the answer was there: nobody knows whether it had it. */
  readonly unheard: boolean
  /** Whether the whole answer reached the program. */
  readonly whole: boolean
  readonly recorded: RecordedExchange
}

/** What another service was asked on the way. */
export interface Leg {
  readonly surface: string
  readonly status: number
  readonly injected: boolean
}

/** Something that the pack makes happen, and whether it did. */
export interface Stimulus {
  /** In words, for who reads why a requirement was not exercised. */
  readonly what: string
  /** The requirements that cannot be judged without it. */
  readonly for: readonly string[]
  /** Of those with the same one, it is enough that one happens. */
  readonly group?: string | undefined
  readonly happened: boolean
}

/** A person of the record system under test, and when it was so; `text` is its Patient. */
export interface PersonState {
  /** The identity number. */
  readonly number: string
  readonly text: string
  /** Milliseconds since the epoch. */
  readonly since: number
  /** Whether something happened to a person who was there before. */
  readonly changed: boolean
}

/** What a program did, and what was true at the end. */
export interface Evidence {
  /** The program's own exchanges, oldest first. */
  readonly calls: readonly Call[]
  readonly events: readonly EventSummary[]
  /** What PIT has of patients. */
  readonly patients: readonly PatientSummary[]
  /** The persons that a record system has to hand over, and what happened to them, in order. */
  readonly persons: readonly PersonState[]
  /** `Type/id` of events that the pack's own parties acknowledged. */
  readonly acknowledgedByOthers: ReadonlySet<string>
  /** Least seconds between two polls, as the program was told. */
  readonly poll: number | undefined
  /** Exchanges that the journal could not keep. */
  readonly dropped: number
  /** Absent while it still runs. */
  readonly ending?: Ending
  /** When the program was gone, by the sandbox's clock. */
  readonly end: number
  readonly stimuli: readonly Stimulus[]
  /** When the machine had no time for who watched. */
  readonly stalls: readonly Stall[]
  /** Whether it was killed and started again. */
  readonly restarted: boolean
  /** Ids of events that it says it has; absent where it cannot be asked. */
  readonly shown?: readonly string[] | undefined
  /** Rules by which the pack itself had the program refused. */
  readonly provoked: readonly string[]
}

/** What is known before the journal is read. */
export type Circumstances = Pick<
  Evidence,
  'poll' | 'ending' | 'end' | 'stimuli' | 'stalls' | 'provoked' | 'restarted' | 'shown'
> & {
  readonly lasted: (milliseconds: number) => number
}

/** Collects what the journal has; `own` are the exchanges of the pack itself. */
export async function collect(
  control: Control,
  own: ReadonlySet<string>,
  { lasted, ...known }: Circumstances,
): Promise<Evidence> {
  const [file, { rules }, events, patients] = await Promise.all([
    control<CaseFile>('GET', '/case'),
    control<{ rules: readonly RuleEntry[] }>('GET', '/rules'),
    allEvents(control),
    allPatients(control),
  ])
  const catalogue = new Map(rules.map((rule) => [rule.id, rule]))
  const calls = file.exchanges.filter(({ id, parent }) => parent === undefined && !own.has(id))
  const legs = legsOf(file.exchanges)
  const byOthers = file.exchanges.filter(({ id, request }) => own.has(id) && isAcknowledgement(request.url))
  return {
    ...known,
    calls: calls.map((exchange) => callOf(exchange, legs.get(exchange.id) ?? [], catalogue, lasted)).sort(byBeginning),
    events,
    patients,
    persons: file.exchanges
      .filter(({ id, surface }) => own.has(id) && surface === 'ehr')
      .flatMap((exchange) => personsIn(exchange, lasted)),
    acknowledgedByOthers: new Set(byOthers.flatMap(({ event }) => event ?? [])),
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

async function allPatients(control: Control): Promise<PatientSummary[]> {
  let all: PatientSummary[] = []
  for (;;) {
    const { patients } = await control<PatientList>('GET', `/patients?limit=${PAGE}&skip=${all.length}`)
    all = [...all, ...patients]
    if (patients.length < PAGE) return all
  }
}

interface PersonText {
  readonly identifier: readonly { readonly value: string }[]
}

/** The persons of the list that the pack itself read, or the one to whom it let something happen. */
function personsIn(
  { request, response, time, milliseconds }: JournaledExchange,
  lasted: (milliseconds: number) => number,
): PersonState[] {
  if (response.status !== 200 || response.body === undefined) return []
  const read = JSON.parse(response.body.text) as { entry?: { resource: PersonText }[] } & PersonText
  const changed = request.method === 'POST'
  const resources = changed ? [read] : (read.entry ?? []).map(({ resource }) => resource)
  const since = Date.parse(time) + Math.floor(lasted(milliseconds))
  return resources.map((one) => ({
    number: one.identifier[0]?.value ?? '',
    text: JSON.stringify(one),
    since,
    changed,
  }))
}

/** What each exchange led to, by its id. */
function legsOf(exchanges: readonly JournaledExchange[]): Map<string, JournaledExchange[]> {
  const legs = new Map<string, JournaledExchange[]>()
  for (const one of exchanges) {
    if (one.parent !== undefined) legs.set(one.parent, [...(legs.get(one.parent) ?? []), one])
  }
  return legs
}

/** The journal has them as they ended; ids are given as they begin. */
function byBeginning(one: Call, other: Call): number {
  return Number(one.id.slice(1)) - Number(other.id.slice(1))
}

function callOf(
  exchange: JournaledExchange,
  legs: readonly JournaledExchange[],
  catalogue: ReadonlyMap<string, RuleEntry>,
  lasted: (milliseconds: number) => number,
): Call {
  const { id, surface, request, response, time, milliseconds, injected = [], issues, warnings, steps, event } = exchange
  const began = Date.parse(time)
  const effects = injected.map(({ effect }) => effect)
  return {
    id,
    surface,
    method: request.method,
    url: new URL(request.url),
    began,
    // The beginning is in whole milliseconds: rounded so, what came first does not seem to end after what followed.
    ended: began + Math.floor(lasted(milliseconds)),
    status: response.status,
    requestHeaders: new Map(request.headers),
    responseHeaders: new Map(response.headers),
    requestBody: request.body?.text ?? '',
    responseBody: response.body?.text ?? '',
    handedOut: exchange.events ?? [],
    event,
    rules: issues.map(({ rule }) => rule),
    realNumbers: request.realNumbers ?? 0,
    legs: legs.map((leg) => ({
      surface: leg.surface,
      status: leg.response.status,
      injected: leg.injected !== undefined,
    })),
    injected: effects,
    unheard: response.unheard === true,
    whole:
      response.status !== 0 && response.unheard !== true && !effects.some((effect) => /^(reset|truncate)/.test(effect)),
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

/** What did not happen, and nothing else of its group did. */
export function missing(stimuli: Evidence['stimuli']): string[] {
  const met = new Set(stimuli.flatMap(({ group, happened }) => (happened && group !== undefined ? [group] : [])))
  return stimuli.flatMap(({ what, group, happened }) =>
    happened || (group !== undefined && met.has(group)) ? [] : [what],
  )
}
