import { describe, expect, test } from 'vitest'
import { deviateAll } from '../../cli/commands/mutate.ts'
import { hash } from '../../simulator/ground/hash.ts'
import { CLIENT_SURFACES } from '../../simulator/ground/surfaces.ts'
import { isWhole } from '../../simulator/sample.fixture.ts'
import { type Deviation, deviating, goesTo } from './deviation.ts'
import { DEVIATIONS, TOLERATED } from './table.ts'

/** So many are played here; `jftsim mutate --deviations` plays all. `DEVIATIONS` is the seed of another sample. */
const SAMPLE = 8

const places = new Map(DEVIATIONS.map(({ name }) => [name, hash(`${process.env.DEVIATIONS ?? '1'}/${name}`)]))
const sample = DEVIATIONS.toSorted((a, b) => (places.get(a.name) ?? 0) - (places.get(b.name) ?? 0)).slice(0, SAMPLE)

test.skipIf(!isWhole)('a sample of wrong implementations: the packs hold each against it', async () => {
  const mutants = await deviateAll({ rules: sample })
  expect(mutants.filter(({ outcome }) => outcome === 'unproved')).toEqual([])
  expect(mutants).toHaveLength(SAMPLE)
})

test('there are more than a hundred, over all surfaces that clients call, each with a name of its own', () => {
  expect(DEVIATIONS.length).toBeGreaterThan(100)
  expect(places.size).toBe(DEVIATIONS.length)
  expect([...new Set(DEVIATIONS.map(({ endpoint }) => endpoint.surface))].toSorted()).toEqual(
    CLIENT_SURFACES.toSorted(),
  )
  expect(Object.keys(TOLERATED).filter((name) => !places.has(name))).toEqual([])
})

describe('a deviation', () => {
  const endpoint = { name: 'read', surface: 'jft-read', method: 'GET', path: '/v1/Bundle' } as const
  const lost: Deviation = { name: 'x', endpoint, reply: (reply) => ({ ...reply, status: 204 }) }
  const send = async (request: Request) => new Response(request.url, { status: 200 })

  test.each([
    ['http://localhost:1/read/v1/Bundle?_count=1', true],
    ['http://localhost:1/s/mine/read/v1/Bundle', true],
    ['http://localhost:1/read/v1/Bundle/x/$status', false],
    ['http://localhost:1/write/v1/Bundle', false],
  ])('of %s: %s', (url, is) => expect(goesTo(endpoint, { method: 'GET', url })).toBe(is))

  test('changes the answers of its endpoint, and no others', async () => {
    const changed = deviating(lost)(send)
    expect((await changed(new Request('http://localhost:1/read/v1/Bundle'))).status).toBe(204)
    expect((await changed(new Request('http://localhost:1/read/v1/Bundle', { method: 'POST' }))).status).toBe(200)
    const other = await changed(new Request('http://localhost:1/read/v1/Composition'))
    expect([other.status, await other.text()]).toEqual([200, 'http://localhost:1/read/v1/Composition'])
  })
})
