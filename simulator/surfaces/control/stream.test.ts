import { describe, expect, test } from 'vitest'
import { createSimulator, type Simulator } from '../../simulator.ts'
import type { Exchange } from '../../state/exchange.ts'

const BASE = 'http://localhost:7357'

function exchangeOf(id: string, text: string): Omit<Exchange, 'sequence'> {
  return {
    id,
    surface: 'jft-read',
    time: '2030-01-01T12:00:00.000Z',
    milliseconds: 1,
    request: { method: 'GET', url: `${BASE}/read/v1/Composition?x=${text}`, headers: [] },
    response: { status: 200, headers: [] },
    steps: [],
    issues: [],
    warnings: [],
    caller: {},
  }
}

async function record(simulator: Simulator, count: number, text = ''): Promise<void> {
  const { journal } = simulator.world.state
  for (let n = 0; n < count; n += 1) await journal.record(exchangeOf(await journal.open(), text))
}

function open(simulator: Simulator, lastEventId?: string): Promise<Response> {
  const headers: Record<string, string> = lastEventId === undefined ? {} : { 'last-event-id': lastEventId }
  return simulator.fetch(new Request(`${BASE}/_sim/stream`, { headers }))
}

/** What a reader gets until nothing more waits for it, as ids and numbers; a reader who continues. */
async function read(answer: Response) {
  const reader = answer.body?.getReader() as ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>
  let text = ''
  let ended = false
  const until = async (done: (text: string) => boolean) => {
    while (!done(text) && !ended) {
      const part = await reader.read()
      if (part.done) ended = true
      else text += new TextDecoder().decode(part.value)
    }
    const ids = Array.from(text.matchAll(/^id: (\d+)$/gm), ([, id]) => Number(id))
    return { ids, missed: /event: missed\ndata: \{"missed":(\d+)\}/.exec(text)?.[1], text, ended }
  }
  return { until, cancel: () => reader.cancel() }
}

describe('a reader that comes back', () => {
  /** As many as a journal of 8 MB has of them; the stream has room for half a megabyte. */
  const COUNT = 900
  const text = 'y'.repeat(4_000)

  test.each([0, 1, 300, 500, 700, 899])('after message %i gets what is left, and how much it missed', async (seen) => {
    const simulator = createSimulator()
    await record(simulator, COUNT, text)
    const answer = await open(simulator, String(seen))
    expect(answer.status).toBe(200)
    const reader = await read(answer)
    const { ids, missed } = await reader.until((got) => got.includes(`id: ${COUNT}\n`))
    expect(ids.length + Number(missed ?? 0)).toBe(COUNT - seen)
    expect(ids).toEqual(Array.from({ length: ids.length }, (_, n) => COUNT - ids.length + n + 1))
    expect(ids.length).toBeGreaterThan(0)
    await record(simulator, 1)
    expect((await reader.until((got) => got.includes(`id: ${COUNT + 1}\n`))).ids.at(-1)).toBe(COUNT + 1)
    await reader.cancel()
  })

  test('to a journal that has dropped what it missed is told the number', async () => {
    const simulator = createSimulator({ limits: { journalBytes: 50_000 } })
    await record(simulator, 100)
    const { exchanges, dropped } = await simulator.world.state.journal.usage()
    const reader = await read(await open(simulator, '10'))
    const { ids, missed } = await reader.until((got) => got.includes('id: 100\n'))
    expect([ids.length, Number(missed), dropped > 10]).toEqual([exchanges, dropped - 10, true])
  })

  test.each(['900', '901', '99999999999999999999'])(
    'after a reset with %s gets all of the new journal',
    async (seen) => {
      const simulator = createSimulator()
      await record(simulator, 3)
      const reader = await read(await open(simulator, seen))
      const { ids, missed } = await reader.until((got) => got.includes('id: 3\n'))
      expect([ids, missed]).toEqual([[1, 2, 3], undefined])
    },
  )

  test.each(['', 'x', '-1', '1.5', 'NaN', '\u00e5'])('with %o is a new one', async (seen) => {
    const simulator = createSimulator()
    await record(simulator, 3)
    const answer = await open(simulator, seen)
    expect(answer.status).toBe(200)
    const reader = await read(answer)
    await record(simulator, 1)
    expect((await reader.until((got) => got.includes('id: 4\n'))).ids).toEqual([4])
  })

  test('at the border, where the last message is too much, does not disturb whoever comes next', async () => {
    for (const room of [1, 100, 127, 128, 129, 250, 1_000]) {
      const simulator = createSimulator()
      await record(simulator, room, text)
      await record(simulator, 1, 'y'.repeat(1_200_000))
      await open(simulator, '0')
      await record(simulator, 5)
      expect((await simulator.world.state.journal.usage()).exchanges).toBeGreaterThan(5)
    }
  })
})

test('a reader that does not read is cut off, and nobody else notices', async () => {
  const simulator = createSimulator()
  const answer = await open(simulator)
  await record(simulator, 400, 'y'.repeat(4_000))
  const { ended } = await (await read(answer)).until(() => false)
  expect(ended).toBe(true)
})

test('a sandbox that is forgotten ends its streams', async () => {
  let machine = Date.now()
  const simulator = createSimulator({ limits: { sandboxIdleMinutes: 5 } }, { wall: () => machine })
  await simulator.sandboxes.create({ name: 'one' })
  const answer = await simulator.fetch(new Request(`${BASE}/s/one/_sim/stream`))
  machine += 6 * 60_000
  await simulator.sandboxes.list()
  expect((await (await read(answer)).until(() => false)).ended).toBe(true)
})

describe('what a listener does wrong', () => {
  const thrower = () => {
    throw new Error('a listener')
  }

  test('reaches nobody who records, submits, orders a fault or closes', async () => {
    const { world } = createSimulator({ auth: 'relaxed' })
    const { journal, events, patients, faults } = world.state
    const told: string[] = []
    for (const store of [journal, events, patients, faults]) store.subscribe(thrower)
    journal.subscribe(() => told.push('journal'), thrower)
    events.subscribe(() => told.push('events'))
    patients.subscribe(() => told.push('patients'))
    faults.subscribe(() => told.push('faults'))
    const send = (path: string, body: unknown) =>
      world.net.fetch(
        new Request(BASE + path, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'jftsim-municipality': '313231593' },
          body: JSON.stringify(body),
        }),
      )
    const note = { resourceType: 'Composition', status: 'final', type: { text: 'x' }, author: [{ display: 'x' }] }
    const submitted = await send('/write/v1/Composition', { ...note, title: 'x', date: '2026-05-26T10:06:17+02:00' })
    const person = { identifier: [{ system: 'urn:oid:2.16.578.1.12.4.1.4.1', value: '02850097219' }] }
    const patient = await send('/pit/v1/Patient', { resourceType: 'Patient', ...person })
    const fault = await send('/_sim/faults', { preset: 'retry-trap' })
    expect([submitted.status, patient.status, fault.status]).toEqual([202, 202, 201])
    expect(new Set(told)).toEqual(new Set(['journal', 'events', 'patients', 'faults']))
    expect(() => journal.close()).not.toThrow()
  })
})
