import { expect } from '@playwright/test'
import { noteFactory } from '../fixtures/index.ts'
import { test as base, draftOf, textOf } from './support.ts'

/** The browser logs each try to reach a server that is gone; only what the page throws is an error here. */
const test = base.extend({
  quiet: async ({ page }, use) => {
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    await use(undefined)
    expect(errors).toEqual([])
  },
})

test('a page that is open while the server restarts says so, and then shows what is new', async ({
  place,
  page,
  vendor,
}) => {
  await vendor.submit(noteFactory.build(), 'Before 1.0')
  await page.goto('./#/events')
  await expect(page.getByRole('row').filter({ hasText: 'Before 1.0' })).toBeVisible()

  await place.stop()
  await expect(page.getByText('The simulator does not answer.')).toBeVisible()

  await place.start()
  await expect(page.getByText('Live', { exact: true })).toBeVisible()
  await expect(page.getByText('The simulator does not answer.')).toHaveCount(0)
  // The events of a server that is gone are gone with it.
  await expect(page.getByRole('row').filter({ hasText: 'Before 1.0' })).toHaveCount(0)
  expect((await vendor.submit(noteFactory.build(), 'After 1.0')).status).toBe(202)
  await expect(page.getByRole('row').filter({ hasText: 'After 1.0' })).toBeVisible()
})

test('what was written and not sent is still there after a restart, and is judged again', async ({ place, page }) => {
  const { author, ...rest } = noteFactory.build()
  const written = textOf({ ...rest, author: author[0] })
  await page.goto('./?lang=en#/validate')
  await page.getByRole('textbox', { name: 'Payload' }).fill(written)
  await page.goto('./?lang=en#/scenarios?tab=own')
  await page.getByRole('textbox', { name: 'Your own pack' }).fill('pack: drafted')

  await place.stop()
  await expect(page.getByText('The simulator does not answer.')).toBeVisible()
  await place.start()
  await expect(page.getByText('Live', { exact: true })).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Your own pack' })).toContainText('pack: drafted')
  await page.reload()
  await expect(page.getByRole('textbox', { name: 'Your own pack' })).toContainText('pack: drafted')
  await page.goto('./?lang=en#/validate')
  await expect(page.getByRole('region', { name: 'JFT and VKP' })).toContainText('rejected 1 error')
  expect(await draftOf(page, 'payload')).toBe(written)
})
