import type { SigningKeys } from '../../ground/keys.ts'
import { EVENTS, PATIENTS } from '../collections.ts'
import type { Residents, State } from '../ports.ts'
import type { Client, RegisterEntry, VkpRoute } from '../records.ts'
import { createClientRegister } from './clients.ts'
import { createFaultStore } from './faults.ts'
import { createJournal } from './journal.ts'
import { createJournalNotes } from './journal-notes.ts'
import { createChangingPopulation } from './population/changes.ts'
import { createRateCounter } from './rates.ts'
import { createReplayCache } from './replays.ts'
import { createResourceStore } from './resources.ts'
import { createRouteTable, createVkpRegister } from './routes.ts'

/** What the state of a sandbox begins with, and how much room it has. */
export interface MemoryOptions {
  readonly limits: {
    readonly eventBytes: number
    readonly patientBytes: number
    readonly journalBytes: number
    readonly noteBytes: number
  }
  /** Microseconds since the epoch, larger with each call. */
  readonly stamp: () => number
  readonly keys: SigningKeys
  /** The persons as they are at first. */
  readonly population: Residents
  readonly clients: readonly Client[]
  readonly routes: readonly VkpRoute[]
  readonly register: readonly RegisterEntry[]
}

/** Creates the state of a sandbox in memory. What each call does it does in one go, without letting another in. */
export function createMemoryState(options: MemoryOptions): State {
  const { limits, stamp, keys, population, clients, routes, register } = options
  return {
    events: createResourceStore(EVENTS, { maxBytes: limits.eventBytes, stamp }),
    patients: createResourceStore(PATIENTS, { maxBytes: limits.patientBytes, stamp }),
    journal: createJournal(limits.journalBytes),
    clients: createClientRegister(clients),
    routes: createRouteTable(routes),
    vkpRegister: createVkpRegister(register),
    keys,
    replays: createReplayCache(100_000),
    rates: createRateCounter(10_000),
    population: createChangingPopulation(population),
    notes: createJournalNotes(limits.noteBytes),
    faults: createFaultStore(),
  }
}
