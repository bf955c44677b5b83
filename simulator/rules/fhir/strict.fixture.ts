import { STRICT_DEFAULTS, type StrictOptions, validateStrict } from './strict.ts'

export const COMPOSITION = {
  resourceType: 'Composition',
  status: 'final',
  type: { text: 'note' },
  date: '2026-05-26',
  author: [{ display: 'author' }],
  title: 'title',
}
export const MEDICATION_DISPENSE = {
  resourceType: 'MedicationDispense',
  status: 'completed',
  medicationReference: { display: 'x' },
}
export const SDK6: StrictOptions = { ...STRICT_DEFAULTS, sdk: 6 }

export const issuesOf = (resource: unknown, options?: StrictOptions) =>
  validateStrict(JSON.stringify(resource), options).issues

/** Issues as `code expression: message`, the way most tests read. */
export function found(resource: unknown, options?: StrictOptions): string[] {
  return issuesOf(resource, options).map(({ code, expression, message }) => `${code} ${expression}: ${message}`)
}

export const patient = (members: object, options?: StrictOptions) =>
  found({ resourceType: 'Patient', ...members }, options)
export const extension = (members: object, options?: StrictOptions) =>
  patient({ extension: [{ url: 'http://example.org/x', ...members }] }, options)
