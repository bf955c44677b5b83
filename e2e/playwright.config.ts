import { fileURLToPath } from 'node:url'
import { defineConfig } from '@playwright/test'
import { CHROMIUM_ARGS, findChromium } from '../scripts/chromium.mjs'
import type { Place } from './support.ts'

const port = Number(process.env.E2E_PORT ?? '7399')
const served = `http://localhost:${port}/`
/** A path that no part of the page knows, on a server that has files only. */
const prefix = '/pages/jft-demo/'
/** Not the next one, which somebody else may have been given. */
const staticPort = port + 100
const statically = `http://localhost:${staticPort}${prefix}`
const executablePath = findChromium()
const gracefulShutdown = { signal: 'SIGTERM', timeout: 2_000 } as const

/** One stops and starts the server, the other opens its description pages. Single tests say so by `served`. */
const NEED_THE_SERVER = ['restart.spec.ts', 'swagger.spec.ts']

export default defineConfig<Place>({
  testDir: '.',
  outputDir: '../test-results',
  // One for each project: the tests of a project share a server, or are a load of their own already.
  workers: 2,
  retries: 0,
  // Only a hang shall fail on time: a busy machine is no fault of the code.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: Boolean(process.env.CI),
  use: {
    headless: true,
    screenshot: 'only-on-failure',
    launchOptions: { args: [...CHROMIUM_ARGS], ...(executablePath ? { executablePath } : {}) },
  },
  projects: [
    { name: 'served', workers: 1, grepInvert: /@static/, use: { baseURL: served } },
    {
      name: 'static',
      workers: 1,
      grepInvert: /@served/,
      testIgnore: NEED_THE_SERVER,
      use: { baseURL: statically, inPage: true },
    },
  ],
  webServer: [
    {
      command: `node dist/cli/main.js start --port ${port} --ephemeral`,
      cwd: fileURLToPath(new URL('..', import.meta.url)),
      url: `${served}_sim/health`,
      gracefulShutdown,
    },
    {
      command: `node static-server.mjs ${staticPort} ${prefix} ../dist/demo`,
      cwd: fileURLToPath(new URL('.', import.meta.url)),
      url: statically,
      gracefulShutdown,
    },
  ],
})
