import type { EventType } from '../../../ground/event-types.ts'
import type { Jwk } from '../../../ground/keys.ts'
import type { EventKind } from '../../../rules/jft/event-kind.ts'
import type { Exchange } from '../../../state/exchange.ts'
import type { PersonChange } from '../../../state/population.ts'
import type { Client, PatientFate, RegisterEntry, StoredPatient, VkpRoute } from '../../../state/records.ts'
import type { SavedEvent } from '../../../state/snapshot.ts'
import type { ClockReading } from '../types.ts'

/**
 * Version 1 of the case file, as it is and will be: files of this version lie in repositories. How state is kept may
 * change; the functions below then say how it is written in this form.
 */

/** `GET /_sim/case`: a sandbox as one file, without any key that signs and without any token that can be used. */
export interface CaseFile {
  readonly format: 'jft-simulator-case'
  readonly formatVersion: 1
  /** Version of the simulator that wrote it. */
  readonly simulator: string
  /** base64url(SHA-256) of its catalogue of rules. */
  readonly catalogue: string
  readonly sandbox: {
    readonly name: string
    /** `null`: identifiers are random. */
    readonly seed: string | null
    readonly environment: string
    readonly auth: string
    readonly assumptions: Readonly<Record<string, unknown>>
    /** Ids of rules. */
    readonly switchedOff: readonly string[]
    readonly clock: ClockReading
  }
  /** What the sandbox was made with. */
  readonly initial: {
    readonly events: readonly CaseEvent[]
    /** What PIT had of patients; absent where it had none, as in files that are older than it. */
    readonly patients?: readonly CasePatient[] | undefined
    /** What had happened to the persons of the population; absent where nothing had. */
    readonly personChanges?: readonly PersonChange[] | undefined
    /** Where the sequence of identifiers stood; `null` without a seed. */
    readonly ids: number | null
    readonly routes: readonly CaseRoute[]
    readonly register: readonly CaseRegisterEntry[]
    /** Registered clients, by their public keys; the ready-made ones are in every sandbox. */
    readonly clients: readonly CaseClient[]
  }
  /** Oldest first, as `GET /_sim/exchanges/{id}` has them: secrets cut out and identity numbers masked. */
  readonly exchanges: readonly Exchange[]
  /** Exchanges that the journal had dropped before, since it is bounded. */
  readonly dropped: number
}

/** An event in a case file. Times are microseconds since the epoch; `null`: has not happened. */
export interface CaseEvent {
  readonly id: string
  readonly type: EventType
  readonly kind: EventKind | EventType
  readonly municipality: string
  readonly lastUpdated: number
  readonly registered: number
  readonly read: number | null
  readonly acknowledged: number | null
  readonly failed: number | null
  readonly clientId: string
  readonly clientName?: string | undefined
  readonly sourceSystem?: string | undefined
  /** The resource's JSON text around the value of `meta.lastUpdated`. */
  readonly textBefore: string
  readonly textAfter: string
}

/** A version of a patient. `lastUpdated`: when it was processed, in microseconds since the epoch. */
interface CaseVersion {
  readonly clientId: string
  readonly lastUpdated: number
  /** The resource's JSON text around the value of `meta.lastUpdated`, without its type and id. */
  readonly textBefore: string
  readonly textAfter: string
  /** What keeps it from ever being processed. */
  readonly fate?: PatientFate
}

/** A patient in a case file: the newest version, and those that wait to be processed. */
export interface CasePatient extends CaseVersion {
  readonly id: string
  readonly municipality: string
  readonly person: string
  readonly version: number
  readonly queued: readonly CaseVersion[]
}

/** How VKP delivers for one combination of municipality and vendor; `*`: any. */
export interface CaseRoute {
  readonly orgnr: string
  readonly vkpId: string
  readonly mode: 'classic' | 'proxy'
  readonly ehrUrl?: string
}

/** Whose system may call VKP for which municipality. */
export interface CaseRegisterEntry {
  readonly orgnr: string
  readonly vkpId: string
  readonly active: boolean
  readonly serviceCodes: readonly string[]
}

/** A client as `POST /_sim/clients` takes it. */
export interface CaseClient {
  readonly clientId: string
  readonly name: string
  readonly tenancy: 'none' | 'single-tenant' | 'multi-tenant'
  readonly organization: string
  readonly delegations: readonly string[]
  readonly children: readonly string[]
  readonly scopes: readonly string[]
  readonly grantTypes: readonly string[]
  readonly dpop: 'required' | 'optional'
  readonly apiClaims: Readonly<Record<string, string>>
  readonly accessTokenLifetimeSeconds?: number | undefined
  readonly publicKeys: readonly Jwk[]
}

/** An event as a case file has it. */
export function caseEventOf({ text: [textBefore, textAfter], ...event }: SavedEvent): CaseEvent {
  const { id, type, kind, municipality, lastUpdated, registered, read, acknowledged, failed, clientId } = event
  const { clientName, sourceSystem } = event
  return {
    id,
    type,
    kind,
    municipality,
    lastUpdated,
    registered,
    read,
    acknowledged,
    failed,
    clientId,
    ...(clientName === undefined ? {} : { clientName }),
    ...(sourceSystem === undefined ? {} : { sourceSystem }),
    textBefore,
    textAfter,
  }
}

/** A patient as a case file has it. */
export function casePatientOf(patient: StoredPatient): CasePatient {
  const { id, municipality, person, version, queued } = patient
  return { id, municipality, person, version, ...caseVersionOf(patient), queued: queued.map(caseVersionOf) }
}

function caseVersionOf({ clientId, lastUpdated, textBefore, textAfter, fate }: CaseVersion): CaseVersion {
  return { clientId, lastUpdated, textBefore, textAfter, ...(fate === undefined ? {} : { fate }) }
}

/** The event that a case file has. */
export function savedEventOf({ textBefore, textAfter, clientName, sourceSystem, ...event }: CaseEvent): SavedEvent {
  return {
    ...event,
    ...(clientName === undefined ? {} : { clientName }),
    ...(sourceSystem === undefined ? {} : { sourceSystem }),
    text: [textBefore, textAfter],
  }
}

/** A client as a case file has it, without a key that signs. */
export function caseClientOf(client: Client, publicKeys: readonly Jwk[]): CaseClient {
  const { clientId, name, tenancy, organization, delegations, children, scopes, grantTypes, dpop, apiClaims } = client
  const { accessTokenLifetimeSeconds } = client
  return {
    clientId,
    name,
    tenancy,
    organization,
    delegations,
    children,
    scopes,
    grantTypes,
    dpop,
    apiClaims,
    ...(accessTokenLifetimeSeconds === undefined ? {} : { accessTokenLifetimeSeconds }),
    publicKeys,
  }
}

/** A route as a case file has it. */
export function caseRouteOf({ orgnr, vkpId, mode, ehrUrl }: VkpRoute): CaseRoute {
  return { orgnr, vkpId, mode, ...(ehrUrl === undefined ? {} : { ehrUrl }) }
}

/** A pair of VKP's register as a case file has it. */
export function caseEntryOf({ orgnr, vkpId, active, serviceCodes }: RegisterEntry): CaseRegisterEntry {
  return { orgnr, vkpId, active, serviceCodes }
}
