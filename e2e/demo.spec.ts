import { expect } from '@playwright/test'
import { noteFactory } from '../fixtures/index.ts'
import { test } from './support.ts'

/** What only a page without a server has. */
const demo = { tag: '@static' }

test('the banner says what this is, and a reload begins afresh', demo, async ({ page, vendor }) => {
  const row = page.getByRole('row').filter({ hasText: 'Before 1.0' })
  await page.goto('./#/events')
  await expect(page.getByRole('complementary')).toContainText('nothing is sent anywhere')
  await vendor.submit(noteFactory.build(), 'Before 1.0')
  await expect(row).toBeVisible()

  await page.getByRole('button', { name: 'Norsk' }).click()
  await expect(page.getByRole('complementary')).toContainText('ingenting sendes noe sted')
  await expect(page.getByText('Ingen hendelser ennå')).toBeVisible()
  await expect(row).toHaveCount(0)
})

test('nothing leads to a server', demo, async ({ page }) => {
  for (const view of ['', 'world']) {
    await page.goto(`./#/${view}`)
    await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible()
    await expect(page.locator('a:not([href^="#"], [href^="./"])')).toHaveCount(0)
  }
})

/** What the page has loaded of the parts that come late. */
function loaded(): string[] {
  const names = performance.getEntriesByType('resource').map(({ name }) => name.split('/').at(-1) ?? '')
  const late = names.filter((name) => /^(?:charts|replay|snippets|jwt)-/.test(name))
  return late.map((name) => name.replace(/-.*(?=\.)/, '')).sort()
}

test('continues without a network', demo, async ({ page, context }) => {
  await page.goto('./')
  await expect(page.getByText('Live', { exact: true })).toBeVisible()
  // The charts, and what sends, come after the rest: the network goes when the page has all of itself.
  await expect
    .poll(() => page.evaluate(loaded))
    .toEqual(['charts.css', 'charts.js', 'jwt.js', 'replay.js', 'snippets.js'])
  await context.setOffline(true)
  await page.getByRole('button', { name: 'Send one that is accepted' }).click()
  await expect(page.getByText('Answered 202.')).toBeVisible()
})

test('continues after the browser has ended its worker, as in a tab that was long hidden', demo, async ({ page }) => {
  const send = page.getByRole('button', { name: 'Send one that is accepted' })
  const rows = page.getByRole('row').filter({ hasText: 'Journal note' })
  await page.goto('./')
  await send.click()
  await expect(rows).toHaveCount(1)
  const browser = await page.context().newCDPSession(page)
  await browser.send('ServiceWorker.enable')
  await browser.send('ServiceWorker.stopAllWorkers')
  await page.evaluate('document.dispatchEvent(new Event("visibilitychange"))')
  await send.click()
  await expect(rows).toHaveCount(2)
})

test('is live where a stream cannot go to the worker, as in Safari', demo, async ({ page, vendor }) => {
  await page.addInitScript(`
    const post = MessagePort.prototype.postMessage
    MessagePort.prototype.postMessage = function (message, transfer = []) {
      if (transfer.some?.((one) => one instanceof ReadableStream)) throw new DOMException('', 'DataCloneError')
      post.call(this, message, transfer)
    }`)
  await page.goto('./#/events')
  await vendor.submit(noteFactory.build(), 'Safari 1.0')
  await expect(page.getByRole('row').filter({ hasText: 'Safari 1.0' })).toBeVisible()
})
