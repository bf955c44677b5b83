import type { Bundle, Patient } from 'fhir/r4.js'
import { describe, expect, test } from 'vitest'
import { validateStrict } from '../rules/fhir/strict.ts'
import { patientText } from '../services/pit/page.ts'
import { patientResource } from '../services/population/patient.ts'
import type { Person } from '../state/population.ts'
import { type RobotTest, startRobots } from './robots.fixture.ts'

const MINUTE = 60_000
const MUNICIPALITY = '313231593'

/** What PIT has, oldest change first. */
async function inPit({ simulator }: RobotTest): Promise<Patient[]> {
  const all = await simulator.world.state.patients.recent(100, 0)
  return all.map((one) => JSON.parse(patientText(one)) as Patient).reverse()
}

const personsOf = async ({ simulator }: RobotTest) =>
  (await simulator.world.state.population.list()).map(({ person }) => person)

/** What PIT has, without what PIT adds. */
async function asHandedOver(robots: RobotTest) {
  return (await inPit(robots)).map(({ id: _id, meta: _meta, ...rest }) => rest)
}

const fault = ({ simulator }: RobotTest, order: object) =>
  simulator.fetch(new Request('http://localhost:7357/_sim/faults', { method: 'POST', body: JSON.stringify(order) }))

const happens = ({ simulator }: RobotTest, person: string, change: string) =>
  simulator.fetch(new Request(`http://localhost:7357/ehr/persons/${person}/${change}`, { method: 'POST' }))

/** The status of every hand-over, oldest first. */
async function handOvers({ simulator }: RobotTest): Promise<number[]> {
  const all = await simulator.world.state.journal.list({ limit: 1_000, surface: 'pit', method: 'POST' })
  return all.map(({ response }) => response.status).reverse()
}

const QUIET = { on: true, changesPerMinute: 0 }

describe('the robot EHR', () => {
  test('hands over everybody, each valid R4, with EHR-PIT, and nobody again who has not changed', async () => {
    const robots = startRobots()
    await robots.put('pit-ehr', QUIET)
    await robots.after(0)
    await robots.after(MINUTE)
    const persons = await personsOf(robots)
    expect(await asHandedOver(robots)).toEqual(persons.map(patientResource))
    for (const patient of await inPit(robots)) expect(validateStrict(JSON.stringify(patient)).issues).toEqual([])
    expect(await handOvers(robots)).toEqual(persons.map(() => 202))
    const [newest] = await robots.simulator.world.state.journal.list({ limit: 1, surface: 'pit' })
    expect(newest?.caller).toMatchObject({ clientName: 'EHR-PIT', municipality: MUNICIPALITY })
    expect(await robots.robot('pit-ehr')).toMatchObject({ activity: { handedOver: persons.length, lastError: null } })
  })

  test.each<[string, (person: Person | undefined) => unknown, Partial<Patient>]>([
    [
      'address',
      (person) => person?.street,
      { active: true, address: [expect.objectContaining({ line: ['Nyveien 1'] })] },
    ],
    ['next-of-kin', (person) => person?.nextOfKin.given, { active: true, contact: [expect.anything()] }],
    ['death', (person) => person?.deceased, { active: false, deceasedDateTime: '2026-03-02T12:00:00.000Z' }],
    [
      'moved-away',
      (person) => person?.city,
      { active: false, address: [expect.objectContaining({ city: 'ANNETSTED' })] },
    ],
  ])('hands a change over once: %s', async (change, told, expected) => {
    const robots = startRobots()
    await robots.put('pit-ehr', QUIET)
    await robots.after(0)
    const [before] = await personsOf(robots)
    expect((await happens(robots, 'patient-1', change)).status).toBe(200)
    const [person, ...others] = await personsOf(robots)
    expect(told(person)).not.toEqual(told(before))
    await robots.after(5_000)
    await robots.after(5_000)
    expect((await handOvers(robots)).length).toBe(others.length + 2)
    expect((await inPit(robots)).at(-1)).toMatchObject({ ...expected, identifier: [{ value: person?.identityNumber }] })
    expect(await asHandedOver(robots)).toEqual([...others, person as Person].map(patientResource))
  })

  test('lets things happen at its rate, of every kind, and keeps four persons where they are', async () => {
    const robots = startRobots()
    await robots.put('pit-ehr', { on: true, changesPerMinute: 12 })
    for (let turn = 0; turn < 20; turn += 1) await robots.after(5_000)
    const changes = await robots.simulator.world.state.population.changes()
    const count = (kind: string) => changes.filter(({ change }) => change === kind).length
    expect([count('death'), count('moved-away')]).toEqual([1, 1])
    expect(count('address')).toBeGreaterThan(3)
    expect(count('next-of-kin')).toBeGreaterThan(3)
    const persons = await personsOf(robots)
    expect(persons.filter(({ deceased, movedAway }) => !deceased && !movedAway)).toHaveLength(4)
    await robots.put('pit-ehr', QUIET)
    await robots.after(0)
    const byNumber = (all: object[]) => all.map((one) => JSON.stringify(one)).sort()
    expect(byNumber(await asHandedOver(robots))).toEqual(byNumber(persons.map(patientResource)))
  })

  test.each([
    ['status', { kind: 'status', status: 503, retryAfter: 0 }],
    ['too many requests', { kind: 'status', status: 429, retryAfter: 0 }],
    ['a broken connection', { kind: 'reset', when: 'before' }],
    ['an answer that is lost', { kind: 'reset', when: 'after' }],
  ])('tries again what was refused for the moment: %s', async (_what, effect) => {
    const robots = startRobots()
    await robots.put('pit-ehr', QUIET)
    await fault(robots, { surface: 'pit', match: { method: 'POST', nth: 2 }, effect, times: 1 })
    await robots.after(0)
    expect((await robots.robot('pit-ehr')).activity.lastError).not.toBeNull()
    await robots.after(5_000)
    expect(await asHandedOver(robots)).toHaveLength((await personsOf(robots)).length)
  })

  test('does not repeat what is refused for good', async () => {
    const robots = startRobots()
    await robots.put('pit-ehr', QUIET)
    await fault(robots, { surface: 'pit', step: 'store', effect: { kind: 'status', status: 400 }, times: 1 })
    await robots.after(0)
    await robots.after(5_000)
    expect((await handOvers(robots)).filter((status) => status === 400)).toHaveLength(1)
    expect(await robots.robot('pit-ehr')).toMatchObject({ activity: { refused: 1, handedOver: 5 } })
  })
})

describe('the robot vendor', () => {
  /** The vendor's mirror, as far as it is shown, is what PIT has. */
  async function expectMirrored(robots: RobotTest) {
    const { activity } = await robots.robot('pit-vendor')
    expect(activity).toMatchObject({ persons: (await inPit(robots)).length })
    return activity
  }

  test('mirrors everybody page by page, and after that only what has changed', async () => {
    const robots = startRobots()
    await robots.put('pit-ehr', QUIET)
    await robots.after(0)
    await robots.put('pit-vendor', { on: true, count: 2 })
    await robots.after(0)
    expect(await expectMirrored(robots)).toMatchObject({ updates: 6, pages: 3 })
    await robots.after(5_000)
    await happens(robots, 'patient-2', 'address')
    // The EHR hands over before the vendor asks: robots run in their order.
    await robots.after(5_000)
    expect(await expectMirrored(robots)).toMatchObject({ updates: 7 })
    const [newest] = await robots.simulator.world.state.journal.list({ limit: 1, surface: 'pit', method: 'GET' })
    expect(newest?.request.url).toMatch(/_lastUpdated=ge2026/)
    expect(newest?.events?.length).toBeLessThan(3)
  })

  test.each([
    ['a page that breaks off', { kind: 'truncate', bytes: 50 }],
    ['an outage', { kind: 'status', status: 503, retryAfter: 0 }],
    ['an expired token', { kind: 'status', status: 401 }],
    ['a demand for a nonce', { kind: 'dpop-nonce' }],
  ])('loses nobody over %s', async (_what, effect) => {
    const robots = startRobots()
    await robots.put('pit-ehr', QUIET)
    await robots.after(0)
    await robots.put('pit-vendor', { on: true, count: 1 })
    await fault(robots, { surface: 'pit', match: { method: 'GET', nth: 3 }, effect, times: 1 })
    await robots.after(0)
    await robots.after(5_000)
    await expectMirrored(robots)
  })
})

test('the persons are the same for VKP, the EHR, PIT and events, whatever happens to them', async () => {
  const robots = startRobots()
  const { simulator } = robots
  await robots.put('pit-ehr', QUIET)
  const vkp = async (person: Person) => {
    const init = {
      method: 'POST',
      headers: { servicecodes: 'rt,ta,gps,md,dt,dho' },
      body: `identifier=${person.identityNumber}`,
    }
    const headers = { ...init.headers, 'content-type': 'application/x-www-form-urlencoded' }
    return simulator.fetch(
      new Request(`http://localhost:7357/ehr/epj/r4/${MUNICIPALITY}/patient/_search`, { ...init, headers }),
    )
  }
  const shared = ({ identifier, name, gender, birthDate, telecom, contact, address }: Patient) => ({
    ...{ number: identifier?.[0]?.value, family: name?.[0]?.family, gender, birthDate, phone: telecom?.[0]?.value },
    ...{ kin: contact?.[0]?.name, street: address?.[0]?.line, city: address?.[0]?.city },
  })
  for (const change of [undefined, 'address', 'next-of-kin'] as const) {
    if (change) for (const { id } of await personsOf(robots)) await happens(robots, id, change)
    await robots.after(5_000)
    const patients = new Map((await inPit(robots)).map((one) => [one.identifier?.[0]?.value, one]))
    for (const person of await personsOf(robots)) {
      const answer = await vkp(person)
      if (answer.status === 400) continue
      const found = ((await answer.json()) as Bundle<Patient>).entry?.[0]?.resource as Patient
      expect(shared(patients.get(person.identityNumber) as Patient)).toEqual(shared(found))
    }
  }
  await happens(robots, 'patient-1', 'death')
  const [dead] = await personsOf(robots)
  expect((await vkp(dead as Person)).status).toBe(400)
  await robots.put('response-centre', { on: true, eventsPerMinute: 600 })
  await robots.after(10_000)
  const events = await simulator.world.state.events.recent(100, 0)
  expect(events.length).toBeGreaterThan(50)
  expect(events.filter(({ textAfter }) => textAfter.includes(dead?.identityNumber ?? '?'))).toEqual([])
})

test('production has no robots of PIT', async () => {
  const names = async (environment: 'test' | 'prod') =>
    (await startRobots({ environment }).simulator.world.robots.list()).map(({ name }) => name)
  expect(await names('test')).toEqual(['ehr', 'response-centre', 'pit-ehr', 'pit-vendor'])
  expect(await names('prod')).toEqual(['ehr', 'response-centre'])
})
