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

/** A verify pack of PIT, and the sample program of the same name. */
export type Name = 'pit-ehr' | 'pit-vendor'

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

/** Bugs of a sample program, and the requirements that each breaks: these, and nothing else. */
export type Bugs = Readonly<Record<string, readonly string[]>>

/**
 * Holds a verify pack against its sample program, as it is and with each bug. One program runs at a time: what it makes of
 * a slow answer is not what is looked at here.
 */
export function describeVerdicts(name: Name, bugs: Bugs): void {
  test('a program that keeps the contract: every requirement is exercised and kept', async () => {
    const { reasons, kept } = await verdictOn(name)
    expect(reasons).toEqual([])
    expect(kept).toEqual(packOf(name).requirements.map(({ id }) => id))
  })

  describe('a program that breaks the contract', () => {
    test.each(Object.entries(bugs))('%s breaks %j', async (bug, requirements) => {
      const { broken, reasons } = await verdictOn(name, '--bug', bug)
      expect(broken, reasons.join('\n')).toEqual(requirements)
    })

    test('each requirement is broken by one of them, but for those that no client can break by itself', () => {
      const broken = new Set(Object.values(bugs).flat())
      const others = packOf(name).requirements.filter(({ id }) => !broken.has(id))
      expect(others.map(({ id }) => id)).toEqual(UNBROKEN[name])
    })
  })
}

/** A body that takes its time, and a proof that is malformed, have no bug among the samples. */
const UNBROKEN: Readonly<Record<Name, readonly string[]>> = {
  'pit-ehr': ['sound-proofs'],
  'pit-vendor': ['survives-slow-body', 'sound-proofs'],
}
