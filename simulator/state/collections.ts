import type { Collection, EventFilter, EventSubmission } from './ports.ts'
import type { StoredEvent } from './records.ts'

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
