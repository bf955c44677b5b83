import { expect } from '@playwright/test'
import { measurementFactory, noteFactory } from '../fixtures/index.ts'
import { formsOf } from '../simulator/sample.fixture.ts'
import { eventOf, exchangeOf, test, textOf, unfold, viewsOf } from './support.ts'

const NOTE = noteFactory.build()
/** The author as an object, where FHIR R4 has a list. */
const REFUSED = { ...NOTE, author: NOTE.author[0] }

test('a newcomer gets to the first accepted and the first rejected event with two clicks', async ({ page }) => {
  await page.goto('./')
  await page.getByRole('button', { name: 'Send one that is accepted' }).click()
  await expect(page.getByText('Answered 202.')).toBeVisible()
  await expect(page.getByRole('row').filter({ hasText: 'Dashboard' }).first()).toContainText('Journal note')

  await page.getByRole('button', { name: 'Send one that is rejected' }).click()
  await expect(page.getByText('Answered 400.')).toBeVisible()
  await expect(
    page.getByRole('listitem').filter({ hasText: 'author must be a list; you sent one object' }).first(),
  ).toBeVisible()
  await page.getByRole('link', { name: 'Open the new request' }).click()
  await unfold(page)
  await expect(page.getByRole('heading', { name: 'JFT and VKP' })).toBeVisible()
})

test('an accepted event appears, and its status follows, without a reload', async ({ page, vendor }) => {
  await page.goto('./#/events')
  await expect(page.getByText('Live', { exact: true })).toBeVisible()

  const answer = await vendor.submit(NOTE, 'Journal live 1.0')
  expect(answer.status).toBe(202)
  const row = page.getByRole('row').filter({ hasText: 'Journal live 1.0' })
  await expect(row).toContainText('Journal note')
  await expect(row).toContainText('313231593')
  await expect(row).toContainText('Journalsystemet')
  await expect(row).toContainText('acknowledged: not yet')

  await vendor.acknowledge(answer.headers.location ?? '')
  await expect(row).not.toContainText('acknowledged: not yet')

  await row.getByRole('link', { name: 'Journal note' }).click()
  await expect(page).toHaveURL(/#\/events\/Composition\/[0-9a-f-]{36}$/)
  await expect(page.getByRole('listitem').filter({ hasText: 'acknowledged' }).first()).toContainText(/after \d/)
  await expect(page.getByRole('link', { name: /journaling-acknowledged/ })).toBeVisible()
})

test('an event says in words what it is about, in both languages', async ({ page, vendor }) => {
  const row = page.getByRole('row').filter({ hasText: 'Measurements 1.0' }).first()
  await page.goto('./?lang=en#/events')
  await vendor.submit(measurementFactory.build(), 'Measurements 1.0')
  await expect(row.getByRole('link', { name: 'Measurement alert' })).toBeVisible()
  await page.goto('./?lang=nb#/events')
  await vendor.submit(measurementFactory.build(), 'Measurements 1.0')
  await row.getByRole('link', { name: 'Varsel om måling' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Varsel om måling')
})

test('identity numbers are masked until they are revealed', async ({ page, vendor }) => {
  const answer = await vendor.submit(NOTE)
  await page.goto(`./#/events/${eventOf(answer)}`)
  const resource = page.getByRole('region', { name: 'Resource from the ReadAPI' })
  await expect(resource).toContainText('028500•••••')
  await expect(page.locator('body')).not.toContainText('02850097219')
  await page.getByRole('button', { name: 'Show identity numbers' }).click()
  await expect(resource).toContainText('02850097219')
})

test('a body can be folded and searched', async ({ page, vendor }) => {
  const answer = await vendor.submit(NOTE)
  await page.goto(`./#/events/${eventOf(answer)}`)
  const resource = page.getByRole('region', { name: 'Resource from the ReadAPI' })
  await resource.getByRole('searchbox').fill('34133-9')
  await expect(resource.locator('[data-hit=true]')).toHaveText(/"code": "34133-9"/)
  await resource.getByRole('button', { name: 'Fold line 1', exact: true }).click()
  await expect(resource.locator('.line')).toHaveCount(2)
})

const HOSTILE = [
  '<img src=x onerror="document.title=\'run\'">',
  '<script>document.title="run"</script>',
  '<a href="javascript:document.title=\'run\'">press</a>',
  '<svg onload="document.title=\'run\'"><circle/></svg>',
  '<iframe src="javascript:parent.document.title=\'run\'"></iframe>',
  '<p onclick="document.title=\'run\'" style="position:fixed;inset:0">plain words</p>',
]

test('a narrative is drawn, and nothing of it runs, loads, links or covers the page', async ({ page, vendor }) => {
  const div = `<div xmlns="http://www.w3.org/1999/xhtml">${HOSTILE.join('')}<b>bold</b></div>`
  const section = [{ title: 'Notat', text: { status: 'additional' as const, div } }]
  const answer = await vendor.submit({ ...NOTE, section })
  expect(answer.status).toBe(202)
  await page.goto(`./#/events/${eventOf(answer)}`)
  const told = page.getByRole('region', { name: 'Content' })
  await expect(told).toContainText('plain words')
  await expect(told.locator('strong')).toHaveText('bold')
  await told.getByText('press').click()
  await told.getByText('plain words').click()
  await expect(told.locator('img, script, svg, iframe, a, [onclick], [style]')).toHaveCount(0)
  await expect(page).toHaveTitle(/JFT simulator$/)
})

test('what a payload holds is shown as text and nothing else', async ({ page, vendor }) => {
  const title = HOSTILE.join('')
  const answer = await vendor.submit({ ...REFUSED, title }, 'Hostile 1.0')
  await page.goto(`./#/exchanges/${exchangeOf(answer)}`)
  await unfold(page)
  await expect(page.getByRole('region', { name: 'Request', exact: true })).toContainText('<img src=x onerror=')
  await expect(page.locator('main img, main script, main iframe')).toHaveCount(0)
  await expect(page).toHaveTitle(/JFT simulator$/)
})

test('a huge string does not freeze the page', async ({ page, vendor }) => {
  const title = 'long '.repeat(150_000)
  const answer = await vendor.submit({ ...NOTE, title })
  expect(answer.status).toBe(202)
  await page.goto(`./#/events/${eventOf(answer)}`)
  const resource = page.getByRole('region', { name: 'Resource from the ReadAPI' })
  await resource.getByRole('button', { name: /^Show \d+ more lines$/ }).click()
  await expect(resource).toContainText('long long long')
  expect((await resource.textContent())?.length).toBeLessThan(20_000)
})

test('what is not there is said, with the way on', async ({ page, simulator }) => {
  await page.goto('./#/nowhere')
  await page.getByRole('link', { name: 'To the overview' }).click()
  await expect(page.getByRole('heading', { name: 'Base URLs to configure' })).toBeVisible()
  await expect(page.getByText(`${simulator.origin}/write`, { exact: true })).toBeVisible()
})

const OPPOSITES = [
  [1280, 'light'],
  [390, 'dark'],
] as const

for (const lang of ['en', 'nb']) {
  test(`nothing is cut off, wide or narrow, in either theme, in ${lang}`, async ({ page, vendor }) => {
    await page.goto(`./?lang=${lang}`)
    for (const [name, view] of Object.entries(await viewsOf(vendor))) {
      await page.goto(`./?lang=${lang}#/${view}`)
      for (const [width, colorScheme] of formsOf(`${lang} ${name}`, OPPOSITES)) {
        await page.setViewportSize({ width, height: 850 })
        await page.emulateMedia({ colorScheme })
        await expect(page.getByRole('heading', { level: 1 })).toBeAttached()
        await expect(page.getByRole('status', { name: /Loading|Laster/ })).toHaveCount(0)
        const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
        expect(overflow, `${view}, ${width} pixels`).toBeLessThanOrEqual(0)
      }
    }
  })
}

test('the text of a vendor is laid out as it was sent', async ({ page, vendor }) => {
  const answer = await vendor.submit(REFUSED)
  await page.goto(`./#/exchanges/${exchangeOf(answer)}`)
  await unfold(page)
  const body = page.getByRole('region', { name: 'Request', exact: true })
  await expect(body.locator('.line').first()).toContainText(textOf(REFUSED).split('\n')[0] ?? '')
})
