import type { Aside } from '../ground/aside.ts'
import type { Clock } from '../ground/clock.ts'
import type { Ids } from '../ground/ids.ts'
import type { Environment, OriginTable } from '../ground/origins.ts'
import type { Answered } from '../ground/platform.ts'
import type { Assumptions } from '../ground/settings/assumptions.ts'
import type { Observed } from '../ground/settings/observed.ts'
import type { SwitchedOff } from '../rules/active-issues.ts'
import type { State } from './ports.ts'
import type { Robots } from './robots.ts'
import type { Sandboxes } from './sandboxes.ts'

/** One sandbox. It is handed on in parts: whoever needs the time gets the time. */
export interface World {
  readonly settings: Settings
  readonly state: State
  readonly time: Time
  readonly net: Net
  /** The other side of an integration, if you have only one. */
  readonly robots: Robots
  readonly surroundings: Surroundings
}

/** What a sandbox was made with. */
export interface Settings {
  /** Name of the sandbox. */
  readonly name: string
  /** Makes identifiers repeatable. */
  readonly seed: string | undefined
  readonly environment: Environment
  /** `relaxed` lets a request through that the real service would refuse, and says so. */
  readonly auth: 'strict' | 'relaxed'
  readonly version: string
  /** Whether the files of ready-made clients have their private keys: not where other machines can ask for them. */
  readonly handsOutKeys: boolean
  /** What is assumed now where the documents are silent. It can change between two requests: nobody keeps a copy. */
  readonly assumptions: Assumptions
  /** What was seen of a real service. */
  readonly observed: Observed
  /** Assumes something else from now on. */
  readonly assume: (assumptions: Assumptions) => Promise<void>
  /** Rules that find nothing. */
  readonly switchedOff: SwitchedOff
}

/** What differs from run to run. */
export interface Time {
  /** What the time is. It is set by `set`: others may share it. */
  readonly clock: Clock
  readonly ids: Ids
  /** Sets the clock: `change` is given it as it is then, and does nothing else. */
  readonly set: (change: (clock: Clock) => void) => Promise<void>
}

/** Where a sandbox is found, and whom it can call. */
export interface Net {
  readonly origins: OriginTable
  /** Answers a request through the same core. `parent`: the exchange that it is a leg of. */
  readonly fetch: (request: Request, parent?: string) => Promise<Response>
  /** Calls what lies outside of the simulator, such as a vendor's own EHR; the platform gives it. */
  readonly outbound: (request: Request) => Promise<Response>
}

/** What there is around a sandbox: the others, and what the platform has. */
export interface Surroundings {
  /** All sandboxes of the simulator. */
  readonly sandboxes: Sandboxes
  /** Waits so many milliseconds where a fault makes a client wait; not at all where what is asked is no call of a client. */
  readonly pause: (milliseconds: number) => Promise<void>
  /** Where large bodies are judged, if the platform has a place for them. */
  readonly aside?: Aside
  /** Who measures what is answered, if somebody does. */
  readonly answered?: (answered: Answered) => void
}
