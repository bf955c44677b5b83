import { expect, type Page } from '@playwright/test'
import { test as base, served, viewsOf } from './support.ts'

/** The browser logs each answer that is an error; only what the page throws is an error here. */
const test = base.extend({
  quiet: async ({ page }, use) => {
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    await use(undefined)
    expect(errors).toEqual([])
  },
})

const CONTROL = /\/_sim\/(?!stream)/
const STREAM_TOO = /\/_sim\//
/** Nothing is read for it until something is written. */
const READS_NOTHING = ['validate']

const own = served('the simulator is kept from answering')

test('a sandbox that is gone is said so on every view', own, async ({ page, simulator, vendor }) => {
  for (const view of await hashes(vendor)) {
    await page.goto(`./?sandbox=nowhere&lang=en#/${view}`)
    await expect(page.getByRole('heading', { name: 'There is no sandbox nowhere' })).toBeVisible()
    await expect(page.getByRole('link', { name: 'Open the default sandbox' })).toBeVisible()
  }
  expect((await simulator.send('/_sim/info', { method: 'GET' })).status).toBe(200)
})

test('what cannot be read is said so on every view, with the reason', own, async ({ page, vendor }) => {
  const views = await viewsOf(vendor)
  await answer(page, CONTROL, 500, 'It broke.')
  for (const [name, view] of Object.entries(views)) {
    if (READS_NOTHING.includes(name)) continue
    await page.goto(`./?lang=en#/${view}`)
    await expect(page.getByText('Could not load: It broke.').first(), name).toBeVisible()
    await expect(page.getByText('does not answer')).toHaveCount(0)
  }
})

test('that the simulator wants a token is said so on every view', own, async ({ page, vendor }) => {
  const views = await hashes(vendor)
  await answer(page, STREAM_TOO, 401, 'The control API wants the admin token.')
  for (const view of views) {
    await page.goto(`./?lang=en#/${view}`)
    await expect(page.getByText('The simulator wants an admin token of this page.')).toBeVisible()
    await expect(page.getByText('does not answer')).toHaveCount(0)
  }
})

test('that nobody answers is said so on every view that is open', own, async ({ page, vendor, place }) => {
  const views = await hashes(vendor)
  for (const view of views) {
    await page.goto(`./?lang=en#/${view}`)
    await expect(page.getByText('Live', { exact: true })).toBeVisible()
  }
  await place.stop()
  for (const view of views) {
    await page.evaluate(`location.hash = '#/${view}'`)
    await expect(page.getByText('The simulator does not answer. This page shows')).toBeVisible()
    await expect(page.getByText(/The simulator said no|Not there/)).toHaveCount(0)
  }
  await place.start()
  await expect(page.getByText('Live', { exact: true })).toBeVisible()
})

async function hashes(vendor: Parameters<typeof viewsOf>[0]): Promise<readonly string[]> {
  return Object.values(await viewsOf(vendor))
}

/** Answers the page in the simulator's place. */
async function answer(page: Page, url: RegExp, status: number, message: string): Promise<void> {
  const body = JSON.stringify({ issues: [{ message }] })
  await page.route(url, (route) => route.fulfill({ status, contentType: 'application/json', body }))
}
