import { expect } from '@playwright/test'
import { noteFactory } from '../fixtures/index.ts'
import { exchangeOf, test, testToken, textOf, unfold } from './support.ts'

const NOTE = noteFactory.build()
const REFUSED = { ...NOTE, author: NOTE.author[0] }

test('every request is there with its steps, its decoded token and its proof', async ({ page, vendor }) => {
  await page.goto('./#/exchanges')
  const id = exchangeOf(await vendor.submit(NOTE, 'Traffic 1.0'))
  await page.locator(`a[href="#/exchanges/${id}"]`).click()
  const token = page.getByRole('region', { name: 'Access token' })
  await expect(token.locator('[data-mark=checked]').filter({ hasText: 'nhn:jft' }).first()).toContainText('aud')
  await expect(token).toContainText('Journalsystemet')
  const proof = page.getByRole('region', { name: 'DPoP proof' })
  await expect(proof.locator('[data-mark=checked]').filter({ hasText: 'htm' })).toContainText('POST')
})

test('a claim that failed is marked, with the reason', async ({ page, simulator }) => {
  const path = '/write/v1/Composition'
  const headers = await testToken(simulator, {
    audience: 'nhn:other',
    dPoPProofParameters: { htuClaimValue: simulator.origin + path, htmClaimValue: 'POST' },
  })
  const answer = await simulator.send(path, { method: 'POST', headers, body: textOf(NOTE) })
  expect(answer.status).toBe(401)
  await page.goto(`./#/exchanges/${exchangeOf(answer)}`)
  await unfold(page)
  const failed = page.getByRole('region', { name: 'Access token' }).locator('[data-mark=failed]')
  await expect(failed).toContainText('aud')
  await expect(failed).toContainText('nhn:other')
})

test('a request is sent again with a token and a proof of its own', async ({ page, vendor }) => {
  const id = exchangeOf(await vendor.submit(NOTE, 'Replay 1.0'))
  await page.goto(`./#/exchanges/${id}`)
  await page.getByRole('button', { name: 'Send again' }).click()
  await expect(page.getByText('Answered 202.')).toBeVisible()
  await page.getByRole('link', { name: 'Open the new request' }).click()
  await expect(page).not.toHaveURL(new RegExp(`${id}$`))
  await expect(page.getByText('Replay 1.0')).toBeAttached()
})

test('a request is edited and sent', async ({ page, vendor }) => {
  const id = exchangeOf(await vendor.submit(REFUSED))
  await page.goto(`./#/exchanges/${id}`)
  await page.getByRole('button', { name: 'Edit and send' }).click()
  await page.getByRole('textbox', { name: 'Body' }).fill(JSON.stringify({ ...NOTE, title: 'Edited' }))
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(page.getByText('Answered 202.')).toBeVisible()
})

test('the search narrows, is completed, and is in the URL', async ({ page, vendor }) => {
  await vendor.submit(NOTE, 'Search 1.0')
  const id = exchangeOf(await vendor.submit(REFUSED, 'Search 1.0'))
  await page.goto('./#/exchanges')
  const search = page.getByRole('combobox', { name: 'Search' })
  await search.waitFor()
  await page.keyboard.press('/')
  await expect(search).toBeFocused()
  await page.keyboard.type('rule:r4-array')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(search).toHaveValue('rule:r4-array-expected ')
  await page.keyboard.type('status:4xx type:Composition')
  await expect(page).toHaveURL(/q=rule%3Ar4-array-expected\+status%3A4xx/)
  await expect(page.locator(`a[href^="#/exchanges/${id}?"]`)).toBeVisible()
  await search.fill('rule:r4-array-expected status:202')
  await expect(page.getByText('Nothing matches the search')).toBeVisible()
})

test('the keyboard goes through a list, opens a row and comes back', async ({ page, vendor }) => {
  await vendor.submit(NOTE)
  const id = exchangeOf(await vendor.submit(NOTE))
  await page.goto('./#/exchanges')
  await page.locator(`a[href="#/exchanges/${id}"]`).waitFor()
  await page.keyboard.press('j')
  await expect(page.locator(`a[href="#/exchanges/${id}"]`)).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`#/exchanges/${id}$`))
  await page.locator('[aria-current=true]').waitFor()
  await page.keyboard.press('j')
  await expect(page).not.toHaveURL(new RegExp(`#/exchanges/${id}$`))
  await page.keyboard.press('g')
  await expect(page.getByRole('heading', { name: 'Traffic' })).toBeVisible()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeHidden()
})
