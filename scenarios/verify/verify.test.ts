import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { environmentOf, linesOf, restartable, spawnProgram, treeKill } from '../../cli/program.ts'
import { builtIn, type OpenTarget } from '../../cli/run-target.ts'
import { formsOf, sampled } from '../../simulator/sample.fixture.ts'
import { packOf } from './programs/judge.fixture.ts'
import { type Staging, stage } from './stage.ts'
import { verdictOf } from './verdict.ts'
import type { VerifyPack } from './verify-pack.ts'

/** Programs as processes, over HTTP, in real time; `programs/` has the many, in a time that nobody waits for. */

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

const EHR = ['examples/ehr/ehr.js', '--until-empty']
const MIRROR = ['examples/pit-vendor/pit-vendor.js', '--until-empty']
const HAND_OVER = ['examples/pit-ehr/pit-ehr.js', '--until-empty']
const CENTRE = ['examples/response-centre/response-centre.js', '--count', '6', '--wait', '6']

async function judged(pack: VerifyPack, start: Staging['start'], events?: number) {
  const evidence = await stage({ pack: { ...pack, within: 'PT5M' }, target: open.target, seed: '1', events, start })
  const about = { target: 'x', seed: '1', started: '2026-01-01T00:00:00Z', milliseconds: 0, version: '0', file: 'x' }
  const { scenarios, program } = verdictOf(pack, evidence, about)
  const ids = (outcome: string) => scenarios.filter((one) => one.outcome === outcome).map(({ id }) => id)
  return { kept: ids('passed'), broken: ids('failed'), open: ids('skipped'), scenarios, program, evidence }
}

/** How often a program is judged whose verdict says that something could not be measured. */
const TRIES = 8

/**
 * The pack's verdict on a program: ids of requirements by outcome. What could not be measured, since this machine stood still,
 * is measured again.
 */
async function verdictOn(name: string, command: readonly string[]) {
  for (let time = 1; ; time += 1) {
    const verdict = await verdictNow(name, command)
    const isBlurred = verdict.scenarios.some(({ reason }) => reason?.includes('this machine stood still'))
    if (!isBlurred || time === TRIES) return verdict
  }
}

function verdictNow(name: string, command: readonly string[]) {
  // Few events, and small pages, so that there is more than one.
  const smaller = name === 'ehr' ? { poll: 0.2, sandbox: { assumptions: { countDefault: 10 } } } : {}
  const start: Staging['start'] = (surroundings) =>
    spawnProgram(command, environmentOf(surroundings, mkdtempSync(join(folder, 'p-'))), 'ignore')
  return judged({ ...packOf(name), ...smaller }, start, 80)
}

const node = (...args: readonly string[]) => [process.execPath, ...args]

/** Every requirement is exercised and kept, and nothing is said against the program. */
async function expectKept(name: string, command: readonly string[]): Promise<void> {
  const { broken, open: notExercised, kept, scenarios, program } = await verdictOn(name, node(...command))
  const failed = scenarios.filter(({ outcome }) => outcome === 'failed')
  expect(failed.map(({ id, reason }) => `${id}: ${reason}`)).toEqual([])
  expect([broken, notExercised, program?.blame, program?.missing]).toEqual([[], [], [], []])
  expect(kept).toEqual(packOf(name).requirements.map(({ id }) => id))
}

describe.concurrent('a program that keeps the contract', () => {
  const programs = [
    ['ehr', EHR],
    ['response-centre', CENTRE],
  ] as const

  test.each(formsOf('JFT', programs))('%s: every requirement is exercised and kept', expectKept)
})

type Judged = { readonly pack: string; readonly command: readonly string[]; readonly breaks: readonly string[] }

/** Bugs of the examples for JFT, and what each breaks. */
const JFT_BUGS: readonly (readonly [string, Judged])[] = [
  ['ehr never-acknowledge', { pack: 'ehr', command: EHR, breaks: ['acknowledges-each'] }],
  ['ehr no-token-refresh', { pack: 'ehr', command: EHR, breaks: ['renews-token'] }],
  ['response-centre no-source-system', { pack: 'response-centre', command: CENTRE, breaks: ['names-source-system'] }],
  ['response-centre blind-retry', { pack: 'response-centre', command: CENTRE, breaks: ['notices-lost-answer'] }],
]

test.concurrent.each(sampled(JFT_BUGS, 10))('%s breaks exactly what it is about', async (name, about) => {
  const { pack, command, breaks } = about
  const bug = name.slice(pack.length + 1)
  expect((await verdictOn(pack, node(...command, '--bug', bug))).broken).toEqual(breaks)
})

/** The examples for PIT, their bugs, and what each breaks. */
const PIT = {
  'pit-vendor': {
    command: MIRROR,
    bugs: {
      'first-page-only': ['mirrors-everyone', 'mirrors-newest-version', 'reads-to-the-end'],
      'cursor-with-filter': ['follows-next-as-given'],
      'no-token-refresh': ['renews-token'],
      'give-up-on-503': ['survives-token-endpoint-outage'],
    },
  },
  'pit-ehr': {
    command: HAND_OVER,
    bugs: {
      'forget-one': ['hands-over-everyone'],
      'first-version-only': ['hands-over-each-change'],
      'hand-over-twice': ['hands-over-once'],
      'lenient-payload': ['refused-nothing', 'sends-strict-payloads'],
      'retry-400': ['refused-not-repeated'],
      'no-token-refresh': ['renews-token'],
      'no-backoff': ['backs-off'],
    },
  },
} as const

const PIT_BUGS = Object.entries(PIT).flatMap(([pack, { command, bugs }]) =>
  Object.entries(bugs).map(([bug, breaks]) => [`${pack} ${bug}`, { pack, command, bug, breaks }] as const),
)

// One after the other: waits are measured, and many programs at once blur them.
describe('the examples for PIT', () => {
  const programs = Object.entries(PIT).map(([pack, { command }]) => [pack, command] as const)

  test.each(formsOf('PIT', programs))('%s: every requirement is exercised and kept', expectKept)

  test.each(sampled(PIT_BUGS, 20))(
    '%s breaks exactly what it is about',
    async (_name, { pack, command, bug, breaks }) => {
      expect((await verdictOn(pack, node(...command, '--bug', bug))).broken).toEqual(breaks)
    },
  )

  test('each of their bugs is tried', async () => {
    const { BUGS: mirroring } = await import('../../examples/pit-vendor/bugs.js')
    const { BUGS: handingOver } = await import('../../examples/pit-ehr/bugs.js')
    expect(Object.keys(PIT['pit-vendor'].bugs)).toEqual(Object.keys(mirroring))
    expect(Object.keys(PIT['pit-ehr'].bugs)).toEqual(Object.keys(handingOver))
  })
})

describe.concurrent('how a program ends', () => {
  const token = `await fetch(process.env.HELSEID_AUTHORITY + '/connect/token', { method: 'POST' });`

  test.each([
    ['process.exit(7)', /^It ended with exit code 7\.$/],
    ["process.kill(process.pid, 'SIGKILL')", /^It ended with SIGKILL\.$/],
    ["console.error('first'); throw new Error('the last words')", /^It ended with exit code 1\.$/],
  ])('%s', async (end, blame) => {
    const { program } = await verdictOn('ehr', node('--input-type=module', '-e', `${token} ${end}`))
    expect(program?.blame.at(-1)).toMatch(blame)
    expect(program?.blame[0]).toMatch(/no token|HelseID refused it/)
    if (end.includes('throw')) expect(program?.lastError).toBeDefined()
  })

  test('what reads the metadata of HelseID and nothing else has kept nothing', async () => {
    const reads = `fetch(process.env.HELSEID_AUTHORITY + '/.well-known/openid-configuration')`
    const { kept, program } = await verdictOn('ehr', node('-e', reads))
    expect(kept).toEqual([])
    expect(program?.blame[0]).toMatch(/no token/)
  })

  test('what a wrapper has started ends with it on Windows too', () => {
    expect(treeKill(4711, 'D:\\WINNT')).toEqual(['D:\\WINNT\\System32\\taskkill.exe', '/PID', '4711', '/T', '/F'])
    expect(treeKill(1)[0]).toBe('C:\\Windows\\System32\\taskkill.exe')
  })

  test.runIf(process.platform !== 'win32')('what a wrapper has started ends with it', async () => {
    const file = join(folder, 'child.pid')
    const child = `setInterval(() => {}, 1000); require('node:fs').writeFileSync('${file}', String(process.pid))`
    const program = await spawnProgram(['sh', '-c', `"${process.execPath}" -e "${child}"; true`], {}, 'ignore')
    const { existsSync, readFileSync } = await import('node:fs')
    while (!existsSync(file) || readFileSync(file, 'utf8') === '') await new Promise((wake) => setTimeout(wake, 20))
    await program.stop()
    expect(() => process.kill(Number(readFileSync(file, 'utf8')), 0)).toThrow()
  })
})

describe.concurrent('a program that is killed and started again', () => {
  const restarted = (show: string | undefined) =>
    judged(packOf('ehr-restart'), (surroundings) => {
      const env = environmentOf(surroundings, mkdtempSync(join(folder, 'p-')))
      const asks = show === undefined ? undefined : async () => linesOf(show, env)
      return restartable(() => spawnProgram(node(...EHR), env, 'ignore'), asks)
    })

  test('continues with what it has not acknowledged, and cannot be asked what it has', async () => {
    const { kept, scenarios, evidence } = await restarted(undefined)
    expect(evidence.restarted).toBe(true)
    expect(kept).toEqual(['acknowledged-survives-restart'])
    expect(scenarios[0]?.reason).toContain('JFT_SHOW_COMMAND')
  })

  test('has lost what it had acknowledged', async () => {
    writeFileSync(join(folder, 'show.txt'), 'Composition/none\n')
    const { broken, scenarios } = await restarted(`cat "${join(folder, 'show.txt')}"`)
    expect(broken).toEqual(['acknowledged-survives-restart'])
    expect(scenarios[0]?.reason).toMatch(/^It was killed and started again, and has not \w+\//)
  })
})
