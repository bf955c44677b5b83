import { concerns, type Fault, isHit, type Visit } from '../../rules/faults/faults.ts'
import type { FaultStore } from '../ports.ts'
import type { FaultChange, Firing, KeyRange, Passage } from '../records.ts'
import { createListeners } from './listeners.ts'

/** Active faults of a sandbox at once, and ended ones that are kept to be looked at. */
const MAX_ACTIVE = 500
const MAX_ENDED = 200

/** Creates an empty store. */
export function createFaultStore(): FaultStore {
  const shelf = createShelf()
  let added = 0
  let keys: KeyRange = { oldest: 0, current: 0 }
  return {
    async add(order, now, lifetime) {
      if (shelf.active.size >= MAX_ACTIVE) return undefined
      added += 1
      const times = { created: now, expires: now + lifetime }
      return shelf.add({ ...order, ...times, id: `f${added}`, state: 'active', seen: 0, fired: 0 })
    },
    find: async (id) => shelf.faults.get(id),
    list: async () => [...shelf.faults.values()],
    async remove(id) {
      const fault = shelf.faults.get(id)
      if (!fault) return false
      if (fault.state === 'active') shelf.end(fault, 'removed')
      return shelf.faults.delete(id)
    },
    fire: async (exchange, passage, visit, now) => fire(shelf, { exchange, passage, visit }, now),
    expire: async (now) => expire(shelf, now),
    get idle() {
      return shelf.active.size === 0
    },
    keys: async () => keys,
    async rotateKeys(oldKey) {
      const current = keys.current + 1
      keys = { oldest: oldKey === 'kept' ? keys.oldest : current, current }
    },
    subscribe: shelf.subscribe,
    dump: async () => ({ faults: [...shelf.faults.values()], added, keys }),
    async load(state) {
      shelf.load(state.faults)
      added = state.added
      keys = state.keys
    },
  }
}

/** The faults by their ids, which of them are active, and who hears of their changes. */
function createShelf() {
  const faults = new Map<string, Fault>()
  const active = new Set<string>()
  const { tell, add: subscribe } = createListeners<FaultChange>()
  const put = (fault: Fault) => {
    faults.set(fault.id, fault)
    if (fault.state === 'active') active.add(fault.id)
  }
  const end = (fault: Fault, how: Exclude<Fault['state'], 'active'>) => {
    const ended = { ...fault, state: how }
    active.delete(fault.id)
    faults.set(fault.id, ended)
    forget(faults, active)
    tell({ change: 'ended', fault: ended })
  }
  return {
    faults,
    active: active as ReadonlySet<string>,
    subscribe,
    end,
    actives: () => [...active].flatMap((id) => faults.get(id) ?? []),
    add(fault: Fault) {
      put(fault)
      tell({ change: 'added', fault })
      return fault
    },
    /** Counts a use, which may be the last. */
    use(id: string, exchange: string) {
      const found = faults.get(id)
      if (!found) return undefined
      const fault = { ...found, fired: found.fired + 1 }
      faults.set(id, fault)
      tell({ change: 'fired', fault, exchange })
      if (fault.times !== null && fault.fired >= fault.times) end(fault, 'used')
      return fault
    },
    load(all: readonly Fault[]) {
      faults.clear()
      active.clear()
      for (const fault of all) put(fault)
    },
  }
}

type Shelf = ReturnType<typeof createShelf>

function expire({ actives, end }: Shelf, now: number): void {
  for (const fault of actives()) if (fault.expires <= now) end(fault, 'expired')
}

/** A request at a place where faults are looked for. */
interface Visiting {
  readonly exchange: string
  readonly passage: Passage
  readonly visit: Visit
}

/** The faults that hit a request here: of those that end it, one. */
function fire(shelf: Shelf, { exchange, passage, visit }: Visiting, now: number): Firing[] {
  expire(shelf, now)
  const met = shelf.actives().filter((fault) => !passage.fired.has(fault.id) && concerns(fault, visit))
  const hits = met.map((fault) => ({ fault, ordinal: meet(shelf, fault, passage) })).filter(isFiring)
  return hits.flatMap(({ fault: { id, effect }, ordinal }) => {
    const alone = effect.kind !== 'latency'
    const fault = alone && passage.spent ? undefined : shelf.use(id, exchange)
    if (!fault) return []
    passage.fired.add(id)
    passage.spent ||= alone
    return [{ fault, ordinal }]
  })
}

/** Which of the fault's matching requests this one is: counted when it is first met. */
function meet({ faults }: Shelf, fault: Fault, passage: Passage): number {
  const known = passage.ordinals.get(fault.id)
  const ordinal = known ?? fault.seen + 1
  passage.ordinals.set(fault.id, ordinal)
  if (known === undefined) faults.set(fault.id, { ...fault, seen: ordinal })
  return ordinal
}

function isFiring({ fault, ordinal }: Firing): boolean {
  return isHit(fault, ordinal)
}

/** Drops the oldest of the ended faults, past as many as are kept. */
function forget(faults: Map<string, Fault>, active: ReadonlySet<string>): void {
  for (const id of faults.keys()) {
    if (faults.size - active.size <= MAX_ENDED) return
    if (!active.has(id)) faults.delete(id)
  }
}
