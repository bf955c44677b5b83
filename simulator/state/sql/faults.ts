import { createFaultStore } from '../memory/faults.ts'
import { createListeners } from '../memory/listeners.ts'
import type { FaultStore } from '../ports.ts'
import type { FaultChange, FaultState, KeyRange } from '../records.ts'
import type { SqlQuery } from './database.ts'
import { createDocument } from './documents.ts'
import type { News, WorldPlace } from './place.ts'

const NOTHING: FaultState = { faults: [], added: 0, keys: { oldest: 0, current: 0 } }

/** What this process knows of the faults of a world: each request begins with a look. */
export interface KnownFaults {
  active: number
  keys: KeyRange
}

/** As many changes of faults as one notice has. */
const TOLD_AT_ONCE = 50

/**
 * The faults of a world: what the memory store does, done under the lock of the world to what is kept there, so that a fault
 * that fires twice fires on two requests, whichever processes they come to.
 */
export function createSqlFaults(place: WorldPlace, known: KnownFaults): FaultStore {
  const kept = createDocument<FaultState>(place, 'faults', NOTHING)
  const { subscribe, tell } = createAudience(place, kept.read)
  const change = async <A>(work: (store: FaultStore) => Promise<A>): Promise<A> => {
    const { answer, now, changes } = await kept.change((before, query) => changed(place, before, query, work))
    Object.assign(known, now)
    for (const one of changes) tell(one)
    return answer
  }
  return {
    get idle() {
      return known.active === 0
    },
    add: (order, now, lifetime) => change((store) => store.add(order, now, lifetime)),
    find: async (id) => (await storeWith(await kept.read())).find(id),
    list: async () => (await storeWith(await kept.read())).list(),
    remove: (id) => change((store) => store.remove(id)),
    fire: (exchange, passage, visit, now) => change((store) => store.fire(exchange, passage, visit, now)),
    expire: async (now) => {
      if (known.active > 0) await change((store) => store.expire(now))
    },
    keys: async () => known.keys,
    rotateKeys: (oldKey) => change((store) => store.rotateKeys(oldKey)),
    dump: kept.read,
    load: (state) => change((store) => store.load(state)),
    subscribe,
  }
}

async function storeWith(state: FaultState): Promise<FaultStore> {
  const store = createFaultStore()
  await store.load(state)
  return store
}

/** Does something to the faults that are kept, and tells the other processes. */
async function changed<A>(
  { world, news }: WorldPlace,
  before: FaultState,
  query: SqlQuery,
  work: (store: FaultStore) => Promise<A>,
) {
  const changes: FaultChange[] = []
  const store = await storeWith(before)
  store.subscribe((one) => void changes.push(one))
  const answer = await work(store)
  const value = await store.dump()
  const { faults, keys } = value
  const active = faults.filter(({ state }) => state === 'active').length
  await query('UPDATE jftsim.world SET faults = $2, keys_oldest = $3, keys_current = $4 WHERE world = $1', [
    world,
    active,
    keys.oldest,
    keys.current,
  ])
  const told = changes.slice(-TOLD_AT_ONCE).map((one) => [one.change, one.fault.id, one.exchange ?? ''] as const)
  const text = told.length === 0 ? null : news({ of: 'faults', faults: told })
  if (text !== null) await query("SELECT pg_notify('jftsim', $1)", [text])
  return { value, answer: { answer, now: { active, keys }, changes } }
}

/** Who hears of changes: those of this process, and those that others tell of. */
function createAudience(place: WorldPlace, read: () => Promise<FaultState>) {
  const listeners = createListeners<FaultChange>()
  let listening = 0
  const hear = async (faults: NonNullable<News['faults']>) => {
    const byId = new Map((await read().catch(() => NOTHING)).faults.map((fault) => [fault.id, fault]))
    for (const [what, id, exchange] of faults) {
      const fault = byId.get(id)
      const one = { change: what as FaultChange['change'], ...(exchange === '' ? {} : { exchange }) }
      if (fault) listeners.tell({ ...one, fault })
    }
  }
  place.heard(({ of, faults = [] }) => {
    if (of === 'faults' && listening > 0) void hear(faults)
  })
  const subscribe: FaultStore['subscribe'] = (listener) => {
    const leave = listeners.add(listener)
    listening += 1
    return () => {
      leave()
      listening -= 1
    }
  }
  return { subscribe, tell: listeners.tell }
}
