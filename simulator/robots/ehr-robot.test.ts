import { describe, expect, test } from 'vitest'
import { alarmFactory, dispensingFactory, noteFactory } from '../../fixtures/index.ts'
import { type RobotTest, startRobots } from './robots.fixture.ts'

const MINUTE = 60_000
const DAY = 1_440 * MINUTE

/** A robot EHR that is on, and an event of each type that a vendor has submitted. */
async function withEvents(settings: object) {
  const robots = startRobots()
  await robots.put('ehr', { on: true, ...settings })
  for (const event of [noteFactory.build(), alarmFactory.build(), dispensingFactory.build()]) await robots.submit(event)
  return robots
}

/** How often each event was acknowledged, and with what answer. */
async function acknowledgements({ simulator }: RobotTest): Promise<number[][]> {
  const exchanges = await simulator.world.state.journal.list({ limit: 1_000, surface: 'jft-write' })
  const calls = exchanges.filter(({ request }) => request.url.endsWith('$journaling-acknowledged'))
  const urls = [...new Set(calls.map(({ request }) => request.url))]
  return urls.map((url) => calls.filter(({ request }) => request.url === url).map(({ response }) => response.status))
}

const ONCE = [[202], [202], [202]]
const NEVER: number[][] = []

describe('the robot EHR', () => {
  test('does nothing until it is switched on', async () => {
    const robots = startRobots()
    await robots.submit(noteFactory.build())
    await robots.after(MINUTE)
    expect(await robots.simulator.world.state.journal.list({ limit: 10, surface: 'jft-read' })).toEqual([])
    expect(await robots.robot('ehr')).toMatchObject({ settings: { on: false }, activity: { read: 0 } })
  })

  test('reads, journals and acknowledges what a vendor submitted, as $status shows', async () => {
    const robots = await withEvents({})
    const id = await robots.submit(noteFactory.build())
    await robots.after(0)
    const status = await (await robots.call('GET', `/read/v1/Composition/${id}/$status`)).json()
    expect(status).toMatchObject({
      read: '2026-03-02T12:00:00+00:00',
      journalingAcknowledged: '2026-03-02T12:00:00+00:00',
    })
    expect(await robots.robot('ehr')).toMatchObject({
      activity: { read: 4, acknowledged: 4, waiting: 0, lastError: null },
    })
    expect(await robots.simulator.world.state.notes.list('313231593')).toHaveLength(4)
  })

  test('calls with a real token, as EHR-Local, for its municipality', async () => {
    const robots = await withEvents({})
    await robots.after(0)
    const [newest] = await robots.simulator.world.state.journal.list({ limit: 1, surface: 'jft-read' })
    expect(newest?.caller).toMatchObject({ clientName: 'EHR-Local', municipality: '313231593' })
  })

  test('follows next, over more events than a page has', async () => {
    const robots = await withEvents({})
    for (let count = 0; count < 45; count += 1) await robots.submit(noteFactory.build())
    await robots.after(0)
    expect(await robots.robot('ehr')).toMatchObject({ activity: { read: 48, acknowledged: 48 } })
  })

  test('continues in the next tick where one has too much to do', async () => {
    const robots = await withEvents({})
    for (let count = 0; count < 300; count += 1) await robots.submit(noteFactory.build())
    await robots.after(0)
    const { read } = (await robots.robot('ehr')).activity
    expect(read).toBeLessThan(303)
    await robots.after(0)
    await robots.after(0)
    expect(await robots.robot('ehr')).toMatchObject({ activity: { read: 303, acknowledged: 303, waiting: 0 } })
  })

  test('polls at its interval, by the clock of the world', async () => {
    const robots = await withEvents({ intervalMs: 10_000 })
    await robots.after(0)
    await robots.submit(noteFactory.build())
    await robots.after(9_999)
    expect(await robots.robot('ehr')).toMatchObject({ activity: { read: 3 } })
    await robots.after(1)
    expect(await robots.robot('ehr')).toMatchObject({ activity: { read: 4 } })
  })

  test('continues after the clock was set back', async () => {
    const robots = await withEvents({})
    robots.clock.advance(600 * MINUTE)
    await robots.put('ehr', { on: true })
    robots.clock.freeze(robots.clock.now() - 300 * MINUTE)
    await robots.after(0)
    await robots.after(5_000)
    expect(await robots.robot('ehr')).toMatchObject({ activity: { read: 3, acknowledged: 3 } })
  })

  test('renews its token', async () => {
    const robots = await withEvents({})
    await robots.after(0)
    await robots.submit(noteFactory.build())
    await robots.after(DAY)
    expect(await robots.robot('ehr')).toMatchObject({ activity: { acknowledged: 4, lastError: null } })
  })
})

describe.each([
  ['prompt', {}, 0, ONCE, ONCE],
  ['slow', {}, 30_000, NEVER, ONCE],
  ['late', {}, DAY, NEVER, ONCE],
  ['never', {}, 10 * DAY, NEVER, NEVER],
  ['slow', { delayMs: 5_000 }, 5_000, NEVER, ONCE],
  [
    'twice',
    {},
    5_000,
    ONCE,
    [
      [202, 202],
      [202, 202],
      [202, 202],
    ],
  ],
])('told to acknowledge %s %j', (mode, settings, milliseconds, atFirst, inTheEnd) => {
  test(`it does after ${milliseconds} ms, and not again`, async () => {
    const robots = await withEvents({ mode, ...settings })
    await robots.after(0)
    expect(await acknowledgements(robots)).toEqual(atFirst)
    await robots.after(milliseconds)
    await robots.after(DAY)
    expect(await acknowledgements(robots)).toEqual(inTheEnd)
  })
})

describe('failures', () => {
  test('a municipality that gave no delegation is the last error, and the robot tries again', async () => {
    const robots = startRobots()
    await robots.put('ehr', { on: true, municipality: '314159265' })
    await robots.after(0)
    const { lastError } = (await robots.robot('ehr')).activity
    expect(lastError).toContain('The token request was answered with 400')
    await robots.put('ehr', { on: true })
    await robots.submit(noteFactory.build())
    await robots.after(0)
    expect(await robots.robot('ehr')).toMatchObject({ activity: { acknowledged: 1, lastError: null } })
  })

  test('a reset switches it off, and what was to be acknowledged is forgotten', async () => {
    const robots = await withEvents({ mode: 'slow' })
    await robots.after(0)
    await robots.simulator.fetch(new Request('http://localhost:7357/_sim/reset', { method: 'POST' }))
    await robots.after(MINUTE)
    expect(await robots.robot('ehr')).toMatchObject({ settings: { on: false }, activity: { read: 0, waiting: 0 } })
    expect(await acknowledgements(robots)).toEqual(NEVER)
  })

  test('an acknowledgement that is refused is counted, and the others are sent', async () => {
    const robots = await withEvents({ mode: 'slow' })
    await robots.after(0)
    const lost = { surface: 'jft-write', step: 'event', effect: { kind: 'status', status: 404 }, times: 3 }
    await robots.simulator.fetch(
      new Request('http://localhost:7357/_sim/faults', { method: 'POST', body: JSON.stringify(lost) }),
    )
    const kept = await robots.submit(noteFactory.build())
    await robots.after(5_000)
    await robots.after(30_000)
    const { activity } = await robots.robot('ehr')
    expect(activity).toMatchObject({ acknowledged: 1, refused: 3, waiting: 0 })
    expect(activity.lastError).toMatch(/^The acknowledgement of \w+\/[0-9a-f-]+ was answered with 404/)
    expect((await acknowledgements(robots)).flat().sort()).toEqual([202, 404, 404, 404])
    const event = await robots.simulator.world.state.events.find(`Composition/${kept}`)
    expect(event?.acknowledged).toEqual(expect.any(Number))
  })
})
