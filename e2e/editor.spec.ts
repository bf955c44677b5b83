import { expect, type Page } from '@playwright/test'
import { noteFactory } from '../fixtures/index.ts'
import { draftOf, exchangeOf, RELOADS, test, textOf } from './support.ts'

const NOTE = noteFactory.build()
const { author, ...REST } = NOTE
const REFUSED = { ...REST, author: author[0] }
/** Lines of a payload that no screen shows at once. */
const MANY = 20_000

/** The lines with an error, of those that are drawn. */
const marked = (page: Page) => page.locator('.cm-line', { has: page.locator('.cm-lintRange-error') })
const payload = (page: Page) => page.getByRole('textbox', { name: 'Payload' })

test('a rejected payload opens in the editor as it was sent, with its error marked', async ({ page, vendor }) => {
  const id = exchangeOf(await vendor.submit(REFUSED))
  await page.goto(`./#/rejected/${id}`)
  await page.getByRole('link', { name: 'Open in editor' }).click()
  await expect(marked(page)).toContainText(['"author"'])
  expect(await draftOf(page, 'payload')).toBe(textOf(REFUSED))
})

test(
  'what a button wrote is undone as one step, and what was written survives a reload and another language',
  RELOADS,
  async ({ page }) => {
    await page.goto('./?lang=en#/validate')
    await page.getByRole('button', { name: 'An example with errors' }).click()
    const sample = await draftOf(page, 'payload')
    await page.getByRole('button', { name: 'Apply the fix', exact: true }).click()
    await expect.poll(() => draftOf(page, 'payload')).not.toBe(sample)
    await payload(page).focus()
    await page.keyboard.press('Control+z')
    await expect.poll(() => draftOf(page, 'payload')).toBe(sample)

    await page.reload()
    await expect(page.locator('.cm-line').nth(1)).toHaveText('  "resourceType": "Composition",')
    await page.getByRole('button', { name: 'Norsk' }).click()
    await expect(page.getByText('Tab går ut av feltet.')).toBeVisible()
    await expect(page.locator('.cm-line').nth(1)).toHaveText('  "resourceType": "Composition",')
  },
)

test('the keyboard goes into the editor and out of it, searches, and finds the next error', async ({ page }) => {
  await page.goto('./?lang=en#/validate')
  await payload(page).fill(textOf(REFUSED))
  await expect(page.getByRole('button', { name: 'Apply the fix', exact: true })).toBeVisible()
  await expect(payload(page)).toHaveAccessibleDescription(/^Tab leaves the editor\./)
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'An example with errors' })).toBeFocused()
  await page.keyboard.press('Shift+Tab')
  await expect(payload(page)).toBeFocused()

  await page.keyboard.press('F8')
  await expect(page.locator('.cm-activeLine')).toContainText('"author"')
  await page.keyboard.press('Control+f')
  await expect(page.getByRole('textbox', { name: 'Find' })).toBeFocused()
  await page.keyboard.type('"title"')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await expect(page.locator('.cm-activeLine').first()).toContainText('"title"')
})

test('of a long text the lines on the screen are drawn', RELOADS, async ({ page }) => {
  await page.goto('./?lang=en#/validate')
  const text = `{\n"section": [\n${'{ "title": "one" },\n'.repeat(MANY)}{}\n]\n}`
  await page.evaluate(`sessionStorage.setItem('jftsim-payload', ${JSON.stringify(text)})`)
  await page.reload()
  await expect(page.locator('.cm-line').first()).toHaveText('{')
  expect(await page.locator('.cm-line').count()).toBeLessThan(200)
})

test(
  'what is changed in a request is marked as one types, and still there after a reload',
  RELOADS,
  async ({ page, vendor }) => {
    const id = exchangeOf(await vendor.submit(NOTE))
    await page.goto(`./?lang=en#/exchanges/${id}`)
    await page.getByRole('button', { name: 'Edit and send' }).click()
    await page.getByRole('textbox', { name: 'Body' }).fill(textOf({ author: author[0], ...REST }))
    // Only the lines on the screen are drawn, and who has filled the field is at its end.
    await page.keyboard.press('Control+Home')
    await expect(marked(page)).toContainText(['"author"'])
    await page.getByRole('textbox', { name: 'Headers, one per line' }).fill('content-type: application/json')
    await page.reload()
    await expect(page.getByRole('textbox', { name: 'Body' })).toContainText('"author": {')
    await expect(page.getByRole('textbox', { name: 'Headers, one per line' })).toHaveValue(
      'content-type: application/json',
    )
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await expect(page.getByText('Answered 400.')).toBeVisible()
  },
)

test('what is folded in the editor is out of sight, by pointer and by keys', async ({ page }) => {
  await page.goto('./?lang=en#/validate')
  await payload(page).fill(textOf(NOTE))
  const inner = page.locator('.cm-line').filter({ hasText: '"resourceType": "Composition"' })
  await page.keyboard.press('Control+Home')
  await expect(inner).toBeVisible()
  const all = await page.locator('.cm-line').count()
  const marker = page.locator('.cm-foldGutter [title="Fold line"]').first()
  // The gutter is drawn after the lines: until then the first marker is that of a line further down.
  const distance = async () => {
    const [first, line] = await Promise.all([marker.boundingBox(), page.locator('.cm-line').first().boundingBox()])
    return Math.abs((first?.y ?? -1_000) - (line?.y ?? 0))
  }
  await expect.poll(distance).toBeLessThan(10)
  await marker.click()
  await expect(page.locator('.cm-line')).toHaveCount(1)
  await expect(page.locator('.cm-foldPlaceholder')).toHaveAccessibleName('folded code')
  await page.locator('.cm-foldPlaceholder').click()
  await expect(page.locator('.cm-line')).toHaveCount(all)

  await payload(page).focus()
  await page.keyboard.press('Control+Home')
  await page.keyboard.press('F9')
  await expect(inner).toHaveCount(0)
  await page.keyboard.press('F9')
  await expect(inner).not.toHaveCount(0)
  expect(await draftOf(page, 'payload')).toBe(textOf(NOTE))
})

const MANY_SCENARIOS = 20_000
const faultyPack = [
  'pack: long',
  'title: Long',
  'scenarios:',
  ...Array.from(
    { length: MANY_SCENARIOS },
    (_, at) => `  - { id: long-${at}, title: One, steps: [{ submit: { fixture: nota } }] }`,
  ),
].join('\n')

test('a pack with very many errors is checked beside the page, and the first are listed', async ({ page }) => {
  await page.goto('./?lang=en#/scenarios?tab=own')
  const pack = page.getByRole('textbox', { name: 'Your own pack' })
  await pack.focus()
  const thread = page.waitForEvent('worker')
  await page.evaluate(`(() => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', ${JSON.stringify(faultyPack)})
    document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  })()`)
  await thread
  const errors = page.getByRole('region', { name: '20,000 errors' })
  await expect(errors.getByRole('listitem')).toHaveCount(50)
  await expect(errors).toContainText('19,950 more, which are not listed.')
  await expect(errors.getByRole('listitem').first()).toContainText('There is no fixture nota')
})
