import { existsSync } from 'node:fs'
import { findChromium } from './chromium.mjs'
import { inRoot } from './paths.mjs'
import { capture } from './process.mjs'

// Installs a browser to test with where there is none: with apt-get, else with Playwright's installer.
const present = findChromium()
if (present && !existsSync(present)) throw new Error(`CHROMIUM_PATH is set, but ${present} does not exist.`)
if (!present) await install()

async function install() {
  let tried = ''
  for (const [file = '', ...args] of installers()) {
    tried += (await capture(file, args, { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })).output
    if (findChromium()) return
  }
  throw new Error(`${tried}\n\nNo Chromium to test with. Install Chromium or Chrome, or set CHROMIUM_PATH.`)
}

/** One after the other, until there is a browser. */
function installers() {
  const root = process.getuid?.() === 0 ? [] : ['sudo', '-n', '--preserve-env=DEBIAN_FRONTEND']
  // Waits for another apt-get to end instead of failing at once.
  const apt = [...root, 'apt-get', '-o', 'DPkg::Lock::Timeout=120']
  const install = [...apt, 'install', '-y', '--no-install-recommends']
  const playwright = [process.execPath, inRoot('node_modules', '@playwright', 'test', 'cli.js'), 'install', 'chromium']
  if (!existsSync('/usr/bin/apt-get')) return [playwright]
  const shell = [...install, 'chromium-headless-shell']
  return [shell, [...apt, 'update'], shell, [...install, 'chromium'], playwright]
}
