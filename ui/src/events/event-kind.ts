import type { EventSummary } from '../shell/api.ts'
import { text } from '../text/text.ts'

/** What an event is about, in words; `kind` as `EventSummary` has it. */
export function kindOf(kind: EventSummary['kind']): string {
  return text.events.kinds[kind]
}
