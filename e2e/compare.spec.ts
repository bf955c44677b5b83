import { expect } from '@playwright/test'
import { noteFactory } from '../fixtures/index.ts'
import { violationsInForms } from './axe.ts'
import { exchangeOf, test } from './support.ts'

const NOTE = noteFactory.build()
const { author, ...REST } = NOTE

test('two requests are compared: what differs, and nothing else', async ({ page, vendor }) => {
  const refused = exchangeOf(await vendor.submit({ ...REST, author: author[0] }, 'Journal 1.0'))
  const accepted = exchangeOf(await vendor.submit(NOTE, 'Journal 1.1'))
  await page.goto(`./#/exchanges/${refused}`)
  await page.getByRole('link', { name: 'Compare with another' }).click()
  await page
    .getByRole('navigation', { name: `Compare ${refused} with` })
    .locator(`a[href="#/exchanges/${refused}/compare/${accepted}"]`)
    .click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`${refused} compared with ${accepted}`)

  const rows = (part: string) => page.getByRole('region', { name: part, exact: true }).locator('tbody tr')
  await expect(rows('Headers of the request').filter({ hasText: 'nhn-source-system' })).toHaveText(
    /nhn-source-system\s*Journal 1\.0\s*Journal 1\.1/,
  )
  await expect(rows('Request and answer').filter({ hasText: /^status/ })).toHaveText(/400\s*202/)
  await expect(rows('Steps').filter({ hasText: /^fhir-r4/ })).toHaveText(/stopped r4-array-expected\s*passed/)
  await expect(rows('Claims of the access token').filter({ hasText: '/aud' })).toHaveCount(0)
  const members = rows('Body of the request, by JSON Pointer')
  await expect(members.filter({ hasText: '/author/display' })).toContainText('not there')
  await expect(members.filter({ hasText: '/author/0/display' })).toContainText('not there')
  await expect(members.filter({ hasText: '/title' })).toHaveCount(0)

  await page.getByRole('link', { name: 'Swap the two' }).click()
  await expect(rows('Request and answer').filter({ hasText: /^status/ })).toHaveText(/202\s*400/)
  await page.keyboard.press('g')
  await expect(page).toHaveURL(new RegExp(`#/exchanges/${accepted}$`))
})

test('axe finds no violation in a comparison', async ({ page, vendor }) => {
  const ids = [exchangeOf(await vendor.submit(NOTE)), exchangeOf(await vendor.submit({ ...NOTE, title: 'Another' }))]
  await page.goto(`./#/exchanges/${ids.join('/compare/')}`)
  const settled = () => page.getByRole('region', { name: 'Steps' }).waitFor()
  expect(await violationsInForms(page, 'a comparison', settled)).toEqual([])
})
