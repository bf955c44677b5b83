import { expect } from 'vitest'
import { collect } from '../ground/collect.ts'
import type { FaultOrder, Visit } from '../rules/faults/faults.ts'
import type { Exchange } from './exchange.ts'
import type { EventSubmission, State } from './ports.ts'
import type { Client, JournalNote, Passage } from './records.ts'
import { dump, load } from './snapshot.ts'
import type { World } from './world.ts'

/** What the state of a sandbox does, wherever it is kept. Each point is a function that rejects where it does not. */
export const STATE_CONTRACT: Readonly<Record<string, (create: () => State) => Promise<void>>> = {
  'reset beside submit: what is remembered has all that was stored before, each event whole': async (create) => {
    const state = create()
    const world = worldOf(state)
    const before = await Promise.all([1, 2, 3].map((n) => state.events.add(event(n))))
    const [snapshot] = await Promise.all([dump(world), ...[4, 5, 6].map((n) => state.events.add(event(n)))])
    const ids = snapshot.events.map(({ id }) => id)
    expect(ids).toEqual(expect.arrayContaining(before.map((stored) => stored !== 'full' && stored.id)))
    const again = create()
    await load(worldOf(again), snapshot)
    expect(await again.events.usage()).toMatchObject({ records: snapshot.events.length })
    const query = { where: { municipality: 'm', type: 'Composition' }, descending: false }
    expect(await again.events.count(query)).toBe(snapshot.events.length)
  },

  'what is dumped and loaded is the same': async (create) => {
    const state = create()
    await state.events.add(event(1))
    await state.clients.put(client('own'))
    await state.routes.replace([{ orgnr: '312229544', vkpId: '*', mode: 'proxy' }])
    await state.vkpRegister.replace([{ orgnr: '312229544', vkpId: 'A', active: true, serviceCodes: ['ta'] }])
    await state.faults.add(ORDER, 0, 1_000)
    await state.faults.rotateKeys('kept')
    const snapshot = await dump(worldOf(state))
    const again = create()
    await load(worldOf(again), snapshot)
    expect(await dump(worldOf(again))).toEqual(snapshot)
    expect([again.faults.idle, await again.faults.keys()]).toEqual([false, { oldest: 0, current: 1 }])
  },

  'a value that may be used once is new to one of many who ask at once, until it expires': async (create) => {
    const { replays } = create()
    const seen = await Promise.all(Array.from({ length: 20 }, () => replays.seen('jti', 100, 200)))
    expect(seen.filter((known) => !known)).toHaveLength(1)
    expect([await replays.seen('jti', 200, 300), await replays.seen('jti', 201, 300)]).toEqual([true, false])
    expect(await replays.seen('other', 100, 200)).toBe(false)
  },

  'requests of one window are each counted once': async (create) => {
    const { rates } = create()
    const counts = await Promise.all(Array.from({ length: 20 }, () => rates.count('a/1')))
    expect(counts.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1))
    expect(await rates.count('a/2')).toBe(1)
  },

  'a fault that fires twice fires on two of many requests at once': async (create) => {
    const { faults } = create()
    expect(faults.idle).toBe(true)
    const fault = await faults.add({ ...ORDER, times: 2 }, 0, 1_000)
    const firings = await Promise.all(Array.from({ length: 10 }, (_, n) => faults.fire(`x${n}`, passage(), VISIT, 1)))
    expect(firings.flat()).toHaveLength(2)
    expect(await faults.find(fault?.id ?? '')).toMatchObject({ state: 'used', fired: 2 })
    expect(faults.idle).toBe(true)
  },

  'a fault ends when it expires or is removed, and its subscriber is told': async (create) => {
    const { faults } = create()
    const told: string[] = []
    const leave = faults.subscribe(({ change, fault }) => told.push(`${fault.id} ${change} ${fault.state}`))
    const first = await faults.add(ORDER, 0, 1_000)
    const second = await faults.add(ORDER, 0, 2_000)
    await faults.expire(1_000)
    expect((await faults.list()).map(({ state }) => state)).toEqual(['expired', 'active'])
    expect([await faults.remove(second?.id ?? ''), await faults.remove('none')]).toEqual([true, false])
    leave()
    await faults.add(ORDER, 0, 1_000)
    const [one, two] = [first?.id, second?.id]
    expect(told).toEqual([`${one} added active`, `${two} added active`, `${one} ended expired`, `${two} ended removed`])
  },

  'keys: many who ask at once get the one key that was made': async (create) => {
    const { keys } = create()
    let made = 0
    const generate = async () => ({ kty: 'oct', k: String(++made) })
    const got = await Promise.all(Array.from({ length: 10 }, () => keys.get('contract', generate)))
    expect([new Set(got.map(({ k }) => k)).size, made]).toEqual([1, 1])
  },

  'exchanges have ids and sequence numbers of their own, and are found by both': async (create) => {
    const { journal } = create()
    const ids = await Promise.all(Array.from({ length: 20 }, () => journal.open()))
    expect(new Set(ids).size).toBe(20)
    const recorded = await Promise.all(ids.map((id) => journal.record(exchange(id))))
    expect(recorded.map(({ sequence }) => sequence).sort((a, b) => a - b)).toEqual(ids.map((_, index) => index + 1))
    expect((await collect(journal.since(18))).map(({ sequence }) => sequence)).toEqual([19, 20])
    expect((await journal.list({ limit: 2, before: 20 })).map(({ sequence }) => sequence)).toEqual([19, 18])
    expect([await journal.count({ status: 200 }), await journal.count({ status: 404 })]).toEqual([20, 0])
    expect(await journal.find(ids[0] ?? '')).toMatchObject({ id: ids[0] })
    expect(await journal.usage()).toMatchObject({ exchanges: 20, dropped: 0 })
  },

  'an answer that did not arrive is noted in its exchange, and of what is not kept nothing': async (create) => {
    const { journal } = create()
    for (const id of ['x1', 'x2']) await journal.record(exchange(id))
    await journal.noteUnheard('x1')
    await journal.noteUnheard('x9')
    const response = exchange('x1').response
    const all = await journal.list({ limit: 9 })
    expect(all.map((one) => one.response)).toEqual([response, { ...response, unheard: true }])
    expect(await journal.find('x1')).toEqual({
      sequence: 1,
      ...exchange('x1'),
      response: { ...response, unheard: true },
    })
  },

  'who follows the journal is told of each exchange, and of its end': async (create) => {
    const { journal } = create()
    const told: (number | string)[] = []
    journal.subscribe(
      ({ sequence }) => told.push(sequence),
      () => told.push('closed'),
    )
    journal.subscribe(({ sequence }) => told.push(-sequence))()
    await journal.record(exchange('x1'))
    journal.close()
    await journal.record(exchange('x2'))
    expect(told).toEqual([1, 'closed'])
  },

  'registers: what is put is found, and takes the place of what was there': async (create) => {
    const { clients, routes, vkpRegister, notes } = create()
    for (const name of ['First', 'Second']) await clients.put({ ...client('own'), name })
    expect([await clients.find('own'), await clients.find('none')]).toEqual([client('own', 'Second'), undefined])
    expect((await clients.list()).filter(({ clientId }) => clientId === 'own')).toHaveLength(1)
    await routes.replace([{ orgnr: '*', vkpId: 'A', mode: 'proxy' }])
    expect([await routes.find('1', 'A'), await routes.find('1', 'B')]).toMatchObject([
      { mode: 'proxy' },
      { mode: 'classic' },
    ])
    await vkpRegister.replace([{ orgnr: '1', vkpId: 'A', active: true, serviceCodes: [] }])
    expect([await vkpRegister.knows('1'), await vkpRegister.knows('2')]).toEqual([true, false])
    expect(await vkpRegister.find('1', 'B')).toBeUndefined()
    for (const id of ['a', 'b']) await notes.add(note(id))
    expect((await notes.list('m')).map(({ id }) => id)).toEqual(['b', 'a'])
    expect([await notes.find('m', 'a'), await notes.find('n', 'a'), await notes.dropped()]).toEqual([
      note('a'),
      undefined,
      0,
    ])
  },

  'the population is there, and each is found by the number': async (create) => {
    const { population } = create()
    const all = await population.list()
    expect(all.length).toBeGreaterThan(0)
    const number = all[0]?.person.identityNumber ?? ''
    expect((await population.find(number))?.person.identityNumber).toBe(number)
    expect(await population.find('00000000000')).toBeUndefined()
  },
}

const ORDER: FaultOrder = { match: {}, effect: { kind: 'status', status: 503 }, times: 1, probability: 1 }
const VISIT: Visit = { surface: 'jft-read', step: 'route', method: 'GET', path: '/v1/Bundle' }

const passage = (): Passage => ({ ordinals: new Map(), fired: new Set(), spent: false })

/** As much of a world as a snapshot is made of. */
function worldOf(state: State) {
  const clock = { state: { frozen: true, now: 0, rate: 1, lastStamp: 0 } }
  return { state, settings: { assumptions: {} }, time: { clock, ids: {} } } as unknown as World
}

function event(n: number): EventSubmission {
  const texts = { textBefore: 'x', textAfter: 'y' }
  const who = { municipality: 'm', clientId: 'vendor' }
  return { id: `id-${n}`, type: 'Composition', kind: 'alarm', ...who, ...texts, delay: 0, fails: false }
}

function client(clientId: string, name = 'Own'): Client {
  const lists = { delegations: [], children: [], scopes: [], grantTypes: [], publicKeys: [] }
  return { clientId, name, tenancy: 'none', organization: '994598759', dpop: 'required', apiClaims: {}, ...lists }
}

function exchange(id: string): Omit<Exchange, 'sequence'> {
  return {
    id,
    surface: 'jft-read',
    time: '2030-01-01T12:00:00.000Z',
    milliseconds: 1,
    request: { method: 'GET', url: 'http://localhost:7357/read/v1/Composition', headers: [] },
    response: { status: 200, headers: [] },
    steps: [],
    issues: [],
    warnings: [],
    caller: {},
  }
}

function note(id: string): JournalNote {
  const patient = { identifier: null, name: null }
  const texts = { title: 'Note', text: 'x', source: '{}' }
  return { id, time: '2030-01-01T12:00:00.000Z', municipality: 'm', type: 'Composition', patient, ...texts }
}
