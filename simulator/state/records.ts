import type { EventType } from '../ground/event-types.ts'
import type { Jwk } from '../ground/keys.ts'
import type { Fault } from '../rules/faults/faults.ts'
import type { EventKind } from '../rules/jft/event-kind.ts'

/** Where a record stands in the order of its list: by time first, then by id. */
export interface Key {
  /** Microseconds since the epoch. */
  readonly lastUpdated: number
  readonly id: string
}

/** A range of keys, both ends exclusive, and the direction to walk it in. */
export interface Range {
  readonly above?: Key
  readonly below?: Key
  readonly descending: boolean
}

/** What is known of an event before it is stored. */
export interface NewEvent {
  readonly id: string
  readonly type: EventType
  /** What it is about, by VKP's codes; the resource type where they do not say. */
  readonly kind: EventKind | EventType
  /** Organisation number of the municipality that the event belongs to. */
  readonly municipality: string
  readonly clientId: string
  readonly clientName?: string
  readonly sourceSystem?: string
  /** The resource's JSON text around the value of `meta.lastUpdated`, which is the only part that can change. */
  readonly textBefore: string
  readonly textAfter: string
}

/** One event. Times are microseconds since the epoch; `null`: has not happened. */
export interface StoredEvent extends NewEvent, Key {
  /** When JFT has processed it; in the future while registration is under way. */
  readonly registered: number
  readonly read: number | null
  readonly acknowledged: number | null
  readonly failed: number | null
}

/** What was handed over of a patient at once. */
export interface PatientVersion {
  readonly clientId: string
  /** The resource's JSON text around the value of `meta.lastUpdated`, without its type and id. */
  readonly textBefore: string
  readonly textAfter: string
}

/** What keeps a version that PIT has accepted from ever being processed: a fault that was ordered. */
export type PatientFate = 'stuck-registration' | 'failed'

/** A version that PIT has accepted and not processed yet; `lastUpdated` is when it will have. */
export interface QueuedVersion extends PatientVersion {
  readonly lastUpdated: number
  readonly fate?: PatientFate
}

/** One patient of a municipality, as PIT has it: the newest version that is processed, and those that wait. */
export interface StoredPatient extends Key, PatientVersion {
  readonly municipality: string
  /** What the person is known by within the municipality. */
  readonly person: string
  /** Which version it is, from 1. */
  readonly version: number
  /** Of a first version that is never processed. */
  readonly fate?: PatientFate
  /** Oldest first; each is processed later than the one before it, but for those that never are. */
  readonly queued: readonly QueuedVersion[]
}

/** Whether a client acts for one organisation or, by delegation, for many (HelseID, "Organisation numbers"), or for none. */
export type Tenancy = 'none' | 'single-tenant' | 'multi-tenant'

/** A client as HelseID's self-service registers it. */
export interface Client {
  readonly clientId: string
  readonly name: string
  readonly tenancy: Tenancy
  /** The organisation that owns the client: the parent of a single-tenant client, the supplier of a multi-tenant one. */
  readonly organization: string
  /** Municipalities that a multi-tenant client has a delegation from; `*` is every one. */
  readonly delegations: readonly string[]
  /** Subunits that a single-tenant client may name; a multi-tenant client may name any. */
  readonly children: readonly string[]
  readonly scopes: readonly string[]
  readonly grantTypes: readonly string[]
  /** Whether a token request without a proof is refused, or gets a Bearer token (Duende's RequireDPoP). */
  readonly dpop: 'required' | 'optional'
  /** Claims that one API has asked for, by their full names; they go into tokens for the API that the name begins with. */
  readonly apiClaims: Readonly<Record<string, string>>
  /** Seconds for which its access tokens are good; otherwise the setting says so. */
  readonly accessTokenLifetimeSeconds?: number | undefined
  /** Public keys that the client's assertions may be signed with. */
  readonly publicKeys: readonly Jwk[]
  /** Ready-made clients only: the name under which `SigningKeys` keeps the private key that their file includes. */
  readonly keyName?: string
  /** Ready-made too, by public keys: the private ones are published by whoever made the client. */
  readonly published?: true
}

/** How VKP delivers events: into the EHR on its own, or through JFT, as a reverse proxy. */
export type DeliveryMode = 'classic' | 'proxy'

/** What one combination of municipality and vendor has at VKP (VKP as reverse proxy). */
export interface VkpRoute {
  /** Organisation number of the municipality, or `*` for every one that has no row of its own. */
  readonly orgnr: string
  /** The vendor's system as its token names it, or `*`. */
  readonly vkpId: string
  readonly mode: DeliveryMode
  /** Where searches go instead of the EHR stand-in: the URL to which `/patient/_search` is added. */
  readonly ehrUrl?: string
}

/** One pair of VKP's register: whose system may call for which municipality. */
export interface RegisterEntry {
  readonly orgnr: string
  readonly vkpId: string
  /** A connection that is switched off is refused with 1.1. */
  readonly active: boolean
  /** Codes of the services that the municipality has approved the vendor for, in lower case. */
  readonly serviceCodes: readonly string[]
}

/** A note in the journal of the EHR stand-in. */
export interface JournalNote {
  readonly id: string
  /** ISO 8601, UTC: when the EHR took it. */
  readonly time: string
  readonly municipality: string
  /** Resource type of what the note was made from. */
  readonly type: string
  readonly patient: { readonly identifier: string | null; readonly name: string | null }
  readonly title: string
  /** What the users of the EHR see. */
  readonly text: string
  /** The resource that the note was made from, as JSON text. */
  readonly source: string
}

/** The HelseID keys of a sandbox, by number: it signs with `current`, and takes tokens of `oldest` to `current`. */
export interface KeyRange {
  readonly oldest: number
  readonly current: number
}

/** All that the store remembers, for a snapshot. */
export interface FaultState {
  readonly faults: readonly Fault[]
  readonly added: number
  readonly keys: KeyRange
}

/** What one request has met so far. It counts once for each fault, and one fault fires on it, latency aside. */
export interface Passage {
  /** By fault: which of its matching requests this one is, from 1. */
  readonly ordinals: Map<string, number>
  readonly fired: Set<string>
  /** A fault other than latency has fired. */
  spent: boolean
}

/** A fault that fires now, on its `ordinal`th matching request. */
export interface Firing {
  readonly fault: Fault
  readonly ordinal: number
}

/** What happened to a fault. */
export interface FaultChange {
  readonly change: 'added' | 'fired' | 'ended'
  readonly fault: Fault
  /** The exchange on which it fired. */
  readonly exchange?: string
}
