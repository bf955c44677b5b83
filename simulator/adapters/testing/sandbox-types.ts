import type { Simulator, SimulatorInput } from '../../index.ts'
import type {
  ClockReading,
  EventDetail,
  EventSummary,
  ExchangeDetail,
  ExchangeSummary,
  FaultInfo,
} from '../../surfaces/control/types.ts'

/** The base URLs of a sandbox, by surface, without a trailing slash. */
export type Urls = Simulator['world']['net']['origins']['local']

/** How a sandbox is reached. */
export interface Door {
  readonly name: string
  readonly urls: Urls
  readonly fetch: (request: Request) => Promise<Response>
}

/** A FHIR resource, as a value of a FHIR type or as a literal. */
export type Resource =
  | { readonly resourceType: string }
  | { readonly resourceType: string; readonly [element: string]: unknown }

/** An event that is there from the beginning, in the journal of a municipality. */
export interface SeedEvent {
  readonly municipality: string
  readonly resource: Resource
  readonly clientId?: string
  readonly clientName?: string
  readonly sourceSystem?: string
}

/** What a sandbox begins with, and goes back to on a reset. */
export interface Beginning {
  /** Makes identifiers repeatable. */
  readonly seed?: string
  /** Freezes the clock at this time, ISO 8601 with an offset. */
  readonly frozenAt?: string
  readonly events?: readonly SeedEvent[]
}

/** A sandbox's name, beginning, and the options that differ from the simulator's. */
export type SandboxSpec = Beginning & { readonly name?: string } & Omit<SimulatorInput, 'port' | 'host' | 'publicUrl'>

/** The configuration file of a client, as HelseID's self-service gives it: what a client needs of it. */
export interface ClientFile {
  readonly authority: string
  readonly clientId: string
  readonly scopes: readonly string[]
  /** A JWK as a JSON string. */
  readonly privateJwk: string
}

/** A DPoP-bound token. */
export interface Token {
  readonly accessToken: string
  /** Seconds. */
  readonly expiresIn: number
  /** The headers of one call, with a fresh proof. */
  authorize(method: string, url: string): Promise<{ readonly authorization: string; readonly dpop: string }>
}

/** Who asks for a token, and for what. */
export interface TokenOptions {
  /** A client's id or name; the first ready-made vendor by default. */
  readonly client?: string
  /** Space separated; `nhn:jft/api` by default. */
  readonly scope?: string
}

/** A submission that JFT took. */
export interface Submitted {
  readonly id: string
  /** URL of the event's status. */
  readonly location: string
}

/** Which exchanges to list: those for which everything holds that is given. */
export interface ExchangeQuery {
  /** For example `jft-write` or `helseid`. */
  readonly surface?: string
  readonly method?: string
  /** The end of the path. */
  readonly path?: string
  readonly status?: number
  /** The id of a rule that stopped it. */
  readonly rule?: string
  /** Id or name of the client. */
  readonly client?: string
  readonly municipality?: string
  /** The event that it made or touched, `Type/id`. */
  readonly event?: string
  /** A text anywhere in the URL, the headers or the bodies. */
  readonly text?: string
  /** Only those with a status of 400 or more. */
  readonly refused?: true
}

/** The time of a sandbox. Each method tells what it is afterwards. */
export interface ClockControl {
  read(): Promise<ClockReading>
  /** Stops it, at `at` (ISO 8601 with an offset) where given. */
  freeze(at?: string): Promise<ClockReading>
  /** Moves it forward: milliseconds, or a duration such as `PT10M`. */
  advance(by: number | string): Promise<ClockReading>
  /** Back to the machine's time. */
  resume(): Promise<ClockReading>
}

/** What is to go wrong: a preset (`GET /_sim/faults/presets`), or an effect with a place; what is given wins over the preset. */
export interface FaultRequest extends Partial<Pick<FaultInfo, 'match' | 'effect' | 'times' | 'probability'>> {
  readonly preset?: string
  readonly surface?: string
  readonly step?: string
  /** Needed for a `probability` below 1. */
  readonly seed?: string
  /** Milliseconds, or a duration such as `PT10M`, by the sandbox's clock. */
  readonly expiresAfter?: number | string
}

/** What a test may do with a sandbox. Whatever the simulator refuses rejects with its reasons. */
export interface Sandbox extends Door {
  readonly clock: ClockControl
  /** Every event, newest first. */
  events(): Promise<readonly EventSummary[]>
  /** One event with its text. */
  event(type: string, id: string): Promise<EventDetail>
  /** Every exchange that is kept, newest first. */
  exchanges(query?: ExchangeQuery): Promise<readonly ExchangeSummary[]>
  /** One exchange with headers, bodies and steps. */
  exchange(id: string): Promise<ExchangeDetail>
  /** The configuration file of a client, by id or name; of the first ready-made vendor by default. */
  client(client?: string): Promise<ClientFile>
  /** A token for the municipality, from this sandbox's HelseID. */
  token(municipality: string, options?: TokenOptions): Promise<Token>
  /** Submits an event to JFT with a token of its own. Rejects with JFT's answer when it is refused. */
  submit(resource: Resource, municipality: string, options?: TokenOptions): Promise<Submitted>
  /** Makes something go wrong. */
  fault(order: FaultRequest): Promise<FaultInfo>
  /** Back to the beginning. */
  reset(): Promise<void>
  /** Remembers the state under a name, until the next reset. */
  snapshot(name: string): Promise<void>
  restore(name: string): Promise<void>
}

/** A sandbox that a test made. */
export interface OwnSandbox extends Sandbox, AsyncDisposable {
  /** Forgets it. */
  delete(): Promise<void>
}
