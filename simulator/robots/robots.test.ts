import { describe, expect, test } from 'vitest'
import { noteFactory } from '../../fixtures/index.ts'
import { startRobots } from './robots.fixture.ts'

describe('the control API', () => {
  test('lists the robots with their settings; all are off', async () => {
    const robots = startRobots()
    expect((await robots.robot('ehr')).settings).toEqual({
      on: false,
      municipality: '313231593',
      intervalMs: 5_000,
      mode: 'prompt',
    })
    expect((await robots.robot('response-centre')).settings).toEqual({
      on: false,
      municipality: '313231593',
      eventsPerMinute: 6,
      kinds: ['note', 'alarm', 'measurement', 'supervision', 'form-answer', 'dispensing'],
      via: 'jft',
    })
  })

  test('answers the robot as it is then', async () => {
    const answer = await startRobots().put('ehr', { on: true, mode: 'slow', delayMs: 1 })
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({ name: 'ehr', settings: { on: true, mode: 'slow', delayMs: 1 } })
  })

  test.each([
    ['ehr', { on: 1, mode: 'quick', interval: 5 }, ['on: ', 'mode: ', 'interval: There is no such setting.']],
    ['ehr', { municipality: '12' }, ['municipality: It must be the nine digits of an organisation number.']],
    ['ehr', [], ['The body: ']],
    ['response-centre', { kinds: ['note', 'x'], eventsPerMinute: 0 }, ['eventsPerMinute: ', 'kinds.1: ']],
    ['response-centre', { kinds: [] }, ['kinds: ']],
  ])('names every wrong field of %s %j, and changes nothing', async (name, settings, expected) => {
    const robots = startRobots()
    const before = await robots.robot(name)
    const answer = await robots.put(name, settings)
    const { issues } = (await answer.json()) as { issues: { message: string }[] }
    expect(answer.status).toBe(400)
    expect(issues.map(({ message }, index) => message.slice(0, expected[index]?.length))).toEqual(expected)
    expect(await robots.robot(name)).toEqual(before)
  })

  test('there is no other robot', async () => {
    const answer = await startRobots().put('doctor', {})
    expect(answer.status).toBe(404)
  })
})

test('each sandbox has robots of its own', async () => {
  const { simulator } = startRobots()
  const world = await simulator.sandboxes.create({ name: 'other' })
  await world.robots.configure('response-centre', { on: true, eventsPerMinute: 6_000 })
  await world.robots.configure('ehr', { on: true })
  await world.robots.tick()
  await world.robots.tick()
  expect((await world.state.events.usage()).records).toBeGreaterThan(0)
  expect((await world.robots.list()).flatMap(({ activity }) => activity.lastError ?? [])).toEqual([])
  expect((await simulator.world.state.events.usage()).records).toBe(0)
})

test('ticks at the same time are one', async () => {
  const robots = startRobots()
  await robots.put('ehr', { on: true })
  await robots.submit(noteFactory.build())
  const { tick } = robots.simulator.world.robots
  await Promise.all([tick(), tick(), tick()])
  expect(await robots.robot('ehr')).toMatchObject({ activity: { read: 1, acknowledged: 1 } })
})
