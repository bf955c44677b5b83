import { launch } from 'puppeteer-core'
import { type Tab, xpathOf } from './tab.ts'

/**
 * A Firefox as Mozilla or Debian ships it, over WebDriver BiDi. Playwright's own protocol needs a Firefox of its own, and what it
 * has of BiDi asks for more than this Firefox knows.
 */
export async function firefoxTab(executablePath: string): Promise<Tab> {
  const browser = await launch({ browser: 'firefox', executablePath, headless: true })
  const page = await browser.newPage()
  return {
    browser: (await browser.version()).replace('/', ' '),
    open: async (url) => void (await page.goto(url)),
    press: (words) => page.locator(`::-p-xpath(${xpathOf(words)})`).click(),
    evaluate: async <T>(expression: string) => (await page.evaluate(expression)) as T,
    close: () => browser.close(),
  }
}
