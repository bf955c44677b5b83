import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { noteFactory } from '../fixtures/index.ts'
import { query, request, text } from './robustness.fixture.ts'
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

describe('any request', () => {
  test('gets an answer that is no fault of the simulator', async () => {
    const { simulator } = startJft()
    await fc.assert(
      fc.asyncProperty(request('http://localhost:7357'), async ({ url, init }) => {
        await expectAnAnswer(await simulator.fetch(new Request(url, init)))
      }),
      { ...RUNS, numRuns: 1_500 },
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
    const mutated = fc
      .tuple(fc.nat(), fc.oneof(fc.constantFrom('{', '}', '[', ']', '"', ',', ':', '\\', '\u0000', '1e999'), text))
      .map(([at, insert]) => {
        const note = JSON.stringify(noteFactory.build())
        const place = at % note.length
        return note.slice(0, place) + insert + note.slice(place)
      })
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
