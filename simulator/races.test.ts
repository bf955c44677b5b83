import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { noteFactory } from '../fixtures/index.ts'
import { startServer } from './adapters/node.ts'
import type { Assumptions } from './ground/settings/assumptions.ts'
import { createSimulator } from './simulator.ts'
import { createSigningKeys } from './state/memory/keys.ts'
import type { EventList, FaultInfo } from './surfaces/control/types.ts'

/**
 * Requests that meet at one event. Each race is run in order, by a delay that lasts until the test ends it, through the
 * function that is the simulator and through a port.
 */

type Send = (path: string, init?: RequestInit) => Promise<Response>
type Settings = Partial<Assumptions>

const keys = createSigningKeys()
const closing: (() => Promise<void>)[] = []

const DOORS: Readonly<Record<string, (assumptions: Settings) => Promise<Send>>> = {
  fetch: async (assumptions) => {
    const simulator = createSimulator({ auth: 'relaxed', assumptions }, { keys })
    return (path, init) => simulator.fetch(new Request(`http://localhost:7357${path}`, init))
  },
  HTTP: async (assumptions) => {
    const { url, close } = await startServer({ port: 0, auth: 'relaxed', assumptions }, { keys })
    closing.push(close)
    return (path, init) => fetch(`${url}${path}`, init)
  },
}

// The delays of faults alone: sockets and clocks continue as ever.
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())
afterAll(async () => void (await Promise.all(closing.map((close) => close()))))

const DELAY = 500
const MUNICIPALITY = '313231593'

/** A client of JFT with one event that it has submitted. */
async function begin(door: string, assumptions: Settings = {}) {
  const send = await DOORS[door]?.(assumptions)
  if (!send) throw new Error(`There is no door ${door}.`)
  const call = (method: string, path: string, body?: string) =>
    send(path, {
      method,
      headers: { 'jftsim-municipality': MUNICIPALITY, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body }),
    })
  const submit = () => call('POST', '/write/v1/Composition', JSON.stringify(noteFactory.build()))
  const id = (await submit()).headers.get('location')?.split('/').at(-2) ?? ''
  const json = async (answer: Promise<Response>) => (await (await answer).json()) as Record<string, unknown>
  return {
    id,
    call,
    submit,
    acknowledge: () => call('POST', `/write/v1/Composition/${id}/$journaling-acknowledged`),
    status: () => json(call('GET', `/read/v1/Composition/${id}/$status`)),
    /** The ids that a search finds, in its order. */
    search: async (query = '') => {
      const { entry = [] } = await json(call('GET', `/read/v1/Composition${query}`))
      return (entry as { resource: { id: string } }[]).map(({ resource }) => resource.id)
    },
    /** Delays that step of the next requests, until `go`. */
    async hold(surface: string, step: string, times = 1) {
      const order = { surface, step, effect: { kind: 'latency', delay: DELAY }, times }
      const { id: fault } = (await json(call('POST', '/_sim/faults', JSON.stringify(order)))) as unknown as FaultInfo
      return {
        /** Resolves when so many requests are held. */
        async holds(wanted = times) {
          let fired = 0
          while (fired < wanted)
            fired = ((await json(call('GET', `/_sim/faults/${fault}`))) as never as FaultInfo).fired
        },
        go: () => vi.advanceTimersByTimeAsync(DELAY),
      }
    },
  }
}

/** All that a page can be asked for. */
const SEARCHES = [
  '',
  '?_sort=-_lastUpdated',
  '?_tag=true',
  '?_tag:not=true',
  '?_count=1',
  '?_lastUpdated=ge2020-01-01T00:00Z',
]

const MOVING: readonly Settings[] = [
  { acknowledgeUpdatesLastUpdated: true },
  { readUpdatesLastUpdated: true },
  { acknowledgeUpdatesLastUpdated: true, readUpdatesLastUpdated: true },
]

describe.each(Object.keys(DOORS))('through %s', (door) => {
  test('an event that is read while its acknowledgement is slow stays read', async () => {
    const jft = await begin(door)
    const slow = await jft.hold('jft-write', 'acknowledge')
    const acknowledging = jft.acknowledge()
    await slow.holds()
    expect(await jft.search()).toEqual([jft.id])
    const { read } = await jft.status()
    expect(read).toEqual(expect.any(String))
    await slow.go()
    expect((await acknowledging).status).toBe(202)
    expect(await jft.status()).toMatchObject({ read, journalingAcknowledged: expect.any(String) })
  })

  test('of two acknowledgements that meet, the first is kept', async () => {
    const jft = await begin(door, { acknowledgeUpdatesLastUpdated: true })
    const slow = await jft.hold('jft-write', 'acknowledge')
    const late = jft.acknowledge()
    await slow.holds()
    await jft.acknowledge()
    const pages = () => Promise.all(['', '?_tag=true'].map((query) => jft.call('GET', `/read/v1/Composition${query}`)))
    const stampsOf = async (answers: Response[]) =>
      Promise.all(answers.map(async (one) => /"lastUpdated":"([^"]+)"/.exec(await one.text())?.[1]))
    const before = await stampsOf(await pages())
    await slow.go()
    await late
    expect(before).toEqual([expect.any(String), before[0]])
    expect(await stampsOf(await pages())).toEqual(before)
  })

  test('a reset while events are submitted: each of them is gone, or wholly there', async () => {
    const jft = await begin(door)
    const slow = await jft.hold('jft-write', 'store', 3)
    const before = [jft.submit(), jft.submit(), jft.submit()]
    await slow.holds()
    const resetting = jft.call('POST', '/_sim/reset')
    const [, after] = await Promise.all([resetting, slow.go().then(() => jft.submit())])
    const answers = [...(await Promise.all(before)), after]
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202])
    const found = await jft.search('?_count=50')
    for (const { headers } of answers) {
      const path = new URL(headers.get('location') ?? '').pathname
      const there = found.includes(path.split('/').at(-2) ?? '')
      expect((await jft.call('GET', path)).status).toBe(there ? 200 : 404)
    }
    expect(found).not.toContain(jft.id)
    const { events, usage } = (await (await jft.call('GET', '/_sim/events')).json()) as EventList
    expect([new Set(events.map((event) => event.id)), usage.events]).toEqual([new Set(found), found.length])
  })

  describe.each(MOVING)('with %j, an event stands once in every later page', (assumptions) => {
    const everywhere = async (jft: Awaited<ReturnType<typeof begin>>) => {
      for (const query of SEARCHES) {
        const open = query.includes(':not')
        expect([query, await jft.search(query)]).toEqual([query, open ? [] : [jft.id]])
      }
    }

    test.each([
      ['acknowledge beside search', 'jft-write', 'acknowledge', ['acknowledge'], ['search']],
      ['search beside acknowledge', 'jft-read', 'page', ['search'], ['acknowledge']],
      ['two acknowledgements and a search', 'jft-write', 'acknowledge', ['acknowledge', 'acknowledge'], ['search']],
      ['two searches and an acknowledgement', 'jft-read', 'page', ['search', 'search'], ['acknowledge']],
      ['an acknowledgement beside another', 'jft-write', 'acknowledge', ['acknowledge'], ['acknowledge']],
    ] as const)('%s', async (_name, surface, step, held, meanwhile) => {
      const jft = await begin(door, assumptions)
      const slow = await jft.hold(surface, step, held.length)
      const requests = held.map((name) => jft[name]())
      await slow.holds()
      for (const name of meanwhile) await jft[name]()
      await slow.go()
      await Promise.all(requests)
      await jft.acknowledge()
      await everywhere(jft)
    })

    test('all at once, without any delay', async () => {
      const jft = await begin(door, assumptions)
      await Promise.all([jft.acknowledge(), jft.search(), jft.acknowledge(), jft.search()])
      await everywhere(jft)
    })
  })
})
