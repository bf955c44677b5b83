import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { jftsim, MAIN, until } from './jftsim.fixture.ts'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'jftsim-'))
})

afterAll(() => rmSync(folder, { recursive: true }))

/** A simulator that is started as a program starts one. */
function started(...args: string[]) {
  const child = spawn(process.execPath, [MAIN, 'start', '--ephemeral', '--port', '0', ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let text = ''
  child.stdout.on('data', (part: Buffer) => {
    text += part.toString()
  })
  const lines = () => text.split('\n').slice(0, -1)
  return { child, lines, ready: () => until(child, () => lines().find((line) => line.startsWith('{'))) }
}

test('a program is told the port, sees each refusal in one line, and ends the simulator with its input', async () => {
  const file = join(folder, 'ready.json')
  writeFileSync(file, '{"url":"http://localhost:1"}')
  const { child, lines, ready } = started('--ready-file', file, '--until-stdin-closes')
  const { url } = JSON.parse(await ready()) as { url: string }
  await until(child, () => (existsSync(file) ? true : undefined))
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ url })
  await fetch(`${url}/_sim/sandboxes`, { method: 'POST', body: '{"name":"mine"}' })
  const headers = { authorization: 'DPoP x' }
  await fetch(`${url}/write/v1/Composition`, { method: 'POST', headers, body: '{}' })
  await fetch(`${url}/s/mine/helseid/connect/token`, { method: 'POST', body: new URLSearchParams({ grant_type: 'x' }) })
  await fetch(`${url}/nowhere`)
  await fetch(`${url}/_sim/info`)
  const refused = () => lines().filter((line) => line.startsWith('refused: '))
  await until(child, () => (refused().length >= 3 ? true : undefined))
  expect(refused()).toEqual([
    expect.stringMatching(
      /^refused: jft-write 401 \(no client\) token-malformed: .* \(and 1 more\) http:\S+#\/exchanges\/x1$/,
    ),
    expect.stringMatching(
      /^refused: helseid 400 \(no client\) client-authentication: .*\?sandbox=mine#\/exchanges\/x1$/,
    ),
    expect.stringMatching(/^refused: no surface 404 \(no client\) http-path: No surface has the path \/nowhere\./),
  ])
  child.stdin.end()
  const [code] = (await once(child, 'exit')) as [number]
  expect([code, existsSync(file)]).toEqual([0, false])
})

test('the simulator ends with the process that it was told of', async () => {
  const parent = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  const { child, ready } = started('--parent-pid', String(parent.pid))
  await ready()
  parent.kill('SIGKILL')
  const [code] = (await once(child, 'exit')) as [number]
  expect(code).toBe(0)
})

describe('what cannot be starts nothing', () => {
  test.each([
    ['--parent-pid', '0', 'It must be the id of a process'],
    ['--parent-pid', 'me', 'It must be the id of a process'],
    ['--parent-pid', '2147483646', 'there is no process with that id'],
    ['--ready-file', '/nowhere/at/all.json', 'cannot be written'],
    ['--until-stdin-close', '', 'Did you mean --until-stdin-closes?'],
  ])('%s %s', async (...[option, value, said]) => {
    const { code, stdout, stderr } = await jftsim('start', '--ephemeral', option, ...(value === '' ? [] : [value]))
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining(said)])
  })
})
