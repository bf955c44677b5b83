import type { ClockState } from '../ground/clock.ts'
import type { EventType } from '../ground/event-types.ts'
import type { Assumptions } from '../ground/settings/assumptions.ts'
import type { EventKind } from '../rules/jft/event-kind.ts'
import type { PersonChange } from './population.ts'
import type { Client, FaultState, RegisterEntry, StoredEvent, StoredPatient, VkpRoute } from './records.ts'
import type { World } from './world.ts'

/** An event as a snapshot has it: no more is promised of how it is stored. Times are microseconds since the epoch. */
export interface SavedEvent {
  readonly id: string
  readonly type: EventType
  readonly kind: EventKind | EventType
  readonly municipality: string
  readonly clientId: string
  readonly clientName?: string
  readonly sourceSystem?: string
  readonly lastUpdated: number
  readonly registered: number
  readonly read: number | null
  readonly acknowledged: number | null
  readonly failed: number | null
  /** The resource's JSON text before and after the value of `meta.lastUpdated`. */
  readonly text: readonly [before: string, after: string]
}

/** All that a sandbox remembers, the journal aside: what a snapshot keeps, a fork copies and a restore puts back. */
export interface Snapshot {
  readonly assumptions: Assumptions
  readonly clock: ClockState
  /** Where the sequence of identifiers stands; `undefined` without a seed. */
  readonly ids: number | undefined
  /** Oldest submission first. */
  readonly events: readonly SavedEvent[]
  /** Oldest change first. */
  readonly patients: readonly StoredPatient[]
  /** What has happened to the persons, oldest first. */
  readonly personChanges: readonly PersonChange[]
  readonly clients: readonly Client[]
  readonly routes: readonly VkpRoute[]
  readonly register: readonly RegisterEntry[]
  readonly faults: FaultState
}

/** What a world remembers now. Records are never changed in place, so a list of them is a copy. */
export async function dump({ settings, time, state }: Pick<World, 'settings' | 'time' | 'state'>): Promise<Snapshot> {
  const { assumptions } = settings
  const { state: clock } = time.clock
  const ids = time.ids.state
  // All are asked at once, so that what they tell is of one moment.
  const [newestFirst, patients, personChanges, clients, routes, register, faults] = await Promise.all([
    state.events.recent(Number.POSITIVE_INFINITY, 0),
    state.patients.recent(Number.POSITIVE_INFINITY, 0),
    state.population.changes(),
    state.clients.list(),
    state.routes.list(),
    state.vkpRegister.list(),
    state.faults.dump(),
  ])
  const oldestFirst = { events: newestFirst.map(saved).reverse(), patients: [...patients].reverse() }
  return { assumptions, clock, ids, ...oldestFirst, personChanges, clients, routes, register, faults }
}

/** Puts into a new world what a snapshot has; its clock, identifiers and assumptions began with it. */
export async function load({ state }: Pick<World, 'state'>, snapshot: Snapshot): Promise<void> {
  await state.events.load(snapshot.events.map(stored))
  await state.patients.load(snapshot.patients)
  await state.population.load(snapshot.personChanges)
  for (const client of snapshot.clients) await state.clients.put(client)
  await state.routes.replace(snapshot.routes)
  await state.vkpRegister.replace(snapshot.register)
  await state.faults.load(snapshot.faults)
}

function saved({ textBefore, textAfter, ...event }: StoredEvent): SavedEvent {
  return { ...event, text: [textBefore, textAfter] }
}

function stored({ text: [textBefore, textAfter], ...event }: SavedEvent): StoredEvent {
  return { ...event, textBefore, textAfter }
}
