import type { ClockState } from '../ground/clock.ts'
import type { Assumptions } from '../ground/settings/assumptions.ts'
import type { Client } from './memory/clients.ts'
import type { FaultState } from './memory/faults.ts'
import type { RegisterEntry, VkpRoute } from './memory/routes.ts'
import type { StoredEvent } from './records.ts'
import type { World } from './world.ts'

/** All that a sandbox remembers, the journal aside: what a snapshot keeps, a fork copies and a restore puts back. */
export interface Snapshot {
  readonly assumptions: Assumptions
  readonly clock: ClockState
  /** Where the sequence of identifiers stands; `undefined` without a seed. */
  readonly ids: number | undefined
  /** Oldest submission first. */
  readonly events: readonly StoredEvent[]
  readonly clients: readonly Client[]
  readonly routes: readonly VkpRoute[]
  readonly register: readonly RegisterEntry[]
  readonly faults: FaultState
}

/** What a world remembers now. Records are never changed in place, so a list of them is a copy. */
export async function dump(world: World): Promise<Snapshot> {
  const { assumptions, clock, ids, events, clients, routes, vkpRegister, faults } = world
  const { state: time } = clock
  const newestFirst = await events.recent(Number.POSITIVE_INFINITY, 0)
  return {
    assumptions,
    clock: time,
    ids: ids.state,
    events: [...newestFirst].reverse(),
    clients: clients.list(),
    routes: routes.list(),
    register: vkpRegister.list(),
    faults: faults.state,
  }
}

/** Puts into a new world what a snapshot has; its clock, identifiers, settings and faults began with it. */
export async function load(world: World, snapshot: Snapshot): Promise<void> {
  await world.events.load(snapshot.events)
  for (const client of snapshot.clients) world.clients.put(client)
  world.routes.replace(snapshot.routes)
  world.vkpRegister.replace(snapshot.register)
}
