import { describe, expect, test } from 'vitest'
import { validateStrict } from '../rules/fhir/strict.ts'
import { EVENTS } from './events.ts'
import { type RobotTest, startRobots } from './robots.fixture.ts'
import { KINDS } from './settings.ts'

const MINUTE = 60_000

async function switchedOn(settings: object = {}) {
  const robots = startRobots()
  const answer = await robots.put('response-centre', { on: true, ...settings })
  expect(answer.status).toBe(200)
  return robots
}

const submissions = async ({ simulator }: RobotTest, surface = 'jft-write') =>
  (await simulator.world.state.journal.list({ limit: 1_000, surface })).map(({ response }) => response.status)

describe('the events', () => {
  test.each(KINDS)('%s is valid R4', (kind) => {
    for (let number = 0; number < 25; number += 1) {
      const someone = { identityNumber: '02850097219', name: 'NONFIGURATIV HESTESKO' }
      const time = '2026-03-02T12:00:00.000Z'
      const scene = { patient: someone, author: someone, time, municipality: '313231593', number }
      const event = EVENTS[kind]({ ...scene, uuid: () => crypto.randomUUID() })
      expect(validateStrict(JSON.stringify(event)).issues).toEqual([])
    }
  })

  test.each(KINDS)('JFT accepts %s, about a patient of the EHR with that service', async (kind) => {
    const robots = await switchedOn({ kinds: [kind], eventsPerMinute: 60 })
    await robots.after(9_000)
    expect(await submissions(robots)).toEqual(Array.from({ length: 10 }, () => 202))
    const numbers = new Set(
      (await robots.simulator.world.state.population.list()).map(({ person }) => person.identityNumber),
    )
    for (const { textBefore, textAfter } of await robots.simulator.world.state.events.recent(10, 0)) {
      const [patient] =
        (textBefore + textAfter).match(
          /(?<="(?:subject|patient)":\{"identifier":\{"system":"[^"]+","value":")\d{11}/,
        ) ?? []
      expect(numbers).toContain(patient)
    }
  })

  test('kinds take turns', async () => {
    const robots = await switchedOn({ kinds: ['note', 'dispensing', 'alarm'], eventsPerMinute: 60 })
    await robots.after(5_000)
    const types = (await robots.simulator.world.state.events.recent(10, 0)).map(({ type }) => type)
    const turn = ['Bundle', 'MedicationDispense', 'Composition']
    expect(types).toEqual([...turn, ...turn])
  })
})

describe('the rate', () => {
  test('is kept under a moved clock, whatever the ticks', async () => {
    const robots = await switchedOn({ eventsPerMinute: 10 })
    for (const milliseconds of [0, 1_000, 59_000, MINUTE, 10, 3 * MINUTE]) await robots.after(milliseconds)
    expect(await robots.robot('response-centre')).toMatchObject({ activity: { submitted: 51, refused: 0, behind: 0 } })
  })

  test('stands still with the clock', async () => {
    const robots = await switchedOn()
    await robots.after(0)
    await robots.after(0)
    expect(await robots.robot('response-centre')).toMatchObject({ activity: { submitted: 1 } })
  })

  test('a leap of the clock is worked off tick by tick', async () => {
    const robots = await switchedOn({ eventsPerMinute: 150 })
    await robots.after(MINUTE)
    expect(await robots.robot('response-centre')).toMatchObject({ activity: { submitted: 100, behind: 51 } })
    await robots.after(0)
    expect(await robots.robot('response-centre')).toMatchObject({ activity: { submitted: 151, behind: 0 } })
  })

  test('a clock that was set back does not stop it', async () => {
    const robots = await switchedOn({ eventsPerMinute: 60 })
    robots.clock.advance(600 * MINUTE)
    await robots.put('response-centre', { on: true, eventsPerMinute: 60 })
    robots.clock.freeze(robots.clock.now() - 300 * MINUTE)
    await robots.after(0)
    await robots.after(2_000)
    expect(await robots.robot('response-centre')).toMatchObject({ activity: { submitted: 2 } })
  })
})

describe('by way of VKP', () => {
  test('a municipality that VKP serves itself gets notes, and JFT nothing', async () => {
    const robots = await switchedOn({ via: 'vkp', municipality: '313231593', eventsPerMinute: 60 })
    await robots.after(5_000)
    expect(await robots.robot('response-centre')).toMatchObject({ activity: { submitted: 6, lastError: null } })
    expect(await robots.simulator.world.state.notes.list('313231593')).toHaveLength(6)
    expect((await robots.simulator.world.state.events.usage()).records).toBe(0)
  })

  test('one that VKP is a proxy for gets events in JFT', async () => {
    const robots = await switchedOn({ via: 'vkp', municipality: '312229544', eventsPerMinute: 60 })
    await robots.after(5_000)
    expect(await robots.robot('response-centre')).toMatchObject({ activity: { submitted: 6, lastError: null } })
    expect(await robots.simulator.world.state.notes.list('312229544')).toEqual([])
    expect((await robots.simulator.world.state.events.usage()).records).toBe(6)
  })
})

test('a refused event is counted, shown, and does not stop the stream', async () => {
  const robots = await switchedOn({ municipality: '994598759', eventsPerMinute: 60 })
  await robots.after(0)
  await robots.after(1_000)
  const { activity } = await robots.robot('response-centre')
  expect(activity).toMatchObject({ submitted: 0, refused: 2 })
  expect(activity.lastError).toContain('The token request was answered with 400')
})

test('both robots together: what one sends, the other acknowledges', async () => {
  const robots = await switchedOn({ eventsPerMinute: 60 })
  await robots.put('ehr', { on: true })
  for (let count = 0; count < 4; count += 1) await robots.after(5_000)
  expect(await robots.robot('response-centre')).toMatchObject({ activity: { submitted: 21 } })
  expect(await robots.robot('ehr')).toMatchObject({ activity: { read: 16, acknowledged: 16 } })
})
