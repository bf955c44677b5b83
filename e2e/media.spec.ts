import { expect, type Page } from '@playwright/test'
import { noteFactory } from '../fixtures/index.ts'
import { served, test, viewsOf } from './support.ts'

const NOTE = noteFactory.build()
const { author, ...REST } = NOTE
const REFUSED = { ...REST, author: author[0] }
/** Rows of a list, of which a screen shows few. */
const MANY = 70

const styleOf = (page: Page, selector: string, property: string) =>
  page.evaluate<string>(`getComputedStyle(document.querySelector('${selector}')).getPropertyValue('${property}')`)

/** Seconds of the longest animation or transition of anything on the page. */
const LONGEST_MOTION = `(() => {
  const seconds = (one) => [null, '::before', '::after'].flatMap((part) => {
    const { animationName, animationDuration, transitionDuration } = getComputedStyle(one, part)
    return [animationName === 'none' ? '0s' : animationDuration, transitionDuration]
  })
  return Math.max(...[...document.querySelectorAll('*')].flatMap(seconds).map(Number.parseFloat))
})()`

const manyAtOnce = served('many requests at once')
test('on paper is every row of a list, and of how many these are', manyAtOnce, async ({ page, sandbox }) => {
  for (let sent = 0; sent < MANY; sent += 10)
    await Promise.all(Array.from({ length: 10 }, () => sandbox.vendor.submit(NOTE)))
  for (const [view, row] of [
    ['events', '.event-row'],
    ['exchanges', '.traffic-row'],
  ] as const) {
    await page.goto(sandbox.page(view))
    await page.locator(row).first().waitFor()
    const rows = page.locator(row)
    expect(await rows.count(), `${view} on the screen`).toBeLessThan(MANY)
    await page.evaluate(
      `addEventListener('beforeprint', () => { window.onPaper = document.querySelectorAll('${row}').length })`,
    )
    await page.emulateMedia({ media: 'print' })
    await page.pdf()
    expect(await page.evaluate<number>('onPaper'), `${view} on paper`).toBeGreaterThanOrEqual(MANY)
    await expect(page.locator('.printed').first()).toBeVisible()
    await expect(page.getByRole('banner')).toBeHidden()
    await page.emulateMedia({ media: 'screen' })
    await expect(page.getByRole('banner')).toBeVisible()
  }
})

test('on paper a rejection has its payload and its fix whole', async ({ page, sandbox }) => {
  await sandbox.vendor.submit({ ...REFUSED, title: 'a long title '.repeat(400) })
  await page.goto(sandbox.page('rejected'))
  await page.getByRole('link', { name: 'author must be a list; you sent one object' }).click()
  const payload = page.getByRole('region', { name: 'Payload: before and after' })
  await payload.waitFor()
  const hidden = () => payload.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)
  expect(await hidden()).toBeGreaterThan(100)
  await page.emulateMedia({ media: 'print' })
  expect(await hidden()).toBeLessThanOrEqual(1)
  await expect(page.getByText('wrap it in [ ]').first()).toBeVisible()
})

test('in forced colours what colours said is said by lines', async ({ page, sandbox }) => {
  const { vendor } = sandbox
  await vendor.submit(REFUSED)
  const { headers } = await vendor.submit(NOTE)
  await vendor.acknowledge(headers.location ?? '')
  await vendor.submit(NOTE)
  await page.emulateMedia({ forcedColors: 'active' })
  await page.goto(sandbox.page('events'))
  await page.locator('.stage[data-state=done]').first().waitFor()
  expect(await styleOf(page, '.stage[data-state=done]', 'border-top-style')).toBe('solid')
  expect(await styleOf(page, '.stage[data-state=pending]', 'border-top-style')).toBe('dotted')
  const line = 'border-bottom-color'
  const others = await styleOf(page, '.tabs a:not([aria-current])', line)
  expect(await styleOf(page, '.tabs a[aria-current]', line)).not.toBe(others)
  expect(others).toBe(await styleOf(page, 'body', 'background-color').then((colour) => canvasOf(page, colour)))

  await page.goto(sandbox.page('exchanges'))
  await page.locator('.dots-line i').first().waitFor()
  const stopped = await styleOf(page, '.dots-line i[data-outcome=stopped]', 'background-color')
  expect(stopped).not.toBe(await styleOf(page, '.dots-line i[data-outcome=passed]', 'background-color'))
})

/** The colour of the page where a colour lets it through. */
function canvasOf(page: Page, colour: string): Promise<string> {
  if (!/, 0\)$/.test(colour)) return Promise.resolve(colour)
  return page.evaluate<string>(
    "(() => { const one = document.body.appendChild(document.createElement('i')); one.style.color = 'Canvas'; const { color } = getComputedStyle(one); one.remove(); return color })()",
  )
}

const waiting = served('the page waits for an answer that does not come')
test('who wants no motion gets none', waiting, async ({ page }) => {
  // While it is waited for, a shape of the text moves.
  await page.route('**/_sim/rules', () => {})
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.goto('./#/rules')
  await page.getByRole('status', { name: 'Loading' }).waitFor()
  const longest = () => page.evaluate<number>(LONGEST_MOTION)
  expect(await longest()).toBeLessThanOrEqual(0.001)
  expect(await styleOf(page, 'html', 'scroll-behavior')).toBe('auto')
  await page.emulateMedia({ reducedMotion: 'no-preference' })
  expect(await longest()).toBeGreaterThan(0.01)
})

for (const lang of ['en', 'nb'])
  test(`at 400 % nothing scrolls sideways and nothing stands in the way, in ${lang}`, async ({ page, vendor }) => {
    await page.setViewportSize({ width: 320, height: 256 })
    await page.goto(`./?lang=${lang}`)
    for (const [name, view] of Object.entries(await viewsOf(vendor))) {
      await page.goto(`./?lang=${lang}#/${view}`)
      await expect(page.getByRole('heading', { level: 1 })).toBeAttached()
      await expect(page.getByRole('status', { name: /Loading|Laster/ })).toHaveCount(0)
      const wide = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
      expect.soft(wide, `${name} is too wide`).toBeLessThanOrEqual(0)
      const covered = await page.evaluate<number>(
        "[...document.querySelectorAll('body *')].filter((one) => /fixed|sticky/.test(getComputedStyle(one).position)).reduce((sum, one) => sum + one.clientHeight, 0)",
      )
      expect.soft(covered, `${name}: what stays in place takes the screen`).toBeLessThan(128)
    }
  })
