import { expect } from '@playwright/test'
import { served, test, viewsOf } from './support.ts'

const NAME = 'integration-tests-of-november-2026-branch-4711'

for (const lang of ['en', 'nb']) {
  const own = served('a page of another sandbox')
  test(`of 1280 pixels the header is one row and the tabs, in ${lang}`, own, async ({ page, simulator, sandbox }) => {
    const fork = await simulator.send(`/_sim/sandboxes/${sandbox.name}/fork`, {
      method: 'POST',
      body: JSON.stringify({ name: NAME }),
    })
    expect(fork.status).toBe(201)
    for (const preset of ['too-many-requests', 'status-not-found'])
      await simulator.send(`/s/${NAME}/_sim/faults`, { method: 'POST', body: JSON.stringify({ preset }) })
    await simulator.put(`/s/${NAME}/_sim/clock`, { mode: 'frozen' })
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.goto(`./?sandbox=${NAME}&lang=${lang}#/events`)
    const header = page.getByRole('banner')
    await expect(header.getByRole('combobox')).toHaveValue(NAME)
    await expect(header).toContainText('+1')
    await expect(header).toContainText(lang === 'en' ? 'frozen' : 'stoppet')

    const middles = await header.locator('.header-row :is(a, select, button, .live)').evaluateAll((parts) =>
      parts.map((part) => {
        const { top, bottom, left, right } = part.getBoundingClientRect()
        return [(top + bottom) / 2, left, right] as const
      }),
    )
    const rows = middles.map(([middle]) => Math.round(middle))
    expect(Math.max(...rows) - Math.min(...rows)).toBeLessThan(8)
    expect(Math.max(...middles.map(([, , right]) => right))).toBeLessThanOrEqual(1280)
    for (const [index, [, left]] of middles.entries())
      if (index > 0) expect(left).toBeGreaterThanOrEqual(middles[index - 1]?.[2] ?? 0)
    expect((await header.boundingBox())?.height).toBeLessThan(110)
  })
}

const one = served('each view is loaded anew, which would begin with a fresh simulator')
test('on a phone the tab of the view is in sight, with counts beside it', one, async ({ page, vendor }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  for (const view of Object.values(await viewsOf(vendor))) {
    await page.goto(`./?lang=en#/${view}`)
    const tabs = page.getByRole('navigation', { name: 'Views' })
    await expect(tabs.getByRole('link', { name: /^Events \d/ })).toBeAttached()
    await expect(tabs.locator('[aria-current]')).toBeInViewport({ ratio: 0.95 })
  }
})
