import { describe, expect, test } from 'vitest'
import { Random } from '../../../conformance/generate/random.ts'
import { createClock } from '../../ground/clock.ts'
import { createSimulator } from '../../simulator.ts'
import type { Key, StoredPatient } from '../../state/records.ts'
import { takeOver } from './hand-over.ts'
import { patientText, readPatients } from './page.ts'

const RUNS = 600
const MUNICIPALITY = '313231593'

/** A record system that hands persons over, and a vendor that mirrors them meanwhile. */
function start(seed: number) {
  const random = new Random(seed)
  const clock = createClock(() => Date.parse('2026-01-01T12:00:00Z'))
  const { world } = createSimulator({}, { clock })
  const persons = 1 + random.below(30)
  const delay = random.below(2) === 0 ? 0 : random.below(50)
  const newest = new Map<string, number>()
  const mirror = new Map<string, number>()
  let after: Key | undefined
  let versions = 0

  const handOver = async () => {
    // The setting may change while versions wait.
    await world.settings.assume({
      ...world.settings.assumptions,
      pitProcessingDelayMs: random.below(4) === 0 ? 0 : delay,
    })
    const person = String(random.below(persons))
    versions += 1
    newest.set(person, versions)
    const identifier = [{ system: 'urn:example:person', value: person }]
    const resource = { resourceType: 'Patient', identifier, name: [{ text: String(versions) }] }
    const sent = { text: JSON.stringify(resource), resource, municipality: MUNICIPALITY, clientId: 'ehr' }
    expect((await takeOver(world, sent)).issue).toBeUndefined()
  }
  const keep = (patient: StoredPatient) => {
    const { identifier, name } = JSON.parse(patientText(patient)) as ReturnType<typeof shape>
    const person = identifier[0]?.value ?? ''
    const version = Number(name[0]?.text)
    // A page never brings back what was overtaken.
    expect(version).toBeGreaterThanOrEqual(mirror.get(person) ?? 0)
    mirror.set(person, version)
  }
  /** One page; at the end of the list the vendor stays where it is, and asks again from there. */
  const readPage = async () => {
    const search = { count: 1 + random.below(7), countGiven: true, descending: false, where: {} }
    const query = { municipality: MUNICIPALITY, search, ...(after === undefined ? {} : { after }) }
    const { patients, end } = await readPatients(world.state.patients, query, clock.micros())
    patients.forEach(keep)
    const last = patients.at(-1)
    after = end ?? (last === undefined ? after : { lastUpdated: last.lastUpdated, id: last.id })
    return end !== undefined
  }
  return { random, clock, handOver, readPage, newest, mirror, persons, world }
}

const shape = () => ({ identifier: [{ value: '' }], name: [{ text: '' }] })

describe('a vendor that pages while persons are handed over', () => {
  test(`has everybody's newest version, in ${RUNS} random runs`, async () => {
    let moved = 0
    for (let seed = 1; seed <= RUNS; seed += 1) {
      const { random, clock, handOver, readPage, newest, mirror, world } = start(seed)
      for (let turn = 20 + random.below(60); turn > 0; turn -= 1) {
        const act = random.below(10)
        if (act < 5) await handOver()
        else if (act < 9) await readPage()
        else clock.advance(random.below(40))
      }
      clock.advance(1_000)
      while (await readPage());
      expect(Object.fromEntries(mirror), `seed ${seed}`).toEqual(Object.fromEntries(newest))
      const { records } = await world.state.patients.usage()
      expect(records, `seed ${seed}`).toBe(newest.size)
      moved += [...newest.values()].length
    }
    expect(moved).toBeGreaterThan(RUNS)
  })
})
