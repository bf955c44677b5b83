import { expect } from '@playwright/test'
import { noteFactory } from '../fixtures/index.ts'
import { exchangeOf, test, textOf } from './support.ts'

const NOTE = noteFactory.build()
/** The author as an object, where FHIR R4 has a list. */
const REFUSED = { ...NOTE, author: NOTE.author[0] }
const AUTHOR_LINE = textOf(REFUSED).split('\n').indexOf('  "author": {') + 1

test('an accepted event appears, and its status follows, without a reload', async ({ page, vendor }) => {
  await page.goto('/#/events')
  await expect(page.getByText('Live', { exact: true })).toBeVisible()

  const answer = await vendor.submit(NOTE, 'Journal live 1.0')
  expect(answer.status()).toBe(202)
  const row = page.getByRole('row').filter({ hasText: 'Journal live 1.0' })
  await expect(row).toContainText('Composition')
  await expect(row).toContainText('313231593')
  await expect(row).toContainText('Journalsystemet')
  await expect(row).toContainText('acknowledged: not yet')

  await vendor.acknowledge(answer.headers().location ?? '')
  await expect(row).not.toContainText('acknowledged: not yet')

  await row.getByRole('link', { name: 'Composition' }).click()
  await expect(page).toHaveURL(/#\/events\/Composition\/[0-9a-f-]{36}$/)
  await expect(page.getByRole('region', { name: 'As the ReadAPI returns it' })).toContainText('02850097219')
  await expect(page.getByRole('link', { name: /journaling-acknowledged/ })).toBeVisible()
})

test('a refused event says what is wrong, where, by which rule, and the fix', async ({ page, vendor }) => {
  await page.goto('/#/rejected')
  await expect(page.getByText('Live', { exact: true })).toBeVisible()

  const answer = await vendor.submit(REFUSED)
  expect(answer.status()).toBe(400)
  const id = exchangeOf(answer)
  const refusal = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: `response, ${id}` }) })
  await expect(refusal).toContainText('Composition.author')
  await expect(refusal).toContainText(`line ${AUTHOR_LINE}, column 13`)
  await expect(refusal).toContainText('/author')
  await expect(refusal).toContainText('r4-array-expected')
  await expect(refusal).toContainText('documented')
  await expect(refusal).toContainText('Wrap the value in an array')

  await refusal.getByRole('link', { name: `response, ${id}` }).click()
  await expect(page).toHaveURL(new RegExp(`#/rejected/${id}$`))
  const steps = page.getByRole('list', { name: 'Steps' }).getByRole('listitem')
  await expect(steps.filter({ hasText: 'stopped here' })).toHaveText(/^fhir-r4.*r4-array-expected$/)
  await expect(steps.filter({ hasText: 'not reached' })).toHaveText([/resource-type/, /identifiers/, /store/])
  const body = page.getByRole('region', { name: 'Request', exact: true })
  await expect(body.locator('[data-marked=true]')).toHaveText(`${AUTHOR_LINE}  "author": {`)
})

test('what a payload holds is shown as text and nothing else', async ({ page, vendor }) => {
  const title = '<img src=x onerror="document.title=\'run\'"><script>document.title="run"</script>'
  const scripted = { ...REFUSED, title }
  const answer = await vendor.submit(scripted, title)
  const id = exchangeOf(answer)
  await page.goto(`/#/exchanges/${id}`)
  await expect(page.getByRole('region', { name: 'Request', exact: true })).toContainText('<img src=x onerror=')
  await expect(page.locator('main img, main script')).toHaveCount(0)
  await expect(page).toHaveTitle('JFT simulator')
})

test('what is not there is said, with the way on', async ({ page }) => {
  await page.goto('/#/nowhere')
  await page.getByRole('link', { name: 'To the overview' }).click()
  await expect(page.getByRole('heading', { name: 'Base URLs to configure' })).toBeVisible()
  await expect(page.getByText(/^http:\/\/localhost:\d+\/write$/)).toBeVisible()
})

for (const width of [1280, 390]) {
  test(`nothing is cut off at ${width} pixels`, async ({ page, vendor }) => {
    const answer = await vendor.submit(REFUSED)
    const id = exchangeOf(answer)
    await page.setViewportSize({ width, height: 850 })
    for (const hash of ['#/', '#/events', '#/rejected', `#/rejected/${id}`]) {
      await page.goto(`/${hash}`)
      await expect(page.getByRole('heading', { level: 1 })).toBeAttached()
      const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
      expect(overflow, hash).toBeLessThanOrEqual(0)
    }
  })
}
