import type { State } from '../simulator/state/ports.ts'

/** Promises that nobody awaits: each line that ends with `error` must be one to the linter, and the types find none of them. */
export async function unawaited(state: State, values: readonly string[]): Promise<unknown> {
  const { replays, events } = state
  if (!replays.seen('jti', 0, 1)) return 'a condition' // error
  if (values.length > 0 && !state.replays.seen('jti', 0, 1)) return 'a part of a condition' // error
  events.change('Composition/1', () => undefined) // error
  state.faults.expire(0) // error
  for (const value of values) replays.seen(value, 0, 1) // error
  const fresh = values.filter((value) => !replays.seen(value, 0, 1)) // error
  await replays.seen('jti', 0, 1)
  return [fresh, { ...state.rates.count('window') }] // error
}

/** The same where a caller hands the port in. */
export function unawaitedPart({ replays }: Pick<State, 'replays'>): boolean {
  replays.seen('jti', 0, 1) // error
  return !replays.seen('jti', 0, 1) // error
}
