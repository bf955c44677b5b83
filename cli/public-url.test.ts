import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningSimulator, startServer } from '../simulator/adapters/node.ts'
import { isSampled } from '../simulator/sample.fixture.ts'
import { jftsimWith } from './jftsim.fixture.ts'

/** As in a container: the public URL is a name that other containers know, and this machine does not. */

let folder: string
let running: RunningSimulator
let here: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jftsim-public-'))
  running = await startServer({ port: 0, publicUrl: 'http://container.invalid' })
  here = `http://localhost:${running.simulator.options.port}`
})

afterAll(async () => {
  await running.close()
  rmSync(folder, { recursive: true })
})

const EHR = [process.execPath, join(import.meta.dirname, '../examples/ehr/ehr.js'), '--until-empty']

const CALLS = [
  ['run', () => ['run', 'lifecycle', '--url', here], /[1-9]\d* passed, 0 failed/],
  ['generate', () => ['generate', 'note', '--post', here], /1 of 1 sent; 202: 1/],
  ['token', () => ['token', '--url', here, '--orgnr', '313231593'], /token/i],
  ['verify', () => ['verify', 'ehr', '--url', here, '--', ...EHR], / 0 broken, 0 not exercised/],
] as const

test.each(CALLS.filter(([name]) => name !== 'verify' || isSampled('verify by another name')))(
  '%s calls it by the name that it is told',
  async (_, args, said) => {
    const { code, stdout, stderr } = await jftsimWith({}, folder, ...args())
    expect([code, stdout + stderr]).toEqual([0, expect.stringMatching(said)])
  },
)
