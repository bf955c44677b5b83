import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { noteFactory } from '../../fixtures/index.ts'
import { type RunningSimulator, startServer } from '../../simulator/adapters/node.ts'
import { authorize, type BoundToken, type ClientFile, requestToken } from '../helseid-client.ts'
import { checkNames } from '../pack/check-names.ts'
import type { Pack } from '../pack/pack.ts'
import { readPacks } from '../pack/read-pack.ts'
import { lineOfOther, type Waiting } from './await.ts'
import type { ScenarioResult } from './result.ts'
import { runPacks } from './run.ts'
import { MUNICIPALITY, type Target } from './target.ts'

let running: RunningSimulator
let target: Target

beforeAll(async () => {
  running = await startServer({ port: 0 })
  const urls = running.simulator.world.net.origins.local
  target = { name: 'a simulator', urls, send: (request) => fetch(request), municipality: MUNICIPALITY, clients: {} }
})

afterAll(() => running.close())

/** A vendor's client: it has base URLs and a client file, and nothing of the runner. */
async function vendorAt({ clientFile, municipality }: Waiting) {
  const file = (await (await fetch(clientFile)).json()) as ClientFile
  const token = await requestToken(file, { orgnr: municipality, scope: 'nhn:jft/api' })
  return {
    get: async (url: string) => fetch(url, { headers: await authorize(token, 'GET', url) }),
    post: (url: string, body?: string) => post(token, url, body),
  }
}

async function post(token: BoundToken, url: string, body?: string): Promise<Response> {
  const headers = { ...(await authorize(token, 'POST', url)), 'content-type': 'application/fhir+json' }
  return fetch(url, { method: 'POST', headers, ...(body === undefined ? {} : { body }) })
}

function own(...lines: string[]): Pack[] {
  const steps = lines.map((line) => `      ${line}`).join('\n')
  const text = `pack: own\ntitle: Own\nscenarios:\n  - id: own-one\n    title: One\n    steps:\n${steps}\n`
  return checked([{ file: 'own.yaml', text }])
}

function shipped(): Pack[] {
  const text = readFileSync(new URL('../packs/own-client.yaml', import.meta.url), 'utf8')
  return checked([{ file: 'own-client.yaml', text }])
}

function checked(files: Parameters<typeof readPacks>[0]): Pack[] {
  const packs = readPacks(files)
  checkNames(packs)
  return packs
}

/** What was waited for, in order, while `answer` played the vendor; and what came of it. */
async function run(packs: readonly Pack[], answer: (waiting: Waiting, scenario: string) => Promise<void>) {
  const asked: Waiting[] = []
  const answered: Promise<void>[] = []
  const { scenarios } = await runPacks(packs, target, {
    seed: '1',
    onWait({ scenario: { id } }, waiting) {
      if (!waiting) return
      asked.push(waiting)
      answered.push(answer(waiting, id))
    },
  })
  await Promise.all(answered)
  return { asked, scenarios }
}

function outcomes(scenarios: readonly ScenarioResult[]): string[] {
  return scenarios.map(({ id, outcome, reason = '' }) => `${id} ${outcome} ${reason}`.trim())
}

const WAIT = (more = '') =>
  `- await: { surface: jft-write, method: POST, path: /v1/Composition, status: 202, within: PT30S${more} }`

describe('a step waits for the vendor’s own client', () => {
  test('the pack of first requests passes when a client does what each step says', async () => {
    const done = new Set<string>()
    const { scenarios } = await run(shipped(), async (waiting, scenario) => {
      const { method, url, body } = waiting.request
      // A step tells again when something else came; the client has done its part.
      const part = `${scenario} ${method} ${url}`
      if (done.has(part)) return
      done.add(part)
      const vendor = await vendorAt(waiting)
      if (scenario === 'own-first-token') return
      await (method === 'GET' ? vendor.get(url) : vendor.post(url, body))
    })
    expect(scenarios.map(({ id, steps }) => ({ id, failures: steps.flatMap(({ failures }) => failures) }))).toEqual(
      ['own-first-token', 'own-first-event', 'own-first-search', 'own-first-acknowledgement'].map((id) => ({
        id,
        failures: [],
      })),
    )
    expect(outcomes(scenarios).every((line) => line.endsWith(' passed'))).toBe(true)
  })

  test('the request is told in full: where, with what, and what only the sender has', async () => {
    const steps = [WAIT(', says: Send a note., with: { fixture: note }'), '  headers: { nhn-source-system: Mine 1.0 }']
    const { asked, scenarios } = await run(own(...steps), async ({ skip }) => skip())
    const [waiting] = asked
    const url = `${running.url}/s/${scenarios[0]?.sandbox}/write/v1/Composition`
    expect(waiting?.request).toEqual({
      method: 'POST',
      url,
      headers: [
        ['authorization', 'DPoP {access token}'],
        ['dpop', `{proof for POST ${url}}`],
        ['content-type', 'application/fhir+json'],
        ['nhn-source-system', 'Mine 1.0'],
      ],
      body: expect.stringMatching(/^{"resourceType":"Composition"/),
    })
    expect([waiting?.says, waiting?.municipality, waiting?.others]).toEqual(['Send a note.', MUNICIPALITY, []])
    expect(waiting?.clientFile).toContain(`/s/${scenarios[0]?.sandbox}/_sim/clients/`)
  })

  test('it is held against what is expected, as the answer of a step of its own', async () => {
    const steps = [WAIT(), '  expect: { status: 202, headers: { location: { matches: Bundle } } }']
    const sent = once(async (waiting) => {
      await (await vendorAt(waiting)).post(waiting.request.url, JSON.stringify(noteFactory.build()))
    })
    const { scenarios } = await run(own(...steps), sent)
    const [step] = scenarios[0]?.steps ?? []
    expect(step?.failures).toEqual([
      {
        what: 'header location',
        expected: 'matches Bundle',
        actual: expect.stringContaining('/v1/Composition/'),
      },
    ])
    expect(step?.exchanges.map(({ request, response }) => [request.method, response?.status])).toEqual([['POST', 202]])
    expect(step?.exchanges[0]?.journal?.steps.at(-1)).toMatchObject({ name: 'store', outcome: 'passed' })
    expect(step?.exchanges[0]?.link).toMatch(/\?sandbox=.*#\/exchanges\/x\d+$/)
  })

  test('requests that are something else are told while it waits, and stand in the result when nothing came', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const refuse = once(async (waiting) => {
      const note = noteFactory.build()
      await (await vendorAt(waiting)).post(waiting.request.url, JSON.stringify({ ...note, author: note.author[0] }))
    })
    const { asked, scenarios } = await run(own(WAIT()), async (waiting) => {
      const refused = refuse(waiting)
      if (waiting.others.length > 0) vi.setSystemTime(waiting.until + 1)
      await refused
    })
    vi.useRealTimers()
    expect(asked.at(-1)?.others.map(lineOfOther)).toEqual([
      expect.stringContaining('/write/v1/Composition 400 r4-array-expected: '),
    ])
    const [result] = scenarios[0]?.steps ?? []
    expect(result?.failures).toEqual([
      {
        what: 'await',
        expected: `POST ${asked[0]?.request.url}`,
        actual: asked.at(-1)?.others.map(lineOfOther),
      },
    ])
    expect(result?.exchanges.map(({ response }) => response?.status)).toEqual([400])
  })

  test('what the scenario sends itself is not what it waits for, nor what came before the last one', async () => {
    const submit = '- { submit: { fixture: note }, expect: { status: 202 } }'
    let sent = 0
    const { scenarios } = await run(own(submit, WAIT(), WAIT()), async (waiting) => {
      if (waiting.others.length > 0) return
      sent += 1
      await (await vendorAt(waiting)).post(waiting.request.url, JSON.stringify(noteFactory.build()))
    })
    expect(outcomes(scenarios)).toEqual(['own-one passed'])
    const [, first, second] = scenarios[0]?.steps ?? []
    expect([sent, first?.exchanges[0]?.exchange === second?.exchanges[0]?.exchange]).toEqual([2, false])
  })
})

describe('a scenario that waits is skipped', () => {
  const packs = () => own(WAIT(), '- status: Composition/1')

  test('when somebody skips it; the steps after it are not reached', async () => {
    const { scenarios } = await run(packs(), async ({ skip }) => skip())
    expect(outcomes(scenarios)).toEqual(['own-one skipped was skipped while it waited for a client of your own'])
    expect(scenarios[0]?.steps.map(({ outcome }) => outcome)).toEqual(['not-reached', 'not-reached'])
  })

  test('when the run is stopped', async () => {
    const abort = new AbortController()
    const { scenarios } = await runPacks(packs(), target, {
      seed: '1',
      signal: abort.signal,
      onWait: () => abort.abort(),
    })
    expect(outcomes(scenarios)).toEqual(['own-one skipped was skipped while it waited for a client of your own'])
  })

  test('where nobody is told what to send', async () => {
    const { scenarios } = await runPacks(packs(), target, { seed: '1' })
    expect(outcomes(scenarios)).toEqual([
      'own-one skipped waits for your own client: run it with --own-client, or alone in the dashboard',
    ])
  })
})

/** Does something the first time only. */
function once(act: (waiting: Waiting) => Promise<void>): (waiting: Waiting) => Promise<void> {
  let done = false
  return async (waiting) => {
    if (done) return
    done = true
    await act(waiting)
  }
}
