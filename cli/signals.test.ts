import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { formsOf } from '../simulator/sample.fixture.ts'
import { jftsim, MAIN, until } from './jftsim.fixture.ts'
import { ENDING } from './lifetime.ts'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'jftsim-'))
})

afterAll(() => rmSync(folder, { recursive: true }))

/** A program with a child of its own, which tells who both are and where its key lies. */
const PROGRAM = `
const { spawn } = require('node:child_process')
const { writeFileSync, renameSync } = require('node:fs')
const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
const [file] = process.argv.slice(1)
writeFileSync(file + '.new', JSON.stringify({ pids: [process.pid, child.pid], key: process.env.JFT_CLIENT_FILE }))
renameSync(file + '.new', file)
setInterval(() => {}, 1000)
`

interface Told {
  readonly pids: readonly number[]
  readonly key: string
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe.each(formsOf('signal', ENDING))('%s', (signal) => {
  test('ends a simulator in good order', async () => {
    const ready = join(folder, `ready-${signal}.json`)
    const child = spawn(process.execPath, [MAIN, 'start', '--ephemeral', '--port', '0', '--ready-file', ready])
    await until(child, () => (existsSync(ready) ? true : undefined))
    child.kill(signal)
    const [code, by] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null]
    expect([code, by, existsSync(ready)]).toEqual([0, null, false])
  })

  test('of verify ends the program that it started, and all that this one started, and takes its key away', async () => {
    const file = join(folder, `told-${signal}.json`)
    const child = spawn(process.execPath, [MAIN, 'verify', 'ehr', '--', process.execPath, '-e', PROGRAM, file])
    await until(child, () => (existsSync(file) ? true : undefined))
    const { pids, key } = JSON.parse(readFileSync(file, 'utf8')) as Told
    expect([...pids.map(isAlive), existsSync(key)]).toEqual([true, true, true])
    child.kill(signal)
    const [code] = (await once(child, 'exit')) as [number | null]
    while (pids.some(isAlive)) await setTimeout(20)
    expect([code, existsSync(key)]).toEqual([128 + constants.signals[signal], false])
  })
})

test('a verify that is killed leaves neither its program nor the key behind', async () => {
  const file = join(folder, 'told-killed.json')
  const child = spawn(process.execPath, [MAIN, 'verify', 'ehr', '--', process.execPath, '-e', PROGRAM, file])
  await until(child, () => (existsSync(file) ? true : undefined))
  const { pids, key } = JSON.parse(readFileSync(file, 'utf8')) as Told
  child.kill('SIGKILL')
  await once(child, 'exit')
  while (pids.some(isAlive) || existsSync(key)) await setTimeout(20)
})

describe('a pack that is hostile ends run with exit code 2 and one reason', () => {
  const bomb = ['a: &a0 x', ...Array.from({ length: 9 }, (_, n) => `b${n}: &a${n + 1} [${`*a${n},`.repeat(9)}]`)].join(
    '\n',
  )
  test.each([
    ['aliases that multiply', bomb, 'Excessive alias count'],
    ['what is nested deeper than a stack', `pack: ${'['.repeat(20_000)}${']'.repeat(20_000)}`, 'nested too deeply'],
    ['nothing', '', 'It is empty.'],
    ['bytes that are no text', Buffer.from([0x70, 0x3a, 0x20, 0xff]), 'is not UTF-8'],
  ])('%s', async (what, content, reason) => {
    const file = join(folder, `${what.replaceAll(' ', '-')}.yaml`)
    writeFileSync(file, content)
    const { code, stdout, stderr } = await jftsim('run', file)
    expect([code, stdout, stderr.trim().split('\n')]).toEqual([2, '', [expect.stringContaining(reason)]])
  })
})
