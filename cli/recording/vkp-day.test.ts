import { beforeAll, expect, test } from 'vitest'
import { noteFactory } from '../../fixtures/index.ts'
import { createClock } from '../../simulator/ground/clock.ts'
import { createSimulator, type Simulator } from '../../simulator/index.ts'
import { READY_MADE_VKP_ID } from '../../simulator/services/clients/ready-made-clients.ts'
import type { CaseFile } from '../../simulator/surfaces/control/types.ts'
import { replayHere } from './replay.ts'

const HOUR = 3_600_000
const HOURS = 12
/** VKP is a proxy for the one, and serves the other itself (ready-made routes). */
const PROXIED = '312229544'
const CLASSIC = '313231593'

/** Each hour of a day: the robot response centre, and the older system of another vendor, both through VKP. */
async function recordedDay(): Promise<CaseFile> {
  const clock = createClock()
  clock.freeze(Date.parse('2026-03-02T06:00:00Z'))
  const simulator = createSimulator({}, { clock })
  for (const municipality of [PROXIED, CLASSIC]) {
    const robot = { on: true, via: 'vkp', municipality, eventsPerMinute: 0.1 }
    expect((await post(simulator, 'PUT', '/_sim/robots/response-centre', robot)).status).toBe(200)
    for (let hour = 0; hour < HOURS; hour += 1) {
      await simulator.world.robots.tick()
      expect((await older(simulator, municipality)).status).toBe(200)
      clock.advance(HOUR)
    }
  }
  return (await (await simulator.fetch(new Request('http://localhost:7357/_sim/case'))).json()) as CaseFile
}

function post({ fetch }: Simulator, method: string, path: string, body: unknown, headers = {}): Promise<Response> {
  const init = { method, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) }
  return fetch(new Request(`http://localhost:7357${path}`, init))
}

/** As systems wrote before JFT: one category where a list belongs, and an element that is empty. */
async function older(simulator: Simulator, municipality: string): Promise<Response> {
  const wanted = {
    audience: 'nhn:vkp',
    withoutDefaultUserClaims: true,
    clientClaimsParameters: { scope: ['nhn:vkp/api/user/composition.write'] },
    apiSpecificClaims: [{ type: 'nhn:vkp/client/claims/vkp-id', value: READY_MADE_VKP_ID }],
  }
  const answer = await post(simulator, 'POST', '/ttt/v2/create-test-token-with-key', wanted)
  const { successResponse } = (await answer.json()) as { successResponse: { accessTokenJwt: string } }
  const note = { ...noteFactory.build(), category: { text: 'Trygghetsalarm' }, language: '' }
  const headers = { authorization: `Bearer ${successResponse.accessTokenJwt}` }
  return post(simulator, 'POST', `/vkp/epj/r4/${municipality}/composition`, note, headers)
}

let recorded: CaseFile

beforeAll(async () => {
  recorded = await recordedDay()
})

const submissions = () => recorded.exchanges.filter(({ surface }) => surface === 'vkp')

/** Of the older system, those to the municipality that VKP is a proxy for: there VKP corrects. */
const corrected = () =>
  submissions().filter(
    ({ request }) => request.url.includes(PROXIED) && request.body?.text.includes('"language":""') === true,
  )

test('a day through VKP is all the same in a fresh simulator', async () => {
  const { replayed, same, skipped, differences } = await replayHere(recorded)
  expect(differences).toEqual([])
  expect([replayed, same]).toEqual([submissions().length, submissions().length])
  expect(replayed).toBeGreaterThan(150)
  expect(new Set(skipped.map(({ reason }) => reason))).toEqual(new Set(['needs-client-keys']))
})

test('without corrections, what VKP had to correct is named, by status and rule, and nothing else', async () => {
  const { replayed, same, differences } = await replayHere(recorded, { corrections: 'none' })
  const ids = corrected().map(({ id }) => id)
  expect(ids).toHaveLength(HOURS)
  expect(same).toBe(replayed - HOURS)
  expect(new Set(differences.map(({ exchange }) => exchange))).toEqual(new Set(ids))
  const of = (field: string) => differences.filter((one) => one.field === field)
  expect(of('status').map(({ expected, found }) => [expected, found])).toEqual(ids.map(() => [200, 400]))
  expect(of('issues').map(({ found }) => found)).toEqual(ids.map(() => ['r4-array-expected', 'r4-empty-string']))
})
