import { maskIdentityNumbers, maskJson } from '../../ground/text/mask/mask.ts'
import { issueOf } from '../../rules/catalogue.ts'
import type { Members } from '../../rules/finding.ts'
import type { Issue } from '../../rules/issue.ts'
import { layOutPatient } from '../../rules/pit/patient-text.ts'
import { personOf } from '../../rules/pit/person.ts'
import type { PatientFate, StoredPatient } from '../../state/records.ts'
import type { World } from '../../state/world.ts'

/** What is known of a patient when it is handed over. The text is a Patient, as far as rules in force say. */
export interface HandedOver {
  readonly text: string
  /** The text as it was read. */
  readonly resource: Members
  readonly municipality: string
  readonly clientId: string
  /** What a fault makes of the version: it is never processed. */
  readonly fate?: PatientFate | undefined
}

/** A patient that is stored, or why it is not. */
export type TakenOver =
  | {
      readonly patient: StoredPatient
      /** JSON Pointers of what was masked in it. */
      readonly masked: readonly string[]
      readonly issue?: undefined
    }
  | { readonly patient?: undefined; readonly masked?: undefined; readonly issue: Issue }

/** Masks a patient and stores it, as a new person of the municipality or instead of what was known of this one. */
export async function takeOver(
  { settings, state, time }: Pick<World, 'settings' | 'state' | 'time'>,
  { text, resource, municipality, clientId, fate }: HandedOver,
): Promise<TakenOver> {
  const { pitProcessingDelayMs, pitSamePerson } = settings.assumptions
  const id = time.ids.uuid()
  const known = pitSamePerson === 'replace' ? personOf(resource) : undefined
  // Masked persons look alike, and are not one.
  const person = known !== undefined && maskIdentityNumbers(known) === known ? known : id
  const masked = maskJson(text)
  const [before, after] = layOutPatient(masked.text)
  const patient = await state.patients.add({
    id,
    municipality,
    person,
    clientId,
    // Texts of their own: what is cut from a text keeps all of it alive.
    textBefore: structuredClone(before),
    textAfter: structuredClone(after),
    delay: pitProcessingDelayMs * 1000,
    fate,
  })
  if (patient !== 'full') return { patient, masked: masked.pointers }
  const { records, maxBytes } = await state.patients.usage()
  const message = `The ${records} stored patients fill ${maxBytes} bytes (limits.patientBytes); this one was not stored.`
  return { issue: issueOf('sim-event-memory', message) }
}
