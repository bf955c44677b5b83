import type { Bundle, Patient } from 'fhir/r4.js'
import { describe, expect, test } from 'vitest'
import { validateStrict } from '../../rules/fhir/strict.ts'
import { startJft } from '../jft.fixture.ts'

function startEhr() {
  const { simulator, clock } = startJft()
  clock.freeze(Date.parse('2026-03-02T12:15:00Z'))
  const fetch = (path: string, init?: RequestInit) => simulator.fetch(new Request(`http://localhost:7357${path}`, init))
  return {
    simulator,
    fetch,
    happens: (person: string, change: string, sandbox = '') =>
      fetch(`${sandbox}/ehr/persons/${person}/${change}`, { method: 'POST' }),
    async persons(sandbox = '') {
      const text = await (await fetch(`${sandbox}/ehr/persons`)).text()
      expect(validateStrict(text).issues).toEqual([])
      return ((JSON.parse(text) as Bundle<Patient>).entry ?? []).flatMap(({ resource }) => resource ?? [])
    },
  }
}

describe('what happens to a person', () => {
  test.each([
    ['address', { address: [{ line: ['Nyveien 1'], city: 'EKSEMPEL' }], active: true }],
    ['next-of-kin', { contact: [{ name: { given: ['MILD'], family: 'HESTESKO' } }], active: true }],
    ['death', { deceasedDateTime: '2026-03-02T12:15:00.000Z', active: false }],
    ['moved-away', { address: [{ city: 'ANNETSTED', postalCode: '0002' }], active: false }],
  ])('%s is theirs alone', async (change, expected) => {
    const ehr = startEhr()
    const before = await ehr.persons()
    const answer = await ehr.happens('patient-1', change)
    expect([answer.status, await answer.json()]).toEqual([200, expect.objectContaining({ active: expected.active })])
    const [person, ...others] = await ehr.persons()
    expect(person).toMatchObject(expected)
    expect(others).toEqual(before.slice(1))
  })

  test('is refused for who is not there, or not any more, and where there is no such change', async () => {
    const ehr = startEhr()
    expect((await ehr.happens('patient-9', 'address')).status).toBe(404)
    expect((await ehr.happens('patient-1', 'marriage')).status).toBe(404)
    await ehr.happens('patient-1', 'death')
    await ehr.happens('patient-2', 'moved-away')
    expect((await ehr.happens('patient-1', 'address')).status).toBe(404)
    expect((await ehr.happens('patient-2', 'death')).status).toBe(404)
  })

  test('stays in its sandbox, and goes with a reset; a fork, a snapshot and a case file have it', async () => {
    const ehr = startEhr()
    const { simulator, fetch } = ehr
    const first = await ehr.persons()
    await ehr.happens('patient-1', 'address')
    const changed = await ehr.persons()
    expect(changed).not.toEqual(first)
    await simulator.sandboxes.fork('default', { name: 'copy' })
    await simulator.sandboxes.create({ name: 'other' })
    const ids = (all: Patient[]) => all.map(({ address }) => address?.[0]?.line)
    expect(ids(await ehr.persons('/s/copy'))).toEqual(ids(changed))
    expect(ids(await ehr.persons('/s/other'))).toEqual(ids(first))
    const file = (await (await fetch('/s/copy/_sim/case')).json()) as object
    const opened = await fetch('/_sim/case', { method: 'POST', body: JSON.stringify({ ...file, name: 'opened' }) })
    expect(opened.status).toBe(201)
    expect(ids(await ehr.persons('/s/opened'))).toEqual(ids(changed))
    const snapshot = await simulator.sandboxes.keepSnapshot('default', 'then')
    await ehr.happens('patient-1', 'death')
    if (snapshot) await simulator.sandboxes.restore('default', snapshot)
    expect(ids(await ehr.persons())).toEqual(ids(changed))
    await fetch('/_sim/reset', { method: 'POST' })
    expect(ids(await ehr.persons())).toEqual(ids(first))
  })
})
