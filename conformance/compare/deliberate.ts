import type { Aspect, Difference } from './aspects.ts'
import type { Said } from './said.ts'

/** A difference that is meant. */
export interface Deliberate {
  readonly aspects: readonly Aspect[]
  /** Of which version; both where it is absent. */
  readonly sdk?: 5 | 6
  /** Why the simulator differs. */
  readonly reason: string
  readonly applies: (difference: Difference, library: Said, ours: Said) => boolean
}

/** Every difference that is meant, with its reason. What no entry covers fails the comparison. */
export const DELIBERATE: readonly Deliberate[] = []

/** The entry that covers a difference. */
export function deliberateFor(difference: Difference, library: Said, ours: Said, sdk: 5 | 6): Deliberate | undefined {
  return DELIBERATE.find(
    (one) =>
      one.aspects.includes(difference.aspect) && (one.sdk ?? sdk) === sdk && one.applies(difference, library, ours),
  )
}
