import { text } from './text.ts'

/** What an event is, in words. */
export function kindOf(type: string): string {
  return text.events.kinds[type] ?? type
}
