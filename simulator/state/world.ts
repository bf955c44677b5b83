import type { Clock } from '../ground/clock.ts'
import type { Ids } from '../ground/ids.ts'
import type { Environment, OriginTable } from '../ground/origins.ts'
import type { Assumptions } from '../ground/settings/assumptions.ts'
import type { Robots } from '../robots/robots.ts'
import type { SwitchedOff } from '../rules/in-force.ts'
import type { ClientRegister } from './memory/clients.ts'
import type { EventStore } from './memory/events.ts'
import type { FaultStore } from './memory/faults.ts'
import type { Journal } from './memory/journal.ts'
import type { JournalNotes } from './memory/journal-notes.ts'
import type { SigningKeys } from './memory/keys.ts'
import type { Population } from './memory/population.ts'
import type { RateCounter } from './memory/rates.ts'
import type { ReplayCache } from './memory/replays.ts'
import type { RouteTable, VkpRegister } from './memory/routes.ts'
import type { Sandboxes } from './sandboxes.ts'

/** What a handler may touch: one sandbox's state, and nothing of the platform. */
export interface World {
  /** Name of the sandbox. */
  readonly name: string
  readonly seed: string | undefined
  readonly sandboxes: Sandboxes
  readonly environment: Environment
  /** `relaxed` lets a request through that the real service would refuse, and says so. */
  readonly auth: 'strict' | 'relaxed'
  readonly version: string
  /** What is assumed now where the documents are silent. It can change between two requests: nobody keeps a copy. */
  readonly assumptions: Assumptions
  /** Assumes something else from now on. */
  readonly assume: (assumptions: Assumptions) => void
  /** Rules that find nothing. */
  readonly switchedOff: SwitchedOff
  readonly clock: Clock
  readonly ids: Ids
  readonly origins: OriginTable
  readonly events: EventStore
  readonly journal: Journal
  readonly clients: ClientRegister
  /** How VKP delivers, per municipality and vendor. */
  readonly routes: RouteTable
  /** Whose system may call VKP for which municipality. */
  readonly vkpRegister: VkpRegister
  readonly keys: SigningKeys
  /** `jti` values of proofs and assertions that were seen, per place of use. */
  readonly replays: ReplayCache
  readonly rates: RateCounter
  /** The synthetic persons that the EHR stand-in has as patients. */
  readonly population: Population
  /** What the EHR stand-in has journaled. */
  readonly notes: JournalNotes
  /** What was ordered to go wrong. */
  readonly faults: FaultStore
  /** The other side of an integration, for whoever has only one. */
  readonly robots: Robots
  /** Answers a request through the same core. `parent`: the exchange that it is a leg of. */
  readonly fetch: (request: Request, parent?: string) => Promise<Response>
  /** Calls what lies outside of the simulator, such as a vendor's own EHR; the platform gives it. */
  readonly outbound: (request: Request) => Promise<Response>
}
