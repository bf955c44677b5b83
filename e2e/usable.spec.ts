import { expect } from '@playwright/test'
import { noteFactory } from '../fixtures/index.ts'
import { exchangeOf, served, test } from './support.ts'

const NOTE = noteFactory.build()

test('a list stands still under the pointer, says how much is new, and can be paused', async ({ page, sandbox }) => {
  const { vendor } = sandbox
  await vendor.submit(NOTE, 'First 1.0')
  await page.goto(sandbox.page('events'))
  const rows = page.getByRole('row').filter({ hasText: 'Journal note' })
  await expect(rows).toHaveCount(1)
  await rows.first().hover()
  await vendor.submit(NOTE, 'Second 1.0')
  await vendor.submit(NOTE, 'Third 1.0')
  await expect(page.getByRole('button', { name: '2 new ↑' })).toBeVisible()
  await expect(rows).toHaveCount(1)
  await page.getByRole('button', { name: '2 new ↑' }).click()
  await expect(rows.first()).toContainText('Third 1.0')

  await page.getByRole('button', { name: 'Pause' }).click()
  await page.mouse.move(0, 0)
  await vendor.submit(NOTE, 'Fourth 1.0')
  await expect(page.getByRole('button', { name: '1 new ↑' })).toBeVisible()
  await page.getByRole('button', { name: 'Resume' }).click()
  await page.mouse.move(0, 0)
  await page.evaluate('document.activeElement.blur()')
  await expect(rows).toHaveCount(4)
})

test('the header says which sandbox and which time, and the clock is set to a date', async ({ page, sandbox }) => {
  await page.goto(sandbox.page('environment'))
  const clock = page.getByRole('region', { name: 'Clock' })
  await clock.getByRole('button', { name: 'Freeze' }).click()
  await clock.getByLabel('Date and time').fill('2030-01-01T02:30:00')
  await clock.getByRole('button', { name: 'Set', exact: true }).click()
  await expect(clock).toContainText('1 Jan 2030')
  const header = page.getByRole('banner')
  await expect(header).toContainText('1 Jan 2030')
  await expect(header).toContainText('frozen')
})

test('another sandbox is opened from the header', served('a page of another sandbox'), async ({ page, sandbox }) => {
  await page.goto('./#/events')
  await page.getByRole('combobox', { name: 'Sandbox' }).selectOption(sandbox.name)
  await expect(page).toHaveURL(new RegExp(`sandbox=${sandbox.name}`))
})

test('the first Tab is the skip link, and the page is named after what it shows', async ({ page }) => {
  await page.goto('./#/rules')
  await expect(page).toHaveTitle(/Rules – JFT simulator$/)
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused()
})

test('Ctrl-K goes to a view, an id and a rule', async ({ page, vendor }) => {
  await page.goto('./#/events')
  await page.getByText('Live', { exact: true }).waitFor()
  const id = exchangeOf(await vendor.submit(NOTE))
  for (const [words, first, url] of [
    ['traf', 'Traffic', /#\/exchanges$/],
    ['r4-array-exp', 'r4-array-expected', /#\/rules\?q=rule%3Ar4-array-expected$/],
  ] as const) {
    await page.keyboard.press('Control+k')
    // One writes at once: the field has the focus.
    await expect(page.getByRole('combobox', { name: 'Go to' })).toBeFocused()
    await page.keyboard.type(words)
    await expect(page.getByRole('listbox', { name: 'Go to' }).getByRole('option').first()).toContainText(first)
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(url)
  }
  await page.goto('./#/exchanges')
  await page.locator(`a[href="#/exchanges/${id}"]`).waitFor()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Go to' }).fill(id)
  await page.getByRole('option', { name: `${id} request`, exact: true }).click()
  await expect(page).toHaveURL(new RegExp(`#/exchanges/${id}$`))
})

test('back leads to the place where one was', async ({ page, sandbox }) => {
  await page.setViewportSize({ width: 1280, height: 500 })
  for (let n = 0; n < 30; n += 1) await sandbox.vendor.submit(NOTE)
  await page.goto(sandbox.page('events'))
  await page.getByRole('row').filter({ hasText: 'Journal note' }).nth(5).waitFor()
  await page.mouse.wheel(0, 600)
  // A row that is drawn late moves what is looked at.
  let place = 0
  await expect
    .poll(async () => {
      const before = place
      place = Number(await page.evaluate('window.scrollY'))
      return place > 0 && place === before
    })
    .toBe(true)
  await page.evaluate("document.elementFromPoint(400, 300).closest('tr').querySelector('a').click()")
  await expect(page.getByRole('region', { name: 'The whole way' })).toBeVisible()
  expect(await page.evaluate('window.scrollY')).toBe(0)
  await page.goBack()
  await expect.poll(() => page.evaluate('window.scrollY')).toBe(place)
})

test('the list beside the selected request is scrolled to it', async ({ page, sandbox }) => {
  const ids: string[] = []
  for (let n = 0; n < 25; n += 1) ids.push(exchangeOf(await sandbox.vendor.submit(NOTE)))
  await page.goto(sandbox.page(`exchanges/${ids[0]}`))
  await expect(page.getByRole('navigation', { name: 'Requests' }).locator('[aria-current=true]')).toBeInViewport()
})
