import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startEnvironment } from '../../cli/another-environment.fixture.ts'
import { MAIN } from '../../cli/jftsim.fixture.ts'
import { noteFactory } from '../../fixtures/index.ts'
import { startServer } from '../../simulator/adapters/node.ts'
import type { Jft } from '../../simulator/adapters/testing/start-jft.ts'
import { isSampled, isWhole } from '../../simulator/sample.fixture.ts'
import { inRoot } from '../paths.mjs'
import { commandsOf, firstMissing, pages, type Shown } from './commands.ts'

const CALLED = 'localhost:7357'
const SHOWN = pages().flatMap(commandsOf)

let simulator: Awaited<ReturnType<typeof startServer>>
/** What the pages take for a real service, which is not all as the simulator assumes. */
let environment: Jft
let folder: string

beforeAll(async () => {
  simulator = await startServer({ port: 0 })
  folder = mkdtempSync(join(tmpdir(), 'jftsim-docs-'))
  mkdirSync(join(folder, 'examples'))
  for (const name of ['ehr', 'response-centre', 'shared'])
    symlinkSync(inRoot('examples', name), join(folder, 'examples', name))
  environment = await startEnvironment(folder, { assumptions: { countDefault: 7, searchTotal: true } })
  cpSync(inRoot('cli/recording/har-fixtures/postman.har'), join(folder, 'traffic.har'))
  writeFileSync(join(folder, 'day.ndjson'), day())
})

/** Payloads on lines of their own: some are right, the others wrong in the way of the shipped sample. */
function day(): string {
  const wrong: unknown = JSON.parse(readFileSync(inRoot('examples/payloads/note.json'), 'utf8'))
  return [...noteFactory.buildList(40), wrong, wrong].map((one) => JSON.stringify(one)).join('\n')
}

afterAll(async () => {
  await simulator.close()
  await environment.close()
  rmSync(folder, { recursive: true })
})

/** What the shell printed. A command that several pages show is run once. */
const printed = new Map<string, Promise<string>>()

function outputOf({ command }: Shown): Promise<string> {
  const known = printed.get(command) ?? runAwake(command)
  printed.set(command, known)
  return known
}

/** Once more where the machine stood still for so long that a proof was too old when it was sent: no fault of the page. */
async function runAwake(command: string): Promise<string> {
  for (let time = 1; ; time += 1) {
    const text = await run(command)
    if (time === 3 || !text.includes('dpop-iat')) return text
  }
}

/** Standard output and error together, as on a screen. */
function run(command: string): Promise<string> {
  cpSync(inRoot('examples/payloads'), join(folder, 'examples/payloads'), { recursive: true })
  const here = simulator.url.replace('http://', '')
  const program = `"${process.execPath}" "${MAIN}"`
  const own = command
    .replace(/^(?:npm run -s jftsim --|jftsim) token/, `${program} token --url ${simulator.url}`)
    .replace(/^jftsim calibrate/, '$& --per-minute 999999')
    .replace(/^(?:npm run -s jftsim --|jftsim)/, program)
    .replaceAll(CALLED, here)
  const child = spawn('bash', ['-o', 'pipefail', '-c', own], { cwd: folder })
  const texts: string[] = []
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data) => {
      texts.push(String(data))
      if (String(data).includes('Stop with Ctrl+C')) child.kill('SIGINT')
    })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', () => resolve(texts.join('').replaceAll('\r', '').replaceAll(here, CALLED)))
  })
}

/** All of a page or nothing; to verify a program takes as long as that waits. */
function isTried({ page, command }: (typeof SHOWN)[number]): boolean {
  return isWhole || (isSampled(page, 3) && !command.includes(' verify '))
}

test('README and docs show commands with their output', () => {
  expect(SHOWN.length).toBeGreaterThan(10)
  expect(SHOWN.filter(({ output }) => output.length === 0)).toEqual([])
})

/** Those of a page in their order, since one needs the files of another. */
describe.each(SHOWN.filter(isTried))('$page: $command', (shown) => {
  test('prints what the page says', async () => {
    const text = await outputOf(shown)
    expect(firstMissing(shown.output, text.trimEnd().split('\n')), text).toBeUndefined()
  })
})

test('a line that is not printed is named, also one that comes too late', () => {
  expect(firstMissing(['a', '…', 'c …'], ['a', 'b', 'c d'])).toBeUndefined()
  expect(firstMissing(['a', 'c'], ['a', 'b', 'c'])).toBe('c')
  expect(firstMissing(['a', '…', 'x'], ['a', 'b'])).toBe('x')
  expect(firstMissing(['a'], ['a', 'b'])).toBe('nothing after a, but there is: b')
})
