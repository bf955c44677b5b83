import type { Collection, EventFilter, EventSubmission, PatientFilter, PatientSubmission } from './ports.ts'
import type { PatientVersion, QueuedVersion, StoredEvent, StoredPatient } from './records.ts'

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
  stored({ delay, fate, ...sent }, stamp, before) {
    const due = fate === undefined ? stamp + delay : stamp + NEVER
    const mark = fate === undefined ? {} : { fate }
    // Nothing was ever processed of somebody whose first version never is: the next one is the first.
    if (before === undefined || before.fate !== undefined)
      return { ...sent, id: before?.id ?? sent.id, version: 1, lastUpdated: due, ...mark, queued: [] }
    return queuedAfter(processed(before, stamp), { ...versionOf(sent), lastUpdated: due, ...mark }, stamp)
  },
  facetsOf: ({ municipality, queued }) => ({ municipality, queued: queued.length > 0 }),
  indexes: [['municipality'], ['municipality', 'queued']],
  sizeOf: ({ textBefore, textAfter, queued }) =>
    [{ textBefore, textAfter }, ...queued].reduce((sum, one) => sum + one.textBefore.length + one.textAfter.length, 0),
}

/** Microseconds until what never happens: a hundred years. */
const NEVER = 100 * 365 * 86_400_000_000

function versionOf({ clientId, textBefore, textAfter }: PatientVersion): PatientVersion {
  return { clientId, textBefore, textAfter }
}

/** What was accepted earlier is processed earlier, whatever the delay is by now; what never is keeps nobody waiting. */
function queuedAfter(now: StoredPatient, version: QueuedVersion, stamp: number): StoredPatient {
  const before = now.queued.findLast(({ fate }) => fate === undefined)?.lastUpdated ?? now.lastUpdated
  const lastUpdated = version.fate === undefined ? Math.max(version.lastUpdated, before + 1) : version.lastUpdated
  return processed({ ...now, queued: [...now.queued, { ...version, lastUpdated }] }, stamp)
}

/** The patient as it is at that time (microseconds): with the newest version that is processed by then. */
export function processed(patient: StoredPatient, now: number): StoredPatient {
  const last = patient.queued.findLastIndex(({ lastUpdated }) => lastUpdated <= now)
  const newest = patient.queued[last]
  if (newest === undefined) return patient
  const done = patient.queued.slice(0, last + 1).filter(({ fate }) => fate === undefined)
  return { ...patient, ...newest, version: patient.version + done.length, queued: patient.queued.slice(last + 1) }
}
