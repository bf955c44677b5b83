import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Calibration, calibrationSchema } from '../../scenarios/calibrate/calibration.ts'
import type { Jft } from '../../simulator/adapters/testing/start-jft.ts'
import { startEnvironment } from '../another-environment.fixture.ts'
import { jftsimIn } from '../here.fixture.ts'

const folder = mkdtempSync(join(tmpdir(), 'jftsim-calibrate-'))
let environment: Jft

beforeAll(async () => {
  environment = await startEnvironment(folder, { assumptions: { countDefault: 7, searchTotal: true } })
})

afterAll(async () => {
  await environment.close()
  rmSync(folder, { recursive: true })
})

const calibrate = (...args: string[]) => jftsimIn(folder, 'calibrate', '--per-minute', '999999', ...args)

function written(): Calibration {
  return calibrationSchema.parse(JSON.parse(readFileSync(join(folder, 'calibration.json'), 'utf8')))
}

test('a target is asked, and what differs is told requirement by requirement, with what shows it', async () => {
  const { code, stdout } = await calibrate('--target', 'target.yaml', '--yes', '--only', 'countDefault', 'searchTotal')
  expect(code).toBe(0)
  expect(stdout).toContain('2 settings observed, 0 undecided: calibration.json')
  expect(stdout.slice(stdout.indexOf('What the service did'))).toMatch(
    /^What the service .*:\nread-page-limit: "Keyset pagination .*" JFT ReadAPI .*\n {2}countDefault: 7, assumed was 20\. .*\n {4}POST http.*\/read\/v1\/Composition\/_search 200\nread-bundle: ".*\n {2}searchTotal: true, assumed was false\. .*\n.*200\n$/,
  )
  expect(Object.keys(written().settings)).toEqual(['countDefault', 'searchTotal'])
})

test('a second run continues where the first ended, and sends nothing for what is known', async () => {
  const before = (await environment.exchanges({})).length
  const { stdout } = await calibrate('--target', 'target.yaml', '--yes', '--only', 'searchTotal')
  expect(stdout).toContain('searchTotal: known already')
  expect(await environment.exchanges({})).toHaveLength(before)
  expect(Object.keys(written().settings)).toEqual(['countDefault', 'searchTotal'])
})

test('what was observed is listed by rules, with where and how surely', async () => {
  const { stdout } = await jftsimIn(folder, 'rules', '--calibration', 'calibration.json')
  expect(stdout).toMatch(
    /assumptions\.countDefault = 7\n.*\n {2}Observed at NHN Test, \d{4}-\d\d-\d\dT\S+Z \(medium confidence\)\./,
  )
})
