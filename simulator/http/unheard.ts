import type { Journal } from '../state/ports.ts'
import { type PlainOutcome, responseTo } from './plain-answer.ts'

/** Where the exchange of an answer is kept. */
interface Kept {
  readonly journal: Journal
  readonly id: string
}

const kept = new WeakMap<PlainOutcome, Kept>()

/** Remembers which exchange an answer belongs to, for as long as the answer is there. */
export function keepExchangeOf(outcome: PlainOutcome, journal: Journal, id: string): void {
  kept.set(outcome, { journal, id })
}

/** The same as a `Response`, which belongs to the same exchange. */
export function keptResponseTo(outcome: PlainOutcome): Response {
  const response = responseTo(outcome)
  const exchange = kept.get(outcome)
  if (exchange !== undefined) kept.set(response, exchange)
  return response
}

/** Notes in the journal that the client ended its connection before it had the whole of an answer of a simulator. */
export async function noteUnheard(outcome: PlainOutcome): Promise<void> {
  const { journal, id } = kept.get(outcome) ?? {}
  if (journal !== undefined && id !== undefined) await journal.noteUnheard(id)
}
