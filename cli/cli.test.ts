import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noteFactory, patientFactory } from '../fixtures/index.ts'
import { type RunningSimulator, startServer } from '../simulator/adapters/node.ts'
import { jftsim } from './here.fixture.ts'
import { jftsim as started } from './jftsim.fixture.ts'

let folder: string
let running: RunningSimulator

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jftsim-'))
  running = await startServer({ port: 0 })
})

afterAll(async () => {
  rmSync(folder, { recursive: true })
  await running.close()
})

function file(name: string, value: unknown): string {
  const path = join(folder, name)
  writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value, null, 2))
  return path
}

const withoutCurl = spawnSync('curl', ['--version']).status !== 0

describe('jftsim token', () => {
  const curlFor = (...request: string[]) => {
    return ['token', '--url', running.url, '--orgnr', '313231593', '--curl', ...request]
  }

  test.skipIf(withoutCurl)('--curl prints a command that a shell can run, and JFT accepts', async () => {
    const note = file('note.json', noteFactory.build())
    const { stdout } = await started(...curlFor('POST', '/v1/Composition', note))
    const answer = await promisify(execFile)('sh', ['-c', stdout])
    expect(answer.stdout).toMatch(/^HTTP\/1\.1 202 /)
  })

  test.skipIf(withoutCurl).each([
    ['POST', '/v1/Patient', 202],
    ['GET', '/v1/Patient', 200],
    ['GET', '/pit/v1/Patient?_count=1', 200],
  ])('--curl %s %s is for PIT, with its scope', async (method, path, status) => {
    const body = method === 'POST' ? [file('patient.json', patientFactory.build())] : []
    const { stdout } = await jftsim(...curlFor(method, path, ...body))
    const answer = await promisify(execFile)('sh', ['-c', stdout])
    expect(answer.stdout).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
  })

  test('for VKP, which takes no such token, it says where one is', async () => {
    const { code, stderr } = await jftsim('token', '--curl', 'POST', '/vkp/epj/r4/313231593/composition')
    expect(code).toBe(2)
    expect(stderr).toContain('GET /_sim/curl?method=POST&path=/vkp/epj/r4/313231593/composition')
  })

  test('without a simulator it says so', async () => {
    const { code, stderr } = await jftsim('token', '--url', 'http://localhost:1')
    expect(code).toBe(2)
    expect(stderr).toContain('No simulator answers at http://localhost:1')
  })

  test('a municipality without a delegation is refused with HelseID’s words', async () => {
    const { code, stderr } = await jftsim('token', '--url', running.url, '--orgnr', '994598759')
    expect(code).toBe(1)
    expect(stderr).toContain('HID-1001')
  })
})

test('jftsim rules lists rules and settings', async () => {
  const { stdout } = await started('rules')
  expect(stdout).toContain('r4-array-expected (')
  expect(stdout).toContain('assumptions.countMax = 50')
  expect(stdout).not.toContain('switched off')
})

test('jftsim rules --config marks the rules that are switched off, and shows the settings', async () => {
  const config = file('rules.json', { switchedOff: ['jft-rate'], assumptions: { countMax: 7 } })
  const { stdout } = await jftsim('rules', '--config', config)
  expect(stdout.match(/^.*switched off.*$/gm)).toEqual(['jft-rate (assumed, switched off)'])
  expect(stdout).toContain('assumptions.countMax = 7')
  const wrong = file('wrong.json', { switchedOff: ['jft-rat'] })
  expect((await jftsim('rules', '--config', wrong)).stderr).toContain(
    'switchedOff.0: There is no rule "jft-rat". Did you mean jft-rate?',
  )
})

describe('wrong use', () => {
  test('an unknown command and option get a suggestion', async () => {
    expect((await started('chek')).stderr).toContain('Did you mean check?')
    expect((await jftsim('start', '--prt', '1')).stderr).toContain('Did you mean --port?')
  })

  test('a wrong config file names every option', async () => {
    const config = file('config.json', { assumptions: { countMx: 1 }, auth: 'lax' })
    const { code, stderr } = await jftsim('start', '--port', '0', '--ephemeral', '--config', config)
    expect(code).toBe(2)
    expect(stderr).toContain('auth: ')
    expect(stderr).toContain('assumptions.countMx: There is no such option.')
  })

  test('a config file that is not JSON, and one that is not there', async () => {
    expect((await jftsim('start', '--config', file('broken.json', '{'))).stderr).toContain('is not JSON')
    expect((await jftsim('start', '--config', join(folder, 'missing.json'))).stderr).toContain('cannot be read')
  })

  test('a port out of range', async () => {
    expect((await jftsim('start', '--port', '70000')).stderr).toContain('0 to 65535')
  })
})
