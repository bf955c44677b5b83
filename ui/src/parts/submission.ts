import { isSubmission as submits, takenBy } from '../../../simulator/ground/surfaces.ts'
import type { ExchangeDetail } from '../data/api.ts'
import { queries } from '../data/queries.ts'

/** Whether an exchange submits an event or a patient: only of those is there a verdict. */
export function isSubmission({ surface, request }: ExchangeDetail): boolean {
  const { pathname } = new URL(request.url)
  return submits(surface, request.method, pathname)
}

/** The check of what was submitted: what was sent to PIT is judged as PIT does, whatever it is. */
export function checkOf({ surface }: Pick<ExchangeDetail, 'surface'>, payload: string) {
  return queries.check(payload, takenBy(surface) === 'patients' ? 'Patient' : undefined)
}
