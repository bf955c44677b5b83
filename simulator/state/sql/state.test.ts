import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSigningKeys } from '../memory/keys.ts'
import { createPopulation } from '../memory/population.ts'
import type { ResourceStore, State } from '../ports.ts'
import { type CreateStore, RESOURCE_CONTRACT } from '../resource-contract.fixture.ts'
import { STATE_CONTRACT } from '../state-contract.fixture.ts'
import { type Opened, openEmbedded, openServed, postgresBinaries } from './database.fixture.ts'
import type { Database } from './database.ts'
import { createHub } from './hub.ts'
import { seatOf, writeSeat } from './ledger.ts'
import { createSqlStore } from './resources.ts'
import { createSqlState } from './state.ts'

const binaries = postgresBinaries()
const population = createPopulation()

const DATABASES: readonly (readonly [string, (() => Promise<Opened>) | undefined])[] = [
  ['the embedded PostgreSQL', openEmbedded],
  ['a PostgreSQL server', binaries === undefined ? undefined : () => openServed(binaries)],
]

type Call = (...args: unknown[]) => unknown

/** A port whose calls wait until its world is there; what is not a promise is asked at once. */
function onceThere<T extends object>(ready: Promise<unknown>, port: T): T {
  return new Proxy(port, {
    get(target, name) {
      const value = Reflect.get(target, name) as unknown
      if (typeof value !== 'function' || name === 'subscribe' || name === 'close') return value
      const call = value as Call
      if (name === 'since') return waiting(ready, target, call)
      return (...args: unknown[]) => ready.then(() => call.apply(target, args))
    },
  })
}

function waiting(ready: Promise<unknown>, target: object, call: Call) {
  return async function* (...args: unknown[]) {
    await ready
    yield* call.apply(target, args) as AsyncIterable<unknown>
  }
}

async function makeWorld({ query }: Database, world: string): Promise<void> {
  await query('INSERT INTO jftsim.world (world) VALUES ($1)', [world])
  await query('INSERT INTO jftsim.ledger VALUES ($1, false, 0, 0, 1, 0, 0, NULL)', [world])
  await writeSeat(query, world, seatOf(Date.now()))
}

describe.each(DATABASES)('%s', (name, open) => {
  let opened: Opened

  beforeAll(async () => {
    if (open) opened = await open()
  })

  afterAll(() => opened?.end())

  if (!open) test.skip(`${name}: not tried, there is none below /usr/lib/postgresql`, () => {})
  else {
    const newPlace = () => {
      const world = crypto.randomUUID()
      return { ready: makeWorld(opened.database, world), place: createHub(opened.database, 'test').place(world) }
    }
    const createStore: CreateStore = (collection, options) => {
      const { ready, place } = newPlace()
      return onceThere(ready, createSqlStore(collection, place, { kind: 'test', ...options })) as ResourceStore<
        never,
        never,
        never
      >
    }
    const createState = (): State => {
      const { ready, place } = newPlace()
      const limits = { eventBytes: 1e6, patientBytes: 1e6, journalBytes: 1e6, noteBytes: 1e5 }
      const faults = { active: 0, keys: { oldest: 0, current: 0 } }
      const state = createSqlState(place, { limits, keys: createSigningKeys(), population, faults })
      return Object.fromEntries(
        Object.entries(state).map(([port, one]) => [port, onceThere(ready, one)]),
      ) as unknown as State
    }

    test.each(Object.entries(RESOURCE_CONTRACT))('a store of records: %s', (_name, holds) => holds(createStore))
    test.each(Object.entries(STATE_CONTRACT))('the state of a sandbox: %s', (_name, holds) => holds(createState))

    test('a text with NUL or half a character is found as it was put', async () => {
      const { clients, replays } = createState()
      expect(await clients.find('a\0b\ud800')).toBeUndefined()
      expect([await replays.seen('a\0', 1, 2), await replays.seen('a\0', 1, 2)]).toEqual([false, true])
    })
  }
})
