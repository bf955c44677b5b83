import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noteFactory } from '../../fixtures/index.ts'
import { authorize, type ClientFile, requestToken } from '../../scenarios/helseid-client.ts'
import { type RunningSimulator, startServer } from '../../simulator/adapters/node.ts'
import { isSampled } from '../../simulator/sample.fixture.ts'
import { jftsim } from '../here.fixture.ts'
import { MAIN, jftsim as started } from '../jftsim.fixture.ts'

let folder: string
let running: RunningSimulator

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jftsim-run-'))
  running = await startServer({ port: 0 })
})

afterAll(async () => {
  rmSync(folder, { recursive: true })
  await running.close()
})

function packOf(expected: number): string {
  const file = join(folder, `own-${expected}.yaml`)
  const steps = `      - submit: { fixture: note }\n        expect: { status: ${expected} }\n`
  writeFileSync(
    file,
    `pack: own\ntitle: Own\nscenarios:\n  - id: own-note\n    title: A note of my own\n    proves: [write-202]\n    steps:\n${steps}`,
  )
  return file
}

/** Waits for a note that is accepted. */
function waitingPack(): string {
  const file = join(folder, 'own-waits.yaml')
  const step =
    '{ surface: jft-write, method: POST, path: /v1/Composition, status: 202, says: Submit a note., within: PT5M }'
  writeFileSync(
    file,
    `pack: own\ntitle: Own\nscenarios:\n  - id: own-waits\n    title: Waits\n    steps:\n      - await: ${step}\n`,
  )
  return file
}

/** Plays the client that is asked for: with the base URL and the client's file that were printed. */
async function sendAsTold(printed: string, body: string): Promise<void> {
  const [, url = ''] = /\nPOST (\S+)/.exec(printed) ?? []
  const [, clientFile = ''] = /client {4}(\S+)/.exec(printed) ?? []
  const file = (await (await fetch(clientFile)).json()) as ClientFile
  const token = await requestToken(file, { orgnr: '313231593' })
  const headers = { ...(await authorize(token, 'POST', url)), 'content-type': 'application/fhir+json' }
  await fetch(url, { method: 'POST', headers, body })
}

describe('jftsim run', () => {
  test('a pack that passes: a line for the scenario, the requirement it proves, exit code 0', async () => {
    const { code, stdout } = await started('run', packOf(202), '--url', running.url)
    expect([code, stdout.replace(/\d+(\.\d)? m?s\b/g, 'N s')]).toEqual([
      0,
      'ok      own/own-note  A note of my own  N s\n1 requirements kept, 0 broken, 0 not exercised\n1 passed, 0 failed, 0 skipped in N s (seed 1)\nThis tested the simulator itself, not your program: that is done by "jftsim verify", by --own-client, and another environment by --target.\n',
    ])
    expect((await running.simulator.sandboxes.list()).map(({ settings }) => settings.name)).toEqual(['default'])
  })

  test('a pack that fails: expected and actual, the reports, exit code 1; the sandbox stays to be looked at', async () => {
    const report = join(folder, 'reports', 'run.json')
    const { code, stdout } = await jftsim('run', packOf(201), '--url', running.url, '--report', `json=${report}`)
    expect(code).toBe(1)
    expect(stdout).toContain('FAILED  own/own-note')
    expect(stdout).toMatch(/status: {2}- expected {2}\+ actual\n\s+- 201\n\s+\+ 202/)
    const { passed, requirements, scenarios } = JSON.parse(readFileSync(report, 'utf8'))
    expect([passed, requirements[0].id, requirements[0].outcome]).toEqual([false, 'write-202', 'broken'])
    const sandboxes = (await running.simulator.sandboxes.list()).map(({ settings }) => settings.name)
    expect(sandboxes).toContain(scenarios[0].sandbox)
  })

  test('a scenario that waits for a client of one’s own is skipped without the flag that prints what to send', async () => {
    const { code, stdout, stderr } = await jftsim('run', waitingPack(), '--url', running.url)
    expect(code).toBe(2)
    expect(stderr).toContain('nothing could be tried: waits for your own client')
    expect(stdout).toContain('skipped own/own-waits  Waits  0 ms: waits for your own client: run it with --own-client')
  })

  test('with the flag it prints the request, and continues when a client has sent it', async () => {
    const child = spawn(process.execPath, [MAIN, 'run', waitingPack(), '--url', running.url, '--own-client'])
    // The first one is refused, and is told of; the second one is what is waited for.
    const bodies = new Map([
      ['With a token', '{}'],
      ['came: POST', JSON.stringify(noteFactory.build())],
    ])
    let printed = ''
    for await (const part of child.stdout.setEncoding('utf8')) {
      printed += part
      const [cue, body] = [...bodies].find(([words]) => printed.includes(words)) ?? []
      if (cue !== undefined && body !== undefined) {
        bodies.delete(cue)
        await sendAsTold(printed, body)
      }
    }
    expect(printed).toMatch(/\n {2}Submit a note\.\n {2}Waits until \d\d:\d\d:\d\d for\n/)
    expect(printed).toContain('jftsim token --url http://localhost:')
    expect(printed).toMatch(/ {2}came: POST \/s\/\S+ 400 /)
    expect(printed).toContain('ok      own/own-waits')
  })

  test.each([
    [['run', 'jft-wirte'], 'There is no pack jft-wirte, nor a file of that name. Did you mean jft-write?'],
    [['run', '--report', 'htm=x'], '--report htm=x: There is no format htm. Did you mean html?'],
    [['run', 'auth', '--filter', 'zzz'], 'No scenario has the text zzz in its id, title or requirements.'],
    [['run', '--repeat', '0'], 'It must be a whole number from 1.'],
    [['verify', 'her', '--', 'true'], 'There is no pack her, nor a file of that name. Did you mean ehr?'],
    [['verify', 'ehr'], 'Give the program after --, or --wait for one that runs elsewhere.'],
    [['verify', 'ehr', '--events', '1', '--', 'no-such-program'], 'no-such-program cannot be started'],
    [['verify', 'ehr', '--events', '1', '--', 'true'], 'The program made no request: there is nothing to judge.'],
  ])('%j is told what is wrong', async (args, message) => {
    const { code, stderr } = await jftsim(...args)
    expect(stderr).toContain(message)
    expect(code).toBeGreaterThan(0)
  })
})

test('jftsim coverage lists what proves each requirement', async () => {
  const { stdout } = await started('coverage', packOf(202))
  expect(stdout).toContain('✓ write-202: A successful submission returns 202 Accepted.\n      own/own-note')
  expect(stdout).toContain('Not proved by any scenario:')
})

test.skipIf(!isSampled('jftsim verify --wait'))(
  'jftsim verify --wait prints what a program elsewhere needs, and judges what that did',
  async () => {
    const summary = join(folder, 'summary.md')
    const wanted = ['--report', `summary=${summary}`]
    const verify = spawn(process.execPath, [MAIN, 'verify', 'response-centre', '--wait', ...wanted])
    const env: Record<string, string> = {}
    const output: string[] = []
    const ended = new Promise<number | null>((resolve) => verify.once('exit', resolve))
    for await (const line of createInterface({ input: verify.stdout })) {
      output.push(line)
      const [, name = '', value = ''] = /^ {2}export (\w+)='(.*)'$/.exec(line) ?? []
      env[name] = value
      if (!line.startsWith('It is judged')) continue
      const program = [
        'examples/response-centre/response-centre.js',
        '--count',
        '1',
        '--wait',
        '1',
        '--bug',
        'no-source-system',
      ]
      await promisify(execFile)(process.execPath, program, { env: { ...process.env, ...env } })
    }
    expect(await ended).toBe(1)
    expect(output.find((line) => line.startsWith('BROKEN'))).toContain('names-source-system')
    expect(readFileSync(summary, 'utf8')).toContain(
      '| **broken** | Vendors are encouraged to include the nhn-source-system header',
    )
  },
)
