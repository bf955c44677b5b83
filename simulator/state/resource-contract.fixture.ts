import fc from 'fast-check'
import { expect } from 'vitest'
import { collect } from '../ground/collect.ts'
import { acknowledgeEvent } from '../services/events/acknowledge.ts'
import { type PageQuery, readPage } from '../services/events/page.ts'
import { EVENTS, eventKey } from './collections.ts'
import type { Collection, EventQuery, EventStore, EventSubmission, Facets, ResourceStore } from './ports.ts'
import type { Key, StoredEvent } from './records.ts'

/** What a store is made with. */
export interface StoreOptions {
  readonly maxBytes: number
  readonly stamp: () => number
}

/** A kind of place where records are kept. */
export type CreateStore = <N, R extends Key, W extends Facets>(
  collection: Collection<N, R, W>,
  options: StoreOptions,
) => ResourceStore<N, R, W>

/** What every store of records does, each point as a function that rejects where it does not. The races come first. */
export const RESOURCE_CONTRACT: Readonly<Record<string, (create: CreateStore) => Promise<void>>> = {
  'acknowledge beside search: the event stays read, and stands once in every list': async (create) => {
    for (const moves of SETTINGS) {
      const store = open(create)
      const { type, id } = await added(store, 1)
      const acknowledge = () => acknowledgeEvent(store, eventKey(type, id), { ...moves, ...KEEP_FIRST })
      const search = () => readPage(store, PAGE, { ...moves, ...READER })
      await Promise.all([acknowledge(), search(), acknowledge(), search()])
      expect(await store.find(eventKey(type, id))).toMatchObject({ read: expect.any(Number) })
      expect(await listsOf(store)).toEqual({ all: [id], acknowledged: [id], open: [], counts: [1, 1, 0] })
    }
  },

  'two acknowledgements: the first is kept, and the others see it': async (create) => {
    const store = open(create)
    const { type, id } = await added(store, 1)
    const options = { ...KEEP_FIRST, acknowledgeUpdatesLastUpdated: true }
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => acknowledgeEvent(store, eventKey(type, id), options)),
    )
    expect(new Set(answers.map((answer) => answer?.event.acknowledged)).size).toBe(1)
    expect(await collect(store.since(1))).toMatchObject([{ sequence: 2 }])
  },

  'many changes at once: none is lost': async (create) => {
    const store = open(create)
    const { type, id } = await added(store, 1)
    const count = () => store.change(eventKey(type, id), ({ failed }) => ({ failed: (failed ?? 0) + 1 }))
    await Promise.all(Array.from({ length: 50 }, count))
    expect((await store.find(eventKey(type, id)))?.failed).toBe(50)
  },

  'a reader behind the last event that it has seen misses none, while others write': async (create) => {
    const store = open(create)
    const seen: string[] = []
    let after: Key | undefined
    const read = async () => {
      const page = await store.page({ ...QUERY, ...(after ? { above: after } : {}) }, 7)
      after = page.at(-1) ?? after
      seen.push(...page.map(({ id }) => id))
      return page.length
    }
    let writing = true
    const written = Promise.all(Array.from({ length: 200 }, (_, n) => store.add(event(n)))).then(() => {
      writing = false
    })
    while (writing || (await read()) > 0) await read()
    await written
    expect(seen.sort()).toEqual(Array.from({ length: 200 }, (_, n) => idOf(n)))
  },

  'a stamp is newer than every one before, and an unchanged record takes none': async (create) => {
    let taken = 0
    const store = create(EVENTS, { maxBytes: 1e6, stamp: () => ++taken })
    const { type, id } = await added(store, 1)
    expect(await store.change(eventKey(type, id), () => undefined)).toMatchObject({ lastUpdated: 1 })
    const changed = await store.change(eventKey(type, id), (_now, stamp) => ({ read: stamp(), lastUpdated: stamp() }))
    expect([changed?.read, changed?.lastUpdated, taken]).toEqual([2, 2, 2])
    expect(await store.change('Composition/none', () => ({ read: 1 }))).toBeUndefined()
  },

  'what does not fit is not stored, and nothing is dropped for it': async (create) => {
    const store = create(EVENTS, { maxBytes: 5_000, stamp: clock() })
    const answers: unknown[] = []
    for (let n = 0; n < 20; n += 1) answers.push(await store.add(event(n)))
    const fitted = answers.indexOf('full')
    expect(fitted).toBeGreaterThan(1)
    expect(answers.slice(fitted).every((answer) => answer === 'full')).toBe(true)
    const { records, bytes, maxBytes } = await store.usage()
    expect([records, bytes <= maxBytes, (await store.recent(100, 0)).length]).toEqual([fitted, true, fitted])
    expect(await store.load([{ ...(await added(open(create), 99)), id: 'more' }])).toBe(false)
  },

  'pages, counts, recent and since agree with a list that is sorted and filtered, after any changes': async (
    create,
  ) => {
    await fc.assert(
      fc.asyncProperty(fc.array(COMMAND, { maxLength: 60 }), QUERIES, async (commands, query) => {
        const store = open(create)
        const model: StoredEvent[] = []
        for (const command of commands) await play(store, model, command)
        const found = model.filter((one) => isIn(one, query)).sort(byKey)
        const expected = query.descending ? found.reverse() : found
        expect(await store.page(query, 5)).toEqual(expected.slice(0, 5))
        expect(await store.count(query)).toBe(expected.length)
        expect(await store.recent(4, 2)).toEqual([...model].reverse().slice(2, 6))
        expect((await collect(store.since(0))).map(({ record }) => record).sort(byKey)).toEqual([...model].sort(byKey))
      }),
      { numRuns: 40, seed: 7357 },
    )
  },

  'without a limit all are given': async (create) => {
    const store = open(create)
    for (const n of [1, 2, 3]) await added(store, n)
    expect(await store.page(QUERY, Number.POSITIVE_INFINITY)).toHaveLength(3)
    expect(await store.recent(Number.POSITIVE_INFINITY, 1)).toHaveLength(2)
  },

  'since gives each record once, in the order of its latest change': async (create) => {
    const store = open(create)
    for (const n of [1, 2, 3]) await added(store, n)
    await store.change(eventKey('Composition', idOf(1)), () => ({ failed: 1 }))
    const changes = await collect(store.since(0))
    expect(changes.map(({ sequence, record }) => [sequence, record.id])).toEqual([
      [2, idOf(2)],
      [3, idOf(3)],
      [4, idOf(1)],
    ])
    expect((await collect(store.since(3))).map(({ record }) => record.failed)).toEqual([1])
    expect(await collect(store.since(4))).toEqual([])
  },

  'what is loaded keeps its stamps and its order': async (create) => {
    const from = open(create)
    for (const n of [3, 1, 2]) await added(from, n)
    await from.change(eventKey('Composition', idOf(1)), (_now, stamp) => ({ lastUpdated: stamp() }))
    const records = [...(await from.recent(10, 0))].reverse()
    const to = open(create)
    expect(await to.load(records)).toBe(true)
    expect(await to.recent(10, 0)).toEqual(await from.recent(10, 0))
    expect(await to.page(QUERY, 10)).toEqual(await from.page(QUERY, 10))
  },

  'a subscriber is told of each change until it leaves': async (create) => {
    const store = open(create)
    const told: number[] = []
    const leave = store.subscribe(({ sequence }) => told.push(sequence))
    const { type, id } = await added(store, 1)
    await store.change(eventKey(type, id), () => undefined)
    await store.change(eventKey(type, id), () => ({ failed: 1 }))
    leave()
    await added(store, 2)
    expect(told).toEqual([1, 2])
  },

  'a record that is replaced stands once, where it was changed last, and keeps its id': async (create) => {
    const store = create(PATIENTS, { maxBytes: 1e6, stamp: clock() })
    for (const [number, name] of [
      ['1', 'a'],
      ['2', 'b'],
      ['1', 'c'],
    ] as const) {
      await store.add({ id: `${number}${name}`, municipality: 'm', number, name })
    }
    const page = await store.page({ where: { municipality: 'm' }, descending: false }, 10)
    expect(page.map(({ id, name, lastUpdated, created }) => [id, name, lastUpdated, created])).toEqual([
      ['2b', 'b', 2, 2],
      ['1a', 'c', 3, 1],
    ])
    expect(await store.find('m/1')).toMatchObject({ name: 'c' })
    expect((await store.recent(10, 0)).map(({ name }) => name)).toEqual(['c', 'b'])
    expect((await collect(store.since(1))).map(({ record }) => record.name)).toEqual(['b', 'c'])
    expect(await store.usage()).toMatchObject({ records: 2 })
    expect(await store.count({ where: { municipality: 'm' }, descending: false })).toBe(2)
  },

  'a query that the collection has no index for is a fault of ours, and no empty page': async (create) => {
    const store = create(PATIENTS, { maxBytes: 1e6, stamp: clock() })
    const query = { where: { municipality: 'm', name: 'a' } as never, descending: false }
    await expect(store.page(query, 1)).rejects.toThrow('municipality, name')
  },
}

/** A kind of record that a later one replaces, and that moves when it does. */
const PATIENTS: Collection<NewPatient, Patient, { readonly municipality: string }> = {
  keyOf: ({ municipality, number }) => `${municipality}/${number}`,
  stored: (patient, stamp, before) => ({
    ...patient,
    id: before?.id ?? patient.id,
    created: before?.created ?? stamp,
    lastUpdated: stamp,
  }),
  facetsOf: ({ municipality }) => ({ municipality }),
  indexes: [['municipality']],
  sizeOf: ({ name }) => name.length,
}

interface NewPatient {
  readonly id: string
  readonly municipality: string
  readonly number: string
  readonly name: string
}

interface Patient extends NewPatient, Key {
  readonly created: number
}

const KEEP_FIRST = { keepUnread: false, repeatedAcknowledgement: 'keep-first' } as const
const READER = { clientId: 'reader', now: 1e9, readMarkedBy: 'anyone', searchTotal: false } as const
const SETTINGS = [true, false].flatMap((acknowledgeUpdatesLastUpdated) =>
  [true, false].map((readUpdatesLastUpdated) => ({ acknowledgeUpdatesLastUpdated, readUpdatesLastUpdated })),
)
const PAGE: PageQuery = {
  type: 'Composition',
  municipality: 'm',
  search: { count: 10, countGiven: false, descending: false, where: {} },
}
const QUERY: EventQuery = { where: { municipality: 'm', type: 'Composition' }, descending: false }

function clock(): () => number {
  let now = 0
  return () => ++now
}

function open(create: CreateStore): EventStore {
  return create(EVENTS, { maxBytes: 1e6, stamp: clock() })
}

const idOf = (n: number) => `id-${String(n).padStart(3, '0')}`

function event(n: number, more: Partial<EventSubmission> = {}): EventSubmission {
  const texts = { textBefore: 'x'.repeat(50), textAfter: '' }
  const who = { municipality: 'm', clientId: 'vendor' }
  return { id: idOf(n), type: 'Composition', kind: 'alarm', ...who, ...texts, delay: 0, fails: false, ...more }
}

async function added(store: EventStore, n: number): Promise<StoredEvent> {
  const stored = await store.add(event(n))
  if (stored === 'full') throw new Error('There is room.')
  return stored
}

async function listsOf(store: EventStore) {
  const [all, acknowledged, unacknowledged] = [{}, { acknowledged: true }, { acknowledged: false }].map((more) => ({
    ...QUERY,
    where: { ...QUERY.where, ...more },
  })) as [EventQuery, EventQuery, EventQuery]
  const ids = async (query: EventQuery) => (await store.page(query, 100)).map(({ id }) => id)
  const counts = await Promise.all([all, acknowledged, unacknowledged].map((query) => store.count(query)))
  return { all: await ids(all), acknowledged: await ids(acknowledged), open: await ids(unacknowledged), counts }
}

type Command = { readonly add: number; readonly other: boolean } | { readonly touch: number; readonly moves: boolean }

const COMMAND: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ add: fc.integer({ min: 0, max: 30 }), other: fc.boolean() }),
  fc.record({ touch: fc.integer({ min: 0, max: 30 }), moves: fc.boolean() }),
)

const BOUND = fc.record({ lastUpdated: fc.integer({ min: 0, max: 60 }), id: fc.constantFrom('', '\uffff') })
const QUERIES: fc.Arbitrary<EventQuery> = fc.record(
  {
    where: fc.record(
      { municipality: fc.constantFrom('m', 'n'), type: fc.constant('Composition'), acknowledged: fc.boolean() },
      { requiredKeys: ['municipality', 'type'] },
    ),
    above: BOUND,
    below: BOUND,
    descending: fc.boolean(),
  },
  { requiredKeys: ['where', 'descending'] },
)

/** Does the same to the store and to a list of what it should have, oldest addition first. */
async function play(store: EventStore, model: StoredEvent[], command: Command): Promise<void> {
  const n = 'add' in command ? command.add : command.touch
  const at = model.findIndex(({ id }) => id === idOf(n))
  if ('add' in command) {
    if (at >= 0) return
    const stored = await store.add(event(n, { municipality: command.other ? 'n' : 'm' }))
    if (stored !== 'full') model.push(stored)
    return
  }
  const changed = await store.change(eventKey('Composition', idOf(n)), (_now, stamp) => {
    const time = stamp()
    return { acknowledged: time, ...(command.moves ? { lastUpdated: time } : {}) }
  })
  if (changed) model.splice(at, 1, changed)
}

function isIn({ municipality, acknowledged, ...key }: StoredEvent, { where, above, below }: EventQuery): boolean {
  if (municipality !== where.municipality) return false
  if (where.acknowledged !== undefined && where.acknowledged !== (acknowledged !== null)) return false
  return (!above || byKey(key, above) > 0) && (!below || byKey(key, below) < 0)
}

function byKey(a: Key, b: Key): number {
  return a.lastUpdated - b.lastUpdated || (a.id === b.id ? 0 : a.id < b.id ? -1 : 1)
}
