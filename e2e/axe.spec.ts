import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, type Page } from '@playwright/test'
import { noteFactory } from '../fixtures/index.ts'
import { eventOf, exchangeOf, served, test, textOf, type Vendor } from './support.ts'

const NOTE = noteFactory.build()
const REFUSED = { ...NOTE, author: NOTE.author[0] }
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** A violation as a reader of the report needs it: the rule, and the elements with what is wrong with each. */
interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly target: unknown; readonly failureSummary: string }[]
}

for (const colorScheme of ['light', 'dark'] as const)
  for (const width of [1280, 390])
    test.describe(`axe finds no violation, ${colorScheme}, ${width} pixels wide`, () => {
      test.use({ colorScheme, viewport: { width, height: 850 } })

      const details = served('each view is a page load of its own, which would begin with a fresh simulator')
      test('on any view, nor on the description pages', details, async ({ page, vendor }) => {
        test.setTimeout(120_000)
        for (const url of await urls(vendor)) {
          // A change of the hash alone keeps the page: each view is looked at as a fresh load draws it.
          await page.goto('about:blank')
          await page.goto(url)
          await expect(page.getByRole('heading', { level: 1 })).toBeAttached()
          await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0)
          expect.soft(await violations(page), url).toEqual([])
        }
      })

      test('while something is typed, offered or explained', async ({ page, vendor }) => {
        await page.goto('./?lang=en#/validate')
        await vendor.submit(REFUSED)
        await page.getByRole('textbox', { name: 'Payload' }).fill(textOf(REFUSED))
        await expect(page.getByRole('listitem').filter({ hasText: 'author' }).first()).toBeVisible()
        expect.soft(await violations(page), 'a payload with faults').toEqual([])

        await page.goto('./?lang=en#/rejected')
        await page.getByRole('combobox', { name: 'Search' }).fill('ru')
        await expect(page.getByRole('option').first()).toBeVisible()
        expect.soft(await violations(page), 'completions').toEqual([])

        await page.getByRole('heading', { level: 1 }).click()
        await page.keyboard.press('?')
        await expect(page.getByRole('dialog')).toBeVisible()
        expect.soft(await violations(page), 'help').toEqual([])
      })
    })

/** The URL of each page, with something to show on it. */
async function urls(vendor: Vendor): Promise<string[]> {
  const refused = exchangeOf(await vendor.submit(REFUSED))
  const answer = await vendor.submit(NOTE)
  const lists = ['', 'events', 'rejected', 'exchanges', 'validate', 'world', 'rules', 'nowhere']
  const details = [
    `events/${eventOf(answer)}`,
    `rejected/${refused}`,
    `exchanges/${refused}`,
    `exchanges/${exchangeOf(answer)}`,
  ]
  return [...[...lists, ...details].map((view) => `./?lang=en#/${view}`), '/write/swagger', '/read/swagger']
}

/** What axe finds wrong with the page, by its default rules. The policy of the page forbids a script tag. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  const { violations } = await page.evaluate<{ violations: Violation[] }>('axe.run()')
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${JSON.stringify(target)}: ${failureSummary}`),
  )
}
