import { describe, expect, test } from 'vitest'
import type { ResourceStore, State } from '../ports.ts'
import type { Key } from '../records.ts'
import { type CreateStore, RESOURCE_CONTRACT } from '../resource-contract.fixture.ts'
import { STATE_CONTRACT } from '../state-contract.fixture.ts'
import { createSigningKeys } from './keys.ts'
import { createPopulation } from './population.ts'
import { createResourceStore } from './resources.ts'
import { createMemoryState } from './state.ts'

const population = createPopulation()

function createState(): State {
  let now = 0
  return createMemoryState({
    limits: { eventBytes: 1e6, patientBytes: 1e6, journalBytes: 1e6, noteBytes: 1e5 },
    stamp: () => ++now,
    keys: createSigningKeys(),
    population,
    clients: [],
    routes: [],
    register: [],
  })
}

type Call = (...args: unknown[]) => unknown

/** The same at the end of a line: each call is on its way for a while, and so is its answer. */
function distant<T extends object>(place: T): T {
  let calls = 0
  const away = async () => {
    calls += 1
    for (let turns = (calls * 7) % 5; turns >= 0; turns -= 1) await new Promise(setImmediate)
  }
  const sequence = (call: Call) =>
    async function* (...args: unknown[]) {
      await away()
      yield* call.apply(place, args) as AsyncIterable<unknown>
    }
  return new Proxy(place, {
    get(target, name) {
      const value = Reflect.get(target, name) as unknown
      if (typeof value !== 'function' || name === 'subscribe' || name === 'close') return value
      const call = value as Call
      if (name === 'since') return sequence(call)
      return async (...args: unknown[]) => {
        await away()
        const answer = await call.apply(target, args)
        await away()
        return answer
      }
    },
  })
}

const STORES: Readonly<Record<string, CreateStore>> = {
  'in memory': createResourceStore,
  'at the end of a line': (collection, options) => distant(createResourceStore(collection, options)),
}

const STATES: Readonly<Record<string, () => State>> = {
  'in memory': createState,
  'at the end of a line': () =>
    Object.fromEntries(Object.entries(createState()).map(([name, port]) => [name, distant(port)])) as unknown as State,
}

describe.each(Object.entries(STORES))('a store of records %s', (_place, create) => {
  test.each(Object.entries(RESOURCE_CONTRACT))('%s', (_name, holds) => holds(create))
})

describe.each(Object.entries(STATES))('the state of a sandbox %s', (_place, create) => {
  test.each(Object.entries(STATE_CONTRACT))('%s', (_name, holds) => holds(create))
})

describe('the contract bites', () => {
  /** A store that reads, lets others in, and writes what it has made of what it read. */
  const stale: CreateStore = (collection, options) => {
    const store = createResourceStore(collection, options)
    return {
      ...store,
      async change(key, change) {
        const now = await store.find(key)
        await new Promise(setImmediate)
        const changed = now && change(now, options.stamp)
        return changed ? store.change(key, () => ({ ...now, ...changed })) : now
      },
    }
  }
  /** A store that takes a stamp long before it stores. */
  const early: CreateStore = (collection, options) => {
    const store = distant(createResourceStore(collection, options))
    const add = async (record: Parameters<typeof store.add>[0]) => {
      const stored = collection.stored(record, options.stamp(), undefined)
      return (await store.load([stored])) ? stored : ('full' as const)
    }
    return { ...spread(store), add }
  }

  test.each([
    ['acknowledge beside search: the event stays read, and stands once in every list', stale],
    ['two acknowledgements: the first is kept, and the others see it', stale],
    ['many changes at once: none is lost', stale],
    ['a reader behind the last event that it has seen misses none, while others write', early],
  ])('%s', async (name, broken) => {
    await expect(RESOURCE_CONTRACT[name]?.(broken)).rejects.toThrow()
  })
})

function spread<N, R extends Key>(store: ResourceStore<N, R, never>) {
  const { page, find, count, change, recent, since, load, usage, subscribe } = store
  return { page, find, count, change, recent, since, load, usage, subscribe }
}
