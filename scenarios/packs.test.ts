import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mutateAll, UNREACHABLE } from '../cli/commands/mutate.ts'
import { packsOf, requirementFiles, shippedPacks, verifyPacks } from '../cli/pack-files.ts'
import { builtIn, type OpenTarget } from '../cli/run-target.ts'
import { CATALOGUE, type RuleId } from '../simulator/index.ts'
import { isSampled, isWhole } from '../simulator/sample.fixture.ts'
import { coverageOf } from './coverage.ts'
import type { ClientFile } from './helseid-client.ts'
import type { RunResult } from './runner/result.ts'
import { runPacks } from './runner/run.ts'

let open: OpenTarget
/** Of all packs together. */
let played: RunResult

beforeAll(async () => {
  open = await builtIn()
  played = await runPacks(packsOf([]), open.target, { seed: 'packs' })
})

afterAll(() => open.close())

test('there is a pack for every part of the contract', () => {
  expect(shippedPacks()).toEqual(
    expect.arrayContaining([
      'auth',
      'identifiers',
      'jft-read',
      'jft-write',
      'lifecycle',
      'migration',
      'own-client',
      'patient-information',
      'pit',
      'resilience',
      'texts',
      'verdicts',
      'vkp-corrections',
      'vkp-proxy',
    ]),
  )
})

/** Its scenarios wait for a client of the vendor's own, which `runner/await.test.ts` plays. */
const ATTENDED = 'own-client'

describe('every pack against the simulator', () => {
  test.each(shippedPacks().filter((name) => name !== ATTENDED))('%s passes', (name) => {
    const scenarios = played.scenarios.filter(({ pack }) => pack === name)
    const failed = scenarios.filter(({ outcome }) => outcome === 'failed')
    expect(
      failed.map(({ id, reason, steps }) => ({ id, reason, failures: steps.flatMap((step) => step.failures) })),
    ).toEqual([])
    expect(scenarios.some(({ outcome }) => outcome === 'passed')).toBe(true)
  })
})

test.skipIf(!isSampled('skipped elsewhere'))(
  'what a simulator alone can do is skipped elsewhere, each with its reason',
  async () => {
    const { control: _control, ttt: _ttt, ...urls } = open.target.urls
    const control = open.target.urls.control ?? ''
    const clientOf = async (name: string) => {
      const { clients } = (await (await fetch(`${control}/clients`)).json()) as {
        clients: { clientId: string; name: string }[]
      }
      const found = clients.find((client) => client.name === name)
      return (await (await fetch(`${control}/clients/${found?.clientId}`)).json()) as ClientFile
    }
    const clients = {
      'response-centre': await clientOf('Bruno-Local'),
      ehr: await clientOf('EHR-Local'),
      municipality: await clientOf('Municipality-Local'),
      'pit-vendor': await clientOf('Bruno-PIT'),
      'pit-ehr': await clientOf('EHR-PIT'),
      'vkp-vendor': await clientOf('Bruno-VKP'),
    }
    const target = { ...open.target, name: 'elsewhere', urls, clients }
    const { scenarios } = await runPacks(packsOf([]), target, { seed: 'elsewhere' })
    const failed = scenarios
      .filter(({ outcome }) => outcome === 'failed')
      .map(({ id, reason, steps }) => ({ id, reason, failures: steps.flatMap((step) => step.failures) }))
    expect(failed).toEqual([])
    const skipped = scenarios.filter(({ outcome }) => outcome === 'skipped')
    expect(new Set(skipped.map(({ reason }) => reason?.replace(/\(.*|with .*/, '')))).toEqual(
      new Set([
        'needs the control API of a simulator ',
        'needs a sandbox ',
        'counts all events of a municipality: needs a sandbox of its own',
        'the target has no ttt',
      ]),
    )
    expect(scenarios.length - skipped.length).toBeGreaterThan(20)
  },
)

test('every documented requirement of the seeds is proved by a scenario', () => {
  const seeds = ['JFT WriteAPI overview', 'JFT ReadAPI overview', 'VKP as reverse proxy', 'VKP as Reverse Proxy']
  const open = coverageOf(requirementFiles(), packsOf([]), verifyPacks()).filter(
    ({ provedBy }) => provedBy.length === 0,
  )
  expect(open.filter(({ document }) => seeds.includes(document)).map(({ id }) => id)).toEqual([])
})

/** So many rules are switched off here; `jftsim mutate` does it with each. */
const SAMPLE = isWhole ? 6 : 2

/** Other rules after every change of the catalogue or the packs, and the same until then. */
function sampleOfRules(): RuleId[] {
  const state = JSON.stringify([CATALOGUE, packsOf([])])
  const place = (rule: string) => createHash('sha256').update(`${rule} ${state}`).digest('hex')
  const rules = (Object.keys(CATALOGUE) as RuleId[]).map((rule) => ({ rule, place: place(rule) }))
  return rules
    .sort((a, b) => a.place.localeCompare(b.place))
    .slice(0, SAMPLE)
    .map(({ rule }) => rule)
}

describe('a rule that is switched off makes a scenario fail', () => {
  test.each(sampleOfRules())('%s', async (rule) => {
    const [mutant] = await mutateAll({ baseline: played, rules: [rule] })
    expect(mutant).toMatchObject({ rule, outcome: rule in UNREACHABLE ? 'unreachable' : 'caught' })
  })
})
