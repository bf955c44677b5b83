import { formatStamp } from '../../ground/clock.ts'
import type { Assumptions } from '../../ground/settings/assumptions.ts'
import { withTag } from '../../rules/jft/event-text.ts'
import type { StoredEvent } from '../../state/records.ts'

/** The text of an event as it is returned now. */
export function eventText(event: StoredEvent, assumptions: Assumptions): string {
  return eventPieces(event, assumptions).join('')
}

/** The same in three pieces; that in the middle is what stands between the quotes of `meta.lastUpdated`. */
export function eventPieces(event: StoredEvent, assumptions: Assumptions): readonly string[] {
  return [event.textBefore, formatStamp(event.lastUpdated), textAfter(event, assumptions)]
}

/** With the tag of the acknowledgement, where the setting returns it. */
function textAfter({ acknowledged, textAfter: after }: StoredEvent, assumptions: Assumptions): string {
  if (acknowledged === null || !assumptions.acknowledgedTagReturned) return after
  const [code = '', system] = assumptions.acknowledgedTag.split('|').reverse()
  return withTag(after, { system, code })
}
