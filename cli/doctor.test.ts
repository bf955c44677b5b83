import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startJft } from '../simulator/adapters/entry.ts'
import { examine, type Machine } from './doctor.ts'
import { jftsim } from './here.fixture.ts'
import { jftsim as started } from './jftsim.fixture.ts'

let folder: string
let healthy: Machine

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'doctor-'))
  healthy = {
    port: 1,
    keyFolder: join(folder, 'keys'),
    env: {},
    nodeVersion: '20.19.0',
    now: Date.UTC(2026, 10, 1),
    temporary: folder,
  }
})

afterAll(() => rmSync(folder, { recursive: true }))

/** What is not in order, with its cure. */
async function wrongWith(changes: Partial<Machine>) {
  const findings = await examine({ ...healthy, ...changes })
  return findings.filter(({ state }) => state !== 'ok').map(({ what, state, cure }) => [what, state, cure])
}

test('where all is well, nothing is said to be wrong', async () => {
  expect(await wrongWith({})).toEqual([])
})

test.each<[string, Partial<Machine>, string, string, string]>([
  ['an old Node', { nodeVersion: '18.20.0' }, 'Node', 'problem', '20.19'],
  ['an old minor version of Node', { nodeVersion: '20.18.9' }, 'Node', 'problem', '20.19'],
  ['a clock of 1970', { now: 0 }, 'clock', 'problem', 'Set the clock'],
  ['a proxy', { env: { HTTP_PROXY: 'http://proxy' } }, 'proxy', 'warning', 'NO_PROXY=localhost'],
  ['a key folder below a file', { keyFolder: '/dev/null/keys' }, 'key folder', 'problem', '--ephemeral'],
])('%s', async (_, changes, what, state, cure) => {
  expect(await wrongWith(changes)).toEqual([[what, state, expect.stringContaining(cure)]])
})

test('a proxy that leaves localhost out is no problem', async () => {
  expect(await wrongWith({ env: { HTTPS_PROXY: 'http://proxy', NO_PROXY: 'example.org, localhost' } })).toEqual([])
})

test.each([
  ['{', 'is not JSON'],
  ['{ "es256": 1 }', 'has not the keys that a simulator writes'],
])('a key file with %s is named, and what is wrong', async (content, found) => {
  const keyFolder = mkdtempSync(join(folder, 'broken-'))
  writeFileSync(join(keyFolder, 'keys.json'), content)
  const finding = (await examine({ ...healthy, keyFolder })).find(({ what }) => what === 'key folder')
  expect(finding).toEqual({
    what: 'key folder',
    state: 'problem',
    found: expect.stringContaining(`${join(keyFolder, 'keys.json')} ${found}`),
    cure: 'Delete it to make new keys, or put the right one back.',
  })
})

test('old folders of ours are leftovers; young ones are not', async () => {
  const temporary = join(folder, 'tmp')
  for (const name of ['jftsim-old', 'jftsim-young', 'other']) mkdirSync(join(temporary, name), { recursive: true })
  utimesSync(join(temporary, 'jftsim-old'), 0, 0)
  utimesSync(join(temporary, 'jftsim-young'), healthy.now / 1_000, healthy.now / 1_000)
  expect(await wrongWith({ temporary })).toEqual([['leftovers', 'warning', expect.stringContaining('rm -r')]])
})

test('a port that another program has is a problem; that of a simulator is not', async () => {
  const other = createServer((_, answer) => answer.end('{}')).listen(0)
  await new Promise((done) => other.once('listening', done))
  const { port } = other.address() as { port: number }
  expect(await wrongWith({ port })).toEqual([['port', 'problem', expect.stringContaining('--port')]])
  other.close()
  const jft = await startJft()
  expect(await wrongWith({ port: Number(new URL(jft.url).port) })).toEqual([])
  await jft.close()
})

test('jftsim doctor prints each finding, and refuses a port that is none', async () => {
  expect((await started('doctor', '--port', '1')).stdout).toMatch(/Node: Node \d+/)
  expect(await jftsim('doctor', '--port', 'x')).toMatchObject({ code: 2 })
})
