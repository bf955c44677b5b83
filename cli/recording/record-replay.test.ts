import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noteFactory } from '../../fixtures/index.ts'
import { MUNICIPALITY } from '../../scenarios/runner/target.ts'
import type { Token } from '../../simulator/adapters/testing/sandbox-types.ts'
import { type Jft, startJft } from '../../simulator/adapters/testing/start-jft.ts'
import type { CaseFile } from '../../simulator/surfaces/control/types.ts'
import { described } from '../run-target.ts'
import { startProxy } from './proxy.ts'
import { caseOf, exchangeOf, type Seen } from './recording.ts'
import { replayAt, replayHere } from './replay.ts'

const folder = mkdtempSync(join(tmpdir(), 'jftsim-record-'))
const TARGET = join(folder, 'target.json')

let upstream: Jft
let proxy: Awaited<ReturnType<typeof startProxy>>
const seen: Seen[] = []
const said: string[] = []

beforeAll(async () => {
  upstream = await startJft()
  const { helseid, 'jft-write': write, 'jft-read': read } = upstream.urls
  writeFileSync(join(folder, 'vendor.json'), JSON.stringify(await upstream.client('Bruno-Local')))
  const urls = { helseid, 'jft-write': write, 'jft-read': read }
  writeFileSync(
    TARGET,
    JSON.stringify({
      name: 'Upstream',
      municipality: MUNICIPALITY,
      urls,
      clients: { 'response-centre': 'vendor.json' },
    }),
  )
  proxy = await startProxy(described(TARGET).target, 0, {
    seen: (one) => void seen.push(one),
    said: (text) => void said.push(text),
  })
})

afterAll(async () => {
  await proxy.close()
  await upstream.close()
  rmSync(folder, { recursive: true })
})

/** Calls the proxy as a vendor does that is configured with its URLs. */
async function callThrough(token: Token, method: string, url: string, body?: string): Promise<Response> {
  const headers = { ...(await token.authorize(method, url)), 'content-type': 'application/fhir+json' }
  return fetch(url, { method, headers, ...(body === undefined ? {} : { body }) })
}

test('what goes through a proxy is signed anew, recorded, and replayed there and in a simulator', async () => {
  const token = await upstream.token(MUNICIPALITY, { client: 'Bruno-Local' })
  const before = (await upstream.exchanges({ surface: 'helseid' })).length
  const note = JSON.stringify(noteFactory.build())
  const submitted = await callThrough(token, 'POST', `${proxy.urls['jft-write']}/v1/Composition`, note)
  const location = submitted.headers.get('location') ?? ''
  expect([submitted.status, location.startsWith(`${proxy.urls['jft-read']}/`)]).toEqual([202, true])
  expect((await callThrough(token, 'GET', location)).status).toBe(200)
  expect(said).toEqual([
    expect.stringMatching(/^Calls of \S+ are signed anew, with a token and a key of the proxy's own\.$/),
  ])
  // Discovery, the demand for a nonce, and one token for both calls.
  expect(await upstream.exchanges({ surface: 'helseid' })).toHaveLength(before + 3)

  const recorded = await caseOf(seen.map((one, index) => exchangeOf(one, index + 1)))
  expect(recorded.exchanges.map(({ surface, response }) => [surface, response.status])).toEqual([
    ['jft-write', 202],
    ['jft-read', 200],
  ])
  expect(await replayAt(recorded, TARGET)).toMatchObject({ sandbox: 'Upstream', replayed: 2, same: 2, differences: [] })
  const inSandbox = JSON.parse(
    JSON.stringify(recorded).replaceAll(/(:\d+)\/(?=write|read)/g, '$1/s/other/'),
  ) as CaseFile
  expect(inSandbox.exchanges[0]?.request.url).toMatch(/\/s\/other\/write\/v1\/Composition$/)
  expect(await replayAt(inSandbox, TARGET)).toMatchObject({ replayed: 2, same: 2 })
  expect(await replayHere(recorded)).toMatchObject({ replayed: 2 })
})
