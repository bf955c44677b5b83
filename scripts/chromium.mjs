import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'

/** Playwright's own list of features gives way to this one: the first five are of its list. */
const WITHOUT = [
  'HttpsUpgrades',
  'MediaRouter',
  'OptimizationHints',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'SpareRendererForSitePerProcess',
  // The window of each context would have two pages of its own behind the address bar, as dear as the page to test.
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxPopup',
]

/** No background traffic in a browser that only ever talks to localhost, and nothing that nobody sees. */
export const CHROMIUM_ARGS = [
  '--disable-gpu',
  '--disable-software-rasterizer',
  '--in-process-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${WITHOUT.join(',')}`,
]

const SYSTEM_PATHS = [
  // Without a window of its own, which takes half of the work.
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/**
 * The browser to test with, if there is one: CHROMIUM_PATH, Playwright's own, or the system's.
 * @returns {string | undefined} an executable's absolute path
 */
export function findChromium() {
  const chosen = process.env.CHROMIUM_PATH
  if (chosen) return chosen
  const own = chromium.executablePath()
  return existsSync(own) ? own : SYSTEM_PATHS.find(runs)
}

/**
 * Ubuntu's /usr/bin/chromium-browser exists but only tells one to install a snap.
 * @param {string} path
 */
function runs(path) {
  return existsSync(path) && spawnSync(path, ['--version'], { stdio: 'ignore' }).status === 0
}
