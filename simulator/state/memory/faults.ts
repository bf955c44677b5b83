import { concerns, type Fault, isHit } from '../../rules/faults/faults.ts'
import type { FaultStore } from '../ports.ts'
import type { FaultChange, Firing, KeyRange, Passage } from '../records.ts'
import { createListeners } from './listeners.ts'

/** Active faults of a sandbox at once, and ended ones that are kept to be looked at. */
const MAX_ACTIVE = 500
const MAX_ENDED = 200

/** Creates an empty store. */
export function createFaultStore(): FaultStore {
  const faults = new Map<string, Fault>()
  const active = new Set<string>()
  const listeners = createListeners<FaultChange>()
  let added = 0
  let keys: KeyRange = { oldest: 0, current: 0 }

  const { tell } = listeners
  const end = (fault: Fault, how: Exclude<Fault['state'], 'active'>) => {
    const ended = { ...fault, state: how }
    active.delete(fault.id)
    faults.set(fault.id, ended)
    forget(faults, active)
    tell({ change: 'ended', fault: ended })
  }
  const actives = () => [...active].flatMap((id) => faults.get(id) ?? [])
  const expire = (now: number) => {
    for (const fault of actives()) if (fault.expires <= now) end(fault, 'expired')
  }
  /** Which of the fault's matching requests this one is: counted when it is first met. */
  const meet = (fault: Fault, passage: Passage) => {
    const known = passage.ordinals.get(fault.id)
    const ordinal = known ?? fault.seen + 1
    passage.ordinals.set(fault.id, ordinal)
    if (known === undefined) faults.set(fault.id, { ...fault, seen: ordinal })
    return ordinal
  }
  const use = (id: string, exchange: string) => {
    const found = faults.get(id)
    if (!found) return undefined
    const fault = { ...found, fired: found.fired + 1 }
    faults.set(id, fault)
    tell({ change: 'fired', fault, exchange })
    if (fault.times !== null && fault.fired >= fault.times) end(fault, 'used')
    return fault
  }
  return {
    async add(order, now, lifetime) {
      if (active.size >= MAX_ACTIVE) return undefined
      added += 1
      const times = { created: now, expires: now + lifetime }
      const fault: Fault = { ...order, ...times, id: `f${added}`, state: 'active', seen: 0, fired: 0 }
      faults.set(fault.id, fault)
      active.add(fault.id)
      tell({ change: 'added', fault })
      return fault
    },
    find: async (id) => faults.get(id),
    list: async () => [...faults.values()],
    async remove(id) {
      const fault = faults.get(id)
      if (!fault) return false
      if (fault.state === 'active') end(fault, 'removed')
      return faults.delete(id)
    },
    async fire(exchange, passage, visit, now) {
      expire(now)
      const met = actives().filter((fault) => !passage.fired.has(fault.id) && concerns(fault, visit))
      const hits = met.map((fault) => ({ fault, ordinal: meet(fault, passage) })).filter(isFiring)
      return hits.flatMap(({ fault: { id, effect }, ordinal }) => {
        const alone = effect.kind !== 'latency'
        const fault = alone && passage.spent ? undefined : use(id, exchange)
        if (!fault) return []
        passage.fired.add(id)
        passage.spent ||= alone
        return [{ fault, ordinal }]
      })
    },
    expire: async (now) => expire(now),
    get idle() {
      return active.size === 0
    },
    keys: async () => keys,
    async rotateKeys(oldKey) {
      const current = keys.current + 1
      keys = { oldest: oldKey === 'kept' ? keys.oldest : current, current }
    },
    subscribe: listeners.add,
    dump: async () => ({ faults: [...faults.values()], added, keys }),
    async load(state) {
      faults.clear()
      active.clear()
      for (const fault of state.faults) {
        faults.set(fault.id, fault)
        if (fault.state === 'active') active.add(fault.id)
      }
      added = state.added
      keys = state.keys
    },
  }
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
