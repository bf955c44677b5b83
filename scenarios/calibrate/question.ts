import type { Session } from './session.ts'

/** One way to find a value out. Resolves with the value; throws `Inconclusive` when what was seen decides nothing. */
export type Probe = (session: Session) => Promise<unknown>

/** How the value of a setting is found: by two probes that differ, or why there is none. */
export type Question =
  | {
      /** What is sent, in words, for `--dry-run` and for the list that is confirmed. */
      readonly sends: string
      readonly probes: readonly [Probe, Probe]
      /** `medium`: a threshold, which was approached from both sides. */
      readonly confidence?: 'high' | 'medium'
      /** Sends so much that it is asked only with `--also`. */
      readonly only?: 'rates'
      /** Surfaces that the target must have. */
      readonly needs?: readonly string[]
    }
  | { readonly impossible: string }

/** Questions by the name of the setting. */
export type Questions = Readonly<Record<string, Question>>

/** What was seen decides nothing; the message says why. */
export class Inconclusive extends Error {}

/** The service did what no value of the setting plays. `requirement`: which one it is about, where not the setting's own. */
export class Unplayed extends Inconclusive {
  readonly requirement: string | undefined

  constructor(what: string, requirement?: string) {
    super(what)
    this.requirement = requirement
  }
}

/** Milliseconds in which something that takes its time would hardly be over. */
const AT_ONCE = 50

/** No time at all, for what was there when it was looked at. Throws when the look came too late to tell. */
export function atOnce(began: number): 0 {
  const took = Math.round(performance.now() - began)
  if (took < AT_ONCE) return 0
  throw new Inconclusive(`It was there when it was looked at, ${took} ms after it was sent: sooner nobody could look.`)
}

/** Both probes of the list, for a probe that is run on each of two things. */
export function twice<T>(
  one: T,
  other: T,
  probe: (session: Session, thing: T) => Promise<unknown>,
): readonly [Probe, Probe] {
  return [(session) => probe(session, one), (session) => probe(session, other)]
}
