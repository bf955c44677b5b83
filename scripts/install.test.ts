import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { matchesLock, withLock } from './install.mjs'

const run = promisify(execFile)
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'))
})

afterEach(() => rmSync(folder, { recursive: true }))

const hono = { version: '4.13.19', integrity: 'sha512-a' }
const darwin = { version: '1.2.19', integrity: 'sha512-b', optional: true }
const locked = { '': {}, 'node_modules/hono': hono, 'node_modules/binding-darwin': darwin }

test('an install may lack the optional packages of other platforms', () => {
  expect(matchesLock({ 'node_modules/hono': hono }, locked)).toBe(true)
})

test.each([
  ['lacks a package', {}],
  ['has another version', { 'node_modules/hono': { ...hono, version: '4.13.18' } }],
  ['has other content', { 'node_modules/hono': { ...hono, integrity: 'sha512-c' } }],
  ['has a package that is no longer locked', { 'node_modules/hono': hono, 'node_modules/ky': hono }],
])('an install that %s does not match', (_, installed) => {
  expect(matchesLock(installed, locked)).toBe(false)
})

test('processes that want the lock at the same time take turns', async () => {
  const log = join(folder, 'log')
  const program = `
    import { appendFileSync } from 'node:fs'
    import { setImmediate } from 'node:timers/promises'
    import { withLock } from ${JSON.stringify(import.meta.resolve('./install.mjs'))}
    await withLock(${JSON.stringify(join(folder, 'lock'))}, async () => {
      appendFileSync(${JSON.stringify(log)}, 'in ')
      await setImmediate()
      appendFileSync(${JSON.stringify(log)}, 'out ')
    })`
  const start = () => run(process.execPath, ['--input-type=module', '--eval', program])
  await Promise.all([start(), start(), start()])
  expect(readFileSync(log, 'utf8')).toBe('in out in out in out ')
})

test('the lock of a process that has died is taken over', async () => {
  const lock = join(folder, 'lock')
  const { stdout: pid } = await run(process.execPath, ['--print', 'process.pid'])
  mkdirSync(lock)
  writeFileSync(join(lock, pid.trim()), '')
  expect(await withLock(lock, async () => 'done')).toBe('done')
})
