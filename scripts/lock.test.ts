import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { withLock } from './lock.mjs'

const run = promisify(execFile)
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'))
})

afterEach(() => rmSync(folder, { recursive: true }))

test('processes that want the lock at the same time take turns', async () => {
  const log = join(folder, 'log')
  const program = `
    import { appendFileSync } from 'node:fs'
    import { setTimeout } from 'node:timers/promises'
    import { withLock } from ${JSON.stringify(import.meta.resolve('./lock.mjs'))}
    await withLock(async () => {
      appendFileSync(${JSON.stringify(log)}, 'in ')
      await setTimeout(50)
      appendFileSync(${JSON.stringify(log)}, 'out ')
    }, ${JSON.stringify(join(folder, 'lock'))})`
  const start = () => run(process.execPath, ['--input-type=module', '--eval', program])
  await Promise.all([start(), start(), start()])
  expect(readFileSync(log, 'utf8')).toBe('in out in out in out ')
})

test('the lock of a process that has died is taken over', async () => {
  const lock = join(folder, 'lock')
  const { stdout: pid } = await run(process.execPath, ['--print', 'process.pid'])
  mkdirSync(lock)
  writeFileSync(join(lock, pid.trim()), '')
  expect(await withLock(async () => 'done', lock)).toBe('done')
})

test('work that fails gives the lock back', async () => {
  const lock = join(folder, 'lock')
  const work = withLock(() => Promise.reject(new Error('no space left')), lock)
  await expect(work).rejects.toThrow('no space left')
  expect(existsSync(lock)).toBe(false)
})
