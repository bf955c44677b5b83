import type { CitedDocument } from '../../ground/documents.ts'
import type { PlayedOrigins } from '../../ground/origins.ts'
import type { Assumptions } from '../../ground/settings/assumptions.ts'
import type { ListedRule } from '../../rules/catalogue/listed.ts'
import type { FaultPlaces } from '../../rules/faults/fault-places.ts'
import type { FaultEffect, FaultMatch, FaultOrder } from '../../rules/faults/faults.ts'
import type { ExplainedIssue } from '../../rules/operation-outcome.ts'
import type { Verdicts } from '../../rules/verdicts.ts'
import type { Exchange, Injection, Step } from '../../state/exchange.ts'
import type { RegisterEntry, StoredEvent, VkpRoute } from '../../state/records.ts'

export type { RegisterEntry, VkpRoute }

/** An event as `GET /_sim/events` lists it. Times are ISO 8601 in UTC; `null`: has not happened. */
export interface EventSummary {
  readonly id: string
  readonly type: string
  /** What it is about, by VKP's codes, such as `alarm` (`EVENT_KINDS`); the resource type where they do not say. */
  readonly kind: StoredEvent['kind']
  readonly municipality: string
  readonly clientId: string
  readonly clientName: string | null
  readonly sourceSystem: string | null
  readonly lastUpdated: string
  readonly registered: string | null
  readonly read: string | null
  readonly acknowledged: string | null
  readonly failed: string | null
}

/** `GET /_sim/events`. */
export interface EventList {
  readonly events: readonly EventSummary[]
  /** How many match the search, on all pages. */
  readonly matching: number
  readonly usage: { readonly events: number; readonly bytes: number; readonly maxBytes: number }
}

/** `GET /_sim/events/{type}/{id}`: the event with its text as the ReadAPI returns it. */
export interface EventDetail extends EventSummary {
  readonly resource: string
}

/** An exchange as `GET /_sim/exchanges` lists it. */
export interface ExchangeSummary {
  readonly sequence: number
  readonly id: string
  readonly surface: string
  readonly time: string
  readonly milliseconds: number
  readonly method: string
  readonly url: string
  readonly status: number
  readonly clientName: string | null
  readonly municipality: string | null
  readonly event: string | null
  /** The events that the answer to a search has, as `Type/id` in its order; absent where nothing was searched for. */
  readonly events?: readonly string[]
  /** The exchange that this one is a leg of. */
  readonly parent: string | null
  readonly steps: readonly Step[]
  readonly issues: readonly ExplainedIssue[]
  readonly warnings: readonly ExplainedIssue[]
  /** The faults that fired in it. */
  readonly injected: readonly Injection[]
}

/** `GET /_sim/exchanges`, newest first. `next`: the `before` of the page that follows, `null` at the end. */
export interface ExchangeList {
  readonly exchanges: readonly ExchangeSummary[]
  readonly next: number | null
  /** How many of the exchanges that are kept match, on all pages. */
  readonly matching: number
  readonly usage: {
    readonly exchanges: number
    readonly bytes: number
    readonly dropped: number
    readonly maxBytes: number
  }
}

/** `GET /_sim/exchanges/{id}`: with headers and bodies, secrets cut out and identity numbers masked. */
export interface ExchangeDetail extends Omit<Exchange, 'issues' | 'warnings'> {
  readonly issues: readonly ExplainedIssue[]
  readonly warnings: readonly ExplainedIssue[]
}

/** A search of the ReadAPI with the pages that followed it. */
export interface SearchPages {
  /** Id of the exchange that has its first page. */
  readonly exchange: string
  /** ISO 8601, UTC. */
  readonly time: string
  readonly url: string
  readonly client: string | null
  readonly municipality: string | null
  /** The first page, and each further one that its `next` links led to. */
  readonly pages: number
  /** Whether the client came to the page without a `next` link. */
  readonly complete: boolean
}

/** `GET /_sim/searches`, newest first. */
export interface SearchList {
  readonly searches: readonly SearchPages[]
}

/** The messages of `GET /_sim/stream`: the name of the server-sent event, and its data. */
export interface StreamMessages {
  readonly exchange: ExchangeSummary
  readonly event: EventSummary
  readonly fault: FaultMessage
  /** The first message to a reader who comes back too late: so many exchanges were dropped, or are too many to send. */
  readonly missed: { readonly missed: number }
}

/** `GET /_sim/info`: what is running. */
export interface Info {
  readonly name: string
  readonly version: string
  readonly environment: string
  readonly auth: string
  readonly origins: PlayedOrigins
}

/** `POST /_sim/check`: both verdicts, the sent text with VKP's corrections in place where JFT then accepts it, and with every mechanical fix. */
export interface PayloadCheck extends Verdicts {
  readonly corrected?: string
  readonly fixed?: string
}

/** The name of a setting for a point on which the documents are silent. */
export type SettingName = keyof Assumptions

/** A rule as `GET /_sim/rules` lists it. */
export interface RuleEntry extends Omit<ListedRule, 'id'> {
  readonly id: string
  /** It finds nothing in this sandbox. */
  readonly switchedOff: boolean
}

/** Which values something takes: the part of JSON Schema (2020-12) that is used here. */
export interface ValueSchema {
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly minimum?: number
  readonly maximum?: number
  readonly items?: ValueSchema
  readonly properties?: Readonly<Record<string, ValueSchema>>
  /** The properties that may not be left out. */
  readonly required?: readonly string[]
  readonly anyOf?: readonly ValueSchema[]
}

/** How a point is settled where the documents are silent. */
export interface SilentPointEntry {
  readonly name: SettingName
  readonly value: unknown
  readonly default: unknown
  /** The values that it takes; `const`: the one answer that is played. */
  readonly schema: ValueSchema
  /** The list of silent points that the number is of. */
  readonly of: string
  readonly point: number
  readonly question: string
  readonly reasoning: string
  /** What the reasoning rests on. */
  readonly documents: readonly CitedDocument[]
  /** What was seen of a real service, where the simulator was started with a calibration. */
  readonly observed?: {
    readonly certainty: 'observed'
    readonly value: unknown
    readonly confidence: 'high' | 'medium'
    /** ISO 8601, UTC. */
    readonly date: string
    /** The environment's name in the file of the target. */
    readonly environment: string
  }
}

/** `GET /_sim/rules`. */
export interface RuleList {
  readonly rules: readonly RuleEntry[]
  readonly settings: readonly SilentPointEntry[]
}

/** `PUT /_sim/settings`: every silent point, as `GET /_sim/rules` lists it. */
export type SettingList = Pick<RuleList, 'settings'>

/** A client as `GET /_sim/clients` lists it: without keys. */
export interface ClientEntry {
  readonly clientId: string
  readonly name: string
  readonly tenancy: string
  readonly organization: string
  readonly delegations: readonly string[]
  readonly scopes: readonly string[]
  readonly grantTypes: readonly string[]
  readonly readyMade: boolean
  /** URL of the file that HelseID's self-service gives. */
  readonly file: string
}

/** `GET /_sim/clients`. */
export interface ClientList {
  readonly clients: readonly ClientEntry[]
}

/** A robot as `GET /_sim/robots` lists it; `activity` has its counts and its last error. */
export interface RobotEntry {
  readonly name: string
  readonly settings: Readonly<Record<string, unknown>>
  readonly activity: Readonly<Record<string, number | string | null>>
}

/** `GET /_sim/robots`. */
export interface RobotList {
  readonly robots: readonly RobotEntry[]
}

/** `GET /_sim/clock`: the sandbox's time. */
export interface ClockReading {
  readonly mode: 'frozen' | 'running'
  /** ISO 8601, UTC. */
  readonly now: string
  /** Seconds of this clock in a second of the machine. */
  readonly rate: number
}

/** A sandbox as `GET /_sim/sandboxes` lists it. */
export interface SandboxInfo {
  readonly name: string
  /** `null`: identifiers are random. */
  readonly seed: string | null
  readonly environment: string
  readonly auth: string
  readonly origins: Readonly<Record<string, string>>
  readonly clock: ClockReading
  readonly events: number
  readonly exchanges: number
}

/** `GET /_sim/sandboxes/{name}/snapshots`, oldest first. */
export interface SnapshotList {
  readonly snapshots: readonly {
    readonly name: string
    /** ISO 8601, UTC, by the sandbox's clock. */
    readonly taken: string
    readonly events: number
  }[]
}

/** `POST /_sim/verify`. */
export interface Verification {
  readonly verified: boolean
  readonly count: number
  readonly expected: unknown
  /** Ids of the exchanges that are as wanted. */
  readonly matched: readonly string[]
  /** Where there were too few: what came nearest, and in what it differs. */
  readonly nearest: readonly {
    readonly id: string
    readonly differences: readonly { readonly field: string; readonly expected: unknown; readonly found: unknown }[]
  }[]
}

/** `POST /_sim/explain`: what would happen. */
export interface Explanation {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** `null`: a stream that has no end. */
  readonly body: string | null
  /** The steps and issues; `null` for a surface that has no journal. */
  readonly exchange: ExchangeDetail | null
}

/** A fault as `GET /_sim/faults` lists it. Times are ISO 8601 in UTC, by the sandbox's clock. */
export interface FaultInfo {
  readonly id: string
  /** `null`: any surface. */
  readonly surface: string | null
  /** `null`: the first step of a matching request. */
  readonly step: string | null
  readonly match: FaultMatch
  readonly effect: FaultEffect
  /** The effect in a few words, as the header `jftsim-fault` has it. */
  readonly summary: string
  /** How often it fires; `null`: until it expires. */
  readonly times: number | null
  readonly probability: number
  readonly seed: string | null
  readonly preset: string | null
  readonly note: string | null
  /** `used`: it has fired as often as it should. */
  readonly state: 'active' | 'used' | 'expired' | 'removed'
  /** Matching requests so far. */
  readonly seen: number
  readonly fired: number
  readonly created: string
  readonly expires: string
}

/** `GET /_sim/faults`, oldest first; those that ended are kept for a while, those that were deleted are not. */
export interface FaultList {
  readonly faults: readonly FaultInfo[]
}

/** `GET /_sim/faults/presets`: faults by name, each with a sentence, and the members that its name stands for. */
export interface FaultPresetList {
  readonly presets: readonly {
    readonly name: string
    readonly sentence: string
    readonly order: Partial<FaultOrder>
  }[]
}

/** `GET /_sim/faults/effects`: what an order can name as its effect. */
export interface FaultEffectList {
  readonly effects: readonly {
    readonly kind: FaultEffect['kind']
    /** The whole effect, `kind` included. */
    readonly schema: ValueSchema
    /** The steps at which it can act, by surface. */
    readonly places: FaultPlaces
  }[]
}

/** The message `fault` of the stream. */
export interface FaultMessage {
  readonly change: 'added' | 'fired' | 'ended'
  readonly fault: FaultInfo
  /** Id of the exchange on which it fired. */
  readonly exchange: string | null
}

export type { CaseFile } from './case/format.ts'
export type { CauseEntry, CauseList, Figures, TraceList } from './found-types.ts'
export type { PatientDetail, PatientList, PatientReader, PatientSummary } from './patient-types.ts'

/** Why an exchange of a case file was not replayed. */
export type SkipReason =
  /** Its credentials are assertions and secrets that only the client's own keys make again. */
  | 'needs-client-keys'
  /** A fault broke it; faults are not in the file. */
  | 'injected'
  /** The request had an identity number that is masked, or a secret that is cut out. */
  | 'masked'
  /** The journal has not kept its whole body. */
  | 'cut'
  /** It made VKP call an EHR outside of the simulator. */
  | 'outside'

/** In what a replayed exchange is not as the case file has it. */
export interface CaseDifference {
  /** Id of the exchange in the file. */
  readonly exchange: string
  readonly field: 'status' | 'body' | 'issues' | 'header'
  /** Of a body: the first place that differs, a JSON Pointer (RFC 6901); of a header: its name. */
  readonly pointer?: string
  readonly expected: unknown
  readonly found: unknown
}

/** `POST /_sim/case`: what became of a replay. The sandbox stays, with the replayed exchanges. */
export interface CaseReplay {
  readonly sandbox: string
  /** Whether the file was written under the same catalogue of rules. */
  readonly sameCatalogue: boolean
  readonly replayed: number
  readonly skipped: readonly { readonly id: string; readonly reason: SkipReason }[]
  readonly differences: readonly CaseDifference[]
  /** Replayed exchanges without any difference. */
  readonly same: number
}
