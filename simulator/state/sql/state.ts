import type { SigningKeys } from '../../ground/keys.ts'
import { EVENTS, PATIENTS } from '../collections.ts'
import type { SimulatorOptions } from '../options.ts'
import type { Residents, State } from '../ports.ts'
import { createSqlRates, createSqlReplays } from './counters.ts'
import { createSqlFaults, type KnownFaults } from './faults.ts'
import { createSqlJournal } from './journal.ts'
import type { WorldPlace } from './place.ts'
import {
  createSqlClients,
  createSqlNotes,
  createSqlPopulation,
  createSqlRegister,
  createSqlRoutes,
} from './registers.ts'
import { createSqlStore } from './resources.ts'

/** What the state of a world needs beside its place. */
export interface SqlStateOptions {
  readonly limits: Pick<SimulatorOptions['limits'], 'eventBytes' | 'patientBytes' | 'journalBytes' | 'noteBytes'>
  readonly keys: SigningKeys
  /** The persons as they are at first. */
  readonly population: Residents
  readonly faults: KnownFaults
  /** Another source of stamps than the clock of the world. */
  readonly stamp?: () => number
}

/** The state of a world that is kept in a database. */
export function createSqlState(place: WorldPlace, options: SqlStateOptions): State {
  const { limits, keys, population, faults, stamp } = options
  const stamps = stamp === undefined ? {} : { stamp }
  return {
    events: createSqlStore(EVENTS, place, { kind: 'events', maxBytes: limits.eventBytes, ...stamps }),
    patients: createSqlStore(PATIENTS, place, { kind: 'patients', maxBytes: limits.patientBytes, ...stamps }),
    journal: createSqlJournal(place, limits.journalBytes),
    clients: createSqlClients(place),
    routes: createSqlRoutes(place),
    vkpRegister: createSqlRegister(place),
    keys,
    replays: createSqlReplays(place),
    rates: createSqlRates(place),
    population: createSqlPopulation(place, population),
    notes: createSqlNotes(place, limits.noteBytes),
    faults: createSqlFaults(place, faults),
  }
}
