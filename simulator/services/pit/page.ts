import { formatStamp } from '../../ground/clock.ts'
import { joinPatient } from '../../rules/pit/patient-text.ts'
import { PATIENTS, processed } from '../../state/collections.ts'
import type { PatientStore } from '../../state/ports.ts'
import type { Key, StoredPatient } from '../../state/records.ts'
import { endOf, type PageQuery, rangeOf } from '../events/page.ts'

/** Which page to read: of whose patients, the bounds of the first page, and where the page before ended. */
export type PatientQuery = Pick<PageQuery, 'municipality' | 'search' | 'after'>

/** The patients of one page. */
export interface PatientPage {
  readonly patients: readonly StoredPatient[]
  /** Where the page ends, when there are more. */
  readonly end?: Key
}

/** Reads one page as of `now` (microseconds), of no more than `atMost`; those that are left come next. */
export async function readPatients(
  patients: PatientStore,
  query: PatientQuery,
  now: number,
  atMost = query.search.count,
): Promise<PatientPage> {
  const { municipality, search } = query
  await processQueue(patients, municipality, now)
  const found = await patients.page({ where: { municipality }, ...rangeOf(query, now) }, search.count + 1)
  const page = found.slice(0, Math.min(search.count, atMost))
  const end = found.length > page.length ? endOf(page, found, search.descending) : undefined
  return { patients: page, ...(end ? { end } : {}) }
}

/** Whoever reads finds processed what is due by then, as if it had been at its time. */
async function processQueue(patients: PatientStore, municipality: string, now: number): Promise<void> {
  const where = { municipality, queued: true }
  for (const patient of await patients.page({ where, descending: false }, Number.POSITIVE_INFINITY)) {
    await patients.change(PATIENTS.keyOf(patient), (before) => {
      const after = processed(before, now)
      return after === before ? undefined : after
    })
  }
}

/** The text of a patient as it is returned. */
export function patientText({ id, textBefore, textAfter, lastUpdated }: StoredPatient): string {
  return joinPatient(id, [textBefore, textAfter], formatStamp(lastUpdated))
}
