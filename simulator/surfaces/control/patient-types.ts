/** Who has read a patient of PIT. */
export interface PatientReader {
  /** Its name, or else its id. */
  readonly client: string
  /** ISO 8601, UTC: when it last did. */
  readonly time: string
  /** Whether it then got the version that is the newest now. */
  readonly newest: boolean
  /** The exchange in which it last did. */
  readonly exchange: string
}

/** A patient as `GET /_sim/patients` lists it. */
export interface PatientSummary {
  readonly id: string
  readonly municipality: string
  readonly name: string | null
  /** The value of its first identifier. */
  readonly number: string | null
  /** Who handed the version over that is there to read. */
  readonly clientId: string
  /** Which version is there to read; 0: none yet. */
  readonly version: number
  readonly lastUpdated: string | null
  /** Versions that are accepted and not processed. `due`: when they will be; `null`: never, because of a fault (`fate`). */
  readonly waiting: readonly { readonly due: string | null; readonly fate: string | null }[]
  readonly readers: readonly PatientReader[]
}

/** `GET /_sim/patients`. */
export interface PatientList {
  readonly patients: readonly PatientSummary[]
  /** How many there are of the municipality that was asked for. */
  readonly matching: number
  /** Organisation numbers of all municipalities that have patients. */
  readonly municipalities: readonly string[]
  readonly usage: { readonly patients: number; readonly bytes: number; readonly maxBytes: number }
}

/** `GET /_sim/patients/{id}`. */
export interface PatientDetail extends PatientSummary {
  /** The hand-overs that the journal still has, oldest first. */
  readonly versions: readonly { readonly exchange: string; readonly time: string; readonly client: string | null }[]
  /** As PIT returns it; `null` where nothing is processed yet. */
  readonly resource: string | null
}
