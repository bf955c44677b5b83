import { startSimulator } from '../places.ts'
import { chromiumTab } from './chromium-tab.ts'
import { firefoxTab } from './firefox-tab.ts'
import { smoke } from './steps.ts'
import type { Tab } from './tab.ts'
import { webkitTab } from './webkit-tab.ts'

/*
 * The smoke test of the dashboard in the browsers whose programs are named: `main.ts [firefox=PATH] [webkit=PATH]`; Chromium comes first.
 */

const OPENERS: Readonly<Record<string, (program: string) => Promise<Tab>>> = { firefox: firefoxTab, webkit: webkitTab }

const named = process.argv.slice(2).map((one) => one.split('='))
const place = await startSimulator()
try {
  await tryIn(chromiumTab)
  for (const [name = '', program = ''] of named) await tryIn(() => OPENERS[name]?.(program) ?? unknown(name))
} finally {
  await place.stop()
}

async function tryIn(open: () => Promise<Tab>): Promise<void> {
  const tab = await open()
  try {
    await smoke(tab, place.url.replace(/\/$/, ''))
    process.stdout.write(`${tab.browser}: passed\n`)
  } finally {
    await tab.close()
  }
}

function unknown(name: string): never {
  throw new Error(`There is no browser ${name}.`)
}
