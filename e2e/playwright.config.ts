import { fileURLToPath } from 'node:url'
import { defineConfig } from '@playwright/test'
import { CHROMIUM_ARGS, findChromium } from '../scripts/chromium.mjs'

const port = process.env.E2E_PORT ?? '7399'
const origin = `http://localhost:${port}`
const executablePath = findChromium()

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  workers: 1,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  use: {
    baseURL: origin,
    headless: true,
    screenshot: 'only-on-failure',
    launchOptions: { args: [...CHROMIUM_ARGS], ...(executablePath ? { executablePath } : {}) },
  },
  webServer: {
    command: `node dist/simulator/adapters/cli/main.js start --port ${port} --ephemeral`,
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    url: `${origin}/_sim/health`,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 2_000 },
  },
})
