import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { noteFactory } from '../fixtures/index.ts'
import { query, request, text } from './robustness.fixture.ts'
import { CATALOGUE, type RuleId } from './rules/catalogue.ts'
import { type Jft, startJft } from './surfaces/jft.fixture.ts'

/** Whatever is sent, the answer is below 500, in time, and a refusal says why. Seeded: a failure can be repeated. */
const RUNS = { seed: 7357, numRuns: 150 }

/** The body of an answer that ends; a stream does not. */
async function endOf(answer: Response): Promise<string> {
  if (answer.headers.get('content-type')?.includes('event-stream')) return ''
  return answer.text()
}

async function expectAnAnswer(answer: Response): Promise<void> {
  const body = await endOf(answer)
  expect(answer.status, body).toBeLessThan(500)
  if (answer.status >= 400) expect(body.length + [...answer.headers].length).toBeGreaterThan(0)
}

/** All but the one that says that the simulator itself failed. */
const EVERY_RULE = (Object.keys(CATALOGUE) as RuleId[]).filter((id) => id !== 'sim-fault')

describe('any request', () => {
  test.each([
    ['every rule in force', []],
    ['every rule switched off', EVERY_RULE],
  ])('gets an answer that is not a fault of the simulator, with %s', async (_name, switchedOff) => {
    const { simulator } = startJft({ switchedOff: [...switchedOff] })
    await fc.assert(
      fc.asyncProperty(request('http://localhost:7357'), async ({ url, init }) => {
        await expectAnAnswer(await simulator.fetch(new Request(url, init)))
      }),
      { ...RUNS, numRuns: 1_500 },
    )
  })
})

/** A note with something put in. */
const mutated = fc
  .tuple(fc.nat(), fc.oneof(fc.constantFrom('{', '}', '[', ']', '"', ',', ':', '\\', '\u0000', '1e999'), text))
  .map(([at, insert]) => {
    const note = JSON.stringify(noteFactory.build())
    const place = at % note.length
    return note.slice(0, place) + insert + note.slice(place)
  })

/** A note in which another JSON value stands somewhere. */
const replaced = fc.tuple(fc.nat(), fc.json({ maxDepth: 2 })).map(([at, value]) => {
  const members = Object.entries({ ...noteFactory.build(), meta: { tag: [{ code: 'x' }] }, id: 'x' })
  const [name = ''] = members[at % members.length] ?? []
  return JSON.stringify(Object.fromEntries(members)).replace(
    `"${name}":${JSON.stringify(Object.fromEntries(members)[name])}`,
    () => `"${name}":${value}`,
  )
})

describe('with every rule switched off', () => {
  test('any body gets an answer, and what is stored is still JSON', async () => {
    const jft = startJft({ switchedOff: EVERY_RULE })
    await fc.assert(
      fc.asyncProperty(fc.oneof(text, mutated, replaced), async (body) => {
        await expectAnAnswer(await jft.call('POST', '/write/v1/Composition', { body }))
      }),
      RUNS,
    )
    const { entry } = await jft.search('Composition?_count=50&_sort=-_lastUpdated')
    expect(entry).toHaveLength(50)
    expect(entry?.map(({ resource }) => resource?.resourceType)).toEqual(
      Array.from({ length: 50 }, () => 'Composition'),
    )
  })

  test('any search and cursor', async () => {
    const jft = startJft({ switchedOff: EVERY_RULE })
    await fc.assert(
      fc.asyncProperty(query, async (what) => {
        await expectAnAnswer(await jft.call('GET', `/read/v1/Composition${what}`))
      }),
      RUNS,
    )
  })
})

describe('with a valid token', () => {
  let jft: Jft
  beforeAll(async () => {
    jft = startJft()
    await jft.submit(noteFactory.build())
  })

  test('any body', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(text, mutated), async (body) => {
        await expectAnAnswer(await jft.call('POST', '/write/v1/Composition', { body }))
      }),
      RUNS,
    )
  })

  test('any search', async () => {
    await fc.assert(
      fc.asyncProperty(query, async (what) => {
        await expectAnAnswer(await jft.call('GET', `/read/v1/Composition${what}`))
      }),
      RUNS,
    )
  })

  test('any change to a cursor', async () => {
    await jft.submit(noteFactory.build())
    const first = await jft.search('Composition?_count=1')
    const cursor =
      new URL(first.link?.find(({ relation }) => relation === 'next')?.url ?? '').searchParams.get('cursor') ?? ''
    await fc.assert(
      fc.asyncProperty(
        fc.nat(cursor.length - 1),
        fc.constantFrom('A', 'z', '0', '', 'AA', '%', '='),
        async (at, insert) => {
          const changed = cursor.slice(0, at) + insert + cursor.slice(at + 1)
          const answer = await jft.call('GET', `/read/v1/Composition?cursor=${encodeURIComponent(changed)}`)
          expect(answer.status).toBe(changed === cursor ? 200 : 400)
        },
      ),
      RUNS,
    )
  })
})
