import { chromium, type Page } from '@playwright/test'
import { startSimulator } from '../e2e/places.ts'
import { CHROMIUM_ARGS, findChromium } from '../scripts/chromium.mjs'
import { median } from './support/median.ts'
import { composition } from './support/payloads.ts'

/*
 * What the editor of the dashboard costs with 5, 50 and 500 kB: `npm run bench -- editor`, in milliseconds, in the dashboard
 * as built. Paste and keys: until the browser has drawn them. Freeze: the longest that the page did not answer from the paste until
 * both verdicts were there. A pack of one's own with 20,000 faulty scenarios: the same, until its errors are listed. Run alone on
 * the machine.
 */

const SIZES = [5_000, 50_000, 500_000]
const KEYS = 40
const SCENARIOS = 20_000

/** A note of about so many characters, with a list left out. */
function payloadOf(size: number): string {
  const { author, section: sections, ...rest } = composition() as { author: unknown[]; section: unknown[] }
  const one = JSON.stringify(sections[0], null, 2).length * 1.3
  const section = Array.from({ length: Math.max(1, Math.round((size - 3_000) / one)) }, () => sections[0])
  return JSON.stringify({ ...rest, author: author[0], section }, null, 2)
}

/** In the page: how long until what was done is drawn, and the longest frame. */
const MEASURE = `
  window.drawn = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))
  window.timed = async (work) => { const start = performance.now(); work(); await drawn(); return performance.now() - start }
  window.pasted = (text) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', text)
    const paste = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
    document.querySelector('.cm-content').dispatchEvent(paste)
  }
  window.longest = 0
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longest = Math.max(longest, duration)
  }).observe({ type: 'longtask' })
`

function faultyPack(): string {
  const scenario = (at: number) => `  - { id: long-${at}, title: One, steps: [{ submit: { fixture: nota } }] }`
  return [
    'pack: long',
    'title: Long',
    'scenarios:',
    ...Array.from({ length: SCENARIOS }, (_, at) => scenario(at)),
  ].join('\n')
}

function measurePayload(page: Page, text: string): Promise<Record<string, number>> {
  return measure(page, text, 'Nothing to check yet', 'strict FHIR R4')
}

/** `empty`: what the page says without a text; `answered`: what it says when it has judged one. */
async function measure(page: Page, text: string, empty: string, answered: string): Promise<Record<string, number>> {
  await page.getByRole('button', { name: 'Clear' }).click({ force: true })
  await page.getByText(empty).waitFor()
  await page.locator('.cm-content').focus()
  await page.evaluate('longest = 0')
  const started = performance.now()
  const paste = await page.evaluate<number>(`timed(() => pasted(${JSON.stringify(text)}))`)
  await page.getByText(answered).first().waitFor()
  const verdict = performance.now() - started
  await page.waitForTimeout(500)
  const freeze = await page.evaluate<number>('longest')
  const keys: number[] = []
  for (let key = 0; key < KEYS; key += 1)
    keys.push(await page.evaluate<number>(`timed(() => document.execCommand('insertText', false, ' '))`))
  const rounded = { paste, verdict, freeze, key: median(keys), 'slowest key': Math.max(...keys) }
  return Object.fromEntries(Object.entries(rounded).map(([name, value]) => [name, Math.round(value)]))
}

const place = await startSimulator()
const executablePath = findChromium()
const browser = await chromium.launch({ args: CHROMIUM_ARGS, ...(executablePath ? { executablePath } : {}) })
const page = await browser.newPage()
await page.addInitScript(MEASURE)
await page.goto(`${place.url}?lang=en#/validate`)
await page.locator('.cm-content').waitFor()
await measurePayload(page, payloadOf(1_000))
const rows: Record<string, Record<string, number>> = {}
for (const size of SIZES) rows[`${size / 1_000} kB`] = await measurePayload(page, payloadOf(size))
await page.goto(`${place.url}?lang=en#/scenarios?tab=own`)
await page.locator('.cm-content').waitFor()
rows[`${SCENARIOS} scenarios`] = await measure(page, faultyPack(), 'Paste or drop a pack', '20,000 errors')
await browser.close()
await place.stop()
console.table(rows)
