import { formatStamp } from '../clock.ts'
import type { StoredEvent } from '../store/events.ts'

/** The text of an event as it is returned now. */
export function eventText(event: StoredEvent): string {
  return event.textBefore + formatStamp(event.lastUpdated) + event.textAfter
}
