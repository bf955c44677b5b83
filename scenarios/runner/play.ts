import { hash } from '../../simulator/ground/hash.ts'
import type { PartySpec } from '../pack/pack.ts'
import type { Payload, Step, StepAction } from '../pack/step.ts'
import type { Waits } from './await.ts'
import type { Credentials } from './credentials.ts'
import type { Recorder, Reply } from './http.ts'
import { type Party, partyOf } from './parties.ts'
import { type MadePayload, makePayload } from './payload.ts'
import type { Place } from './place.ts'
import type { Failure } from './result.ts'
import type { Values } from './template.ts'

/** What a scenario remembers from step to step. */
export interface Play {
  readonly place: Place
  readonly credentials: Credentials
  readonly parties: Readonly<Record<string, PartySpec>>
  /** The party that acts where a step does not say. */
  readonly party: string
  readonly municipality: string
  readonly seed: string
  readonly values: Values
  /** `Type/id` of what the pages since the last search gave. */
  readonly found: string[]
  /** Ids of the exchanges that its own steps made. */
  readonly own: Set<string>
  /** How a step waits for a client of the vendor's own. */
  readonly waits: Waits | undefined
  /** Sequence number of the last exchange that a step has waited for. */
  awaited: number
  /** The last page, which `follow` continues from. */
  page?: unknown
  /** How many payloads were made, so that each is another one. */
  made: number
}

/** Does what a step says; each answer is handed to `check`, which stops where one is not as expected. */
export type Check = (reply: Reply) => Promise<boolean>

/** One step being played: what its action is given, where its exchanges go, and who judges each answer. */
export interface Turn<A extends StepAction = StepAction> {
  readonly play: Play
  readonly argument: NonNullable<Step[A]>
  readonly step: Step
  readonly record: Recorder
  readonly check: Check
}

/** Plays one action. It rejects with what made that impossible. */
export type Run<A extends StepAction> = (turn: Turn<A>) => Promise<void>

/** A step did not come to what it is there for. */
export class StepFailed extends Error {
  readonly failure: Failure

  constructor(failure: Failure) {
    super(failure.what)
    this.failure = failure
  }
}

/** Somebody decided that a step, and with it the scenario, is left out; the message says why. */
export class StepSkipped extends Error {}

/** The next payload of the scenario, another one each time. */
export function nextPayload(play: Play, spec: Payload): MadePayload {
  play.made += 1
  return makePayload(spec, hash(`${play.seed}/${play.made}`), play.municipality)
}

/** Who acts in a step. */
export function partyFor(play: Play, step: Step, name = step.as ?? play.party): Party {
  return partyOf(name, play.parties, play.municipality)
}
