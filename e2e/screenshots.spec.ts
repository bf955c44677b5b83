import { expect, type Page } from '@playwright/test'
import { anyEvent, KINDS, type Kind, seedFixtures } from '../fixtures/index.ts'
import { formsOf } from '../simulator/sample.fixture.ts'
import { FORMS } from './axe.ts'
import { test, viewsOf } from './support.ts'

/** For people to look at, below the folder of the test results: `{project}/{view}-{theme}-{width}.png`. */
const FOLDER = '../test-results/screenshots'
/** Pixels; the list of rules is five times as long. */
const LONGEST = 8_000

test('every view, light or dark, wide or narrow', async ({ page, simulator, vendor, inPage }, { project, config }) => {
  await simulator.send('/_sim/reset', { method: 'POST' })
  seedFixtures(1)
  for (const kind of Object.keys(KINDS) as Kind[]) await vendor.submit(anyEvent(kind), 'Journal 1.0')
  const views = Object.entries(await viewsOf(vendor))
  // The two pages differ in the banner and on the overview.
  const shown = inPage ? views.slice(0, 1) : views
  for (const [name, view] of shown) {
    await page.goto(`./#/${view}`)
    if (name === 'validate') await page.getByRole('button', { name: 'An example with errors' }).click()
    for (const [width, colorScheme] of formsOf(name, FORMS)) {
      await page.setViewportSize({ width, height: 850 })
      await settled(page)
      // Parts that are out of sight are not drawn.
      await page.setViewportSize({ width, height: await heightOf(page) })
      await page.emulateMedia({ colorScheme })
      const path = `${config.rootDir}/${FOLDER}/${project.name}/${name}-${colorScheme}-${width}.png`
      await page.screenshot({ path })
    }
  }
})

/** All that the view shows has been read. */
async function settled(page: Page): Promise<void> {
  await expect(page.getByText('Live', { exact: true })).toBeVisible()
  await expect(page.getByRole('link', { name: /^Events [1-9]/ })).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toBeAttached()
  await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0)
}

async function heightOf(page: Page): Promise<number> {
  return Math.min(await page.evaluate<number>('document.documentElement.scrollHeight'), LONGEST)
}
