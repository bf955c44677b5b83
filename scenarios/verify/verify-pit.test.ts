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
  folder = mkdtempSync(join(tmpdir(), 'jftsim-verify-pit-'))
})

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await open.close()
})

type Name = 'pit-ehr' | 'pit-vendor'

const packOf = (name: Name) => {
  const file = new URL(`./${name}.yaml`, import.meta.url)
  return readVerifyPack({ file: `${name}.yaml`, text: readFileSync(file, 'utf8') }, requirementTexts())
}

/** The pack's verdict on a sample program: ids of requirements by outcome, and why those were broken. */
async function verdictOn(name: Name, ...args: readonly string[]) {
  const pack = { ...packOf(name), poll: 0.3, quiet: 'PT0.5S' }
  const own = mkdtempSync(join(folder, 'p-'))
  const state = name === 'pit-vendor' ? ['--state', join(own, 'mirror.json')] : []
  const command = [process.execPath, `examples/${name}/${name}.js`, ...state, ...args]
  const evidence = await stage({
    pack,
    target: open.target,
    seed: '1',
    start: (surroundings) => spawnProgram(command, environmentOf(surroundings, own), 'ignore'),
  })
  const about = { target: name, seed: '1', started: '2026-01-01T00:00:00Z', milliseconds: 0, version: '0', file: name }
  const { scenarios } = verdictOf(pack, evidence, about)
  const ids = (outcome: string) => scenarios.filter((one) => one.outcome === outcome).map(({ id }) => id)
  const reasons = scenarios.filter(({ outcome }) => outcome !== 'passed').map(({ id, reason }) => `${id}: ${reason}`)
  return { kept: ids('passed'), broken: ids('failed'), reasons }
}

describe.concurrent('a program that keeps the contract', () => {
  test.each(['pit-ehr', 'pit-vendor'] as const)('%s: every requirement is exercised and kept', async (name) => {
    const { reasons, kept } = await verdictOn(name)
    expect(reasons).toEqual([])
    expect(kept).toEqual(packOf(name).requirements.map(({ id }) => id))
  })
})

/** What each bug of the sample programs breaks, and nothing else. A program that gives up breaks what it has not done yet. */
const BUGS: readonly (readonly [Name, string, readonly string[]])[] = [
  ['pit-ehr', 'skip-last', ['hands-over-everyone']],
  ['pit-ehr', 'first-version-only', ['hands-over-everyone', 'hands-over-newest']],
  ['pit-ehr', 'hand-over-twice', ['hands-over-once']],
  ['pit-ehr', 'lenient-payload', ['hands-over-r4']],
  ['pit-ehr', 'retry-400', ['patient-refused-not-repeated']],
  ['pit-ehr', 'take-silence-for-202', ['repeats-unanswered', 'survives-reset']],
  ['pit-ehr', 'no-token-refresh', ['hands-over-everyone', 'renews-token']],
  ['pit-ehr', 'ignore-retry-after', ['waits-as-told']],
  ['pit-ehr', 'give-up-on-503', ['hands-over-everyone', 'survives-outage']],
  ['pit-ehr', 'give-up-on-reset', ['hands-over-everyone', 'survives-reset']],
  ['pit-ehr', 'real-number', ['sends-no-real-number']],
  ['pit-ehr', 'reuse-proof', ['hands-over-everyone', 'fresh-proofs', 'handles-nonce']],
  ['pit-ehr', 'wrong-htu', ['hands-over-everyone', 'right-htu']],
  ['pit-ehr', 'no-ath', ['hands-over-everyone', 'right-ath']],
  ['pit-ehr', 'token-per-request', ['reuses-token']],
  ['pit-ehr', 'ignore-nonce', ['hands-over-everyone', 'handles-nonce']],
  ['pit-vendor', 'first-page-only', ['reads-to-the-end']],
  ['pit-vendor', 'cursor-decoded', ['mirrors-everyone', 'reads-to-the-end', 'follows-next-as-given']],
  ['pit-vendor', 'cursor-with-filter', ['mirrors-everyone', 'follows-next-as-given']],
  ['pit-vendor', 'from-own-clock', ['mirrors-everyone', 'mirrors-newest', 'restarts-from-stamp']],
  ['pit-vendor', 'forget-stamp', ['restarts-from-stamp']],
  ['pit-vendor', 'no-token-refresh', ['renews-token']],
  ['pit-vendor', 'ignore-retry-after', ['waits-as-told']],
  ['pit-vendor', 'give-up-on-503', ['survives-outage']],
  ['pit-vendor', 'give-up-on-reset', ['survives-reset']],
  ['pit-vendor', 'drop-cut-page', ['survives-cut']],
  ['pit-vendor', 'poll-too-fast', ['polls-as-told']],
  ['pit-vendor', 'reuse-proof', ['fresh-proofs', 'handles-nonce']],
  ['pit-vendor', 'wrong-htu', ['right-htu']],
  ['pit-vendor', 'no-ath', ['right-ath']],
  ['pit-vendor', 'token-per-request', ['reuses-token']],
  ['pit-vendor', 'ignore-nonce', ['handles-nonce']],
]

describe.concurrent('a program that breaks the contract', () => {
  test.each(BUGS)('%s with %s breaks %j', async (name, bug, requirements) => {
    const { broken, reasons } = await verdictOn(name, '--bug', bug)
    expect(broken, reasons.join('\n')).toEqual(requirements)
  })
})
