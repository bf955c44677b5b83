import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { requirementTexts } from '../../cli/pack-files.ts'
import { environmentOf, spawnProgram } from '../../cli/program.ts'
import { builtIn, type OpenTarget } from '../../cli/run-target.ts'
import { readVerifyPack } from './read-verify-pack.ts'
import { stage } from './stage.ts'
import { verdictOf } from './verdict.ts'

let open: OpenTarget
let folder: string

beforeAll(async () => {
  open = await builtIn()
  folder = mkdtempSync(join(tmpdir(), 'jftsim-verify-'))
})

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await open.close()
})

const packOf = (name: string) => {
  const file = new URL(`./${name}.yaml`, import.meta.url)
  return readVerifyPack({ file: `${name}.yaml`, text: readFileSync(file, 'utf8') }, requirementTexts())
}

const EXAMPLES = {
  ehr: ['examples/ehr/ehr.js', '--until-empty'],
  'response-centre': ['examples/response-centre/response-centre.js', '--count', '6', '--wait', '6'],
} as const

/** The pack's verdict on a sample program: ids of requirements by outcome. */
async function verdictOn(name: keyof typeof EXAMPLES, ...args: readonly string[]) {
  // Few events, and small pages, so that there is more than one.
  const smaller = name === 'ehr' ? { poll: 0.2, sandbox: { assumptions: { countDefault: 10 } } } : {}
  const pack = { ...packOf(name), ...smaller, within: 'PT60S' }
  const evidence = await stage({
    pack,
    target: open.target,
    seed: '1',
    events: 80,
    start: (surroundings) =>
      spawnProgram(
        [process.execPath, ...EXAMPLES[name], ...args],
        environmentOf(surroundings, mkdtempSync(join(folder, 'p-'))),
        'ignore',
      ),
  })
  const about = { target: name, seed: '1', started: '2026-01-01T00:00:00Z', milliseconds: 0, version: '0', file: name }
  const { scenarios } = verdictOf(pack, evidence, about)
  const ids = (outcome: string) => scenarios.filter((one) => one.outcome === outcome).map(({ id }) => id)
  return { kept: ids('passed'), broken: ids('failed'), open: ids('skipped'), scenarios }
}

describe.concurrent('a program that keeps the contract', () => {
  test.each(['ehr', 'response-centre'] as const)('%s: every requirement is exercised and kept', async (name) => {
    const { broken, open: notExercised, kept, scenarios } = await verdictOn(name)
    expect(scenarios.filter(({ outcome }) => outcome === 'failed').map(({ id, reason }) => `${id}: ${reason}`)).toEqual(
      [],
    )
    expect([broken, notExercised]).toEqual([[], []])
    expect(kept).toEqual(packOf(name).requirements.map(({ id }) => id))
  })
})

/** What each bug of the sample programs breaks. */
const BUGS: readonly (readonly [keyof typeof EXAMPLES, string, string])[] = [
  ['ehr', 'skip-last-page', 'acknowledges-each'],
  ['ehr', 'refetch', 'reads-none-twice'],
  ['ehr', 'offset', 'reads-to-the-end'],
  ['ehr', 'cursor-decoded', 'follows-next-as-given'],
  ['ehr', 'cursor-with-filter', 'follows-next-as-given'],
  ['ehr', 'acknowledge-twice', 'acknowledges-once'],
  ['ehr', 'acknowledge-unread', 'acknowledges-after-reading'],
  ['ehr', 'never-acknowledge', 'acknowledges-each'],
  ['ehr', 'no-token-refresh', 'renews-token'],
  ['ehr', 'ignore-retry-after', 'waits-as-told'],
  ['ehr', 'give-up-on-503', 'survives-outage'],
  ['ehr', 'give-up-on-reset', 'survives-reset'],
  ['ehr', 'drop-cut-page', 'survives-cut'],
  ['ehr', 'poll-too-fast', 'polls-as-told'],
  ['ehr', 'reuse-proof', 'fresh-proofs'],
  ['ehr', 'wrong-htu', 'right-htu'],
  ['ehr', 'no-ath', 'right-ath'],
  ['ehr', 'token-per-request', 'reuses-token'],
  ['ehr', 'ignore-nonce', 'handles-nonce'],
  ['response-centre', 'lenient-payload', 'sends-strict-payloads'],
  ['response-centre', 'no-source-system', 'names-source-system'],
  ['response-centre', 'retry-202', 'accepted-not-repeated'],
  ['response-centre', 'retry-400', 'refused-not-repeated'],
  ['response-centre', 'no-backoff', 'backs-off'],
  ['response-centre', 'give-up-on-503', 'backs-off'],
  ['response-centre', 'blind-retry', 'notices-lost-answer'],
  ['response-centre', 'no-status', 'follows-status'],
  ['response-centre', 'real-number', 'sends-no-real-number'],
  ['response-centre', 'reuse-proof', 'fresh-proofs'],
  ['response-centre', 'wrong-htu', 'right-htu'],
  ['response-centre', 'no-ath', 'right-ath'],
  ['response-centre', 'token-per-request', 'reuses-token'],
  ['response-centre', 'ignore-nonce', 'handles-nonce'],
]

describe.concurrent('a program that breaks the contract', () => {
  test.each(BUGS)('%s with %s breaks %s', async (name, bug, requirement) => {
    const { broken } = await verdictOn(name, '--bug', bug)
    expect(broken).toContain(requirement)
  })
})
