import { expect, type Locator, type Page } from '@playwright/test'
import { noteFactory } from '../fixtures/index.ts'
import { exchangeOf, served, test } from './support.ts'

const NOTE = noteFactory.build()
const { author, ...REST } = NOTE
const REFUSED = { ...REST, author: author[0] }
/** More presses than any of these walks may take. */
const MOST = 60

/** How often Tab is pressed until an element has the focus. */
async function tabsTo(page: Page, element: Locator): Promise<number> {
  for (let presses = 1; presses <= MOST; presses += 1) {
    await page.keyboard.press('Tab')
    if (await element.evaluate((one) => one === one.ownerDocument.activeElement)) return presses
  }
  throw new Error(`${MOST} presses of Tab do not lead to ${element}.`)
}

const freshly = served('the walk begins with a page that is loaded, which would begin with a fresh simulator')
test('from the address bar to a rejection and its fix: counted in presses', freshly, async ({ page, sandbox }) => {
  await sandbox.vendor.submit(REFUSED)
  await page.goto(sandbox.page('rejected'))
  const cause = page.getByRole('link', { name: 'author must be a list; you sent one object' })
  await cause.waitFor()
  expect(await tabsTo(page, page.getByRole('link', { name: 'Skip to the content' }))).toBe(1)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
  // Mark all as read, the search, then the first cause.
  expect(await tabsTo(page, cause)).toBe(3)

  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('must be a list')
  await expect(page.getByRole('main')).toBeFocused()
  const copy = page.getByRole('button', { name: /^Copy fix/ })
  await copy.waitFor()
  // The way back, the payload, which scrolls, and then the fix.
  expect(await tabsTo(page, copy)).toBe(3)
  expect(await tabsTo(page, page.getByRole('button', { name: 'Send corrected' }))).toBe(1)
})

test('one key leads to the fix, and the focus stays where the reader is', freshly, async ({ page, sandbox }) => {
  const id = exchangeOf(await sandbox.vendor.submit(REFUSED))
  await page.addInitScript('if (navigator.clipboard) navigator.clipboard.writeText = () => Promise.resolve()')
  await page.goto(sandbox.page(`rejected/${id}`))
  const copy = page.getByRole('button', { name: /^Copy fix/ })
  await copy.waitFor()
  await page.keyboard.press('f')
  await expect(copy).toBeFocused()

  const send = page.getByRole('button', { name: 'Send corrected' })
  await send.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByText('Answered 202.')).toBeVisible()
  await expect(send).toBeFocused()

  await page.keyboard.press('r')
  const again = page.getByRole('button', { name: 'Send again' })
  await expect(page.getByText('Answered 400.')).toBeVisible()
  await expect(again).toBeFocused()

  await page.keyboard.press('g')
  await expect(page.getByRole('heading', { level: 1, name: 'Rejected' })).toBeVisible()
  await expect(page.getByRole('main')).toBeFocused()
})

test('from one request of the list to the next, and by one Tab from it into the detail', async ({ page, sandbox }) => {
  const first = exchangeOf(await sandbox.vendor.submit(REFUSED))
  const second = exchangeOf(await sandbox.vendor.submit(REFUSED))
  await page.goto(sandbox.page(`rejected/${second}`))
  const row = page.locator(`[data-row][href*="${first}"]`)
  await row.waitFor()
  await page.locator(`[data-row][href*="${second}"][aria-current="true"]`).waitFor()
  const detail = page.getByText(/^All about this request/)
  await detail.waitFor()
  await page.keyboard.press('j')
  await expect(page).toHaveURL(new RegExp(`rejected/${first}`))
  await expect(row).toBeFocused()
  await detail.waitFor()
  expect(await tabsTo(page, detail)).toBe(1)
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('ArrowUp')
  await expect(page).toHaveURL(new RegExp(`rejected/${second}`))
})

test('a request that its list does not have yet: the next is opened, and not only focused', async ({
  page,
  sandbox,
}) => {
  const listed = exchangeOf(await sandbox.vendor.submit(REFUSED))
  const accepted = exchangeOf(await sandbox.vendor.submit(NOTE))
  await page.goto(sandbox.page(`rejected/${accepted}`))
  const row = page.locator(`[data-row][href*="${listed}"]`)
  await row.waitFor()
  await page.keyboard.press('j')
  await expect(page).toHaveURL(new RegExp(`rejected/${listed}`))
  await expect(row).toBeFocused()
})

test('what is pressed in the editor and among the simulated failures keeps the focus', async ({ page, sandbox }) => {
  await page.goto(sandbox.page('validate'))
  for (const name of ['An example with errors', 'Apply the fix', 'Send to JFT', 'Clear']) {
    const button = page.getByRole('button', { name, exact: true })
    await button.focus()
    await expect(button).toBeEnabled()
    await page.keyboard.press('Enter')
    if (name === 'Send to JFT') await expect(page.getByText('Answered 202.')).toBeVisible()
    if (name !== 'Apply the fix') await expect(button).toBeFocused()
  }

  await page.goto(sandbox.page('environment'))
  const preset = page.getByRole('list', { name: 'Add a simulated failure' }).getByRole('button').first()
  await preset.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Remove all' }).first()).toBeVisible()
  await expect(preset).toBeFocused()
})
