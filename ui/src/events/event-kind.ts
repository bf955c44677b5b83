import type { EventType } from '../../../simulator/ground/event-types.ts'
import type { EventSummary } from '../data/api.ts'
import { text } from '../text/text.ts'

type Kind = EventSummary['kind']

/** Every kind has its word; a type that tells no kind may do without. */
const WORDS: Readonly<Record<Exclude<Kind, EventType>, string> & Partial<Record<EventType, string>>> = text.events.kinds

/** What an event is about, in words; a type that there is no word for has its own name. */
export function kindOf(kind: Kind): string {
  return WORDS[kind] ?? kind
}
