import { expect } from '@playwright/test'
import { noteFactory } from '../fixtures/index.ts'
import { draftOf, RELOADS, served, test, textOf } from './support.ts'

const NOTE = noteFactory.build()
const REFUSED = { ...NOTE, author: NOTE.author[0] }

test('both validators answer as one types, and the fix is applied', async ({ page }) => {
  await page.goto('./#/validate')
  const payload = page.getByRole('textbox', { name: 'Payload' })
  await payload.fill(textOf(REFUSED))
  const verdicts = page.getByRole('region', { name: 'JFT and VKP' })
  await expect(verdicts).toContainText('JFT directly strict FHIR R4 rejected 1 error')
  await payload.press('F8')
  await expect(page.locator('.cm-line').filter({ has: page.locator('.cm-lintRange-error') })).toContainText([
    '"author"',
  ])
  await page.getByRole('button', { name: 'Apply the fix', exact: true }).click()
  await expect(verdicts).toContainText('JFT accepts it as it is')
  expect(JSON.parse((await draftOf(page, 'payload')) ?? '')).toEqual(NOTE)

  await page.getByRole('button', { name: 'Send to JFT' }).click()
  await expect(page.getByText('Answered 202.')).toBeVisible()
})

test('what is not JSON is said to be so, at its place', async ({ page }) => {
  await page.goto('./#/validate')
  await page.getByRole('textbox', { name: 'Payload' }).fill('{\n  "resourceType": "Composition",\n  oops\n}')
  await expect(page.getByRole('article')).toContainText('This is not JSON')
  await page.getByRole('button', { name: 'Go to line 3, column 3' }).click()
  await expect(page.getByRole('textbox', { name: 'Payload' })).toBeFocused()
})

test('rules are found by certainty and words, and lead to what they refused', async ({ page }) => {
  await page.goto('./#/rules')
  const rules = page.getByRole('list', { name: 'Catalogue' }).getByRole('listitem')
  await rules.first().waitFor()
  const all = await rules.count()
  await page.getByRole('button', { name: /^assumed/ }).click()
  await expect(page).toHaveURL(/q=certainty%3Aassumed/)
  await expect.poll(() => rules.count()).toBeLessThan(all)
  await page.getByRole('combobox', { name: 'Search' }).fill('rule:r4-array-expected')
  await expect(rules).toHaveCount(1)
  await rules.getByRole('link', { name: 'show rejections: r4-array-expected' }).click()
  await expect(page).toHaveURL(/#\/rejected\?q=rule%3Ar4-array-expected/)
})

const sandbox = served('a link to another sandbox is a page load, which would begin with a fresh simulator')
test('a rule that the sandbox has switched off is marked', sandbox, async ({ page, request }) => {
  const made = await request.post('/_sim/sandboxes', { data: { name: 'marked', switchedOff: ['jft-rate'] } })
  expect(made.status()).toBe(201)
  await page.goto('./?sandbox=marked#/rules')
  const rules = page.getByRole('list', { name: 'Catalogue' }).getByRole('listitem')
  await expect(rules.filter({ hasText: 'switched off' }).locator('code')).toHaveText(['jft-rate'])
  await request.delete('/_sim/sandboxes/marked')
})

test('a rule says how sure it is for each service, and where to read it', async ({ page }) => {
  await page.goto('./#/rules')
  await page.getByRole('combobox', { name: 'Search', exact: true }).fill('rule:search-count')
  const rule = page.getByRole('list', { name: 'Catalogue' }).getByRole('listitem')
  await expect(rule).toHaveCount(1)
  await expect(rule.locator('.rule-head')).toContainText('assumed')
  await rule.getByText('How sure it is for PIT').click()
  const forPit = rule.locator('details p')
  await expect(forPit).toContainText(/^PIT documented PIT-API overview/)
  await expect(forPit.getByRole('link')).toHaveAttribute('href', /^https:.*\/pit-api\/docs\/overviewmd$/)
})

test('every silent point is there with its setting', async ({ page }) => {
  await page.goto('./#/rules')
  const silent = page.getByRole('region', { name: /Undocumented points/ })
  await expect(silent).toContainText('Which body does a 400 have?')
  await expect(silent).toContainText('operation-outcome')
})

test('the page is in Norwegian, light and dark, as chosen', RELOADS, async ({ page }) => {
  await page.goto('./')
  await page.getByRole('button', { name: 'Norsk' }).click()
  await expect(page.getByRole('link', { name: /^Hendelser/ })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'nb')
  await page.getByRole('button', { name: 'Tema: auto' }).click()
  await page.getByRole('button', { name: 'Tema: lyst' }).click()
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('data-color-scheme', 'dark')
  await expect(page.getByRole('button', { name: 'English' })).toBeVisible()
})

test('rules and silent points are in Norwegian where that is chosen, their sources as they were written', async ({
  page,
}) => {
  await page.goto('./?lang=nb#/rules')
  const silent = page.getByRole('region', { name: /Udokumenterte punkter/ })
  await expect(silent).toContainText('Hvilket innhold har et 400-svar?')
  await expect(silent).toContainText('andre NHN-tjenester bruker problem+json')
  await page.getByRole('combobox', { name: 'Søk', exact: true }).fill('"liste hører hjemme"')
  const rule = page.getByRole('list', { name: 'Katalog' }).getByRole('listitem')
  await expect(rule).toHaveCount(1)
  await expect(rule).toContainText('Én verdi der en liste hører hjemme')
  await expect(rule).toContainText('Løsning Legg verdien i en liste: [ … ].')
  await expect(rule).toContainText('A single object is provided where the field expects an array.')
})

test('the Norwegian texts are loaded only where they are wanted, and the page does without them', async ({
  page,
  context,
}) => {
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  const norwegian = () => asked.filter((url) => /\/(norwegian|world-nb)-[^/]*\.js$/.test(url)).length
  await page.goto('./?lang=en#/rules')
  await page.getByRole('heading', { name: 'Rules' }).waitFor()
  await page.goto('./?lang=en#/world')
  await page.getByRole('heading', { name: 'Case files' }).waitFor()
  expect(norwegian()).toBe(0)

  await context.route(/\/norwegian-[^/]*\.js$/, (route) =>
    route.fulfill({ contentType: 'text/javascript', body: 'throw new Error("it is not there")' }),
  )
  await page.goto('./?lang=nb#/rules')
  await expect(page.getByRole('heading', { name: 'Rules' })).toBeVisible()
  expect(norwegian()).toBe(1)
})
