import { describe, expect, test } from 'vitest'
import { inProcess, judge, packOf } from './judge.fixture.ts'
import { realNumber, withNumber } from './numbers.fixture.ts'

/** What is said where there is nothing to be said of the program. */

const target = await inProcess()

test('a time that is over breaks nothing, and is said', async () => {
  const sample = { pack: 'ehr', does: { ackDelay: 2_000 } } as const
  const verdict = await judge(target, sample, { within: 'PT20S' })
  expect(verdict.broken).toEqual([])
  expect(verdict.blame).toEqual([])
  expect(verdict.open).toEqual(expect.arrayContaining(['reads-every-event', 'acknowledges-each']))
  expect(verdict.reasons['acknowledges-each']).toMatch(/^Time was over before it could show/)
  expect(verdict.missing.at(-1)).toMatch(
    /Time was over: it was ended by verify after 2\d[\d.]* s\. Give it more with --within\./,
  )
})

test('a program that ended well before the faults came leaves open what they were for', async () => {
  const sample = { pack: 'response-centre', does: { count: 1 } } as const
  const verdict = await judge(target, sample)
  expect(verdict.broken).toEqual([])
  expect(verdict.open).toEqual(
    expect.arrayContaining(['backs-off', 'notices-lost-answer', 'waits-as-told', 'refused-not-repeated']),
  )
  expect(verdict.reasons['notices-lost-answer']).toBe(
    'There was no occasion: the fault "reset after everything was done" at jft-write POST, from request 3 on did not happen.',
  )
  expect(verdict.missing).toHaveLength(7)
})

test('few events leave the pages of a cue out: what needs the cue is not kept', async () => {
  const verdict = await judge(target, { pack: 'ehr', does: { rounds: 'once' } }, { events: 3 })
  expect(verdict.broken).toEqual([])
  expect(verdict.kept).not.toContain('reads-every-event')
  expect(verdict.reasons['reads-every-event']).toMatch(/the cue "Notes arrive while the program pages"/)
})

test('who runs on is ended after the time of quiet, and it is said', async () => {
  const { ended } = await judge(target, { pack: 'ehr', does: { rounds: 'for-ever' } }, { quiet: 'PT7S' })
  expect(ended).toMatch(/^It was ended by verify, after 7[.\d]* s in which nothing new happened\.$/)
})

test('each requirement has one certainty, and each has a source', () => {
  for (const name of ['ehr', 'response-centre', 'vkp-vendor', 'pit-vendor', 'pit-ehr']) {
    const { requirements } = packOf(name)
    expect(new Set(requirements.map(({ id }) => id)).size).toBe(requirements.length)
    for (const { certainty, source } of requirements) {
      expect(['documented', 'observed', 'assumed']).toContain(certainty)
      expect(source.length).toBeGreaterThan(5)
    }
  }
})

test('an HTTP library that sends a POST again on its own is named, with what switches it off', async () => {
  const library = { method: 'POST', sends: 1 }
  const { reasons } = await judge(target, { pack: 'response-centre', client: { library } })
  expect(reasons['notices-lost-answer']).toMatch(
    /HttpURLConnection does so unless -Dsun\.net\.http\.retryPost=false is set, and Apache HttpClient 5 /,
  )
})

test('a number of the real series is told by where it was', async () => {
  const { reasons } = await judge(target, {
    pack: 'response-centre',
    does: { body: (event) => withNumber(event, realNumber()) },
  })
  expect(reasons['sends-no-real-number']).toMatch(
    /^It sent 2 numbers of the real series at \/subject\/identifier\/value, at \/author\/0\/identifier\/value: such a person may exist\./,
  )
})

describe('a machine that stands still is not held against a program', () => {
  const WAITS = { waits: [1_000, 1_100, 2_000] }

  test.each([
    ['response-centre', 'backs-off'],
    ['pit-ehr', 'backs-off'],
  ] as const)('%s: waits that seem to become shorter', async (pack, id) => {
    const calm = await judge(target, { pack, client: WAITS })
    expect([calm.broken, calm.kept.includes(id)]).toEqual([[], true])
    const { broken, reasons } = await judge(
      target,
      { pack, client: WAITS },
      { stall: { when: 1_000, after: 2, lasts: 4_000 } },
    )
    expect(broken).toEqual([])
    expect(reasons[id]).toMatch(/could not be measured: this machine stood still for some \d+ ms meanwhile\.$/)
  })

  test('waits that do become shorter are still found, where the machine stands still at another time', async () => {
    const sample = { pack: 'response-centre', client: { on5xx: 'shorter' } } as const
    const { broken } = await judge(target, sample, { stall: { when: 10, after: 0, lasts: 4_000 } })
    expect(broken).toEqual(['backs-off'])
  })
})

describe('an answer that the program was not there for is not held against it', () => {
  const is401 = (status: number, headers: Headers) => status === 401 && !headers.has('dpop-nonce')

  test.each([
    [
      'a demand for a nonce',
      ['handles-nonce'],
      (status: number, headers: Headers) => status === 401 && headers.has('dpop-nonce'),
    ],
    // HelseID demands it of the next request too.
    [
      'a demand of HelseID for a nonce',
      [],
      (status: number, headers: Headers) => status === 400 && headers.has('dpop-nonce'),
    ],
    // Without a new token HelseID is not asked when it is down.
    ['a 401', ['renews-token', 'survives-token-endpoint-outage'], is401],
    ['a 507', [], (status: number) => status === 507],
    // The second one it has seen.
    ['a 429', [], (status: number) => status === 429],
  ] as const)('%s', async (_, notExercised, goesAwayFrom) => {
    const client = { goesAwayFrom, onReset: 'at-once' } as const
    const { broken, open } = await judge(target, { pack: 'response-centre', client, does: { count: 8 } })
    // To repeat at once what a broken connection left open is the fault of this client.
    expect(broken).toEqual(['survives-reset'])
    expect(open).toEqual(notExercised)
  })
})
