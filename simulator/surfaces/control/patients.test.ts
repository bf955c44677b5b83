import { expect, test } from 'vitest'
import { type Jft, startJft } from '../jft.fixture.ts'
import type { PatientDetail, PatientList } from './types.ts'

const WRITE = { audience: 'nhn:pit', scope: ['nhn:pit/api.write'] }
const READ = { audience: 'nhn:pit', scope: ['nhn:pit/api.read'] }
const NUMBER = '02850097219'

const write = (jft: Jft, value: string, family: string, orgnr = '313231593') => {
  const identifier = [{ system: 'urn:example:person', value }]
  const body = JSON.stringify({ resourceType: 'Patient', identifier, name: [{ family, given: ['A'] }] })
  return jft.call('POST', '/pit/v1/Patient', { ...WRITE, body, orgnr })
}
const read = (jft: Jft, query = '') => jft.call('GET', `/pit/v1/Patient${query}`, READ)

async function get<T>({ simulator }: Jft, path: string): Promise<T> {
  const answer = await simulator.fetch(new Request(`http://localhost:7357/_sim${path}`))
  expect(answer.status).toBe(200)
  return (await answer.json()) as T
}

test('lists the patients of all municipalities, or of one, newest change first', async () => {
  const jft = startJft()
  await write(jft, NUMBER, 'Before')
  await write(jft, '2', 'Other')
  await write(jft, '3', 'Elsewhere', '312229544')
  await write(jft, NUMBER, 'After')
  const all = await get<PatientList>(jft, '/patients')
  expect(all.patients.map(({ name, version }) => [name, version])).toEqual([
    ['A After', 2],
    ['A Elsewhere', 1],
    ['A Other', 1],
  ])
  expect(all).toMatchObject({ matching: 3, municipalities: ['312229544', '313231593'], usage: { patients: 3 } })
  const one = await get<PatientList>(jft, '/patients?municipality=313231593&limit=1&skip=1')
  expect(one).toMatchObject({
    matching: 2,
    patients: [{ name: 'A Other', number: '2', clientId: 'acdc0123-acdc-0123-4567-0123456789ab' }],
  })
})

test('says who has read which version, page by page', async () => {
  const jft = startJft()
  await write(jft, '1', 'One')
  await write(jft, '2', 'Two')
  await read(jft, '?_count=1')
  const newest = async () =>
    (await get<PatientList>(jft, '/patients')).patients.map(({ readers }) => readers.map((one) => one.newest))
  expect(await newest()).toEqual([[], [true]])
  await write(jft, '1', 'One again')
  expect(await newest()).toEqual([[false], []])
  await read(jft)
  expect(await newest()).toEqual([[true], [true]])
})

test('one has its text and its hand-overs', async () => {
  const jft = startJft()
  await write(jft, '1', 'Before')
  await write(jft, '1', 'After')
  const [{ id } = { id: '' }] = (await get<PatientList>(jft, '/patients')).patients
  const detail = await get<PatientDetail>(jft, `/patients/${id}`)
  expect(detail.versions.map(({ client }) => client)).toEqual(['Bruno-Local', 'Bruno-Local'])
  expect(JSON.parse(detail.resource ?? '')).toMatchObject({ id, name: [{ family: 'After' }] })
  const nobody = await jft.simulator.fetch(new Request('http://localhost:7357/_sim/patients/x'))
  expect(nobody.status).toBe(404)
})

test('says what waits, and what never comes', async () => {
  const jft = startJft({ assumptions: { pitProcessingDelayMs: 60_000 } })
  jft.clock.freeze(Date.parse('2026-03-02T12:00:00Z'))
  await write(jft, '1', 'First')
  const [waits] = (await get<PatientList>(jft, '/patients')).patients
  expect(waits).toMatchObject({
    version: 0,
    lastUpdated: null,
    waiting: [{ due: expect.stringMatching(/^2026-03-02T12:01/), fate: null }],
  })
  expect(await get<PatientDetail>(jft, `/patients/${waits?.id}`)).toMatchObject({ resource: null })
  jft.clock.advance(61_000)
  const order = { surface: 'pit', effect: { kind: 'failed' } }
  await jft.simulator.fetch(
    new Request('http://localhost:7357/_sim/faults', { method: 'POST', body: JSON.stringify(order) }),
  )
  await write(jft, '1', 'Second')
  const [fails] = (await get<PatientList>(jft, '/patients')).patients
  expect(fails).toMatchObject({ name: 'A First', version: 1, waiting: [{ due: null, fate: 'failed' }] })
})
