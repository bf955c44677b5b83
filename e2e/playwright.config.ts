import { readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { defineConfig } from '@playwright/test'
import { CHROMIUM_ARGS, findChromium } from '../scripts/chromium.mjs'
import { isSampled } from '../simulator/sample.fixture.ts'
import type { WhereItRuns } from './support.ts'

// Set by `npm test`.
const report = process.env.REPORT
const executablePath = findChromium()

/** One stops and starts the server, the other opens its description pages. Single tests say so by `served`. */
const NEED_THE_SERVER = ['admin.spec.ts', 'restart.spec.ts', 'swagger.spec.ts']

/** Of the tests that both projects have, the demo has a sample. */
const SAMPLE = readdirSync(import.meta.dirname).filter(
  (file) => file.endsWith('.spec.ts') && isSampled(`static ${file}`),
)
const IN_PAGE = new RegExp(['@static', ...SAMPLE.map((file) => file.replaceAll('.', '\\.'))].join('|'))

export default defineConfig<object, WhereItRuns>({
  testDir: '.',
  outputDir: '../test-results/browser',
  reporter: report ? [['dot'], ['junit', { outputFile: resolve(report) }]] : 'list',
  // Each worker has a simulator of its own, and one test at a time.
  fullyParallel: true,
  workers: Math.max(2, Math.floor(availableParallelism() / 2)),
  // A browser that draws nothing for minutes is not a fault of the page: what fails once and passes then is told as flaky.
  retries: 1,
  // Only a hang may fail on time: a busy machine is not a fault of the code.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  forbidOnly: Boolean(process.env.CI),
  use: {
    headless: true,
    screenshot: 'only-on-failure',
    launchOptions: { args: CHROMIUM_ARGS, ...(executablePath ? { executablePath } : {}) },
  },
  projects: [
    { name: 'served', grepInvert: /@static/, use: { inPage: false } },
    { name: 'static', grep: IN_PAGE, grepInvert: /@served/, testIgnore: NEED_THE_SERVER, use: { inPage: true } },
  ],
})
