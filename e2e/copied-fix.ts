import { expect, type Page } from '@playwright/test'

/** A headless browser has no clipboard to read from: a script that keeps what the page writes into it. */
export const RECORD =
  'navigator.clipboard.writeText = (text) => { window.clipboardText = text; return Promise.resolve() }'

/** What the page has put on the clipboard since `RECORD`. */
export const clipboard = (page: Page) => page.evaluate<string>('window.clipboardText')

/** What the key of "Copy fix", which is in sight, writes into the clipboard that `RECORD` keeps. */
export async function copied(page: Page): Promise<string> {
  await expect(page.getByRole('button', { name: /^Copy fix/ })).toBeInViewport({ ratio: 1 })
  await page.keyboard.press('f')
  await expect.poll(() => page.evaluate('window.clipboardText')).toBeTruthy()
  const text = await clipboard(page)
  await page.evaluate('window.clipboardText = ""')
  return text
}

/** Goes to a rejected request without a reload of the page. */
export async function open(page: Page, id: string): Promise<void> {
  await page.evaluate(`window.location.hash = '#/rejected/${id}'`)
}
