import { text } from '../text/text.ts'

/** What an event is about, in words; `kind` as `EventSummary` has it. */
export function kindOf(kind: string): string {
  return text.events.kinds[kind] ?? kind
}
