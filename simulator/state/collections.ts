import type { Collection, EventFilter, EventSubmission, PatientFilter, PatientSubmission } from './ports.ts'
import type { StoredEvent, StoredPatient } from './records.ts'

/** The key of an event. */
export function eventKey(type: string, id: string): string {
  return `${type}/${id}`
}

/** JFT's events: searched by municipality and type, and by whether they were acknowledged. */
export const EVENTS: Collection<EventSubmission, StoredEvent, EventFilter> = {
  keyOf: ({ type, id }) => eventKey(type, id),
  stored({ delay, fails, ...event }, stamp) {
    const registered = stamp + delay
    const times = { lastUpdated: registered, registered, read: null, acknowledged: null }
    return { ...event, ...times, failed: fails ? registered : null }
  },
  facetsOf: ({ municipality, type, acknowledged }) => ({ municipality, type, acknowledged: acknowledged !== null }),
  indexes: [
    ['municipality', 'type'],
    ['municipality', 'type', 'acknowledged'],
  ],
  sizeOf: ({ textBefore, textAfter }) => textBefore.length + textAfter.length,
}

/** PIT's patients: one record for a municipality and person. What is handed over again takes the older version's place. */
export const PATIENTS: Collection<PatientSubmission, StoredPatient, PatientFilter> = {
  keyOf: ({ municipality, person }) => `${municipality}/${person}`,
  stored({ delay, ...sent }, stamp, before) {
    if (before === undefined) return { ...sent, version: 1, lastUpdated: stamp + delay, queued: [] }
    const now = processed(before, stamp)
    const { clientId, textBefore, textAfter } = sent
    const version = { clientId, textBefore, textAfter }
    const last = now.queued.at(-1)?.lastUpdated ?? now.lastUpdated
    // What was accepted earlier is processed earlier, whatever the delay is by now.
    const due = Math.max(stamp + delay, last + 1)
    if (due <= stamp) return { ...now, ...version, version: now.version + 1, lastUpdated: stamp }
    return { ...now, queued: [...now.queued, { ...version, lastUpdated: due }] }
  },
  facetsOf: ({ municipality, queued }) => ({ municipality, queued: queued.length > 0 }),
  indexes: [['municipality'], ['municipality', 'queued']],
  sizeOf: ({ textBefore, textAfter, queued }) =>
    [{ textBefore, textAfter }, ...queued].reduce((sum, one) => sum + one.textBefore.length + one.textAfter.length, 0),
}

/** The patient as it is at that time (microseconds): with the newest version that is processed by then. */
export function processed(patient: StoredPatient, now: number): StoredPatient {
  const done = patient.queued.filter(({ lastUpdated }) => lastUpdated <= now)
  const newest = done.at(-1)
  if (newest === undefined) return patient
  return { ...patient, ...newest, version: patient.version + done.length, queued: patient.queued.slice(done.length) }
}
