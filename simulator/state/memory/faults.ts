import { concerns, type Fault, type FaultOrder, isHit, type Visit } from '../../rules/faults/faults.ts'

/** The HelseID keys of a sandbox, by number: it signs with `current`, and takes tokens of `oldest` to `current`. */
export interface KeyRange {
  readonly oldest: number
  readonly current: number
}

/** All that the store remembers, for a snapshot. */
export interface FaultState {
  readonly faults: readonly Fault[]
  readonly added: number
  readonly keys: KeyRange
}

/** What one request has met so far. It counts once for each fault, and one fault fires on it, latency aside. */
export interface Passage {
  /** By fault: which of its matching requests this one is, from 1. */
  readonly ordinals: Map<string, number>
  readonly fired: Set<string>
  /** A fault other than latency has fired. */
  spent: boolean
}

/** A fault that fires now, on its `ordinal`th matching request. */
export interface Firing {
  readonly fault: Fault
  readonly ordinal: number
}

/** What happened to a fault. */
export interface FaultChange {
  readonly change: 'added' | 'fired' | 'ended'
  readonly fault: Fault
  /** The exchange on which it fired. */
  readonly exchange?: string
}

/** The faults of one sandbox, in the order in which they were added. Times are milliseconds of its clock. */
export interface FaultStore {
  /** Puts a fault into the queue for `lifetime` milliseconds. `undefined`: there are as many as there may be. */
  add(order: FaultOrder, now: number, lifetime: number): Fault | undefined
  find(id: string): Fault | undefined
  /** Oldest first; those that ended are kept for a while. */
  list(): readonly Fault[]
  /** Takes a fault away, active or not. False when there is none of that id. */
  remove(id: string): boolean
  /** What fires where a request stands, in order of creation; it counts as fired. */
  fire(exchange: string, passage: Passage, visit: Visit, now: number): readonly Firing[]
  /** Ends what has expired. */
  expire(now: number): void
  /** Whether no fault is active: nothing can fire. */
  readonly idle: boolean
  readonly keys: KeyRange
  /** Makes HelseID sign with a new key from now on. */
  rotateKeys(oldKey: 'kept' | 'withdrawn'): void
  subscribe(listener: (change: FaultChange) => void): () => void
  readonly state: FaultState
}

/** Active faults of a sandbox at one time, and ended ones that are kept to be looked at. */
const MAX_ACTIVE = 500
const MAX_ENDED = 200

export function createPassage(): Passage {
  return { ordinals: new Map(), fired: new Set(), spent: false }
}

/** Creates a store, empty or as `state` has it. */
export function createFaultStore(state?: FaultState): FaultStore {
  const faults = new Map((state?.faults ?? []).map((fault) => [fault.id, fault]))
  const active = new Set([...faults.values()].filter((fault) => fault.state === 'active').map(({ id }) => id))
  const listeners = new Set<(change: FaultChange) => void>()
  let added = state?.added ?? 0
  let keys: KeyRange = state?.keys ?? { oldest: 0, current: 0 }

  const tell = (change: FaultChange) => {
    for (const listener of listeners) listener(change)
  }
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
    add(order, now, lifetime) {
      if (active.size >= MAX_ACTIVE) return undefined
      added += 1
      const times = { created: now, expires: now + lifetime }
      const fault: Fault = { ...order, ...times, id: `f${added}`, state: 'active', seen: 0, fired: 0 }
      faults.set(fault.id, fault)
      active.add(fault.id)
      tell({ change: 'added', fault })
      return fault
    },
    find: (id) => faults.get(id),
    list: () => [...faults.values()],
    remove(id) {
      const fault = faults.get(id)
      if (!fault) return false
      if (fault.state === 'active') end(fault, 'removed')
      return faults.delete(id)
    },
    fire(exchange, passage, visit, now) {
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
    expire,
    get idle() {
      return active.size === 0
    },
    get keys() {
      return keys
    },
    rotateKeys(oldKey) {
      const current = keys.current + 1
      keys = { oldest: oldKey === 'kept' ? keys.oldest : current, current }
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    get state() {
      return { faults: [...faults.values()], added, keys }
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
