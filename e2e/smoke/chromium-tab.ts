import { chromium } from '@playwright/test'
import { CHROMIUM_ARGS, findChromium } from '../../scripts/chromium.mjs'
import { type Tab, xpathOf } from './tab.ts'

/** Chromium, as the other browser tests have it. */
export async function chromiumTab(): Promise<Tab> {
  const executablePath = findChromium()
  const browser = await chromium.launch({ args: CHROMIUM_ARGS, ...(executablePath ? { executablePath } : {}) })
  const page = await browser.newPage()
  return {
    browser: `Chromium ${browser.version()}`,
    open: async (url) => void (await page.goto(url)),
    press: (words) =>
      page
        .locator(`xpath=${xpathOf(words)}`)
        .first()
        .click(),
    evaluate: (expression) => page.evaluate(expression),
    close: () => browser.close(),
  }
}
