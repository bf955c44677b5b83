import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { inRoot } from './paths.mjs'
import { capture } from './process.mjs'

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
 * As findChromium, but installs a browser when there is none: with apt-get, else with Playwright's installer. Throws
 * an Error that says what was tried.
 * @returns {Promise<string>}
 */
export async function ensureChromium() {
  const present = findChromium()
  if (present && !existsSync(present)) throw new Error(`CHROMIUM_PATH is set, but ${present} does not exist.`)
  if (present) return present
  const tried = []
  for (const install of [installWithApt, installWithPlaywright]) {
    tried.push(await install())
    const found = findChromium()
    if (found) return found
  }
  throw new Error(`${tried.join('\n')}\n\nNo Chromium to test with. Install Chromium or Chrome, or set CHROMIUM_PATH.`)
}

/**
 * Ubuntu's /usr/bin/chromium-browser exists but only tells one to install a snap.
 * @param {string} path
 */
function runs(path) {
  return existsSync(path) && spawnSync(path, ['--version'], { stdio: 'ignore' }).status === 0
}

/** @returns {Promise<string>} what it printed */
async function installWithApt() {
  if (!existsSync('/usr/bin/apt-get')) return 'apt-get: not on this system.'
  console.error('installing Chromium (apt-get) ...')
  const install = ['install', '-y', '--no-install-recommends', 'chromium']
  const first = await aptGet(install)
  if (first.code === 0) return first.output
  const update = await aptGet(['update'])
  const second = await aptGet(install)
  return [first, update, second].map(({ output }) => output.trimEnd()).join('\n')
}

/** @param {string[]} args */
function aptGet(args) {
  // Waits for another apt-get to end instead of failing at once.
  const command = ['apt-get', '-o', 'DPkg::Lock::Timeout=120', ...args]
  const isRoot = process.getuid?.() === 0
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const [file = '', ...rest] = isRoot ? command : ['sudo', '-n', 'DEBIAN_FRONTEND=noninteractive', ...command]
  return capture(file, rest, env)
}

/** @returns {Promise<string>} what it printed */
async function installWithPlaywright() {
  console.error('installing Chromium (playwright install) ...')
  const cli = inRoot('node_modules', '@playwright', 'test', 'cli.js')
  const { output } = await capture(process.execPath, [cli, 'install', 'chromium'])
  return output.trimEnd()
}
