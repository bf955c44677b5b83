import { existsSync } from 'node:fs'
import './install-chromium.mjs'
import { inRoot } from './paths.mjs'
import { build, capture, passThrough } from './process.mjs'

/** @typedef {{ name: string, title: string, programs: readonly string[], packages: readonly string[] }} Browser `programs`: where they are, the first of which drives it */

/** The browsers beside Chromium, as Debian has them. @type {readonly Browser[]} */
const BROWSERS = [
  { name: 'firefox', title: 'Firefox', programs: ['/usr/bin/firefox-esr'], packages: ['firefox-esr'] },
  {
    name: 'webkit',
    title: 'WebKitGTK',
    programs: ['/usr/bin/WebKitWebDriver', '/usr/bin/xvfb-run'],
    packages: ['webkit2gtk-driver', 'xvfb', 'xauth'],
  },
]

/**
 * The optional job for other browsers than the one that all browser tests have: a smoke test of the dashboard in each.
 * @param {string[]} args `--if-found`: where one cannot be installed, say so and succeed
 * @returns {Promise<number>} the exit code
 */
export async function browsers(args) {
  await build()
  /** @type {Browser[]} */
  const found = []
  for (const browser of BROWSERS) if (await isThere(browser)) found.push(browser)
  const missing = BROWSERS.filter((browser) => !found.includes(browser))
  for (const { title } of missing)
    console.error(`${title} cannot be installed here: the dashboard was not tried in it.`)
  const named = found.map(({ name, programs: [program] }) => `${name}=${program}`)
  const code = await passThrough(['--import', import.meta.resolve('tsx'), inRoot('e2e', 'smoke', 'main.ts'), ...named])
  return missing.length > 0 && !args.includes('--if-found') ? 1 : code
}

/** Installs it where it can be. @param {Browser} browser */
async function isThere({ programs, packages }) {
  const all = () => programs.every(existsSync)
  if (all() || !existsSync('/usr/bin/apt-get')) return all()
  const root = process.getuid?.() === 0 ? [] : ['sudo', '-n', '--preserve-env=DEBIAN_FRONTEND']
  const [file = '', ...rest] = [
    ...root,
    'apt-get',
    '-o',
    'DPkg::Lock::Timeout=120',
    'install',
    '-y',
    '--no-install-recommends',
  ]
  await capture(file, [...rest, ...packages], { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
  return all()
}
